"""A town month by month adds up to the town in one sum, and counts heads on a list by sex and age."""

from __future__ import annotations

import pytest

from glasstown.runs.heads import RECORDED, STANDING
from glasstown.runs.memory import live_in_memory, plan_in_memory, with_seed
from glasstown.runs.request import RunRequest
from glasstown.runs.series import Term, lived_series

BOOK, LIST = "cn-court-list-2017", "spc_dishonest"
ASKED = RunRequest(BOOK, people=3000, months=18, start="2018-01", command="test")
SETTINGS = {"recording.court.default": "1", "hazard.c11": "0.002"}


def test_series__add_up_to_the_sums_of_the_same_town() -> None:
    plan = plan_in_memory(ASKED)
    sums = live_in_memory(plan, SETTINGS)
    terms = {
        Term("person", BOOK, "list_in", (LIST,)): ("person", BOOK),
        Term("person", BOOK, "lists", (LIST,)): ("person", BOOK),
        Term("person", BOOK, "refusals", ("air-ticket", "rail-ticket")): ("person", None),
        Term("person", BOOK, "detections", ("c1", "c11")): ("person", None),
    }
    found = lived_series(plan, SETTINGS, tuple(terms))
    for term, place in terms.items():
        whole = sum(sums[place][term.account, item] for item in term.items)  # type: ignore[index]
        assert found[term].sum() == whole > 0
        assert len(found[term]) == 18


def test_groups__add_up_to_everybody() -> None:
    plan = plan_in_memory(ASKED)
    whole = Term("person", BOOK, "people", ("all",))
    fifths = [Term("person", BOOK, "people", ("all",), f"fifth-{n}") for n in range(1, 6)]
    found = lived_series(plan, {}, [whole, *fifths])
    assert found[whole].tolist() == [3000] * 18
    assert sum(found[term][0] for term in fifths) == 3000


def test_heads__are_those_on_the_list() -> None:
    plan = plan_in_memory(ASKED)
    on_list, level = Term("person", BOOK, STANDING, (LIST,)), Term("person", BOOK, "lists", (LIST,))
    men, forties = (Term("person", BOOK, STANDING, (f"{LIST} {trait}",)) for trait in ("men", "40 to 49"))
    recorded = Term("person", BOOK, STANDING, (RECORDED,))
    found = lived_series(plan, SETTINGS, [on_list, level, men, forties, recorded])
    assert found[on_list].tolist() == found[level].tolist()
    assert 0 < found[men][-1] < found[on_list][-1]
    assert 0 < found[forties][-1] < found[on_list][-1]
    assert found[recorded][-1] >= found[on_list][-1]


def test_item_that_an_account_does_not_have__is_an_error() -> None:
    with pytest.raises((KeyError, ValueError, StopIteration)):
        lived_series(plan_in_memory(ASKED), {}, [Term("person", BOOK, "list_in", ("no-list",))])


def test_another_seed__is_other_people_and_luck() -> None:
    plan = plan_in_memory(ASKED)
    term = Term("person", BOOK, "detections", ("c1",))
    one, other, again = (lived_series(with_seed(plan, seed), {}, [term])[term].tolist() for seed in (1, 2, 1))
    assert one == again != other
    assert one == lived_series(plan, {}, [term])[term].tolist()
