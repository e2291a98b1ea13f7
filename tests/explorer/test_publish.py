"""Pages as files: whole, with links among themselves and to nobody else, told in size first, and never over what is not ours."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

import glasstown
from glasstown.cli import main as cli
from glasstown.errors import UsageError
from glasstown.explorer.asked import View
from glasstown.explorer.published_names import Names
from glasstown.explorer.publishing import Published, view_of_run
from glasstown.storage.site_folder import MARK, check_site_folder, write_site

LIVES = 4


class Parsed(HTMLParser):
    """The ways that a page leads, and its elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ways: list[str] = []
        self.tags: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        self.ids.add(found.get("id") or "")
        self.ways += [found[name] or "" for name in ("href", "src", "action") if name in found]


@pytest.fixture(scope="module")
def run(short_past: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small run of a town that ships."""
    folder = tmp_path_factory.mktemp("publish") / "run"
    glasstown.run("cn-court-list-2017", people=900, months=14, seed=3, out=folder)
    return folder


@pytest.fixture(scope="module")
def site(run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return its pages, without the stories and papers, which are of other towns."""
    folder = tmp_path_factory.mktemp("publish") / "pages"
    said: list[str] = []

    def agree(size: str) -> bool:
        said.append(size)
        assert not folder.exists()
        return True

    answer = glasstown.publish(run, folder, lives=LIVES, alone=True, agree=agree)
    assert answer.is_written
    assert said == [answer.size()]
    return folder


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_site__has_every_file_that_its_mark_names_and_no_other(site: Path) -> None:
    told = json.loads((site / MARK).read_text())
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert set(told["files"]) | {MARK} == there
    assert re.fullmatch("[0-9a-f]{16,64}", told["digest"])


def test_site__every_way_leads_to_a_file_in_the_folder(site: Path) -> None:
    dead = []
    ids = {page.resolve(): Parsed(page.read_text(encoding="utf-8")).ids for page in pages(site)}
    for page in pages(site):
        parsed = Parsed(page.read_text(encoding="utf-8"))
        for way in parsed.ways:
            where, _, anchor = way.partition("#")
            target = (page.parent / unquote(where)).resolve() if where else page.resolve()
            is_inside = target.is_file() and site.resolve() in target.parents
            has_anchor = not anchor or target.suffix != ".html" or anchor in ids.get(target, set())
            if re.match(r"[a-z]+:|/", way) or not is_inside or not has_anchor:
                dead.append((page.name, way))
    assert dead == []


def test_site__no_page_takes_anything_or_asks_anybody(site: Path) -> None:
    for page in pages(site):
        text = page.read_text(encoding="utf-8")
        assert "default-src 'none'" in text.replace("&#x27;", "'"), page
        assert 'type="module"' not in text, page
        assert "textarea" not in Parsed(text).tags, page
        assert len(re.findall("<form", text)) == len(re.findall('<form class="transport"', text)), page
        assert " style=" not in text, page


def test_site__has_as_many_lives_as_asked_and_the_map_knows_them(site: Path) -> None:
    lives = sorted(int(path.stem) for path in (site / "lives").glob("*.html"))
    assert len(lives) == LIVES
    text = (site / "town.html").read_text(encoding="utf-8")
    data = json.loads(re.findall(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)[0])
    assert data["lives"] == lives
    assert (site / data["table"]).is_file()
    assert all((site / data["life"].replace("{}", str(number))).is_file() for number in lives)


def test_site__says_what_needs_the_program(site: Path) -> None:
    for name in ("change.html", "desks.html"):
        assert "This needs the program" in (site / name).read_text(encoding="utf-8")


def test_site__is_replaced_and_something_else_is_not(site: Path, run: Path, tmp_path: Path) -> None:
    write_site(tmp_path / "again", {"a.html": b"1", MARK: b'{"glasstown": "x", "files": ["a.html"]}'})
    write_site(tmp_path / "again", {"b/c.html": b"2", MARK: b'{"glasstown": "x", "files": ["b/c.html"]}'})
    assert sorted(path.name for path in (tmp_path / "again").rglob("*.html")) == ["c.html"]
    (tmp_path / "again" / "own.txt").write_text("mine")
    for folder in (tmp_path / "again", run):
        with pytest.raises(UsageError):
            check_site_folder(folder)
    assert (tmp_path / "again" / "own.txt").read_text() == "mine"


def test_site__what_is_no_mark_of_ours_protects_the_folder(tmp_path: Path) -> None:
    for content in ("", "[]", "{}", '{"files": ["own.txt"]}', '{"glasstown": 1, "files": 3}', "[" * 100_000):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        (folder / MARK).write_text(content)
        (folder / "own.txt").write_text("mine")
        with pytest.raises(UsageError):
            check_site_folder(folder)


def test_site__a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "else").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "else")
    with pytest.raises(UsageError):
        check_site_folder(tmp_path / "link")


def test_publish__refuses_before_it_works(run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "own.txt").write_text("mine")
    for arguments in (
        [str(run), str(tmp_path / "taken")],
        [str(tmp_path / "none"), str(tmp_path / "new")],
        [str(run), str(tmp_path / "new"), "--lives", "-1"],
        [str(run), str(tmp_path / "new"), "--lives", "x"],
    ):
        assert cli.main(["publish", *arguments]) == 2, arguments
        assert "Traceback" not in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["taken"]


@pytest.mark.parametrize("town", ["suining-2010@ceiling-1000", "rights-none", "cn-court-list-2017"])
def test_view_of_run__is_the_town_that_was_run(short_past: None, tmp_path: Path, town: str) -> None:
    glasstown.run(town, people=300, months=1, seed=4, set={"filing.lost": "0"}, out=tmp_path / "run")
    view, _ = view_of_run(tmp_path / "run")
    assert view == View(town, 300, 1, 4, (("filing.lost", "0"),))


def test_view_of_run__of_what_no_town_has_is_refused(short_past: None, tmp_path: Path) -> None:
    glasstown.run("suining-2010,jinan-dogs-2017", people=300, months=1, out=tmp_path / "run")
    with pytest.raises(UsageError, match="a run of a town that ships"):
        view_of_run(tmp_path / "run")


NAMES = Names(View("suining-2010", 300, 6))


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/town?town=suining-2010&people=300&months=6&m=6&h=00000000", "/town"),
        ("/town?months=6&town=suining-2010&people=300&m=3#map", "/town?m=3"),
        ("/town?town=suining-2010", "/town?town=suining-2010"),
        ("/lives/7?people=300&months=6&town=suining-2010", "/lives/7"),
        ("/town/board", "/town/board"),
        ("/change?town=suining-2010", "/change"),
        ("/desks/court", "/desks"),
        ("/claims?verdict=not%20found&page=1", "/claims?verdict=not+found"),
    ],
)
def test_names__one_page_has_one_name(address: str, page: str) -> None:
    assert NAMES.page(address) == page
    assert NAMES.page(NAMES.address(page)) == page


def test_names__files_stay_inside_and_apart() -> None:
    pages_ = (
        "/",
        "/town",
        "/town?m=3",
        "/claims?verdict=a+b",
        "/claims?verdict=a%2Bb",
        "/town/people.csv?m=3",
        "/rulebooks/a@b",
    )
    files = [NAMES.file(page) for page in pages_]
    assert len(set(files)) == len(files)
    assert all(re.fullmatch(r"[A-Za-z0-9._@/-]+", each) and ".." not in each for each in files)
    assert NAMES.file("/../../etc?x=../..").count("..") <= 1


def test_cli__a_script_is_told_the_size_and_not_held_up(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = Published(View(), "0" * 64, {"index.html": b"<p>", MARK: b'{"glasstown": "x", "files": ["index.html"]}'}, 0)
    monkeypatch.setattr("glasstown.explorer.publishing.published", lambda *_, **__: made)
    assert cli.main(["publish", str(run), str(tmp_path / "new")]) == 0
    assert "The pages are 2 files" in capsys.readouterr().err
    assert (tmp_path / "new" / "index.html").is_file()
    assert cli.main(["publish", str(run), str(tmp_path / "told"), "--size", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["written"] is False
    assert not (tmp_path / "told").exists()


@pytest.mark.parametrize(("said", "is_written"), [(True, True), (False, False)])
def test_cli__a_terminal_is_asked(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: bool, is_written: bool
) -> None:
    made = Published(View(), "0" * 64, {MARK: b'{"glasstown": "x", "files": []}'}, 0)
    monkeypatch.setattr("glasstown.explorer.publishing.published", lambda *_, **__: made)
    monkeypatch.setattr("glasstown.cli.publish.is_terminal", lambda stream: True)
    asked: list[str] = []
    monkeypatch.setattr("typer.confirm", lambda text, **_: asked.append(text) or said)
    assert cli.main(["publish", str(run), str(tmp_path / "new")]) == 0
    assert (asked, (tmp_path / "new").exists()) == (["Write them?"], is_written)
    assert cli.main(["publish", str(run), str(tmp_path / "agreed"), "--yes"]) == 0
    assert len(asked) == 1
