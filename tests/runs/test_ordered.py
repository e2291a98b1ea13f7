"""Orders of a desk in towns: one digest however they come, a twin that is the same up to the first, lives that both readings tell."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import glasstown
from glasstown.engine.kernel import events
from glasstown.engine.kernel.cache import is_plain
from glasstown.engine.tables.log_rows import CAME, FILED, LogLine
from glasstown.errors import RecordError, UsageError
from glasstown.language.orders import Order, order_of
from glasstown.population import BLOCK
from glasstown.runs.live_again import live_again
from glasstown.runs.living import Living
from glasstown.runs.ordered import desk_of
from glasstown.runs.outside import outside_of
from glasstown.runs.plan import plan_of
from glasstown.runs.request import manifest_of
from glasstown.runs.scenario import request_of
from glasstown.runs.session import RunRequest, replay_life, resume_town, run_town
from glasstown.storage.folder import RunFolder

pytestmark = [pytest.mark.usefixtures("short_past"), pytest.mark.skipif(is_plain(), reason="lives towns")]
STAYING = {"people.deaths": "0", "people.moves": "0"}
"""everybody stays, so that a number is one life"""
ASKED = RunRequest(
    "rongcheng-2013", people=300, firms=0, months=16, seed=7, threads=1, command="test", settings=STAYING
)
JUDGMENTS = 11
"""place of the last class, which courts record"""
NO_COURT = (0, 1, 3, 5, 7, 8, 9, 10)
"""places of classes of which no act is a court's"""
FIRST = 2
"""month of the first order"""


@dataclass(frozen=True)
class Twin:
    """A run without orders, what its offices wrote down and left out, as (person, line), and on which desk each act lies."""

    folder: Path
    digest: str
    filed: list[tuple[int, LogLine]]
    left: list[tuple[int, LogLine]]
    desks: tuple[str, ...]

    @property
    def of_clerk(self) -> tuple[int, LogLine]:
        """Return an act that was left out, of a class of which no act lies on a court's desk."""
        return next(each for each in self.left if (each[1].event >> events.CLASS.at) & events.CLASS.mask in NO_COURT)

    def order(self, of: tuple[int, LogLine], do: str, **further: Any) -> Order:
        person, line = of
        month = line.event >> events.MONTH.at
        about, number = f"person/{person}", f"e{line.event}"
        desk = self.desks[line.act]
        return order_of({"month": month, "desk": desk, "about": about, "of": number, "do": do, **further})


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Twin:
    folder = tmp_path_factory.mktemp("ordered") / "twin"
    digest = str(run_town(replace(ASKED, out=folder)).values["digest"])
    plan = plan_of(RunFolder.open(folder))
    found: dict[int, list[tuple[int, LogLine]]] = {FILED: [], CAME: []}
    for block in range(plan.n_blocks("person")):
        lived = live_again(plan, "person", block, outside_of(RunFolder.open(folder), plan))
        for lines in lived.under[0].rows.values():
            for line in lines:
                if line.kind in found and is_early(line) and is_first_of_an_act(line):
                    found[line.kind].append((block * BLOCK + line.person, line))
    filed = {line.event for _, line in found[FILED]}
    left = [each for each in found[CAME] if each[1].event not in filed]
    assert len(found[FILED]) > 5
    assert len(left) > 5
    return Twin(folder, digest, found[FILED], left, tuple(desk_of(act) for act in plan.conduct["person"].acts))


def is_early(line: LogLine) -> bool:
    """Return whether an act and its record lie well inside the run."""
    return FIRST <= line.event >> events.MONTH.at < 9 and line.record_day < 400


def is_first_of_an_act(line: LogLine) -> bool:
    """Return whether a line is about an act of the clerk's: no judgment, and nothing that follows from another record."""
    conduct = (line.event >> events.CLASS.at) & events.CLASS.mask
    return conduct < JUDGMENTS and not (line.event >> events.TWICE.at) & 1


@pytest.fixture(scope="module")
def orders(twin: Twin) -> tuple[Order, ...]:
    spared = [twin.order(each, "spare") for each in twin.filed[::3]]
    recorded = [twin.order(each, "record", because="practice") for each in twin.left[::9]]
    return (*spared, *recorded)


@pytest.fixture(scope="module")
def lived(orders: tuple[Order, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ordered") / "lived"
    run_town(replace(ASKED, out=folder, orders=orders))
    return folder


def digest_of(folder: Path) -> str:
    return str(RunFolder.open(folder).manifest.digest)


def months_before(folder: Path, month: int) -> list[dict[str, Any]]:
    return [row for row in RunFolder.open(folder).read("months").to_pylist() if row["month"] < month]


def test_digest__is_the_same_for_any_threads_and_whatever_the_order_of_the_file(
    orders: tuple[Order, ...], lived: Path, twin: Twin, tmp_path: Path
) -> None:
    shuffled = random.Random(3).sample(orders, len(orders))
    run_town(replace(ASKED, out=tmp_path / "other", orders=tuple(shuffled), threads=2))
    assert digest_of(tmp_path / "other") == digest_of(lived) != twin.digest
    kept = [RunFolder.open(each).manifest.orders for each in (tmp_path / "other", lived)]
    assert kept[0] == kept[1]


def test_a_town_that_steps__comes_to_the_digest_of_the_run(orders: tuple[Order, ...], lived: Path, twin: Twin) -> None:
    living = Living(plan_of(RunFolder.open(twin.folder)), threads=1)
    living.step(FIRST)
    for order in orders:
        living.order(order)
    with living.dry(5):
        pass
    living.step(14)
    assert living.digest() == digest_of(lived)
    result: Any = RunFolder.open(lived).manifest.result
    moot = result["orders"]["moot"]
    assert [each.order.of for each in living.moot] == [each["of"] for each in moot]
    assert len(moot) < len(orders) // 2
    living.back(5)
    living.step(5)
    assert living.digest() == digest_of(lived)


def test_a_run_that_was_stopped__ends_in_the_same_digest_and_tells_the_same_moot_orders(
    orders: tuple[Order, ...], twin: Twin, tmp_path: Path
) -> None:
    nothing = twin.order(twin.filed[0], "spare").model_copy(update={"of": no_act(twin)})
    asked = replace(ASKED, orders=(*orders, nothing))
    whole = run_town(replace(asked, out=tmp_path / "whole"))

    def stop(done: int, _: int) -> None:
        if done == 14:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_town(replace(asked, out=tmp_path / "half"), stop, seconds_between=0.0)
    resumed = resume_town(tmp_path / "half")
    assert resumed.values["digest"] == whole.values["digest"]
    assert resumed.values["orders"] == whole.values["orders"]
    assert nothing.of in [each["of"] for each in resumed.values["orders"]["moot"]]


def no_act(twin: Twin) -> str:
    """Return the number of an act that nobody did: the fourteenth of a class in the month of the first order."""
    event = twin.filed[0][1].event
    return f"e{event & ~(events.NUMBER.mask << events.NUMBER.at) & ~events.ORIGIN.mask | 14 << events.NUMBER.at}"


def test_moot_orders_alone__leave_the_twin(twin: Twin, tmp_path: Path) -> None:
    order = twin.order(twin.filed[0], "spare").model_copy(update={"of": no_act(twin)})
    result = run_town(replace(ASKED, out=tmp_path / "run", orders=(order,)))
    assert (result.values["digest"], len(result.values["orders"]["moot"])) == (twin.digest, 1)
    assert "Moot, since there was nothing to decide" in str(glasstown.resume(tmp_path / "run").blocks())


def test_the_twin__is_the_same_up_to_the_first_order_and_in_every_other_neighbourhood(
    orders: tuple[Order, ...], lived: Path, twin: Twin, tmp_path: Path
) -> None:
    first = min(order.month for order in orders)
    assert months_before(lived, first) == months_before(twin.folder, first)
    one = tuple(order for order in orders if order.number < BLOCK)
    assert 0 < len(one) < len(orders)
    run_town(replace(ASKED, out=tmp_path / "one", orders=one))
    hashes = [RunFolder.open(each).read("hashes").to_pylist() for each in (tmp_path / "one", twin.folder)]
    differ = {a["block"] for a, b in zip(*hashes, strict=True) if a["hash"] != b["hash"]}
    assert differ == {0}


def test_everybody_whom_an_order_names__is_told_alike_by_both_readings(
    orders: tuple[Order, ...], lived: Path, twin: Twin
) -> None:
    told = {}
    for number in sorted({order.number for order in orders}):
        told[number] = replay_life(lived, number, verify=True)
        assert told[number].differences == (), number
    for order in orders:
        is_there = order.of in {record.id for under in told[order.number].under for record in under.life.records}
        before = {r.id for under in replay_life(twin.folder, order.number).under for r in under.life.records}
        if order.do == "spare":
            assert not is_there
            assert order.of in before
        else:
            assert order.of not in before
    recorded = [order for order in orders if order.do == "record"]
    ids = {r.id for life in told.values() for under in life.under for r in under.life.records}
    assert (
        len([order for order in recorded if order.of in ids]) > len(recorded) // 2
    )  # the others are lost, or about another


def test_without_orders__is_the_twin(lived: Path, twin: Twin, tmp_path: Path) -> None:
    again = glasstown.run(lived, without_orders=True, out=tmp_path / "run", threads=1)
    assert again.result.values["digest"] == twin.digest
    assert RunFolder.open(tmp_path / "run").manifest.orders is None


def test_run_of_the_folder__lives_the_orders_again(lived: Path, orders: tuple[Order, ...], tmp_path: Path) -> None:
    again = glasstown.run(lived, out=tmp_path / "run", threads=2)
    assert "Reproduced" in str(again.blocks())
    assert f"Desks decided about {len(orders)} acts." in str(again.blocks())
    assert RunFolder.open(tmp_path / "run").manifest.command.startswith(f"glasstown run {lived} ")
    assert digest_of(tmp_path / "run") == digest_of(lived)


@pytest.mark.parametrize("change", [{"seed": 8}, {"people": 301}, {"set": {"filing.lost": 0}}])
def test_orders__reach_no_other_town(change: dict[str, Any], lived: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="those of the town"):
        glasstown.run(lived, out=tmp_path / "run", **change)
    assert list(tmp_path.iterdir()) == []


def test_manifest__has_a_format_of_its_own_where_there_are_orders(lived: Path, twin: Twin) -> None:
    with_orders, without = (json.loads((each / "manifest.json").read_text("utf-8")) for each in (lived, twin.folder))
    assert (with_orders["glasstown_run"], without["glasstown_run"]) == (4, 3)
    assert "orders" not in without
    assert with_orders["orders"]["name"] == "orders.jsonl"


def test_saved_town__is_a_scenario_with_its_orders(
    twin: Twin, orders: tuple[Order, ...], lived: Path, tmp_path: Path
) -> None:
    town = glasstown.town("rongcheng-2013", people=300, firms=0, months=16, seed=7, threads=1, set=STAYING)
    for each in orders:
        town.order(each.about, each.of, each.do, desk=each.desk, because=each.because, month=each.month)
    saved = town.save(tmp_path / "desk.yaml")
    request = request_of(str(saved), {})
    assert manifest_of(request)[0].orders == RunFolder.open(lived).manifest.orders
    saved.write_text(saved.read_text("utf-8").replace("seed: 7", "seed: 8"), "utf-8")
    with pytest.raises(UsageError, match="those of the town"):
        manifest_of(request_of(str(saved), {}))
    town.step(16)
    assert town.write(tmp_path / "written").result.values["digest"] == town.digest == digest_of(lived)


Change = Callable[[Order], dict[str, Any]]
FAULTS: dict[str, tuple[Change, str]] = {
    "nobody": (lambda order: {"about": "person/300"}, "found nobody; expected somebody of the town's 300 people"),
    "no firm": (lambda order: {"about": "firm/0"}, "found nobody"),
    "another month": (lambda order: {"month": order.month - 1}, "in which it was done and found out"),
    "beyond the run": (lambda order: {"month": 99, "of": f"e{99 << 18}"}, "one of the 16 months of the run"),
    "by mail": (lambda order: {"of": f"e{order.event | 12 << 14}"}, "no desk's to decide"),
    "the second copy": (lambda order: {"of": f"e{order.event | 1 << 9}"}, "no desk's to decide"),
    "another desk": (lambda order: {"desk": "court"}, "found the court's desk; expected the clerk's"),
    "means": (lambda order: {"do": "ask-means"}, "Only a court asks after somebody"),
    "another rulebook": (lambda order: {"under": "suining-2010"}, "found under: 'suining-2010'"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_an_order_that_can_decide_nothing__is_refused_before_anything_is_written(
    fault: str, twin: Twin, tmp_path: Path
) -> None:
    change, said = FAULTS[fault]
    order = twin.order(twin.of_clerk, "record")
    with pytest.raises(UsageError, match=said) as refused:
        run_town(replace(ASKED, out=tmp_path / "run", orders=(order.model_copy(update=change(order)),)))
    assert len(refused.value.faults) == 1
    assert list(tmp_path.iterdir()) == []


def test_two_orders_about_one_act__are_refused_whatever_they_say(twin: Twin, tmp_path: Path) -> None:
    order = twin.order(twin.of_clerk, "record")
    for second in (
        order,
        order.model_copy(update={"do": "spare"}),
        order.model_copy(update={"under": "rongcheng-2013@one-point-b"}),
    ):
        with pytest.raises(UsageError, match="a second order about this act, after 'record'"):
            run_town(replace(ASKED, out=tmp_path / "run", orders=(order, second)))


def test_all_faults__are_told_together(twin: Twin) -> None:
    order = twin.order(twin.of_clerk, "record")
    wrong = tuple(order.model_copy(update=change(order)) for change, _ in FAULTS.values())
    with pytest.raises(UsageError) as refused:
        manifest_of(replace(ASKED, orders=wrong))
    assert len(refused.value.faults) == len(FAULTS)


def test_of_several_rulebooks__an_order_names_one(twin: Twin) -> None:
    order = twin.order(twin.of_clerk, "record")
    with pytest.raises(UsageError, match="under: one of rongcheng-2013@one-point-b, rongcheng-2013@a-to-960"):
        manifest_of(replace(ASKED, rulebook="rongcheng-2013,rongcheng-2013@a-to-960", orders=(order,)))


def test_a_month_that_is_over__is_refused_and_nothing_is_ordered(twin: Twin) -> None:
    living = Living(plan_of(RunFolder.open(twin.folder)), threads=1)
    order = twin.order(twin.of_clerk, "record")
    living.step(order.month + 1)
    with pytest.raises(UsageError, match="which is over"):
        living.order(order)
    assert living.orders == ()


def test_orders_that_were_changed_in_a_manifest__are_refused(lived: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(lived, tmp_path / "run")
    file = tmp_path / "run" / "manifest.json"
    file.write_text(file.read_text("utf-8").replace("spare", "record", 1), "utf-8")
    with pytest.raises(RecordError):
        replay_life(tmp_path / "run", 0)


def test_compare__lays_the_run_beside_its_twin(lived: Path, orders: tuple[Order, ...], tmp_path: Path) -> None:
    found = glasstown.compare(lived, without_orders=True, out=tmp_path / "both")
    assert found.names == ("lived (first)", "lived (second) without orders")
    assert len(found.pairs) == 1
    first = found.pairs[0].first_anything
    assert first is not None
    assert first >= min(order.month for order in orders)
    assert "Desks decided about the acts of this one town" in str(found.blocks())
    assert "--seeds 6" not in str(found.blocks())
    with pytest.raises(UsageError, match="where desks have orders"):
        glasstown.compare(lived, without_orders=True, seeds=2, out=tmp_path / "more")


def test_compare__without_orders_of_what_has_none_is_refused(twin: Twin, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no orders on either side"):
        glasstown.compare(twin.folder, without_orders=True, out=tmp_path / "both")
    with pytest.raises(UsageError, match="or give without_orders="):
        glasstown.compare(twin.folder)


def test_sweep__takes_no_scenario_with_orders(lived: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="orders of desks, which are for one town"):
        glasstown.sweep(lived, out=tmp_path / "sweep")


def test_hashes__are_those_of_the_blocks_alone(lived: Path) -> None:
    folder = RunFolder.open(lived)
    plan = plan_of(folder)
    wanted = {row["block"]: row["hash"] for row in folder.read("hashes").to_pylist() if row["year"] == 16}
    again = {b: live_again(plan, "person", b, outside_of(folder, plan)).hashes[-1] for b in wanted}
    assert np.array_equal([wanted[b] for b in wanted], [again[b] for b in wanted])


def test_an_archive__brings_the_orders_along(lived: Path, orders: tuple[Order, ...], tmp_path: Path) -> None:
    packed = glasstown.pack(lived, out=tmp_path / "sent.tar").packed.file
    received = glasstown.unpack(packed, tmp_path / "received")
    assert received.manifest.orders == RunFolder.open(lived).manifest.orders
    assert RunFolder.open(tmp_path / "received").faults() == []
    assert replay_life(tmp_path / "received", orders[0].number, verify=True).differences == ()


def test_life__tells_what_desks_decided_about_it(lived: Path, twin: Twin, orders: tuple[Order, ...]) -> None:
    order = orders[0]
    told = glasstown.life(lived, order.number)
    assert order.of in [each["of"] for each in told.as_json()["orders"]]
    assert f"In month {order.month} the {order.desk}'s desk decided: {order.do} {order.of}, under" in str(told.blocks())
    assert "orders" not in glasstown.life(twin.folder, order.number).as_json()
