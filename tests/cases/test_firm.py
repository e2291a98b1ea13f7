"""A firm's file: what is refused, and how it comes to records under each rulebook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from firms import FIRMS, ON_THE_PAGE, firm_file
from glasstown.archive.library import hold
from glasstown.cases.firm import FirmTold, tell_firm
from glasstown.cases.firm_case import step_of
from glasstown.cases.firm_file import path_of_firm
from glasstown.cases.firm_words import FirmWords, Vocabulary, vocabulary
from glasstown.errors import CaseError, UsageError
from glasstown.language.acts import ActCatalogue
from glasstown.language.load import load_acts, load_rulebook, shipped
from glasstown.language.model import Rulebook

FIRM = """\
glasstown_firm: 1
sector: trade
size: small
age: 6
from: 2022-01-01
until: 2023-12-31
duties:
  - {id: report, duty: annual-report, due: 2022-06-30, done: 2022-09-12}
events:
  - {id: debt, date: 2022-06-10, event: firm-court-debt}
  - {date: 2022-09-10, event: perform, of: debt}
"""


def told(folder: Path, text: str = FIRM) -> FirmTold:
    """Return what the rulebooks make of a firm."""
    return tell_firm(firm_file(folder, text), hold)


def lines(answer: FirmTold, book: str) -> list[tuple[str, str | None, tuple[str, ...]]]:
    """Return day, clause and lists of each line of the firm's own life under a rulebook."""
    (life,) = [each for each in answer.of("firm") if each.held.reference == book]
    return [(line.day.isoformat(), line.clause, line.lists) for line in life.account.ledger]


def strays(words: FirmWords, books: dict[str, Rulebook], acts: ActCatalogue) -> list[str]:
    """Return every name of the words of firms that is none of a rulebook, a clause, a measure, an act, a role or an event."""
    happenings = {*(each.id for each in words.events), *acts.ids()}
    clauses = [(book, name) for each in words.events for book, names in each.clauses.items() for name in names]
    clauses += [(each.book, step.clause) for duty in words.duties for each in duty.repaired for step in each.steps]
    named = [f"{book}/{name}" for book, name in clauses if name not in {c.id for c in books[book].clauses}]
    named += [
        f"{book}/{name}"
        for book, names in words.from_head.items()
        for name in names
        if name not in {each.id for each in books[book].measures}
    ]
    named += [each.missed for each in words.duties if each.missed not in happenings]
    named += [each.act for each in words.events if each.act is not None and each.act not in acts.ids()]
    roles = {each.id for each in acts.roles}
    return named + [role for each in words.licences for role in each.roles if role not in roles]


def test_words__name_what_rulebooks_have() -> None:
    words, books = vocabulary().words, {name: load_rulebook(name) for name in shipped()}
    assert strays(words, books, load_acts()) == []
    event = words.events[0].model_copy(update={"clauses": {"cn-tax-credit-2014": ("no-such",)}, "act": "no-act"})
    planted = words.model_copy(update={"events": (event,), "duties": words.duties[:1]})
    assert {"cn-tax-credit-2014/no-such", "no-act"} <= set(strays(planted, books, load_acts()))


def test_every_rulebook_about_firms__is_asked_or_stands_apart_with_a_reason() -> None:
    words = vocabulary().words
    about = {name for name in shipped() if any(each.kind == "firm" for each in load_rulebook(name).subjects)}
    named = {*(each.id for each in words.rulebooks), *words.apart}
    assert about - named == set()
    assert named - set(shipped()) == set()


REFUSED = {
    "name: Glass and Sons": "the key 'name', which would tell a real person or firm apart",
    "company: Glass": "the key 'company', which would tell a real person or firm apart",
    "credit_code: x": "the key 'credit_code', which would tell a real person or firm apart",
    "place: 91350100M000100Y43": "a unified social credit code",
    "remark: a word": "'remark'",
}


@pytest.mark.parametrize("line", REFUSED)
def test_names_and_identifiers__are_refused_in_one_message(tmp_path: Path, line: str) -> None:
    with pytest.raises(CaseError) as refused:
        told(tmp_path, f"{FIRM}{line}\n")
    assert REFUSED[line] in str(refused.value)
    assert len(refused.value.faults) == 1


WRONG = {
    "an unknown event": ("event: firm-court-debt", "event: firm-court-dept", "'firm-court-dept'"),
    "an unknown duty": ("duty: annual-report", "duty: yearly-report", "'yearly-report'"),
    "an unknown sector": ("sector: trade", "sector: trading", "'trading'"),
    "an unknown licence": ("age: 6", "age: 6\nlicences: [custom]", "'custom'"),
    "a place without rulebooks": ("age: 6", "age: 6\nplace: atlantis", "'atlantis'"),
    "a day before the first": ("date: 2022-06-10", "date: 2021-06-10", "before the first day told (2022-01-01)"),
    "a day after the last": ("date: 2022-09-10", "date: 2024-09-10", "after the last day told (2023-12-31)"),
    "a due day outside": ("due: 2022-06-30", "due: 2021-06-30", "before the first day told"),
    "a duty without due day": (", due: 2022-06-30", "", "due"),
    "no day of the calendar": ("date: 2022-06-10", "date: 2022-06-31", "which does not exist"),
    "days the wrong way round": ("until: 2023-12-31", "until: 2021-12-31", "before the first day"),
    "a decision about nothing": (", of: debt", "", "no 'of'"),
    "a decision about no event": ("of: debt", "of: dept", "'dept', which is no earlier event"),
    "an id twice": ("id: debt, ", "id: report, ", "the id 'report' a second time"),
    "an end of what does not last": ("event: firm-court-debt", "event: zero-returns, until: 2022-07-01", "until"),
    "a sum that no rule asks for": ("done: 2022-09-12", "done: 2022-09-12, yuan: 800", "yuan: 800"),
    "a negative age": ("age: 6", "age: -1", "age"),
    "an id like a number": ("id: debt", "id: e20220610001", "'e20220610001'"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong__is_told_with_its_place(tmp_path: Path, what: str) -> None:
    old, new, found = WRONG[what]
    assert FIRM.count(old) == 1
    with pytest.raises(CaseError) as refused:
        told(tmp_path, FIRM.replace(old, new))
    assert found in str(refused.value)
    first = refused.value.faults[0]
    assert first.place is not None
    assert first.place.line is not None


def test_days_the_wrong_way_round__are_one_fault(tmp_path: Path) -> None:
    with pytest.raises(CaseError) as refused:
        told(tmp_path, FIRM.replace("from: 2022-01-01", "from: 2024-01-01"))
    assert [fault.subject for fault in refused.value.faults] == ["until"]


def test_key_under_another_name__is_one_fault(tmp_path: Path) -> None:
    with pytest.raises(CaseError) as refused:
        told(tmp_path, FIRM.replace("sector:", "branch:"))
    (fault,) = refused.value.faults
    assert fault.found == "the unknown key 'branch', and no 'sector'"
    assert fault.place is not None
    assert fault.place.line == 2


def test_worked_firms__ship_as_the_page_has_them_and_are_found_by_name(tmp_path: Path) -> None:
    assert FIRMS == ON_THE_PAGE
    assert path_of_firm("factory").read_text("utf-8") == FIRMS["factory"]
    (tmp_path / "factory").write_text(FIRM)
    assert path_of_firm(str(tmp_path / "factory")) == tmp_path / "factory"
    with pytest.raises(UsageError, match="Did you mean 'factory'"):
        path_of_firm("factry")
    with pytest.raises(UsageError, match="Did you mean 'factory'"):
        path_of_firm(str(tmp_path / "factory.yaml"))
    assert path_of_firm("mine.yaml") == Path("mine.yaml")


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (", done: 2022-09-12", "done on 2022-09-12, 74 days late"),
        (", done: 2022-07-01", "1 day late"),
        ("", "not done"),
    ],
)
def test_duty_after_its_day__is_told_as_late_and_never_as_missed(tmp_path: Path, done: str, words: str) -> None:
    text = FIRM.replace(", done: 2022-09-12", done)
    label = next(each.label for each in told(tmp_path, text).happened["firm"] if each.id == "report")
    assert label.endswith(words)


def test_several_firms_and_tables__have_no_reader(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="holds one"):
        told(tmp_path, "- {sector: trade}\n- {sector: food}\n")
    table = tmp_path / "firms.csv"
    table.write_text("sector\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no reader for tables"):
        tell_firm(table, hold)


def test_events__come_to_the_records_of_each_rulebook(tmp_path: Path) -> None:
    answer = told(tmp_path)
    assert lines(answer, "cn-samr-lists-2021") == [
        ("2022-07-01", "I1", ("samr_irregular",)),
        ("2022-09-12", "I1", ()),
    ]
    assert [each[2] for each in lines(answer, "cn-court-list-2017")] == [("spc_spending",), ()]
    assert dict(answer.quiet)["cn-customs-2021"] == "for firms registered with customs"
    assert [each.id for each in answer.unanswered("firm")] == []


def test_a_duty_done_in_time__is_no_record(tmp_path: Path) -> None:
    answer = told(tmp_path, FIRM.replace("done: 2022-09-12", "done: 2022-06-30"))
    assert lines(answer, "cn-samr-lists-2021") == []


@pytest.mark.parametrize(
    ("done", "yuan", "clause"),
    [
        (date(2022, 6, 15), None, "r-010101-30-days"),
        (date(2022, 6, 16), None, "r-010101-same-year"),
        (date(2022, 6, 15), 1000, "r-010101-small"),
        (date(2022, 6, 15), 1001, "r-010101-30-days"),
        (date(2022, 12, 31), 1000, "r-010101-same-year"),
        (date(2023, 1, 1), 1000, "r-010101-next-year"),
    ],
)
def test_points__come_back_by_how_soon_a_duty_is_done(done: date, yuan: int | None, clause: str) -> None:
    step = step_of(vocabulary().duties["tax-return"], "cn-tax-credit-2014", date(2022, 5, 16), done, yuan)
    assert step is not None
    assert step.clause == clause


def test_age__bars_a_young_firm_and_makes_a_new_one_m(tmp_path: Path) -> None:
    grades = {}
    for age in (0, 2, 3):
        answer = told(tmp_path, FIRM.replace("age: 6", f"age: {age}"))
        life = next(each for each in answer.of("firm") if each.held.reference == "cn-tax-credit-2014")
        grades[age] = [line.grade for line in life.account.ledger]
    assert grades[0][:2] == ["M", "M"]
    assert grades[2][0] == "B"
    assert grades[3] == ["A", "A"]  # the turns of the year: the cycle, and the red list


def test_a_clause_that_is_law_no_more__gives_way_to_the_one_that_is(tmp_path: Path) -> None:
    answer = told(tmp_path, FIRMS["trader"])
    clauses = {clause for _, clause, _ in lines(answer, "cn-tax-credit-2014") if clause}
    assert "d8-abnormal-2020" in clauses
    assert "d8-abnormal" not in clauses


def test_vocabulary__has_every_act_of_firms_as_an_event() -> None:
    words: Vocabulary = vocabulary()
    acts = load_acts()
    firms = {act.id for act in acts.acts if acts.kind_of(act) == "firm"}
    assert firms <= set(words.happenings)
    assert not firms & set(words.people_s)
