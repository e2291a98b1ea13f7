"""Acts and parameters of one's own over those that ship."""

from __future__ import annotations

import warnings
from decimal import Decimal
from pathlib import Path

import pytest

import glasstown
from glasstown.errors import RulebookError, RunWarning, UsageError
from glasstown.language.acts import ActCatalogue
from glasstown.language.files import parse_with_places
from glasstown.language.load import load_acts, load_parameters
from glasstown.language.overlays import overlaid_acts, overlaid_parameters
from glasstown.language.parameters import Parameters
from glasstown.runs.request import RunRequest, inputs_of, manifest_of
from glasstown.storage.folder import RunFolder

BASIS = "basis: {source: own assumption, evidence: invented}"
TOWN = {"people": 300, "months": 3, "threads": 1}


def act(name: str, *, of: str = "c1", share: str = "0.5", urban: str = "0.9") -> str:
    detected = f"{{by: camera, urban: {urban}, rural: 0, {BASIS}}}"
    return f"  - {{id: {name}, label: some act, class: {of}, share: {share}, share_{BASIS}, detected: {detected}}}\n"


def acts(*entries: str) -> str:
    return "glasstown_acts: 1\nroles: []\nclasses: []\nacts:\n" + "".join(entries)


def parameter(name: str, value: str = "0.4", low: str = "0", high: str = "0.5") -> str:
    return f"  - {{id: {name}, label: something, unit: share, value: {value}, low: {low}, high: {high}, step: S7, {BASIS}}}\n"


def parameters(*entries: str) -> str:
    return "glasstown_parameters: 1\nparameters:\n" + "".join(entries)


def test_act_of_an_id_that_ships__takes_its_place_and_another_comes_behind() -> None:
    shipped = load_acts()
    own = parse_with_places(acts(act("crossing-on-red"), act("my-act", share="0")), "mine.yaml", ActCatalogue)
    found = overlaid_acts(shipped, own)
    assert found.ids() == (*shipped.ids(), "my-act")
    assert found.act("crossing-on-red").detected.urban == Decimal("0.9")
    assert [each for each in found.acts if each.id not in ("crossing-on-red", "my-act")] == [
        each for each in shipped.acts if each.id != "crossing-on-red"
    ]


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ((act("my-act", of="c99"),), "mine.yaml:5:.*act 'my-act': found 'c99'"),
        ((act("crossing-on-red", share="0.9"),), "class 'c1': found acts whose shares sum to 1.4"),
        ((act("my-act", share="0"), act("my-act", share="0")), "the id 'my-act' again"),
    ],
)
def test_catalogue_that_does_not_hold_together__is_told_with_its_place(entries: tuple[str, ...], words: str) -> None:
    own = parse_with_places(acts(*entries), "mine.yaml", ActCatalogue)
    with pytest.raises(RulebookError, match=words):
        overlaid_acts(load_acts(), own)


def laid_over(text: str) -> Parameters:
    own = parse_with_places(text, "mine.yaml", Parameters)
    return overlaid_parameters(load_parameters(), own, ["c1"], ["my-city"])


def test_parameter_inside_the_shipped_range__is_not_told() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = laid_over(parameters(parameter("filing.lost", "0.02"), parameter("recording.dishonesty.my-city")))
    assert found.number("filing.lost") == Decimal("0.02")
    assert found.number("recording.dishonesty.my-city") == Decimal("0.4")


def test_value_outside_the_shipped_range__is_told() -> None:
    with pytest.warns(RunWarning, match=r"mine.yaml: filing.lost is 0.4, outside the shipped range"):
        laid_over(parameters(parameter("filing.lost")))


def test_every_faulty_parameter__is_told_in_one_message() -> None:
    text = parameters(
        parameter("filing.lots"), parameter("filing.lost", "0.9"), parameter("recording.court.other-book")
    )
    with pytest.raises(RulebookError) as told:
        laid_over(text)
    assert [fault.place.line for fault in told.value.faults if fault.place] == [3, 4, 5]
    assert "did you mean 'filing.lost'" in str(told.value).lower()


def test_run_with_own_files__is_lived_again_from_its_manifest(tmp_path: Path) -> None:
    (tmp_path / "acts.yaml").write_text(acts(act("crossing-on-red")), "utf-8")
    (tmp_path / "parameters.yaml").write_text(parameters(parameter("filing.lost", "0.02")), "utf-8")
    own = {"acts": tmp_path / "acts.yaml", "parameters": tmp_path / "parameters.yaml"}
    glasstown.run("suining-2010", **TOWN, **own, out=tmp_path / "first")
    glasstown.run("suining-2010", **TOWN, out=tmp_path / "usual")
    (tmp_path / "acts.yaml").write_text("gone", "utf-8")
    glasstown.run(tmp_path / "first", threads=1, out=tmp_path / "again")
    first, again, usual = (RunFolder.open(tmp_path / name).manifest.digest for name in ("first", "again", "usual"))
    assert first == again != usual
    assert glasstown.life(tmp_path / "first", 3, verify=True).exit_code == 0
    inputs = inputs_of(RunFolder.open(tmp_path / "first"))
    assert inputs.acts.act("crossing-on-red").detected.urban == Decimal("0.9")
    assert inputs.parameters.number("filing.lost") == Decimal("0.02")


def test_new_class__needs_a_hazard(tmp_path: Path) -> None:
    file = tmp_path / "acts.yaml"
    file.write_text(
        "glasstown_acts: 1\nroles: []\nclasses: [{id: c12, kind: person, label: mine, tone: offence}]\nacts:\n"
        + act("my-act", of="c12"),
        "utf-8",
    )
    with pytest.raises(RulebookError, match=r"no parameter hazard.c12"):
        manifest_of(RunRequest("suining-2010", acts=str(file)))
    hazard = tmp_path / "parameters.yaml"
    hazard.write_text(parameters(parameter("hazard.c12")), "utf-8")
    _, inputs = manifest_of(RunRequest("suining-2010", acts=str(file), parameters=str(hazard)))
    assert inputs.acts.classes[-1].id == "c12"


@pytest.mark.parametrize("key", ["acts", "parameters"])
def test_file_that_is_none__is_one_message(tmp_path: Path, key: str) -> None:
    with pytest.raises((UsageError, RulebookError), match="nowhere"):
        glasstown.run("suining-2010", **TOWN, **{key: tmp_path / "nowhere.yaml"}, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()
