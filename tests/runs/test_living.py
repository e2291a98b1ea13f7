"""A town in memory steps to the digests of a run, forth, dry and back, whatever happens to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from glasstown.engine.kernel.cache import is_plain
from glasstown.errors import UsageError
from glasstown.runs.living import Living
from glasstown.runs.memory import plan_in_memory
from glasstown.runs.plan import Plan
from glasstown.runs.request import RunRequest
from glasstown.runs.session import run_town

pytestmark = [pytest.mark.usefixtures("short_past"), pytest.mark.skipif(is_plain(), reason="lives towns")]
ASKED = RunRequest("cn-court-list-2017", people=300, months=9, seed=7, threads=1, command="test")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_in_memory(ASKED)


@pytest.fixture(scope="module")
def digest(tmp_path_factory: pytest.TempPathFactory) -> str:
    out: Path = tmp_path_factory.mktemp("living") / "run"
    return str(run_town(RunRequest("cn-court-list-2017", people=300, months=9, seed=7, out=out)).values["digest"])


@pytest.mark.parametrize("threads", [1, 2])
def test_step__ends_in_the_digest_of_the_run(threads: int, plan: Plan, digest: str) -> None:
    living = Living(plan, threads=threads)
    for months in (1, 3, 5):
        living.step(months)
    assert (living.month, living.digest()) == (9, digest)


def test_dry__shows_the_months_and_leaves_no_trace(plan: Plan, digest: str) -> None:
    living = Living(plan, threads=1)
    living.step(2)
    before = living.digest()
    with living.dry(3) as town:
        assert (town.month, living.month) == (5, 2)
        shown = town.digest()
    assert living.digest() == before
    living.step(3)
    assert living.digest() == shown
    living.step(4)
    assert living.digest() == digest


def test_a_fault_inside_a_dry_month__leaves_the_town_as_it_was(plan: Plan) -> None:
    living = Living(plan, threads=1)
    living.step(2)
    before = living.digest()
    with pytest.raises(ZeroDivisionError), living.dry():
        _ = 1 // 0
    assert (living.month, living.digest()) == (2, before)


def test_a_step_inside_a_dry_month__is_a_step_of_the_town_itself(plan: Plan) -> None:
    living, twin = Living(plan, threads=1), Living(plan, threads=1)
    twin.step(4)
    living.step(2)
    with living.dry(3):
        living.step(2)
    assert (living.month, living.digest()) == (4, twin.digest())


def test_back__is_the_town_as_it_stood(plan: Plan, digest: str) -> None:
    living = Living(plan, threads=1)
    living.step(2)
    then = living.digest()
    living.step(4)
    living.back(4)
    assert (living.month, living.digest()) == (2, then)
    living.step(7)
    assert living.digest() == digest


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_a_month_that_is_broken_off__is_lived_again(
    error: type[BaseException], plan: Plan, digest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    living = Living(plan, threads=1)
    living.step(2)
    before = living.digest()

    def fail(*_: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr("glasstown.engine.town.live_layer", fail)  # when conduct was lived, and nothing filed
        with pytest.raises(error):
            living.step(3)
    assert (living.month, living.digest()) == (2, before)
    living.step(7)
    assert living.digest() == digest


@pytest.mark.parametrize("months", [0, -1, 8, 10**9])
def test_step__refuses_months_that_there_are_not(months: int, plan: Plan) -> None:
    living = Living(plan, threads=1)
    living.step(2)
    with pytest.raises(UsageError, match="after 2 months of 9"):
        living.step(months)
    assert living.month == 2


def test_step__says_when_a_town_has_lived_all(plan: Plan) -> None:
    living = Living(plan, threads=1)
    living.step(9)
    with pytest.raises(UsageError, match="has lived all its months"):
        living.step()


@pytest.mark.parametrize("months", [0, 3])
def test_back__refuses_months_that_were_not_lived(months: int, plan: Plan) -> None:
    living = Living(plan, threads=1)
    living.step(2)
    with pytest.raises(UsageError, match="where 2 months have been lived"):
        living.back(months)
