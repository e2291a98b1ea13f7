"""Every cited part of a rulebook as an entry: id, label, what it says in words, and its source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from glasstown.language.days import covers
from glasstown.language.model import PointsDated
from glasstown.render import law_words as words
from glasstown.render.blocks import Item
from glasstown.render.clause_words import clause_effects, points, proof_words
from glasstown.wording import counted, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from glasstown.language.model import Campaign, Cite, Clause, GradesPublished, Period, Redress, Rulebook


@dataclass(frozen=True, slots=True)
class Entry:
    """One cited statement of a scheme."""

    id: str
    label: str
    says: tuple[str, ...]
    cite: Cite | None
    note: str | None = None
    label_zh: str | None = None
    origin: str | None = None
    """the rulebook beneath that says it, where this one lies over another"""

    def as_json(self) -> dict[str, Any]:
        """Return the entry with its source; `says` holds the statements in words."""
        cited = self.cite
        return {
            "id": self.id,
            "label": self.label,
            "label_zh": self.label_zh,
            "says": list(self.says),
            "evidence": cited.evidence if cited else None,
            "seen": cited.seen if cited else None,
            "source": cited.source if cited else None,
            "at": cited.at if cited else None,
            "note": self.note,
            "from": self.origin,
        }

    def item(self) -> Item:
        """Return the entry as it is shown: name, statements, then source and notes."""
        origin = [f"from {self.origin}"] if self.origin else []
        quiet = [
            *origin,
            *([source_words(self.cite)] if self.cite else []),
            *([f"note: {self.note}"] if self.note else []),
        ]
        label = f"{self.label} ({self.label_zh})" if self.label_zh else self.label
        return Item(
            self.id,
            label,
            tuple([f"{'; '.join(each.rstrip('.') for each in self.says)}."] if self.says else []),
            tuple(quiet),
        )


def source_words(cite: Cite) -> str:
    """Return evidence, source and locator; says how the source was read when it was not its own text."""
    note = f" ({cite.note})" if cite.note else ""
    return f"[{words.standing(cite)}] {cite.source}, {cite.at}{note}"


def entries(book: Rulebook, day: date | None = None) -> dict[str, tuple[Entry, ...]]:
    """Return the parts of a rulebook in the order they are shown, each part's entries in file order.

    With a day, what is not law on it says so, and a value that changed over time says what it is then.
    """
    parts = {**_scored(book), **_catalogue(book, day), **_consequences(book, day), **_remarks(book)}
    if not book.inherited:
        return parts
    origins = {each.what: each.from_ for each in book.inherited}
    return {
        name: tuple(replace(each, origin=origins.get(f"{name}/{each.id}") or origins.get(name)) for each in part)
        for name, part in parts.items()
    }


def _scored(book: Rulebook) -> dict[str, tuple[Entry, ...]]:
    rule, unit = book.score, book.score.unit
    bounds = (("lowest", "lower bound", rule.lowest), ("highest", "upper bound", rule.highest)) if rule.kept else ()
    return {
        "exempt": tuple(Entry(each.kind, each.label, _role(each.role), each.cite) for each in book.exempt),
        "subjects": tuple(Entry(each.kind, each.label, words.subject(each), each.cite) for each in book.subjects),
        "score": (
            Entry("base", "where everyone starts", words.base(rule), rule.base.cite),
            *(Entry(part.id, part.label, words.part(part, unit), part.cite) for part in rule.parts),
            *(Entry(name, label, (words.figure(bound.value, unit),), bound.cite) for name, label, bound in bounds),
        ),
        "grades": tuple(
            Entry(each.id, each.label, words.grade(each, unit), each.cite, None, each.label_zh) for each in book.grades
        ),
    }


def _catalogue(book: Rulebook, day: date | None) -> dict[str, tuple[Entry, ...]]:
    unit = book.score.unit
    return {
        "clauses": tuple(
            Entry(
                each.id,
                each.label,
                (*clause_effects(each, book), *_filed(each), *_on_day(each, unit, day)),
                each.cite,
                each.note,
                each.label_zh,
            )
            for each in book.clauses
        ),
        "groups": tuple(
            Entry(each.id, each.label, tuple(words.cap(limit, unit) for limit in each.caps), each.cite)
            for each in book.groups
        ),
        "campaigns": tuple(Entry(each.id, each.label, _campaign(each), each.cite) for each in book.campaigns),
        "ladders": tuple(
            Entry(each.id, each.label, (" → ".join(each.steps), f"counted over {words.span(each.window)}"), each.cite)
            for each in book.ladders
        ),
    }


def _filed(clause: Clause) -> tuple[str, ...]:
    """Return which act a clause answers to, who records it, and where it stands in the scheme's own catalogue."""
    act = [f"answers to the act '{clause.act}'"] if clause.act is not None else []
    agency = [f"recorded by {clause.agency}"] if clause.agency is not None else []
    return (*act, *agency, *([f"stands under '{clause.category}'"] if clause.category is not None else []))


def _consequences(book: Rulebook, day: date | None) -> dict[str, tuple[Entry, ...]]:
    return {
        "lists": tuple(
            Entry(each.id, each.label, words.list_rule(each, book), each.cite, each.note, each.label_zh)
            for each in book.lists
        ),
        "measures": tuple(
            Entry(
                each.id,
                each.label,
                (*words.measure(each, book), *_law(each.in_force, day)),
                each.cite,
                each.note,
                each.label_zh,
            )
            for each in book.measures
        ),
        "over_all": tuple(_over_all(book)),
        "procedures": tuple(
            Entry(each.id, each.label, words.procedure(each, book), each.cite) for each in book.procedures
        ),
    }


def _on_redress(said: Redress) -> tuple[str, ...]:
    """Return which rights a statement speaks of; of a search that found nothing, that it speaks of none."""
    return (
        ("a search that found nothing: neither a right nor the absence of one",)
        if said.found_nothing
        else words.rights(said)
    )


def _remarks(book: Rulebook) -> dict[str, tuple[Entry, ...]]:
    return {
        "publicity": tuple(
            Entry(each.id, each.text, words.publicity(each, book), each.cite, each.note) for each in book.publicity
        ),
        "redress": tuple(Entry(each.id, each.text, _on_redress(each), each.cite, each.note) for each in book.redress),
        "process": tuple(Entry(each.id, each.text, (), each.cite, each.note) for each in book.process),
        "observations": tuple(
            Entry(each.id, each.label, (_figure(each.value, each.unit, each.year),), each.cite, each.note)
            for each in book.observations
        ),
        "variants": tuple(
            Entry(
                f"@{each.id}",
                each.label + (" (runs where none is named)" if each.id == book.default_variant else ""),
                tuple(f"{setting.path} = {setting.value}" for setting in each.settings),
                each.cite,
            )
            for each in book.variants
        ),
    }


def _over_all(book: Rulebook) -> Iterator[Entry]:
    """Yield the rules that stand over the whole scheme: consent, published grades, money, proof, working days, objection."""
    if book.consent is not None:
        says: tuple[str, ...] = ("nobody is scored who has not agreed; records are kept all the same",)
        yield Entry("consent", "taking part is agreed to", says, book.consent.cite, book.consent.note)
    if book.grades_published is not None:
        rule = book.grades_published
        yield Entry("grades_published", "grades stand as they are published", _published(rule), rule.cite, rule.note)
    if book.balance is not None:
        says = (f"kept in {book.balance.unit}s, filled by what is earned, emptied by what is spent",)
        yield Entry("balance", "points as money, apart from the rating", says, book.balance.cite, book.balance.note)
    for proof in book.proof:
        yield Entry("proof", "every record", (proof_words(proof),), proof.cite)
    if book.working_days is not None:
        days = book.working_days
        off = f"; {len(days.holidays)} holidays named" if days.holidays else ""
        yield Entry("working_days", f"no work on {', '.join(days.weekend)}{off}", (), days.cite, days.note)
    if book.objection is not None:
        yield Entry("objection", "against a record", words.objection(book.objection), book.objection.cite)


def _published(rule: GradesPublished) -> tuple[str, str]:
    """Return when grades are found and published, and what goes by them."""
    return (
        f"found on the closing state of {rule.assessed} (MM-DD), in force from {rule.from_} until the next is published",
        "measures, lists and gates go by the grade that is published, not by that of the day",
    )


def _on_day(clause: Clause, unit: str, day: date | None) -> tuple[str, ...]:
    """Return what a clause is on a day: whether it is law, and which of its dated values holds."""
    if day is None or not isinstance(clause.points, PointsDated) or not covers(clause.in_force, day):
        return _law(clause.in_force, day)
    now = next((each.value for each in clause.points.dated if covers(each, day)), None)
    if now is None:
        return (f"on {day} no value holds: the clause is not in force",)
    return (f"on {day}: {points(clause.model_copy(update={'points': now}), unit)}",)


def _law(rule: Period | None, day: date | None) -> tuple[str, ...]:
    return () if covers(rule, day) else (f"NOT LAW on {day}",)


def _campaign(rule: Campaign) -> tuple[str, ...]:
    about = [*rule.clauses, *(f"the group '{group}'" for group in rule.groups)]
    return (words.days_of(rule.in_force), f"{', '.join(about)}: counts {counted(rule.times, 'time')}")


def _role(role: str | None) -> tuple[str, ...]:
    return (f"those with the role '{role}'",) if role is not None else ()


def _figure(value: Any, unit: str, year: int | None) -> str:
    numbers = value if isinstance(value, tuple) else (value,)
    shown = "; ".join(grouped(number) if isinstance(number, Decimal | int) else str(number) for number in numbers)
    return f"{shown} {unit}{f' ({year})' if year is not None else ''}"
