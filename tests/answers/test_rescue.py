"""The answer of `rescue` says who lived each change again, and nothing that is not so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from glasstown.answers.rescue import ALONE, Listed, Rescued
from glasstown.cli.output import rendered
from glasstown.studies.rescue import ListedAtEnd, Rescue
from glasstown.studies.rescue_tried import Change

CHANGE = Change("rule", ("no clause c (late)",))
ONE = Rescue(3, "book", ("black",), (CHANGE,), n_tried=1)


def told(rescue: Rescue) -> str:
    """Return the answer in one line."""
    return " ".join(rendered(Rescued(Path("runs/court"), rescue).blocks()).split())


@pytest.mark.parametrize(
    ("n_tried", "n_alone", "said"),
    [
        (1, 0, "The interpreter and the engine both lived each change, and they agree."),
        (2, 2, "The interpreter alone lived these changes: the engine cannot."),
        (3, 1, "The interpreter and the engine both lived 2 changes, and they agree; 1 the interpreter alone"),
    ],
)
def test_readings__are_told_as_they_lived_it(n_tried: int, n_alone: int, said: str) -> None:
    assert said in told(replace(ONE, n_tried=n_tried, n_alone=n_alone))


def test_change__that_the_engine_cannot_live_says_so() -> None:
    alone = replace(CHANGE, lived_by="interpreter alone")
    assert ALONE in told(replace(ONE, changes=(alone,), n_alone=1))
    assert ALONE not in told(ONE)
    answer = Rescued(Path("runs/court"), replace(ONE, changes=(alone,), n_alone=1))
    assert answer.as_json()["changes"][0]["lived_by"] == "interpreter alone"
    assert answer.columns()["lived_by"] == ["interpreter alone"]


def test_answer__counts_one_change_and_one_person() -> None:
    assert "1 change was tried" in told(ONE)
    listed = Listed(Path("runs/court"), ListedAtEnd("person", ((3, "a", "black"), (3, "b", "black")), n_others=0))
    assert "1 person on a black list" in rendered(listed.blocks())


def test_answer__does_not_say_that_there_is_no_debt() -> None:
    assert "no debt" not in told(ONE)


def test_words__are_labels_days_in_words_and_plain() -> None:
    parts = (
        Change("own act", ("not done: leaving a debt unpaid (debt) on 2019-05-24",), beyond_means=True),
        Change("record error", ("never written down (misjudged): refuses (debt) on 2019-06-01",)),
        Change("procedure", ("what is owed is paid, or done, in full on 2019-06-26",), beyond_means=True, way="it is performed"),
    )  # fmt: skip
    text = told(replace(ONE, changes=parts, labels={"black": "the courts' list"}))
    assert "This life ends on the black list 'the courts' list'." in text
    assert "on 24 May 2019" in text
    assert "a record calling a debtor unwilling who in truth could not pay is never written down: refuses" in text
    assert "on 26 June 2019 but not by them: as the run lived it, they could not pay what they owed then" in text
    assert "NOTHING WITHIN THEIR POWER: paying would have been enough, and they could not pay." in text
    assert "2019-0" not in text


def test_answer__of_nobody_listed_names_no_single_rulebook() -> None:
    free = replace(ONE, lists=(), changes=(), asked=("a", "b"))
    assert "does not end on a black list, under none of this run's 2 rulebooks about people." in told(free)
    assert "under a" not in told(free)
