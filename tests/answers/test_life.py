"""What `life` says under one rulebook: of somebody with records, with none, and whom no clause is about."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from glasstown.answers.life import Lived
from glasstown.language.load import load_rulebook
from glasstown.render import terminal
from glasstown.runs.one_life import LifeResult, Told


def told(differences: tuple[str, ...] | None = None, **changes: Any) -> str:
    """Return a life as it is printed, on one line."""
    under = {"rulebook": "a-town", "is_scored": True, "lines": (), "score": "1000", "grade": "A", "lists": (), "measures": (),
             "flags": (), "life": None, "truths": {}}  # fmt: skip
    result = LifeResult(
        kind="person",
        id=3,
        person={},
        turns=(),
        tenants=1,
        tenant=0,
        done=(),
        money=(),
        under=(Told(**{**under, **changes}),),
        differences=differences,
    )
    return " ".join(terminal.joined(terminal.lines(Lived(Path("r"), 3, result).blocks(), 100)).split())


def test_life__without_records__says_where_the_score_stands() -> None:
    said = told()
    assert "Nothing was ever recorded of this person: the score is that of the first day." in said
    assert "score 1,000 grade A" in said


def test_life__whom_no_clause_is_about__has_no_score_of_a_first_day() -> None:
    said = told(is_scored=False, score="not scored", grade=None)
    assert "Nothing was ever recorded of this person, whom the rulebook does not score." in said
    assert "first day" not in said
    assert "score not scored" in said
    assert "grade" not in said


def test_life__shows_scores_below_zero_with_a_true_minus() -> None:
    line = {"date": "2020-01-02", "before": "1020", "after": "-1200.5", "why": "−2,220.5 points.", "source": ""}
    said = told(lines=(line,), score="-1200.5", grade=None)
    assert "1,020 → −1,200.5 −2,220.5 points." in said
    assert "score −1,200.5" in said


def test_life__ends_with_what_is_made_public_of_it() -> None:
    line = {"date": "2020-01-02", "before": "0", "after": "0", "why": "Listed.", "source": ""}
    said = told(lines=({**line, "published": ["village-board"]}, {**line, "published": ["local-media"]}))
    assert "published local-media" in said
    assert "village-board" not in said
    assert "published" not in told(lines=(line,))


def test_verified__says_what_was_laid_side_by_side() -> None:
    assert "Engine and interpreter tell the same life" in told(differences=())
    said = told(differences=(), is_scored=False, score="not scored", grade=None)
    assert "Nothing scores this person, so there is no life to lay side by side" in said
    assert "tell the same life" not in said
    assert "THE READINGS DIFFER" in told(differences=("line 1",))


def test_life__says_once_under_which_rulebooks_nothing_was_recorded() -> None:
    court, rail, score = (load_rulebook(each) for each in ("cn-court-list-2017", "cn-rail-list-2018", "suining-2010"))
    base = Told("a", True, (), "0", None, (), (), (), None, {})
    under = tuple(replace(base, rulebook=book.id, book=book) for book in (court, rail, score))
    result = LifeResult(
        kind="person", id=3, person={}, turns=(), tenants=1, tenant=0, done=(), money=(), under=under, differences=None
    )
    said = " ".join(terminal.joined(terminal.lines(Lived(Path("r"), 3, result).blocks(), 100)).split())
    assert "Under cn-court-list-2017 and cn-rail-list-2018 nothing was ever recorded of this person." in said
    assert "Under suining-2010 nothing was ever recorded of this person: the score is that of the first day." in said
