"""What a desk went by: counted group by group, and put into words only where all of a group were treated so and nobody else."""

from __future__ import annotations

import pytest

from glasstown.desks.habits import FEWEST, habits_of, rules_of_thumb
from glasstown.desks.reckoning import AS_USUAL, MOOT, SPARED, Decided
from glasstown.language.orders import order_of


def decided(do: str, claim: str | None = "right", fate: str = SPARED, **groups: str) -> Decided:
    order = order_of({"month": 0, "desk": "clerk", "about": "person/7", "of": "e7", "do": do})
    return Decided(order, "", "", fate, (None, None), (0, 0), claim=claim, groups=groups)


def test_habits__count_files_claims_and_decisions_by_group() -> None:
    some = [
        decided("spare", "misjudged", income="fifth-1", sex="male"), decided("spare", income="fifth-1", sex="female"),
        decided("record", None, AS_USUAL, income="fifth-5", sex="male"), decided("record", fate=MOOT, income="fifth-5", sex="male"),
    ]  # fmt: skip
    found = {(each.what, each.group): each for each in habits_of(some)}
    assert list(found) == [("income", "fifth-1"), ("income", "fifth-5"), ("sex", "female"), ("sex", "male")]
    poorest = found["income", "fifth-1"]
    assert (poorest.files, poorest.wrong, poorest.spared, poorest.recorded, poorest.asked) == (2, 1, 2, 0, 0)
    assert (found["sex", "male"].files, found["sex", "male"].wrong) == (2, 1)


@pytest.mark.parametrize(("others", "said"), [("record", ["spared", "wrote down"]), ("spare", [])])
def test_rule_of_thumb__is_told_where_nobody_else_was_treated_so(others: str, said: list[str]) -> None:
    some = [decided("spare", place="in town")] * FEWEST + [decided(others, place="in the countryside")] * FEWEST
    assert sorted(did for _, did in rules_of_thumb(habits_of(some))) == said


def test_rule_of_thumb__of_few_files_is_none() -> None:
    some = [decided("spare", place="in town")] * (FEWEST - 1) + [decided("record", place="in the countryside")] * 9
    assert list(rules_of_thumb(habits_of(some))) == []
    assert list(rules_of_thumb(habits_of([decided("spare", sex="male")] * 9))) == []
