"""A life is told in one form of dates and by labels, without what stands beside it already."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from glasstown.language.load import load_rulebook
from glasstown.render import life_sums, life_told

COURT = load_rulebook("cn-court-list-2017")
E1 = next(clause for clause in COURT.clauses if clause.id == "E1")


PUT_ON = "It puts the subject on the list on"


@dataclass
class Told:
    person: dict[str, Any] = field(default_factory=dict)
    done: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    money: list[dict[str, Any]] = field(default_factory=list)
    befell: list[dict[str, Any]] = field(default_factory=list)


def line(**changes: Any) -> dict[str, Any]:
    return {
        "date": "2019-08-30", "clause": "E1", "before": "0", "after": "0", "grade": None, "cap": None, "lists": [], "measures": [],
        "why": f"{E1.label} (clause E1, act of 2019-07-23). It has no points of its own. {PUT_ON} 2019-09-14.",
        "source": "spc2017, Article 1, item 1", "event": "e77", "phase": "record", "act": "court-refusing-though-able",
        "act_date": "2019-07-23", "truth": "misjudged", "rulebook": "cn-court-list-2017", **changes,
    }  # fmt: skip


LISTED = {
    "date": "2019-09-14", "phase": "listing", "lists": ["spc_dishonest"], "measures": [each.id for each in COURT.measures],
    "why": "The wait of event e77 for the list 'dishonest persons' is over. The subject comes on the list 'dishonest persons'.",
}  # fmt: skip


def told(*lines: dict[str, Any], **more: Any) -> list[life_told.Moment]:
    return life_told.moments(Told(lines=list(lines), **more), {"cn-court-list-2017": COURT})


def test_record__is_told_by_its_label_with_days_in_words_and_no_score_of_a_list() -> None:
    (moment,) = told(line())
    assert moment.when == "recorded on 30 August 2019, for an act of 23 July 2019"
    assert moment.what == "Able to perform a judgment in force, and refuses (E1)"
    assert moment.flags == ("This record is wrong: a debtor was recorded as refusing to pay who in truth could not.",)
    assert moment.moves == ()
    assert moment.why == "It puts the subject on the list on 14 September 2019."
    assert moment.source.startswith("Supreme People's Court of China 2017, Article 1")


def test_listing__names_no_event_and_counts_measures() -> None:
    _, listing = told(line(), line(**LISTED))
    assert listing.when == "14 September 2019"
    assert listing.moves == ("list begins: dishonest persons subject to enforcement", "46 measures begin")
    assert listing.why == "The wait before the list 'dishonest persons' is over."
    assert not listing.is_wrong  # the record was


def test_wages__in_a_row_are_told_once() -> None:
    paid = [
        {"month": f"2020-0{n}-01", "what": "from wages", "yuan": 100, "written_off": 0, "owed": 1000 - 100 * n}
        for n in range(1, 5)
    ]
    case = {"month": "2019-12-01", "what": "case of a bank", "yuan": 1000, "written_off": 0, "owed": 1000}
    first, wages = told(money=[case, *paid])
    assert first.what == "A court opened a case of a bank, which claims 1,000 yuan"
    assert (wages.when, wages.what) == ("January 2020 to April 2020", "Taken from wages: 400 yuan in 4 payments")
    assert wages.why == "600 yuan are owed after that."


@pytest.mark.parametrize(
    ("befell", "said"),
    [
        ({"what": "refused", "gate": "air-ticket", "times": 4}, "Refused an air ticket 4 times"),
        ({"what": "refused", "gate": "exit", "times": 1}, "Refused leaving the country"),
        ({"what": "lost ties", "gate": None, "times": 1}, "Has lost 1 tie to others in the past year"),
        ({"what": "out of work", "gate": None, "times": 1}, "Out of work"),
    ],
)
def test_what_befell__is_told_in_its_month(befell: dict[str, Any], said: str) -> None:
    (moment,) = told(befell=[{"month": "2020-03-01", **befell}])
    assert (moment.when, moment.what) == ("March 2020", said)


def test_unknown__of_several_measures_is_told_once() -> None:
    flags = [f"measure {name}: what puts it in force is unknown" for name in ("a", "b", "c")]
    assert life_sums.flags_together([*flags, "the scheme keeps no number: the score says nothing"]) == [
        "3 measures (a, b, c): of each, what puts it in force is unknown."
    ]


def test_done__counts_what_was_seen_recorded_and_recorded_wrongly() -> None:
    life = Told(done=[{"class": "c11", "label": "unpaid judgments", "acts": 2, "found_out": 1}], lines=[line()])
    assert life_sums.done_rows(life, {"court-refusing-though-able": "c11"}) == [
        ("unpaid judgments", "2", "1", "1", "1")
    ]


def test_wages_of_the_other_who_owes_the_same__are_not_told_as_ones_own() -> None:
    """Both are taken side by side: each has its line, and what is owed stands behind the last payment alone."""
    paid = [("2020-01-01", None, 100, 900), ("2020-02-01", 651, 300, 600), ("2020-03-01", None, 100, 500)]
    own, others = told(
        money=[
            {"month": month, "what": "from wages", "yuan": yuan, "written_off": 0, "owed": owed, "with": other, "until": None}
            for month, other, yuan, owed in paid
        ]
    )  # fmt: skip
    assert own.what == "Taken from wages: 200 yuan in 2 payments"
    assert own.why == "500 yuan are owed after that."
    assert others.what == "Taken from the wages of person 651, who owes the same: 300 yuan"
    assert others.why == ""


def test_debt_that_is_settled__is_owed_no_more() -> None:
    settled = {"month": "2020-12-01", "what": "settled", "yuan": 2283, "written_off": 23990, "owed": 0}
    (moment,) = told(money=[settled])
    assert moment.what == "Settled: 2,283 yuan paid, creditors let 23,990 go"
    assert moment.why == "Nothing is owed any more."


def test_rate__names_no_single_unit_twice() -> None:
    (moment,) = told(line(why=f"{E1.label} (clause E1). +3 hours, at 1 for every full 1 hour."))
    assert moment.why == "+3 hours, at 1 for every full hour."


@pytest.mark.parametrize(
    ("sex", "age", "said"),
    [("female", 37, "A woman of 37"), ("male", 40, "A man of 40"), ("female", 17, "A girl of 17"), (None, 30, "Somebody of 30")],
)  # fmt: skip
def test_who__is_a_woman_or_a_man(sex: str | None, age: int, said: str) -> None:
    assert said in life_sums.who(Told(person={"sex": sex, "age": age}), 7)


def test_conduct__says_that_it_is_an_offence() -> None:
    life = Told(done=[{"class": "c1", "label": "pedestrian crossing", "acts": 157, "found_out": 0}])
    assert life_sums.done_rows(life, {}) == [("offences at crossings", "157", "", "", "")]
    assert life_sums.done_words(life) == "157 acts in all. Most of what anybody does is never seen."
