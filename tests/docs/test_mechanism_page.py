"""docs/mechanism.md: its files are mechanisms, its commands run, and what it says of them holds."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from glasstown.cli import main as cli
from glasstown.language.mechanism import SEAMS, parse_mechanism
from glasstown.language.mechanism_form import CALLS, LUCK, READS
from glasstown.storage.folder import RunFolder

TEXT = (Path(__file__).parents[2] / "docs" / "mechanism.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"```(?:python|yaml) file=(\S+)\n(.*?)```", TEXT, flags=re.S))
COMMANDS = [
    line.removeprefix("$ ")
    for block in re.findall(r"```console\n(.*?)```", TEXT, flags=re.S)
    for line in block.splitlines()
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Run every command of the page, in order, and give what each printed; they all end with 0."""
    import contextlib
    import io

    folder, said = tmp_path_factory.mktemp("mechanism"), {}
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    with contextlib.chdir(folder):
        for line in COMMANDS:
            out, err = io.StringIO(), io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                assert cli.main(shlex.split(line)[1:]) == 0, (line, err.getvalue())
            said[line] = out.getvalue()
        for name in ("camera", "blind", "without"):
            said[name] = str(RunFolder.open(Path("runs") / name).manifest.digest)
    return said


def test_cameras__find_more_and_covered_up_nothing(told: dict[str, str]) -> None:
    found = [json.loads(said)["rows"][0] for line, said in told.items() if line.startswith("glasstown query")]
    with_cameras, without = (float(next(iter(row.values())) if isinstance(row, dict) else row[0]) for row in found)
    assert with_cameras > 2 * without > 0
    assert told["blind"] == told["without"] != told["camera"]


def test_levers__tell_its_parameters(told: dict[str, str]) -> None:
    (line,) = [each for each in COMMANDS if each.startswith("glasstown levers")]
    assert "crossing-camera.covered=0.4" in told[line]
    assert "crossing-camera.dark=0.5" in told[line]


def test_summary__says_that_a_mechanism_has_a_say(told: dict[str, str]) -> None:
    (line,) = [each for each in COMMANDS if each.endswith("--out runs/counter")]
    assert "A mechanism of one's own has a say in it: counter" in told[line]


def test_life__is_verified(told: dict[str, str]) -> None:
    (line,) = [each for each in COMMANDS if "--verify" in each]
    assert told[line]


def test_page__shows_a_mechanism_of_each_seam_and_names_all_it_may_say() -> None:
    seams = {parse_mechanism(text, name).head.seam for name, text in FILES.items() if name.endswith(".py")}
    assert seams == set(SEAMS)
    assert set(READS) | set(CALLS) | {f"{LUCK}1", f"{LUCK}4"} <= set(re.findall(r"`(\w+)`", TEXT))
