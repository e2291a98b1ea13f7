"""`run`, `resume`, `life`: what they print, what they refuse, and how a stopped run goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest

from glasstown.cli import compare, run, sweep
from glasstown.cli.output import Progress
from tests.cli.conftest import Command


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--people", "0"), "people: found 0; expected 1 to "),
        (("--people", "-5"), "people: found −5"),
        (("--people", "many"), "--people: found 'many'; expected a whole number"),
        (("--people", "1.5"), "--people: found '1.5'"),
        (("--firms", "-1"), "firms: found −1"),
        (("--months", "0"), "months: found 0; expected 1 to 1,023"),
        (("--months", "1024"), "months: found 1,024"),
        (("--seed", "x"), "--seed: found 'x'"),
        (("--seed", "-1"), "seed: found −1"),
        (("--seed", str(2**64)), "seed: found 18,446,744,073,709,551,616"),
        (("--threads", "0"), "threads: found 0"),
        (("--track", "-1"), "track: found −1"),
        (("--unknown", "hihg"), "unknown: found 'hihg'; expected low or high. Did you mean 'high'?"),
        (("--start", "2014-13"), "start: found '2014-13'; expected a month, written YYYY-MM"),
        (("--start", "2014"), "start: found '2014'"),
        (("--set", "hazard.c0"), "--set: found 'hazard.c0'; expected PATH=VALUE"),
        (("--set", "hazard.c0=1", "--set", "hazard.c0=2"), "--set: found 'hazard.c0' twice"),
    ],
)
def test_run__refuses_what_is_out_of_bounds(
    command: Command, tmp_path: Path, options: tuple[str, ...], words: str
) -> None:
    ended = command("run", "suining-2010", *options)
    assert ended.code == 2
    assert ended.out == ""
    assert words in ended.err
    assert list(tmp_path.iterdir()) == []


def test_run__names_all_numbers_out_of_bounds_at_once(command: Command) -> None:
    err = command("run", "suining-2010", "--people", "0", "--months", "0").err
    assert "people: found 0" in err
    assert "months: found 0" in err


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ("suining-2010,", "one comma between two"),
        ("suining-2010,suining-2010", "each reading once"),
        ("rongcheng-2013,rongcheng-2019", "a month in which all of them are in force"),
        ("suining-2010,rongcheng-2013x", "rongcheng-2013"),
    ],
)
def test_run__refuses_rulebooks_that_cannot_lie_over_one_town(command: Command, named: str, words: str) -> None:
    ended = command("run", named)
    assert ended.code == 2
    assert words in ended.err


def test_run__lets_several_rulebooks_lie_over_one_town(command: Command) -> None:
    ended = command(
        "run", "rongcheng-2013@one-point-b,dongdao-village-2018", "--people", "300", "--months", "6", "--start", "2018-07",
        "--out", "runs/two", "--json",
    )  # fmt: skip
    assert ended.code == 0, ended.err
    told = json.loads(ended.out)
    assert set(told["by_rulebook"]) == {"rongcheng-2013@one-point-b", "dongdao-village-2018"}
    assert (
        told["grades"]["rongcheng-2013@one-point-b/A"]
        == told["by_rulebook"]["rongcheng-2013@one-point-b"]["grades"]["A"]
    )
    lived = json.loads(command("life", "runs/two", "7", "--verify", "--json").out)
    assert [each["rulebook"] for each in lived["rulebooks"]] == ["rongcheng-2013@one-point-b", "dongdao-village-2018"]
    assert lived["verified"] is True
    assert command("report", "runs/two", "--under", "dongdao-village-2018").code == 0
    assert "a rulebook of this run" in command("report", "runs/two", "--under", "dongdao").err


@pytest.mark.parametrize("verb", [("resume",), ("life",), ("report",), ("query",)])
def test_a_run_that_is_not_there__is_one_clear_message(command: Command, verb: tuple[str]) -> None:
    more = {"life": ["0"], "query": ["select 1"]}.get(verb[0], [])
    ended = command(verb[0], "runs/nowhere", *more)
    assert ended.code == 2
    assert ended.out == ""
    assert "runs/nowhere" in ended.err
    assert "fault of Glasstown" not in ended.err


def test_life__refuses_what_is_no_number(command: Command) -> None:
    assert "PERSON: found 'anna'" in command("life", "runs/nowhere", "anna").err


CONTRACT_KEYS = frozenset(
    """run rulebooks people firms months seed digest seconds person_months_per_second peak_bytes
    grades lists refusals acts detections records""".split()  # noqa: SIM905  sixteen names read better so
)
SMALL = ("run", "suining-2010", "--people", "400", "--months", "14", "--seed", "3")


def test_run__prints_the_contract_and_nothing_else(command: Command) -> None:
    ended = command(*SMALL, "--json")
    assert ended.code == 0
    result = ended.json
    assert set(result) >= CONTRACT_KEYS
    assert result["run"] == "runs/suining-2010-1"
    assert (result["people"], result["months"], result["seed"]) == (400, 14, 3)


def test_run__keeps_the_command_that_asks_for_it_again(command: Command) -> None:
    import json
    import shlex

    first = command(*SMALL, "--threads", "1", "--json").json
    asked = json.loads(Path(first["run"], "manifest.json").read_text(encoding="utf-8"))["command"]
    again = [word if word != first["run"] else "runs/again" for word in shlex.split(asked)[1:]]
    assert command(*again, "--json").json["digest"] == first["digest"]


def test_run__never_touches_an_earlier_one(command: Command) -> None:
    command(*SMALL, "--out", "runs/first")
    before = {path: path.read_bytes() for path in Path("runs").rglob("*") if path.is_file()}
    ended = command(*SMALL, "--out", "runs/first")
    assert ended.code == 2
    assert "glasstown resume runs/first" in ended.err
    assert {path: path.read_bytes() for path in Path("runs").rglob("*") if path.is_file()} == before


def test_run__that_is_stopped_goes_on_to_the_same_digest(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = command(*SMALL, "--out", "runs/whole", "--json").json

    @contextmanager
    def stopping(*_: str) -> Iterator[Progress]:
        def report(done: int, total: int) -> None:
            if done == total // 2:
                raise KeyboardInterrupt

        yield report

    with monkeypatch.context() as patched:
        patched.setattr(run, "progress", stopping)
        ended = command(*SMALL, "--out", "runs/stopped")
    assert ended.code == 130
    assert ended.out == ""
    assert "Go on to the same result with: glasstown resume runs/stopped" in ended.err
    resumed = command("resume", "runs/stopped", "--json")
    assert resumed.code == 0
    assert resumed.json["digest"] == whole["digest"]


TWO = ("compare", "suining-2010", "suining-2010@ceiling-1000", "--people", "150", "--months", "2", "--draws", "0")
SWEPT = ("sweep", "suining-2010", "--parameters", "filing.lost,hazard.c0", "--people", "150", "--months", "2")


@pytest.mark.parametrize(
    ("verb", "line", "words"),
    [
        (compare, TWO, "runs/compare-1 holds 0 of 12 runs and one that is begun"),
        (sweep, SWEPT, "Every setting that was lived is safe."),
    ],
)
def test_verb_that_is_stopped__has_words_of_its_own_and_goes_on(
    command: Command, monkeypatch: pytest.MonkeyPatch, verb: ModuleType, line: tuple[str, ...], words: str
) -> None:
    @contextmanager
    def stopping(*_: str) -> Iterator[Progress]:
        def report(done: int, _: int) -> None:
            if done == 1:
                raise KeyboardInterrupt

        yield report

    with monkeypatch.context() as patched:
        patched.setattr(verb, "progress", stopping)
        ended = command(*line, "--threads", "1")
    assert (ended.code, ended.out) == (130, "")
    assert words in ended.err
    again = ended.err.rstrip().rpartition("--out ")[2]
    assert again == f"runs/{line[0]}-1"
    assert command(*line, "--threads", "1", "--out", again).code == 0


def test_run__stopped_before_anything_was_written_says_so(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    from glasstown import api

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(api, "run", stopped)
    ended = command(*SMALL)
    assert ended.code == 130
    assert "Nothing on disk was changed" in ended.err


@pytest.mark.parametrize("person", ["-1", "400"])
def test_life__of_nobody_is_a_wrong_request(command: Command, person: str) -> None:
    command(*SMALL, "--out", "runs/first")
    ended = command("life", "--", "runs/first", person)
    assert ended.code == 2
    assert "0 to 399" in ended.err


def test_life__is_of_a_synthetic_person_and_verified(command: Command) -> None:
    command(*SMALL, "--out", "runs/first")
    ended = command("life", "runs/first", "7", "--verify", "--json")
    assert ended.code == 0
    assert ended.json["verified"] is True
    assert ended.json["population"] == "synthetic population"
    assert ended.json["person"]["name"].endswith("(synthetic)")
