"""What must hold of what a case expects: that it expects something, and names only what its rulebook has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

from glasstown.cases.bench import Bench
from glasstown.cases.file import Expect, ExpectedLine, ExpectedPart
from glasstown.errors import did_you_mean
from glasstown.language.tree import Keys
from glasstown.ledger import Phase

NAMING = ("grade", "running", "lists", "measures", "published", "parts", "phase", "clause")
"""keys whose words are names"""
WHAT = "score, grade, lists, measures, published, parts, balance, consent, running, fines or ledger"
WHAT_OF_A_LINE = "date, phase, clause, event, before, after, grade, lists or another key of a line"


def check_expect(bench: Bench) -> None:
    """Note an expectation that expects nothing, and every name in it that the rulebook does not have."""
    expect, known = bench.case.expect, _known(bench)
    if expect is None or not expect.model_fields_set:
        if "expect" in bench.case.model_fields_set:
            way_out = "Say what must come out, or remove `expect:`: a test that looks at nothing passes whatever comes."
            bench.note(("expect",), "nothing expected", f"at least one of {WHAT}", way_out)
        return
    _check_part(bench, ("expect",), expect, known)
    for number, line in enumerate(expect.ledger):
        path: Keys = ("expect", "ledger", number)
        if not line.model_fields_set:
            way_out = "Say what the line must have, or remove it: it fits every line."
            bench.note(path, "a line that says nothing", f"at least one of {WHAT_OF_A_LINE}", way_out)
        _check_part(bench, path, line, known)


def _known(bench: Bench) -> Mapping[str, Sequence[str]]:
    """Return the names that each key of an expectation can have."""
    book = bench.reading.book
    return {
        "grade": [grade.id for grade in book.grades],
        "running": [grade.id for grade in book.grades] if book.grades_published is not None else [],
        "lists": [rule.id for rule in book.lists],
        "measures": [measure.id for measure in book.measures],
        "published": [item.id for item in book.publicity if item.when is not None],
        "parts": list(bench.reading.parts),
        "phase": get_args(Phase),
        "clause": [clause.id for clause in book.clauses],
    }


def _check_part(bench: Bench, path: Keys, part: Expect | ExpectedLine, known: Mapping[str, Sequence[str]]) -> None:
    """Note every name of one part of an expectation that names nothing."""
    book = bench.reading.book
    for key in (key for key in NAMING if key in part.model_fields_set):
        said = getattr(part, key)
        words = (said,) if isinstance(said, str) else said or ()
        for word in (each.id if isinstance(each, ExpectedPart) else each for each in words):
            if word not in known[key]:
                way_out = did_you_mean(word, known[key]) if known[key] else "Remove it."
                bench.note((*path, key), f"'{word}'", _one_of(key), way_out)
    if "parts" in part.model_fields_set and not part.parts:
        way_out = "Name a part with its score, or remove `parts:`: parts that are not named are not looked at."
        bench.note((*path, "parts"), "no part", "at least one part of the score", way_out)
    for key, has_it in (("balance", book.balance), ("consent", book.consent)):
        if getattr(part, key) is not None and has_it is None:
            bench.note((*path, key), key, f"nothing, as this rulebook has no {key}", "Remove it.")


def _one_of(key: str) -> str:
    if key == "published":
        return "an item with a `when`"
    if key == "running":
        return "a grade, where the rulebook publishes grades once a year"
    return "one of the phases of a ledger" if key == "phase" else f"one of the rulebook's {key.rstrip('s')}s"
