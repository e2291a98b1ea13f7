"""The pages of stories: a scene a rule, a guess, one life in two towns, then the desk."""

from __future__ import annotations

from typing import Any, Final

from starlette.responses import Response

from glasstown.answers.life import Lived as Life
from glasstown.archive.claims import statements
from glasstown.errors import did_you_mean
from glasstown.explorer import offered
from glasstown.explorer.asked import chosen, refuse
from glasstown.explorer.citing import cited
from glasstown.explorer.commands import python, run_command, run_python
from glasstown.explorer.record_pages import UnknownError
from glasstown.explorer.site import Again, Asked, Page, Site
from glasstown.explorer.story_figures import Told
from glasstown.explorer.story_figures import told as tell_story
from glasstown.explorer.story_texts import Story, stories
from glasstown.render import life_told, words

MOST_MOMENTS: Final = 7
"""moments of a life that a story shows; its own page has all"""
GUESS: Final = "guess"


async def index(site: Site, asked: Asked) -> Response:
    """Answer which stories there are."""
    again = Again("glasstown claims", python("print(glasstown.claims())"))
    return site.render(Page("stories.html", "Five stories", "/stories", {"stories": tuple(stories().values())}, again))


async def story(site: Site, asked: Asked) -> Response:
    """Answer one story; what was guessed is in the address."""
    slug = asked.names["slug"]
    known = stories()
    if slug not in known:
        way_out = did_you_mean(slug[:40], tuple(known))
        raise UnknownError("The address", refuse("story", f"'{slug[:40]}'", "one of the five", way_out).faults)
    text = known[slug]
    guess = chosen(asked.found, GUESS, ("", *(each.id for each in text.guess.choices)), "")
    told: Told = await site.made(asked, ("story", slug), lambda tell: tell_story(text, site.runs, tell))
    views = {name: text.view(name) for name in text.towns}
    commands = [run_command(view, name) for name, view in views.items()]
    pythons = [run_python(view, name, out=name) for name, view in views.items()]
    of = text.life.of
    firm = told.towns[of].kind == "firm"
    if told.number is not None:
        commands.append(f"glasstown life {of} {told.number}{' --firm' if firm else ''}")
        pythons.append(f"print(glasstown.life({of!r}, {told.number}{', firm=True' if firm else ''}))")
    digests = [each.digest for each in told.towns.values()]
    again = Again(" && ".join(commands), python(*pythons), f"{digests[0][:16]} and {digests[1]}")
    values = {
        "story": text, "said": told.said, "scenes": [_scene(each) for each in text.scenes], "guess": guess,
        "right": next(each.id for each in text.guess.choices if each.holds(int(told.figures[text.guess.of]))),
        "lives": _lives(told, text), "views": views, "number": told.number, "kind": told.towns[of].kind,
        "others": [each for each in known.values() if each.slug != slug],
    }  # fmt: skip
    return site.render(Page("story.html", text.title, "/stories", values, again))


def _scene(scene: Any) -> dict[str, Any]:
    """Return a scene with the statement that it is about: its words, its source and where it stands."""
    if scene.rule is None:
        return {"scene": scene, "label": "", "cited": None, "link": ""}
    book_id, _, name = scene.rule.partition("#")
    book = offered.books()[book_id]
    part = statements(book)[name]
    entry = next(each for each in getattr(book, part) if each.id == name)
    return {
        "scene": scene,
        "label": getattr(entry, "label", None) or entry.text,
        "cited": cited(book, entry.cite),
        "link": f"/rulebooks/{book_id}#{part}-{name}",
        "title": book.title,
        "id": name,
    }


def _lives(told: Told, text: Story) -> list[dict[str, Any]]:
    """Return the life in both towns: who it is, what happened, and the page that tells all of it."""
    return [
        {
            "town": offered.towns()[text.view(name).town].label,
            "levers": text.towns[name].set,
            "moments": _moments(life),
            "link": f"/lives/{told.number}?{text.view(name).query()}",
            "is_twin": name == text.life.beside,
        }
        for name, life in told.lives.items()
    ]


def _moments(life: Life) -> list[dict[str, str]]:
    """Return what was written down of a life, as far as a story has room."""
    books = {each.rulebook: each.book for each in life.result.under if each.book is not None}
    every = life_told.moments(life.result, books)
    written = [each for each in every if each.rulebook is not None]
    return [
        {"when": words.first_up(each.when), "what": each.what, "flag": " ".join(each.flags)}
        for each in written[:MOST_MOMENTS]
    ]
