"""What is written down of what was found out: each step of S7 switched on by itself."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from glasstown.compiler.columns import ASKS_PROOF, GROUP
from glasstown.engine.tables.log_rows import FILED
from glasstown.rows import as_array
from offices import ALWAYS, GOOD_DEED, OFFENCE, RATE, Office, make_office, with_reach
from plain_kernels import WRAPS, plain

pytestmark = WRAPS
filing, codes, entries = plain("office.filing"), plain("tables.practice_rows"), plain("kernel.entries")
factors = plain("tables.means").factors
found_words, voids = plain("tables.found_words"), plain("person.voids")
ACT_OF = {OFFENCE: 0, RATE: 1, GOOD_DEED: 2}


def file_one(office: Office, person: int = 0, k: int = 0, number: int = 0) -> int:
    """Return how many entries an act brings."""
    n: int = filing.file_one(*office, office.hit(person, k, number), 0)
    return n


def drawn_as_rate(office: Office) -> None:
    """Let the first act be found out, and the second be what is drawn by share."""
    first, second = office.law.practice.act_table[0], office.law.practice.act_table[1]
    first.share = second.share_rural = second.share_urban = 0


def only(clause: int) -> Office:
    """Return an office that meets nothing but offences of one clause."""
    office = make_office()
    other = office.law.practice.act_table[1 - ACT_OF[clause]]
    other.share = other.share_rural = other.share_urban = 0
    return office


@pytest.mark.parametrize("person", range(4))
def test_act__is_recorded_of_whoever_did_it(person: int) -> None:
    office = make_office()
    assert file_one(office, person) == 1
    ((about, kind, clause, day, _),) = office.filed(1)
    assert (about, kind) == (person, entries.RECORD)
    assert clause in (OFFENCE, RATE)
    assert 0 <= day < 31
    assert office.account("truth", codes.RIGHT) == 1


def test_act__that_no_clause_answers__ends_there() -> None:
    office = make_office()
    for act in range(3):
        office.law.practice.act_table[act].n_answers = 0
    assert file_one(office) == 0
    assert office.desk.flow.sum() == 0


def test_act__before_or_after_the_schemes_days__is_not_filed() -> None:
    office = make_office(month=1, scheme_days=31)
    assert file_one(office) == 0
    assert office.desk.flow.sum() == 0


def test_record__that_would_follow_the_schemes_end__is_not_made_but_counted() -> None:
    in_time, too_late = make_office(scheme_days=200), make_office(scheme_days=100)
    for office, n_made in ((in_time, 1), (too_late, 0)):
        rate = office.law.practice.act_table[ACT_OF[RATE]]
        rate.share, rate.share_rural, rate.share_urban = 0, 0, 0
        delay = as_array(office.law.practice.delay)
        for name in delay.dtype.names or ():
            delay[name] = 100
        assert file_one(office.set(duplicate=ALWAYS)) == n_made
        assert (office.account("truth", codes.RIGHT), office.account("too_late")) == (n_made, 1 - n_made)
        assert office.account("truth", codes.DUPLICATE) == 0


@pytest.mark.parametrize("k", [0, 1])
def test_act__may_not_be_recorded__with_a_chance_of_its_own(k: int) -> None:
    office = make_office()
    practice = office.law.practice
    for act in range(practice.class_acts[k], practice.class_acts[k + 1]):
        practice.act_table[act].recorded = 0
    assert file_one(office, k=k) == 0
    assert file_one(office, k=1 - k) == 1
    assert office.account("truth", codes.TRUTH_NOT_RECORDED) == 1


@pytest.mark.parametrize(("month", "factor"), [(0, 1), (1, 3), (2, 3), (3, 1)])
def test_campaign__multiplies_the_share_in_its_months(month: int, factor: int) -> None:
    office = make_office(month=month)
    numbers = office.law.practice.numbers
    numbers.campaign, numbers.campaign_from, numbers.campaign_end = 3 * 256, 1, 3
    office.law.practice.act_table[0].recorded = 1000
    chance = filing.chance_of_recording(office.law, office.here, office.desk, office.at, 0)
    assert chance == factor * 1000


def test_places__record_unlike_shares_that_stay_and_have_the_usual_mean() -> None:
    office = make_office()
    practice = office.law.practice
    practice.act_table[0].recorded, practice.numbers.differs = 1 << 20, 1
    law = office.law._replace(practice=practice._replace(place=factors(Decimal("1.3"), 64, 256)))
    found = []
    for first in range(0, 150 * 400, 150):
        office.here.shard.ident.entity = first
        chances = {
            filing.chance_of_recording(law, office.here, office.desk, office.at._replace(month=month), 0)
            for month in (0, 7)
        }
        assert len(chances) == 1
        found += chances
    assert abs(np.mean(found) / (1 << 20) - 1) < 0.15
    assert np.quantile(found, 0.9) / np.quantile(found, 0.1) > 7


def test_somebody_unable__is_misjudged_or_spared() -> None:
    office = only(OFFENCE).set(unable=ALWAYS)
    act = office.law.practice.act_table[0]
    act.needs_means, act.instead = 1, 1
    assert file_one(office) == 1
    assert office.account("truth", codes.MISJUDGED) == 1
    office.set(spared=ALWAYS)
    assert file_one(office) == 1
    assert [clause for _, _, clause, _, _ in office.filed(1)] == [RATE]
    assert (office.account("spared"), office.account("truth", codes.RIGHT)) == (1, 1)
    act.instead = -1
    assert file_one(office) == 0


@pytest.mark.parametrize(("chance", "truth"), [("wrong_person", codes.WRONG_PERSON), ("inferred", codes.INFERRED)])
def test_record__about_another__waits_for_the_next_month_and_says_who_it_was(chance: str, truth: int) -> None:
    office = make_office().set(**{chance: ALWAYS})
    assert file_one(office, 2) == 1
    ((about, _, _, day, event),) = office.filed(1)
    assert about != 2
    assert day == 31
    assert event & 511 == 3
    assert office.account("truth", truth) == 1


def test_good_deed__is_never_inferred() -> None:
    office = make_office().set(inferred=ALWAYS)
    assert file_one(office, k=1) == 1
    assert office.account("truth", codes.RIGHT) == 1


def test_content__of_another_act_of_the_class__is_written_down() -> None:
    office = make_office().set(wrong_content=ALWAYS)
    drawn_as_rate(office)
    assert file_one(office) == 1
    assert [clause for _, _, clause, _, _ in office.filed(1)] == [RATE]
    assert office.account("truth", codes.WRONG_CONTENT) == 1


def test_content__of_the_same_act_or_of_one_that_no_clause_answers__is_right() -> None:
    same = only(OFFENCE).set(wrong_content=ALWAYS)
    unanswered = make_office().set(wrong_content=ALWAYS)
    drawn_as_rate(unanswered)
    unanswered.law.practice.act_table[1].n_answers = 0
    for office in (same, unanswered):
        assert file_one(office) == 1
        assert office.account("truth", codes.RIGHT) == 1


def test_false_report__is_of_whom_it_was_made_or_goes_astray() -> None:
    office = make_office()
    assert file_one(office, number=filing.MOST_OF_A_CLASS) == 1
    assert office.account("truth", codes.FALSE_REPORT) == 1
    office.set(wrong_person=ALWAYS)
    assert file_one(office, number=filing.MOST_OF_A_CLASS) == 1
    assert office.account("truth", codes.WRONG_PERSON) == 1


def test_record__is_lost_by_chance_and_no_matter_of_offices_where_nobody_is_scored() -> None:
    lost, unscored = make_office().set(lost=ALWAYS), make_office()
    unscored.here.status.is_scored[0] = 0
    assert file_one(lost) == 0
    assert lost.account("truth", codes.TRUTH_LOST) == 1
    assert file_one(unscored) == 0
    assert unscored.account("truth", codes.TRUTH_LOST) == unscored.account("truth", codes.TRUTH_NOT_RECORDED) == 0


def test_delay__of_an_office_or_a_court__puts_the_record_off() -> None:
    days = []
    for by_court in (0, 1):
        office = only(OFFENCE)
        as_array(office.law.practice.delay)["court"] = 100
        office.law.practice.act_table[0].by_court = by_court
        file_one(office)
        days.append(office.filed(1)[0][3])
    assert days[1] - days[0] == 100


def test_record__whose_objection_is_granted_in_time__is_not_made() -> None:
    office = only(OFFENCE).set(granted_right=ALWAYS, notice_days=30).handle(objection=ALWAYS)
    assert file_one(office) == 0
    assert office.account("redress", codes.AVERTED) == 1
    assert office.account("truth", codes.RIGHT) == 0


def test_record__that_lacks_its_proof__has_a_void_beside_it() -> None:
    office = only(OFFENCE).set(lacks_proof=ALWAYS)
    assert file_one(office) == 1
    office.law.rules.clauses[OFFENCE].asks = ASKS_PROOF
    assert file_one(office) == 2
    assert [kind for _, kind, _, _, _ in office.filed(2)] == [entries.RECORD, entries.VOID]
    assert [line.lack for line in office.log() if line.kind == FILED] == [0, voids.LACKS_PROOF]


def test_record__may_be_filed_twice__later_and_with_a_number_of_its_own() -> None:
    office = only(OFFENCE).set(duplicate=ALWAYS)
    assert file_one(office) == 2
    (_, _, _, first_day, first), (_, _, _, second_day, second) = office.filed(2)
    assert second_day == first_day + 1
    assert second == first | 1 << 9
    assert (office.account("truth", codes.RIGHT), office.account("truth", codes.DUPLICATE)) == (1, 1)


def test_records_of_others__follow_from_both_records_of_one_act() -> None:
    office = with_reach(only(OFFENCE).set(duplicate=ALWAYS), GROUP)
    assert file_one(office) == 8
    assert sorted(about for about, _, clause, _, _ in office.filed(8) if clause == RATE) == [1, 1, 2, 2, 3, 3]


def test_month__files_each_act_found_out_of_covered_classes() -> None:
    office = make_office()
    found = office.here.found
    found.rows[:3] = (
        found_words.pack_found(1, 0, 3, 2), found_words.pack_found(3, 1, 1, 1), found_words.pack_false_report(2, 0),
    )  # fmt: skip
    found.starts[1] = 3
    assert filing.file_records(*office) == 4
    assert [about for about, *_ in office.filed(4)] == [1, 1, 3, 2]
    assert [event >> 10 & 15 for *_, event in office.filed(4)] == [0, 1, 0, filing.MOST_OF_A_CLASS]
    office.law.practice.class_covered[0] = 0
    assert filing.file_records(*office) == 1


def test_month__for_which_there_is_no_room__says_so() -> None:
    office = make_office()
    office.here.found.rows[0] = found_words.pack_found(1, 0, 3, 2)
    office.here.found.starts[1] = 1
    little = office.desk.work._replace(filed=office.desk.work.filed[:100])
    assert filing.file_records(office.law, office.here, office.desk._replace(work=little), office.at) == -1


@pytest.mark.parametrize(
    ("draw", "person", "n", "other"), [(0, 0, 4, 1), (0, 2, 4, 0), ((1 << 32) - 1, 1, 4, 3), (5, 0, 1, 0)]
)
def test_other_person__is_never_the_same_unless_alone(draw: int, person: int, n: int, other: int) -> None:
    office = make_office()
    at = office.at._replace(n=n)
    assert filing.other_person(office.law.practice, office.here, at, person, 0, draw) == other


def test_other_person__is_one_of_whom_the_act_can_be_recorded() -> None:
    """A child is scored by no rulebook; somebody without the role could not have done it."""
    office = make_office()
    office.here.status.is_scored[1] = 0
    office.law.practice.act_table[0].role, office.here.shard.roles[:] = 1, (1, 1, 0, 1)
    found = {filing.other_person(office.law.practice, office.here, office.at, 0, 0, draw << 20) for draw in range(4096)}
    assert found == {3}
    office.here.status.is_scored[3] = 0
    assert filing.other_person(office.law.practice, office.here, office.at, 0, 0, 7) == 0


@pytest.mark.parametrize("what", ["wrong_person", "inferred"])
def test_record_of_another__is_of_the_right_person_where_there_is_no_other(what: str) -> None:
    office = make_office().set(**{what: ALWAYS})
    office.here.status.is_scored[1:] = 0
    assert file_one(office) == 1
    assert office.account("truth", codes.RIGHT) == 1
