"""What no text may hold is refused wherever texts come in, with its place, and is written out wherever they go out."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import BaseModel

import glasstown
from glasstown import api
from glasstown.answers.test import MOST_CASES, run_cases
from glasstown.archive.claims import Ledger
from glasstown.archive.history import Agencies, Areas, Sources, Timeline
from glasstown.cases.file import read_case_file
from glasstown.cli.output import rendered
from glasstown.errors import CaseError, FaultsError, RulebookError, UsageError
from glasstown.incoming import check_arguments, check_name
from glasstown.language.acts import ActCatalogue
from glasstown.language.files import read_document
from glasstown.language.load import faults_of, load_acts, load_place, load_rulebook
from glasstown.language.model import Rulebook
from glasstown.language.parameters import Parameters, PlaceFile
from glasstown.letters import first_harmful
from glasstown.paths import rulebook_folder
from glasstown.render.blocks import Grid, Heading, Item, Paragraph, Verbatim
from glasstown.render.markdown import as_markdown
from glasstown.render.notebook import as_html
from glasstown.runs.levers import split_settings
from glasstown.runs.scenario import scenario_of
from glasstown.storage.folder import RunFolder
from glasstown.storage.manifest import seal_of
from glasstown.storage.store import query
from glasstown.storage.sweep_folder import SweepFolder
from towns import make_town, plausible_cells

SMALL = Path(__file__).resolve().parent / "rulebooks" / "good" / "small"
IDENTITY, SPACED_PHONE = "110101199001011237", "138 0013 8000"
WIDE_PHONE = "１３８００１３８０００"
BELL = "\\a"
"""as YAML writes it between double quotes"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Give a copy of a small rulebook that can be changed."""
    return Path(shutil.copytree(SMALL, tmp_path / "book"))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("rules.yaml", "title: ", f'title: "{BELL}"  # ', "rules.yaml:4:8: 'title': found the control character U+0007"),
        ("rules.yaml", "label: everyone", 'label: "every\\u202eone"', "'label': found U+202E, which turns the direction"),
        ("rules.yaml", "label: everyone", "label: every\u202eone", "file: found U+202E, which turns the direction"),
        ("rules.yaml", "label: everyone", 'label: "every\\ufffeone"', "'label': found U+FFFE"),
        ("rules.yaml", "label: everyone", 'label: "every\\rone"', "'label': found the control character U+000D"),
        ("rules.yaml", "label: everyone", "label: every\x85one", "the control character U+0085"),
        ("rules.yaml", "label: everyone", "label: everyone  # \u2067", "file: found U+2067"),
        ("rules.yaml", "label: everyone", f'label: everyone, "{BELL}": 1', "found the control character U+0007"),
        ("rules.yaml", "label: everyone", f"label: of {IDENTITY}", "'label': found an identity number"),
        ("rules.yaml", "label: everyone", f"label: call {SPACED_PHONE}", "'label': found a phone number"),
        ("rules.yaml", "label: everyone", f"label: call {WIDE_PHONE}", "'label': found a phone number"),
        ("rules.yaml", "id: traffic", f"id: e{IDENTITY}", "'id': found an identity number"),
        ("rules.yaml", "title: Credit", "title: of someone@example.org, Credit", "'title': found an e-mail address"),
        ("rules.yaml", "title: Credit", f"# {SPACED_PHONE}\ntitle: Credit", "rules.yaml:4:1: comment: found a phone number"),
        ("sources.yaml", "title: ", f'title: "{BELL}", note: ', "'title': found the control character U+0007"),
        ("sources.yaml", "title: ", f"title: of {WIDE_PHONE}, note: ", "'title': found a phone number"),
    ],
)  # fmt: skip
def test_rulebook__is_refused_with_the_place(book: Path, name: str, old: str, new: str, said: str) -> None:
    change(book / name, old, new)
    with pytest.raises(RulebookError) as problem:
        load_rulebook(str(book))
    told = [str(fault) for fault in problem.value.faults]
    assert any(f"{name}:" in each and said in each for each in told), told
    assert IDENTITY not in " ".join(each for each in told if "key" not in each)
    assert [str(fault) for fault in faults_of(str(book))] == told


@pytest.mark.parametrize("text", [f'"x {BELL}"', f'"{SPACED_PHONE}"', '"\\u202e"', f'"{WIDE_PHONE}"'])
def test_other_files__are_refused_by_the_same_reader(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.yaml"
    readers = {
        f"subject: {text}\nevents: []\n": read_case_file,
        f"id: {text}\n": lambda path: load_place(str(path)),
        f"glasstown_acts: 1\nacts: [{{id: {text}}}]\n": load_acts,
        f"glasstown_scenario: 1\nrulebooks: [small]\ntitle: {text}\n": lambda path: scenario_of(str(path)),
    }
    for content, read in readers.items():
        file.write_text(content, "utf-8")
        with pytest.raises((RulebookError, CaseError, UsageError)) as problem:
            read(file)
        told = " ".join(str(fault) for fault in problem.value.faults)
        assert "printable text" in told or "a phone number" in told, content


@pytest.mark.parametrize(
    "name", ["run\udcff", "run\x1b", "run\u202e", f"of-{IDENTITY}", SPACED_PHONE, WIDE_PHONE, "a\nb"]
)
def test_name__is_refused_before_a_folder_is_made(tmp_path: Path, name: str) -> None:
    town = make_town(tmp_path / "town", "suining-2010", plausible_cells("suining-2010"), months=6)
    manifest = RunFolder.open(town).manifest
    before = sorted(os.listdir(tmp_path))
    for make in (
        lambda path: RunFolder.create(path, manifest),
        RunFolder.open,
        lambda path: SweepFolder.start(path, {}),
        SweepFolder.open,
        lambda path: load_rulebook(str(path)),
    ):
        with pytest.raises(FaultsError):
            make(tmp_path / name)
    assert sorted(os.listdir(tmp_path)) == before
    with pytest.raises(UsageError) as problem:
        check_name(tmp_path / name, "the run")
    assert first_harmful(str(problem.value)) is None


@pytest.mark.parametrize("name", ["a b", "名 前", "run-20140614-123000", "a'b", "e\u0301"])
def test_name__with_spaces_or_other_scripts_passes(tmp_path: Path, name: str) -> None:
    check_name(tmp_path / name, "the run")
    book = shutil.copytree(SMALL, tmp_path / name)
    assert load_rulebook(str(book)).id == "small"


def test_run__lives_in_a_folder_with_spaces_in_another_script(tmp_path: Path) -> None:
    folder = tmp_path / "名 前"
    book = shutil.copytree(rulebook_folder() / "suining-2010", folder / "书 本")
    town = api.run(str(book), people=150, months=2, threads=1, out=folder / "跑 一")
    assert town.as_json()["people"] == 150
    moved = (folder / "跑 一").rename(folder / "跑 二")
    assert api.report(moved).report.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert api.query(moved, "select count(*) from months where item = '名'").as_json()["rows"] == [[0]]
    assert api.resume(moved).as_json()["digest"] == town.as_json()["digest"]


def test_demo__refuses_such_words_too(capsys: pytest.CaptureFixture[str]) -> None:
    from glasstown.cli.main import main

    assert main(["demo", "--out", "a\udcff"]) == 2
    err = capsys.readouterr().err
    assert "U+DCFF" in err
    assert first_harmful(err) is None


def test_rulebook_and_case__are_refused_by_the_names_of_their_files(book: Path) -> None:
    case = next((book / "cases").glob("*.yaml"), None) or (book / "x.yaml")
    named = book / f"{IDENTITY}.yaml"
    named.write_text(case.read_text("utf-8") if case.is_file() else "events: []\n", "utf-8")
    with pytest.raises(CaseError, match="an identity number"):
        read_case_file(named)
    with pytest.raises(RulebookError, match="a phone number"):
        load_rulebook(str(shutil.copytree(book, book.parent / WIDE_PHONE)))


@pytest.mark.parametrize("value", [f"of {IDENTITY}", SPACED_PHONE, "a\x1b", "\u202e"])
def test_setting__is_refused(value: str) -> None:
    for settings in ({"small/title": value}, {value: "1"}):
        with pytest.raises(UsageError, match="--set"):
            split_settings(settings, ["small"])
    assert split_settings({"hazard.c0": "13800138000"}, ["small"])[0]


def test_words_of_a_command__are_refused() -> None:
    check_arguments(["query", "r", "select 1\n\tfrom months", "名"])
    for word in ("a\x1b]0;x\x07", "\udcff", "\u202eabc"):
        with pytest.raises(UsageError) as problem:
            check_arguments(["show", word])
        assert first_harmful(str(problem.value)) is None


def test_more_cases_than_examples__are_refused_before_one_is_read(book: Path) -> None:
    cases = book / "cases"
    cases.mkdir(exist_ok=True)
    for number in range(MOST_CASES + 1):
        (cases / f"x{number}.yaml").write_text("not a case", "utf-8")
    with pytest.raises(UsageError, match=rf"at most {MOST_CASES}.*in bulk"):
        run_cases([str(book)])
    (cases / "x0.yaml").unlink()
    n_there = len(list(cases.glob("*.yaml")))
    if n_there <= MOST_CASES:
        assert run_cases([str(book)]).n_cases == n_there


def test_shipped_rulebooks__have_far_fewer_cases() -> None:
    most = max(len(list(folder.glob("cases/*.yaml"))) for folder in rulebook_folder().iterdir())
    assert 5 * most < MOST_CASES


def test_one_module_alone__parses_yaml() -> None:
    """Whatever else read a file would let in what this one refuses."""
    source = Path(glasstown.__file__).parent
    parsers = [
        path
        for path in sorted(source.rglob("*.py"))
        if re.search(r"^(from|import) (ruamel|yaml)", path.read_text("utf-8"), re.M)
    ]
    assert [path.name for path in parsers] == ["yaml_whole.py"]
    callers = [
        path
        for path in sorted(source.rglob("*.py"))
        if re.search(r"import .*read_(events|quickly)", path.read_text("utf-8"))
    ]
    assert [path.name for path in callers] == ["yaml.py"]


@pytest.mark.parametrize(
    "model", [Ledger, Timeline, Agencies, Areas, Sources, Parameters, PlaceFile, ActCatalogue, Rulebook]
)
@pytest.mark.parametrize("text", [f'"{BELL}"', f'"of {WIDE_PHONE}"'])
def test_every_kind_of_file__is_refused(tmp_path: Path, model: type[BaseModel], text: str) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(f"x:\n  - {{y: {text}}}\n", "utf-8")
    with pytest.raises(RulebookError) as problem:
        read_document(file, model)
    told = [str(fault) for fault in problem.value.faults]
    assert any("x.yaml:2:9: 'y': found" in each and ("U+0007" in each or "a phone" in each) for each in told), told


EVIL = "a\x1b]0;owned\x07\x9b31m\u202e\ufffe\ud800z"


def test_every_form_of_an_answer__is_cleaned() -> None:
    blocks = [
        Heading(EVIL, 1), Paragraph(EVIL), Item(EVIL, EVIL, (EVIL,), (EVIL,)), Verbatim(EVIL + "\n"),
        Grid((EVIL,), ((EVIL,),)),
    ]  # fmt: skip
    for text in (rendered(blocks), as_html(blocks), as_markdown(blocks)):
        assert first_harmful(text) is None
        assert text.count("owned") == 9


def test_chart_and_page__are_cleaned() -> None:
    import altair as alt

    from glasstown.render import charts
    from glasstown.render import html as page

    chart = alt.Chart(alt.InlineData(values=[{"x": EVIL, "y": 1}]), title=EVIL).mark_bar().encode(x="x:N", y="y:Q")
    drawn = charts.svg(chart)  # without cleaning, the drawer ends the process
    assert "owned" in drawn
    assert first_harmful(drawn) is None
    assert first_harmful(page.paragraph(EVIL)) is None


def test_query__answers_are_cleaned_on_a_terminal_and_exact_in_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from glasstown.cli.main import main

    town = make_town(tmp_path / "town", "suining-2010", plausible_cells("suining-2010"), months=6)
    sql = "select chr(27) || ']0;x' || chr(7) || chr(8238) as a"
    assert main(["query", str(town), sql]) == 0
    out = capsys.readouterr().out
    assert "\\x1b]0;x\\x07\\u202e" in out
    assert first_harmful(out) is None
    assert main(["query", str(town), sql, "--json"]) == 0
    out = capsys.readouterr().out
    assert first_harmful(out) is None
    assert json.loads(out)["rows"] == [["\x1b]0;x\x07\u202e"]]
    with pytest.raises(FaultsError, match="by its number"):
        query(RunFolder.open(town), "select '\udcff'")


def test_run_of_somebody_else__reaches_terminal_and_page_cleaned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A manifest is written by hand here: its texts have gone through no door of ours."""
    from glasstown.cli.main import main

    town = make_town(tmp_path / "town", "suining-2010", plausible_cells("suining-2010"), months=6)
    manifest = json.loads((town / "manifest.json").read_text("utf-8"))
    manifest["command"] = f"glasstown run {EVIL[:-2]}"
    manifest["versions"]["glasstown"] = EVIL[:-2]
    manifest["seal"] = seal_of({key: value for key, value in manifest.items() if key != "seal"})
    (town / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    assert main(["report", str(town)]) == 0
    page = (town / "report.html").read_text("utf-8")
    assert "owned" in page
    assert first_harmful(page) is None
    for book in manifest["rulebooks"]:
        _plant(book["rules"])
    manifest["seal"] = seal_of({key: value for key, value in manifest.items() if key != "seal"})
    (town / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    capsys.readouterr()
    assert main(["report", str(town)]) == 2
    err = capsys.readouterr().err
    assert "the control character U+001B" in err
    assert first_harmful(err) is None


def _plant(document: dict[str, str]) -> None:
    import hashlib

    document["text"] = document["text"].replace("title: ", 'title: "\\e" # ', 1)
    document["sha256"] = hashlib.sha256(document["text"].encode()).hexdigest()


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "suining-2010", "--people", "150", "--months", "2", "--out", b"run\xff"],
        ["check", b"b\xff"],
        ["report", b"run\xfe"],
        ["query", "town", b"select '\xff'"],
        ["compare", "suining-2010", "suining-2010", "--out", b"c\xff"],
        ["sweep", "suining-2010", "--out", b"s\xff"],
        ["show", "suining-2010", "--clause", b"\xff"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_bytes_that_are_not_utf_8__are_refused_in_words(tmp_path: Path, arguments: list[str | bytes]) -> None:
    (tmp_path / "town").mkdir()
    ended = _shell(tmp_path, arguments, {})
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    assert "fault of Glasstown" not in ended.stderr
    assert "which is no character (bytes that are not UTF-8)" in ended.stderr
    assert os.listdir(tmp_path) == ["town"]


def test_name_outside_an_ascii_system__is_refused_in_words(tmp_path: Path) -> None:
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for arguments in (["show", "名"], ["run", "suining-2010", "--people", "150", "--out", "名"]):
        ended = _shell(tmp_path, arguments, ascii_only)
        assert ended.returncode == 2
        assert "PYTHONUTF8=1" in ended.stderr
        assert os.listdir(tmp_path) == []
    code = "from glasstown.incoming import check_name\nfrom glasstown.errors import UsageError\n"
    code += "try: check_name('\\u540d', 'the run')\nexcept UsageError as e: print('told', 'encoding' in str(e))"
    said = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **ascii_only}, capture_output=True, text=True, check=True
    )
    assert said.stdout == "told True\n"


def _shell(
    folder: Path, arguments: list[str | bytes] | list[str], more: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "glasstown", *arguments], cwd=folder, env={**os.environ, **more}, capture_output=True,
        text=True, encoding="utf-8", errors="surrogateescape", check=False,
    )  # fmt: skip
