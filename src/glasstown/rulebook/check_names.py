"""Names and dates: ids come once, citations lead to sources, spans are one length of time, limits of size are kept."""

from __future__ import annotations

from datetime import date

from glasstown.rulebook.explain import SINGULAR
from glasstown.rulebook.ground import Ground, parts_of
from glasstown.rulebook.model import Cite, Span
from glasstown.rulebook.tree import Keys

MOST = {"clauses": 1000, "lists": 16, "measures": 60, "grades": 32, "ladders": 1000, "groups": 1000, "variants": 100}
"""what the engine's tables have room for; grades, lists and measures are bits of one word"""
LONGEST_YEARS = 100
_UNITS = {"days": 366, "working_days": 262, "months": 12, "years": 1}
"""units of a span, and how many of them a year has at most"""


def check_names(ground: Ground) -> None:
    """Note repeated ids, sources that are not there, spans and dates that are none, and too many of anything."""
    _ids(ground)
    _limits(ground)
    _citations(ground)
    _spans(ground)
    _subjects(ground)
    in_force = ground.book.in_force
    if isinstance(in_force.until, date) and in_force.until <= in_force.from_:
        found = f"{in_force.until}, not after {in_force.from_}"
        ground.add("in_force, until", ("in_force", "until"), found, "a later day", "Correct one of the two dates.")


def _ids(ground: Ground) -> None:
    book = ground.book
    ground.repeated("part", ("score", "parts"), (part.id for part in book.score.parts))
    ground.repeated("source", ("sources",), (source.key for source in book.sources), key="key")
    kinds = {
        "grades": "grade",
        "groups": "group",
        "clauses": "clause",
        "ladders": "ladder",
        "lists": "list",
        "measures": "measure",
        "procedures": "procedure",
        "campaigns": "campaign",
        "publicity": "publicity entry",
        "redress": "redress entry",
        "process": "process entry",
        "observations": "observation",
        "variants": "variant",
    }
    for name, kind in kinds.items():
        ground.repeated(kind, (name,), (item.id for item in getattr(book, name)))


def _limits(ground: Ground) -> None:
    for name, most in MOST.items():
        n_items = len(getattr(ground.book, name))
        if n_items > most:
            ground.add(name, (name,), f"{n_items} {name}", f"at most {most}", "Split the scheme into two rulebooks.")


def _citations(ground: Ground) -> None:
    kinds = {source.key: source.kind for source in ground.book.sources}
    known = tuple(kinds)
    for path, part in parts_of(ground.book):
        if not isinstance(part, Cite):
            continue
        subject = name_of(ground, path)
        if not ground.refer(subject, (*path, "source"), part.source, known, "an entry of sources.yaml"):
            continue
        if part.evidence == "official" and kinds[part.source] == "weak":
            found = f"evidence official, from the weak source '{part.source}'"
            way_out = "Write how well that source documents it: reported, or recalled."
            ground.add(subject, (*path, "evidence"), found, "an official text behind official evidence", way_out)


def name_of(ground: Ground, path: Keys) -> str:
    """Return the words for what a path leads to, such as "clause 'a1', cite"."""
    words: list[str] = []
    value: object = ground.book
    for key in path:
        if isinstance(key, int):
            value = value[key]  # type: ignore[index]
            name = getattr(value, "id", getattr(value, "key", None))
            kind = SINGULAR.get(words[-1], words[-1])
            words[-1] = f"{kind} {repr(str(name)) if name is not None else key + 1}"
        else:
            value = getattr(value, key if hasattr(value, key) else f"{key}_")
            words.append(key)
    return ", ".join(words)


def _spans(ground: Ground) -> None:
    for path, part in parts_of(ground.book):
        if not isinstance(part, Span):
            continue
        given = {key: n for key in _UNITS if (n := getattr(part, key)) is not None}
        subject = name_of(ground, path)
        if len(given) != 1:
            found = " and ".join(given) or "no length"
            ground.add(subject, path, found, f"one of {', '.join(_UNITS)}", "Write one of them, as in {months: 6}.")
            continue
        ((unit, number),) = given.items()
        if number > _UNITS[unit] * LONGEST_YEARS:
            ground.add(subject, path, f"{number} {unit}", f"at most {LONGEST_YEARS} years", "Correct the number.")


def _subjects(ground: Ground) -> None:
    for number, subject in enumerate(ground.book.subjects):
        path = ("subjects", number, "role")
        ground.refer(f"subject '{subject.label}'", path, subject.role, ground.role_ids, "a role of the act catalogue")
    for number, exempt in enumerate(ground.book.exempt):
        path = ("exempt", number, "role")
        kinds = {role.id: role.kind for role in ground.acts.roles}
        if ground.refer(f"exempt '{exempt.label}'", path, exempt.role, ground.role_ids, "a role of the act catalogue"):
            kind = kinds.get(exempt.role or "", exempt.kind)
            if kind != exempt.kind:
                found, expected = f"'{exempt.role}', a role of a {kind}", f"a role of a {exempt.kind}"
                ground.add(f"exempt '{exempt.label}'", path, found, expected, "Correct the role, or 'kind'.")
