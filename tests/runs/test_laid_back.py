"""A checkpoint that somebody forged, with a right hash, is passed over with a word, or the run ends as it always did."""

from __future__ import annotations

import hashlib
import shutil
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from glasstown import fields
from glasstown.cli.main import main
from glasstown.engine.tables import lives
from glasstown.engine.tables.filing_rows import Letter
from glasstown.errors import RunWarning
from glasstown.fields import BY_RULEBOOK
from glasstown.rows import columns_of
from glasstown.runs import laid_back, laid_back_entries
from glasstown.runs.plan import make_plan, make_town
from glasstown.runs.request import inputs_of
from glasstown.runs.session import RunRequest, resume_town, run_town
from glasstown.runs.snapshot import take
from glasstown.storage import checkpoint
from glasstown.storage.checkpoint import Checkpoint
from glasstown.storage.folder import RunFolder
from glasstown.storage.manifest import Position
from longer import few

ASKED = RunRequest(
    rulebook="cn-2019", people=300, firms=150, months=16, seed=7, threads=1, command="test",
    settings={"living.lived": "1", "firm.traded": "1"},
)  # fmt: skip
STOPPED = 14
Array = np.ndarray[Any, Any]
Alter = Callable[[Array], Array]


def stopped(request: RunRequest) -> None:
    def stop(done: int, _: int) -> None:
        if done == STOPPED + 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_town(request, stop, seconds_between=0.0)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a finished run and the same one stopped after 14 months."""
    folder = tmp_path_factory.mktemp("runs")
    run_town(replace(ASKED, out=folder / "whole"))
    stopped(replace(ASKED, out=folder / "half"))
    return folder


def newest(run: Path) -> tuple[Path, Checkpoint]:
    """Return the slot with the most months, and what it holds."""
    slots = [(checkpoint._read(path), path) for path in sorted((run / "checkpoint").iterdir())]
    found, path = max(slots, key=lambda pair: pair[0].month)
    return path, found


def forge(run: Path, found: Checkpoint, *, is_named: bool) -> None:
    """Write a checkpoint in the place of the newest one, and its hash into the manifest where that is forged too."""
    path, _ = newest(run)
    with path.open("wb") as file:
        digest = hashlib.sha256()
        checkpoint._write(file, found, digest)
    if is_named:
        folder = RunFolder.open(run)
        folder.update(newest=Position(month=found.month, part=found.part, sha256=digest.hexdigest()))


def altered(run: Path, **arrays: Array | None) -> Checkpoint:
    """Return the newest checkpoint with other arrays; None for one that is gone."""
    _, found = newest(run)
    changed = {**found.arrays, **{name.replace("__", "."): array for name, array in arrays.items()}}
    return replace(found, arrays={name: array for name, array in changed.items() if array is not None})


def resumed(run: Path) -> tuple[str, list[str]]:
    """Return the digest that a run ends with and what was said of it."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        resume_town(run)
    return str(RunFolder.open(run).manifest.digest), [
        str(each.message) for each in caught if issubclass(each.category, RunWarning)
    ]


def to_ends(array: Array) -> Iterator[tuple[str, Array]]:
    """Yield an array at the least and the most that its type holds."""
    ends = np.iinfo(array.dtype)
    for end in (ends.min, ends.max):
        yield f"at {end}", np.full_like(array, end)


def forgeries(array: Array) -> Iterator[tuple[str, Array | None]]:
    """Yield an array altered in every way that has nothing to do with what it means; None for gone."""
    yield "gone", None
    yield "short", array[:-1] if array.shape[0] else np.zeros((1, *array.shape[1:]), dtype=array.dtype)
    yield "another type", array.astype(np.int32 if array.dtype != np.int32 else np.int64)
    yield "another shape", array[None]
    yield from to_ends(array)


@pytest.mark.parametrize("part", few([0.0, 0.01, 0.5, 1.0], [0.5]))
def test_resume__of_a_forged_slot_ends_as_ever_or_says_so(part: float, runs: Path, tmp_path: Path) -> None:
    """Each array by itself is in the test below; here the whole way is gone with one from this part of all arrays."""
    whole = str(RunFolder.open(runs / "whole").manifest.digest)
    _, found = newest(runs / "half")
    name = list(found.arrays)[round(part * (len(found.arrays) - 1))]
    for number, (how, array) in enumerate(forgeries(found.arrays[name])):
        run = tmp_path / f"{number}"
        shutil.copytree(runs / "half", run)
        forge(run, altered(run, **{name: array}), is_named=False)
        digest, said = resumed(run)
        assert digest == whole, (name, how)
        assert any("is passed over: the manifest does not name it" in text for text in said), (name, how, said)


@pytest.fixture(scope="module")
def at_hand(runs: Path) -> tuple[Any, dict[str, Array], int, dict[str, Array]]:
    """Give a town of the run, its totals, the years of its newest checkpoint, and that one's arrays."""
    folder = RunFolder.open(runs / "half")
    town = make_town(make_plan(folder.manifest, inputs_of(folder)), threads=1)
    _, found = newest(runs / "half")
    totals = {name.removesuffix(".totals"): each for name, each in found.arrays.items() if name.endswith(".totals")}
    return town, totals, int(found.arrays["years"][0]), found.arrays


Hand = tuple[Any, dict[str, Array], int, dict[str, Array]]


def misfit(at_hand: Hand, name: str, array: Array | None) -> str | None:
    town, totals, years, arrays = at_hand
    changed = {each: value for each, value in {**arrays, name: array}.items() if value is not None}
    return laid_back.misfit_of(town, totals, years, changed)


def test_misfit_of__finds_nothing_in_what_a_run_wrote(at_hand: Hand) -> None:
    assert laid_back.misfit_of(*at_hand) is None


def is_possible(name: str, array: Array) -> bool:
    """Return whether the register says that an array may hold this, so that no look at it can tell."""
    bounds = laid_back.field_of(name).bounds
    is_within = bounds not in (None, BY_RULEBOOK) and bounds[0] <= int(array.min()) and int(array.max()) <= bounds[1]
    return bool(is_within)


def test_misfit_of__names_each_array_that_is_altered(at_hand: Hand) -> None:
    arrays = at_hand[3]
    for name, array in arrays.items():
        for how, forged in forgeries(array):
            is_same = forged is not None and forged.dtype == array.dtype and np.array_equal(forged, array)
            if is_same or (forged is not None and forged.size and how.startswith("at") and is_possible(name, forged)):
                continue
            if how == "short" and name.endswith("mail"):
                continue  # the letters that are left are letters, and a letter of zeros is one
            why = misfit(at_hand, name, forged)
            assert why is not None, (name, how)
            assert "Error" not in why


def test_misfit_of__names_an_array_that_is_not_of_the_run(at_hand: Hand) -> None:
    assert misfit(at_hand, "person.9.score", np.zeros(3)) == "its array 'person.9.score' is not one of this run"


def with_one(array: Array, value: int, place: int = 0) -> Array:
    changed = array.copy()
    changed.reshape(-1)[place] = value
    return changed


@pytest.mark.parametrize(
    ("name", "value"),
    [("person.0.grade", 30), ("person.0.grade", 32), ("person.1.lists", 1 << 7), ("person.0.score", 1 << 31 - 1),
     ("person.lives.work", 6), ("person.lives.strain", 33), ("person.lives.closed", 1 << 31), ("person.lives.savings", -1),
     ("person.propensity", 32001), ("person.0.n_entries", -1), ("years", 2), ("town.went_under", -2), ("firm.trade.health", 3),
     ("person.0.begins", 7),
     ("person.0.begun", 300), ("person.lives.since", 300), ("person.lives.age", 121), ("person.0.level", 10**6)],
)  # fmt: skip
def test_misfit_of__finds_one_impossible_number(name: str, value: int, at_hand: Hand) -> None:
    found = at_hand[3].get(name)
    if found is None or found.size == 0:
        pytest.skip(f"this run has no {name}")
    assert misfit(at_hand, name, with_one(found, value)) is not None


@pytest.mark.parametrize(
    ("closed", "is_odd"),
    [
        (0, False),
        (lives.AIR, False),
        (lives.AIR | lives.AIR << lives.STOPPED, False),
        (lives.AIR << lives.STOPPED, True),
    ],
)
def test_nobody__stops_asking_where_nothing_is_closed(closed: int, is_odd: bool) -> None:
    assert laid_back.has_stopped_at_open_doors(np.array([0, closed], dtype=np.uint32)) is is_odd


def joint_of(claims: list[tuple[int, int, int]], owed: list[int]) -> dict[str, Array]:
    """Return the arrays of two neighbourhoods, of 150 people and 1, with these claims in the first: debtor, guarantor, yuan."""
    arrays: dict[str, Array] = {"owed": np.zeros(151, dtype=np.int32), "joint": np.zeros((2, 32), dtype=np.int32)}
    arrays |= {name: np.zeros((2, 32), dtype=np.uint8) for name in ("joint_debtor", "joint_guarantor")}
    arrays["owed"][: len(owed)] = owed
    for slot, (debtor, guarantor, yuan) in enumerate(claims):
        arrays["joint"][0, slot] = yuan
        arrays["joint_debtor"][0, slot], arrays["joint_guarantor"][0, slot] = debtor, guarantor
    return arrays


@pytest.mark.parametrize(
    ("claims", "owed", "why"),
    [([(0, 1, 5), (1, 2, 3)], [5, 8, 3], None), ([(0, 1, 5)], [5, 4], "more than what is owed"),
     ([(1, 1, 5)], [0, 9], "somebody who"), ([(0, 1, 0), (0, 1, 5)], [5, 5], "a gap"),
     ([(0, 1, 5), (1, 2, 5)], [9, 9, 9], "more than what is owed")],
)  # fmt: skip
def test_misfit_of_joint__asks_two_others_of_the_town_who_owe_that_much(
    claims: list[tuple[int, int, int]], owed: list[int], why: str | None
) -> None:
    found = laid_back.misfit_of_joint(joint_of(claims, owed))
    assert found is None if why is None else found is not None and why in found


def test_misfit_of_joint__finds_somebody_who_does_not_live_there() -> None:
    arrays = joint_of([(0, 1, 5)], [5, 5])
    arrays["joint"][:] = arrays["joint"][::-1].copy()
    assert "cannot owe" in str(laid_back.misfit_of_joint(arrays))


def test_register__bounds_every_array_that_a_checkpoint_holds(at_hand: Hand) -> None:
    for name in at_hand[3]:
        assert laid_back.field_of(name).bounds is not None, name
    names = [field.name for field in laid_back.KEPT]
    assert len(names) == len(set(names))
    beside = {"ledger", "mail", "level", "n_entries"}
    asked = {field.name for field in laid_back.KEPT if field.bounds == BY_RULEBOOK}
    assert asked - beside == set(laid_back.BY_ITS_RULES)


def test_misfit_of__fails_on_an_array_without_bounds(at_hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    field = replace(laid_back.field_of("x.score"), bounds=None)
    monkeypatch.setattr(laid_back, "field_of", lambda name: field)
    with pytest.raises(KeyError, match="no bounds in the register"):
        laid_back.misfit_of(*at_hand)


LEDGER = "person.0.ledger"


@pytest.mark.parametrize(
    ("bits", "at"), [(15, 0), (1, 0), (1023 << 35, 0), (1 << 63, 0), (255, 1), (1000 << 53, 1), (1 << 62, 1)]
)
def test_misfit_of__finds_entries_that_no_rule_brings_about(bits: int, at: int, at_hand: Hand) -> None:
    ledger = at_hand[3][LEDGER]
    assert len(ledger) > 3
    found = []
    for row in range(len(ledger)):
        changed = ledger.copy().view(np.uint64)
        changed[row, at] |= np.uint64(bits)
        if not np.array_equal(changed.view(np.int64), ledger):
            found.append(misfit(at_hand, LEDGER, changed.view(np.int64)))
    assert found
    if bits == 1:
        return  # some other kind of entry may stand in the same place
    assert any(found), "none of these entries was refused"


def test_misfit_of__finds_entries_out_of_order_and_of_nobody(at_hand: Hand) -> None:
    ledger = at_hand[3][LEDGER]
    assert misfit(at_hand, LEDGER, ledger[::-1].copy()) is not None
    scored = np.zeros(300, dtype=np.bool_)
    town, _, _, arrays = at_hand
    rules = town.sides[0].layers[0].rules
    why = laid_back_entries.misfit_of_ledger(rules, scored, arrays["person.0.n_entries"], ledger)
    assert why == "has an entry of nobody whom the rulebook scores"


def test_misfit_of_mail__finds_letters_to_nobody(at_hand: Hand) -> None:
    town = at_hand[0]
    posting = [
        (f"{side.kind}.{number}.mail", side, layer)
        for side in town.sides
        for number, layer in enumerate(side.layers)
        if laid_back_entries.sends_mail(layer.rules)
    ]
    name, side, layer = posting[0]
    good = np.array([[0, 0, 5, 0, 30, 40, 0, 0]], dtype=np.int64)
    assert laid_back_entries.misfit_of_mail(town, side, layer.rules, good) is None
    for place, column in enumerate(columns_of(Letter)):
        for value in (-1, 10**9 if column != "amount" else 10**12):
            if column == "event" and value > 0:
                continue
            bad = with_one(good, value, place)
            assert column in str(laid_back_entries.misfit_of_mail(town, side, layer.rules, bad)), (column, value)
    assert misfit(at_hand, name, np.repeat(good, 2, axis=0) - [[0], [0]]) is None
    silent = next(each for each in town.sides[0].layers if not laid_back_entries.sends_mail(each.rules))
    why = laid_back_entries.misfit_of_mail(town, town.sides[0], silent.rules, good)
    assert why == "has letters where none are sent"
    many = np.concatenate([with_one(good, 3), good])
    assert laid_back_entries.misfit_of_mail(town, side, layer.rules, many) == "is out of order"


@pytest.mark.parametrize("month", [STOPPED + 2, 1000])
def test_resume__passes_over_a_state_beyond_the_run(month: int, runs: Path, tmp_path: Path) -> None:
    run = Path(shutil.copytree(runs / "half", tmp_path / "half"))
    _, found = newest(run)
    forge(run, replace(found, month=month), is_named=True)
    digest, said = resumed(run)
    assert any(f"it stands after month {month}" in text for text in said), said
    assert digest == RunFolder.open(runs / "whole").manifest.digest


@pytest.mark.parametrize(
    ("stem", "end"),
    few(
        [("person.lives.", 1), ("person.0.", 1), ("firm.", 1), ("person.propensity", 1), ("person.", 0)],
        [("person.lives.", 1), ("person.", 0)],
        is_spread=True,
    ),
)
def test_resume__where_slot_and_manifest_are_forged_never_ends_in_a_fault_of_ours(
    stem: str, end: int, runs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the register allows is lived: nobody can tell it from what the run did.  It is lived without a fault."""
    _, found = newest(runs / "half")
    run = Path(shutil.copytree(runs / "half", tmp_path / "run"))
    changes: dict[str, Array | None] = {}
    for name, array in found.arrays.items():
        bounds = laid_back.field_of(name).bounds
        if name.startswith(stem) and isinstance(bounds, tuple) and not name.endswith("n_entries"):
            changes[name] = np.full_like(array, bounds[end])
    assert changes
    forge(run, altered(run, **changes), is_named=True)
    code = main(("resume", str(run)))
    said = capsys.readouterr().err
    assert code in (0, 2), said
    assert "fault of Glasstown" not in said, said


def test_fields__bounds_are_whole_numbers_that_the_type_holds() -> None:
    for field in laid_back.KEPT:
        if isinstance(field.bounds, tuple):
            ends = np.iinfo(field.dtype)
            assert ends.min <= field.bounds[0] <= field.bounds[1] <= ends.max, field.name
    assert {field.name for field in fields.SHARD if field.bounds is None} == {"first", "ident", "profile"}
    assert [field.name for field in fields.STATUS if field.bounds is None] == []


def test_take__gives_no_array_that_the_register_does_not_bound(at_hand: Hand) -> None:
    assert all(laid_back.field_of(name).bounds for name in take(at_hand[0]))
