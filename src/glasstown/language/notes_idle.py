"""What a sound rulebook says in vain: grades no score reaches, lists for nobody or everybody, readings that change nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from glasstown.language.model import ListEntry, Rulebook
from glasstown.language.tree import Keys

Said = tuple[str, Keys, str]


def idle_notes(book: Rulebook) -> Iterator[Said]:
    """Yield subject, path and words for each grade, list and reading of which the rulebook itself shows that it is idle."""
    yield from _grades(book)
    yield from _lists(book)
    yield from _twice(book)


def _bounds(book: Rulebook) -> tuple[Decimal | None, Decimal | None]:
    """Return the lowest and the highest score, None where the record has none."""
    lowest, highest = book.score.lowest.value, book.score.highest.value
    return (
        lowest if isinstance(lowest, Decimal) else None,
        highest if isinstance(highest, Decimal) else None,
    )


def _grades(book: Rulebook) -> Iterator[Said]:
    lowest, highest = _bounds(book)
    set_by_rule = {clause.override.grade for clause in book.clauses if clause.override is not None}
    for number, grade in enumerate(book.grades):
        if grade.id in set_by_rule or grade.quota is not None or grade.of == "household":
            continue
        path: Keys = ("grades", number, "id")
        if highest is not None and isinstance(grade.from_, Decimal) and grade.from_ > highest:
            words = f"no score reaches it: it begins at {grade.from_}, and the highest score is {highest}"
            yield f"grade '{grade.id}'", path, words
        if lowest is not None and isinstance(grade.below, Decimal) and grade.below <= lowest:
            words = f"no score falls into it: it ends below {grade.below}, and the lowest score is {lowest}"
            yield f"grade '{grade.id}'", path, words


def _lists(book: Rulebook) -> Iterator[Said]:
    entered = {clause.enters.list for clause in book.clauses if clause.enters is not None}
    for number, rule in enumerate(book.lists):
        reach = reach_of(rule.entry, _bounds(book))
        path: Keys = ("lists", number, "entry")
        if reach == "nobody" and rule.id not in entered:
            yield f"list '{rule.id}'", path, "nobody can come on it: no score that the scheme has meets its condition"
        if reach == "everybody":
            yield f"list '{rule.id}'", path, "everybody is on it: every score that the scheme has meets its condition"


def reach_of(entry: ListEntry, bounds: tuple[Decimal | None, Decimal | None]) -> str:
    """Return "nobody" or "everybody" where a condition on the score is met by no score or by every one, else "some"."""
    lowest, highest = bounds
    most, least = entry.score_at_most, entry.score_at_least
    if (most is not None and lowest is not None and most < lowest) or (
        least is not None and highest is not None and least > highest
    ):
        return "nobody"
    if (most is not None and highest is not None and most >= highest) or (
        least is not None and lowest is not None and least <= lowest
    ):
        return "everybody"
    return "some"


def _twice(book: Rulebook) -> Iterator[Said]:
    for number, variant in enumerate(book.variants):
        counts = Counter(setting.path for setting in variant.settings)
        for place, setting in enumerate(variant.settings):
            if counts.pop(setting.path, 1) > 1:
                words = f"sets '{setting.path}' more than once, of which the last counts"
                yield f"variant '{variant.id}'", ("variants", number, "settings", place, "path"), words


def same_readings(unnamed: Rulebook, readings: Iterable[Rulebook]) -> Iterator[Said]:
    """Yield a note for each reading that is the rulebook as it is read without a name."""
    places = {variant.id: number for number, variant in enumerate(unnamed.variants)}
    for read in readings:
        same = read.model_copy(update={"variant": unnamed.variant}) == unnamed
        if same and read.variant is not None and read.variant != unnamed.variant:
            words = "changes nothing: the rulebook says the same without it"
            yield f"variant '{read.variant}'", ("variants", places[read.variant], "settings"), words
