"""What of the reforms since 2020 a town lives under: told from the rulebooks and the timeline, not by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from glasstown.archive.history import load_timeline
from glasstown.compiler.rows import states_wait
from glasstown.language.load import load_parameters, load_rulebook, shipped
from glasstown.language.model import Rulebook
from glasstown.wording import counted, noun, plain

SINCE = "2020"
NATIONAL = "cn-"


def unlived() -> str:
    """Return which national rules since 2020 people and firms of a town live under, and which reforms no rulebook runs."""
    lines = [
        "What of the reforms since 2020 a town lives under; who is listed by a clause without an act is never listed in a town:\n"
    ]
    lines += [f"- `{book.id}`: {said}" for book in map(load_rulebook, shipped()) if (said := _said(book))]
    lines += ["", "Dated events since 2020 that name no rulebook, so that nothing of them runs:\n"]
    lines += [
        f"- {each.date}: {each.what}" for each in load_timeline() if str(each.date) >= SINCE and not each.rulebooks
    ]
    return "\n".join(lines) + "\n"


def _said(book: Rulebook) -> str:
    """Return what of a national rulebook is new since 2020 and whether a town lives under it; nothing of others."""
    if not book.id.startswith(NATIONAL):
        return ""
    parts = list(_dated(book))
    begins = book.in_force.from_
    if isinstance(begins, date) and begins.year >= int(SINCE):
        acting = [clause.id for clause in book.clauses if clause.act is not None]
        answer = (
            f"{len(acting)} of {counted(len(book.clauses), 'clause')} {noun(len(acting), 'answers', 'answer')} acts"
        )
        lived = answer if book.clauses else "no clause"
        parts.insert(0, f"in force from {begins}, {lived}" + ("" if acting else ": in words alone"))
    return "; ".join(parts)


def _dated(book: Rulebook) -> Iterator[str]:
    """Yield the parts of a rulebook that came into force after 2019, beside the whole."""
    for rule in book.lists:
        if rule.grace is not None and _is_new(rule.grace.in_force):
            waits = any(states_wait(book, clause) for clause in book.clauses)
            yield f"a period of grace before list `{rule.id}`" + (": in a town no court gives any" if waits else "")
    asked = sorted({each.id for clause in book.clauses for each in clause.unless if _is_new(each.in_force)})
    if asked:
        share = f"in a town they hold for the share `filing.excluded` of records, {_excluded()}"
        yield f"reasons not to list ({', '.join(asked)}): {share}"


def _excluded() -> str:
    """Return the value and the range of the share of records about somebody with such a reason."""
    each = next(each for each in load_parameters().parameters if each.id == "filing.excluded")
    return f"{plain(each.value)} as it ships and {plain(each.low)} to {plain(each.high)} in the draws"


def _is_new(span: object) -> bool:
    begins = getattr(span, "from_", None)
    return isinstance(begins, date) and begins.year >= int(SINCE)
