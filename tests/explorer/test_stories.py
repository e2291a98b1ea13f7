"""The five stories: no number stands in a text, every number is computed, and of each guess exactly one answer holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from string import Formatter

import pytest
from starlette.testclient import TestClient

import glasstown
from glasstown.archive.claims import statements
from glasstown.desks.docket import DESKS
from glasstown.explorer.offered import books
from glasstown.explorer.story_figures import FIGURES, Told, alone, told
from glasstown.explorer.story_texts import Choice, Story, stories
from glasstown.explorer.written import Runs

pytestmark = pytest.mark.long  # towns of every story are lived
SLUGS = tuple(stories())


def texts(story: Story) -> Iterator[str]:
    """Yield every text of a story."""
    yield from (story.title, story.lead, story.desk.name, story.desk.text, story.life.heading, story.life.text)
    yield from (story.guess.question, story.guess.answer, story.guess.after or "")
    yield from (each.words for each in story.guess.choices)
    for scene in story.scenes:
        yield from (scene.heading, *scene.text)


@pytest.fixture(scope="module")
def made(short_past: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Told]:
    """Return every story with its numbers."""
    runs = Runs(tmp_path_factory.mktemp("stories"))
    return {slug: told(story, runs, lambda done, of: None) for slug, story in stories().items()}


def test_stories__are_five_and_each_has_its_numbers() -> None:
    assert len(SLUGS) == 5
    assert set(SLUGS) == set(FIGURES)


@pytest.mark.parametrize("slug", SLUGS)
def test_story__has_no_number_in_its_texts(slug: str) -> None:
    bare = [re.sub(r"\{[a-z_]+\}", "", text) for text in texts(stories()[slug])]
    assert [text for text in bare if re.search(r"\d|[{}]", text)] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_story__its_rules_are_on_file(slug: str) -> None:
    rules = [scene.rule.partition("#") for scene in stories()[slug].scenes if scene.rule]
    assert rules
    assert [name for book, _, name in rules if name not in statements(books()[book])] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_story__every_number_that_it_names_is_computed(slug: str, made: dict[str, Told]) -> None:
    story, figures = stories()[slug], made[slug].figures
    of_life = {name for _, name, _, _ in Formatter().parse(story.life.text) if name}
    named = {name for text in texts(story) for _, name, _, _ in Formatter().parse(text) if name}
    assert named - set(figures) <= (of_life if made[slug].number is None else set())
    assert story.guess.of in figures


@pytest.mark.parametrize("slug", SLUGS)
def test_guess__exactly_one_answer_holds(slug: str, made: dict[str, Told]) -> None:
    guess = stories()[slug].guess
    number = int(made[slug].figures[guess.of])
    assert sum(each.holds(number) for each in guess.choices) == 1
    assert all(sum(each.holds(n) for each in guess.choices) == 1 for n in (*range(0, 2_000, 7), 10**6))


def test_choice__holds_from_its_least_to_below() -> None:
    assert [Choice(id="a", words="a", least=3, below=5).holds(n) for n in (2, 3, 4, 5)] == [False, True, True, False]


def test_alone__is_what_a_case_tells() -> None:
    case = glasstown.case("suining-2010", "red-light-and-found-money")
    _, steps = alone("suining-2010", "su-d06", "su-b06")
    assert steps[-1] == (case.score, case.account.grade)
    assert steps[:2] == [("1,000", "A"), ("950", "B")]
    assert alone("rongcheng-2013", "rc13-d01")[1][1][1] == "B"
    assert alone("rongcheng-2013@a-to-960", "rc13-d01")[1][1][1] == "A"
    assert alone("jiangsu-env-2019", "js-d01")[1] == [("9", "blue"), ("8", "blue")]
    assert [score for score, _ in alone("wuhan-env-2017", "wu-d04")[1]] == ["80", "80"]


def test_figures__are_those_of_runs_and_comparisons(made: dict[str, Told], tmp_path: Path) -> None:
    one = made["broken-in-one-place"]
    for name in ("first", "second"):
        view = stories()["broken-in-one-place"].view(name)
        settings = dict(view.settings)
        glasstown.run(
            view.town, out=tmp_path / name, people=view.people, months=view.months, seed=view.seed, set=settings
        )
    found = {
        each["measure"]: each
        for each in glasstown.compare(tmp_path / "first", tmp_path / "second").as_json()["measures"]
    }
    for name, key in (("exits", "exits"), ("recovered", "recovered"), ("refusals", "refused")):
        assert (float(found[name]["first"]), float(found[name]["second"])) == (
            one.figures[f"{key}_none"],
            one.figures[f"{key}_all"],
        )


def test_lives__are_of_those_whom_the_town_has(made: dict[str, Told]) -> None:
    for slug, story in made.items():
        if story.number is None:
            continue
        assert {each.result.id for each in story.lives.values()} == {story.number}, slug
        assert all(each.result.differences == () for each in story.lives.values()), slug


@pytest.mark.parametrize("slug", SLUGS)
def test_page__tells_all_of_it_and_hides_the_answer_at_first(opened: Callable[[str], str], slug: str) -> None:
    story = stories()[slug]
    text = unescape(opened(f"/stories/{slug}"))
    assert all(scene.heading in text for scene in story.scenes)
    assert '<details class="answered">' in text
    assert "{" not in re.sub(r"<pre>.*?</pre>|<script.*?</script>", "", text, flags=re.DOTALL)
    guessed = unescape(opened(f"/stories/{slug}?guess={story.guess.choices[0].id}"))
    assert "it was this" in guessed
    assert '<details class="answered">' not in guessed


def test_page__of_no_story_and_of_no_choice_are_told(client: TestClient) -> None:
    assert client.get("/stories/nothing").status_code == 404
    assert client.get(f"/stories/{SLUGS[0]}?guess=nothing").status_code == 400


def test_desks__are_those_that_one_can_sit_at() -> None:
    assert {story.desk.page for story in stories().values() if story.desk.page} == set(DESKS)
