"""The page stands alone, says what it is, and tells a life with the source of every step."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

import towns
from glasstown.errors import UsageError
from glasstown.language.load import shipped
from glasstown.outcomes.opened import interesting_person
from glasstown.render.report import write_report
from longer import few


class Outline(HTMLParser):
    """What a page is made of: headings, ids, links inside it, cells of table heads, and tags that stay open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.unscoped = 0
        self.fetched: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if identifier := given.get("id"):
            self.ids.append(identifier)
        if tag == "a" and (given.get("href") or "").startswith("#"):
            self.targets.append(str(given["href"])[1:])
        if tag == "th" and given.get("scope") not in {"row", "col"}:
            self.unscoped += 1
        if tag in {"script", "img", "iframe", "object", "embed", "video", "audio"}:
            self.fetched.append(tag)
        if tag == "link" and not (given.get("href") or "").startswith("data:"):
            self.fetched.append(tag)


@pytest.fixture
def page(tmp_path: Path) -> str:
    """Return the page of a run of Suining with an invented life."""
    folder = towns.make_town(
        tmp_path / "run", "suining-2010", towns.plausible_cells("suining-2010"), final=towns.final_rows()
    )
    return write_report(folder, life=towns.told_life(), beside=[folder]).read_text(encoding="utf-8")


def test_write_report__refers_to_nothing_outside(page: str) -> None:
    assert Outline(page).fetched == []
    assert "default-src 'none'" in page
    assert not re.search(r"url\(\s*['\"]?(?!#)", page)


def test_write_report__headings_go_down_one_level_at_a_time_and_links_lead_somewhere(page: str) -> None:
    outline = Outline(page)
    assert outline.headings[0] == 1
    assert outline.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False))
    assert set(outline.targets) <= set(outline.ids)
    assert [name for name, n in Counter(outline.ids).items() if n > 1] == []
    assert outline.unscoped == 0


def test_write_report__says_synthetic_population_at_the_head_and_under_every_chart(page: str) -> None:
    assert "synthetic population" in page.split("</header>")[0]
    assert page.count("<figure>") == 3
    for figure in page.split("<figure>")[1:]:
        assert "synthetic population" in figure.split("</figure>")[0].lower()


def test_write_report__tells_every_step_of_the_life_with_source_and_badge(page: str) -> None:
    life = page.split('id="life"')[1].split("</section>")[0]
    told = towns.told_life()
    steps = life.split('<ol class="life">')[1].split("<li")[1:]
    assert len(steps) == len(told.lines)
    for step, line in zip(steps, told.lines, strict=True):
        assert str(line["date"]) in step
        if line["clause"]:
            assert str(line["clause"]) in step
            assert 'class="badge' in step
    assert "This record is wrong: somebody else did it." in life
    assert "an invented name" in life


def test_write_report__lawful_expression_is_named_as_no_offence(page: str) -> None:
    life = page.split('id="life"')[1].split("</section>")[0]
    step = next(step for step in life.split("<li")[1:] if "su-d04" in step)
    assert "Lawful expression: no offence." in step


def test_write_report__names_digest_command_and_texts(page: str) -> None:
    made = page.split('id="made"')[1]
    assert "0f" * 32 in made
    assert "glasstown run suining-2010" in made
    assert "rules.yaml" in made


@pytest.mark.parametrize("ref", few(shipped(), shipped()[::4]))
def test_write_report__tells_any_shipped_rulebook(ref: str, tmp_path: Path) -> None:
    folder = towns.make_town(tmp_path / "run", ref, towns.plausible_cells(ref), firms=3000)
    text = write_report(folder).read_text(encoding="utf-8")
    assert set(Outline(text).targets) <= set(Outline(text).ids)


def test_write_report__an_unfinished_run_has_a_page_without_a_life(tmp_path: Path) -> None:
    folder = towns.make_town(tmp_path / "run", "suining-2010", towns.plausible_cells("suining-2010"), finished=False)
    assert "The run is not finished" in write_report(folder).read_text(encoding="utf-8")


def test_write_report__a_text_with_markup_stays_text(tmp_path: Path) -> None:
    told = towns.told_life()
    told.lines[0]["why"] = "<script>alert(1)</script>"
    folder = towns.make_town(
        tmp_path / "run", "suining-2010", towns.plausible_cells("suining-2010"), final=towns.final_rows()
    )
    text = write_report(folder, life=told).read_text(encoding="utf-8")
    assert "<script" not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize("bad", ["missing/report.html", "."])
def test_write_report__a_target_that_cannot_be_is_refused_before_anything_is_drawn(bad: str, tmp_path: Path) -> None:
    folder = towns.make_town(tmp_path / "run", "suining-2010", towns.plausible_cells("suining-2010"))
    with pytest.raises(UsageError, match="cannot write"):
        write_report(folder, out=tmp_path / bad)


def test_interesting_person__has_about_eight_records_and_is_the_same_each_time(tmp_path: Path) -> None:
    folder = towns.make_town(tmp_path / "run", "suining-2010", [], final=towns.final_rows())
    assert interesting_person(folder) == 17
    assert interesting_person(folder) == 17


@pytest.mark.parametrize(("most", "chosen"), [(3, 1), (9, 2), (0, 0)])
def test_interesting_person__has_records_where_anybody_has(most: int, chosen: int, tmp_path: Path) -> None:
    final = towns.final_rows(4)
    final["score"], final["grade"], final["rulebook"] = [900] * 4, ["A"] * 4, ["suining-2010"] * 4
    final["n_records"] = [0, min(most, 3), most, 0]
    assert interesting_person(towns.make_town(tmp_path / "run", "suining-2010", [], final=final)) == chosen


def test_write_report__of_somebody_whom_no_clause_is_about__tells_no_score_of_a_first_day(tmp_path: Path) -> None:
    folder = towns.make_town(
        tmp_path / "run", "suining-2010", towns.plausible_cells("suining-2010"), final=towns.final_rows()
    )
    nothing = towns.ToldLife({"name": "Loma Terrik", "age": 4}, [], [])
    pages = [write_report(folder, person=person, life=nothing).read_text(encoding="utf-8") for person in (5, 6)]
    assert [
        ("whom the rulebook does not score" in page, "the score is the one of the first day" in page) for page in pages
    ] == [
        (True, False),
        (False, True),
    ]


def test_write_report__parts_what_was_taken_from_what_was_given(page: str) -> None:
    points = page.split("Points lost and given")[1].split("Recorded rightly")[0]
    taken, *_, given = points.split("Clauses that gave points")
    numbers = re.compile(r"<td[^>]*>([−\d,]+)</td>")
    assert "Clauses that took points, most first" in taken
    assert all(found.startswith("−") for found in numbers.findall(taken)[::2])
    assert not any(found.startswith("−") for found in numbers.findall(given)[::2])


def test_interesting_person__nobody_where_nobody_is_scored(tmp_path: Path) -> None:
    final = towns.final_rows(5)
    final["score"] = [None] * 5
    assert interesting_person(towns.make_town(tmp_path / "run", "suining-2010", [], final=final)) is None
