"""The numbers of the stories: each computed from the rulebooks and towns that the story names, none written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final, TypeAlias

import glasstown.explorer.frames as marks
from glasstown.answers.case import acts_for, exact
from glasstown.answers.life import Lived as Life
from glasstown.explorer.papers import change_of
from glasstown.explorer.story_texts import Story
from glasstown.explorer.towns import Lived, live
from glasstown.explorer.written import Runs
from glasstown.interpreter.life import live as interpreted
from glasstown.language.load import load_rulebook
from glasstown.language.model import Rulebook
from glasstown.ledger import Life as Hypothetical
from glasstown.ledger import Record
from glasstown.outcomes.counted import number_of
from glasstown.outcomes.opened import open_all
from glasstown.render.words import within
from glasstown.runs.plan import plan_of
from glasstown.storage.folder import RunFolder
from glasstown.storage.store import query
from glasstown.types import Progress
from glasstown.wording import grouped

Figures: TypeAlias = dict[str, int | str]
MOST_LOOKED_AT: Final = 40
"""lives that are looked at for one that fits a story"""


@dataclass(frozen=True, slots=True)
class Told:
    """A story with its numbers: those of its texts, and the life that it tells in both towns; None where nobody fits."""

    story: Story
    towns: Mapping[str, Lived]
    figures: Mapping[str, int | str]
    number: int | None
    lives: Mapping[str, Life]

    @property
    def nbytes(self) -> int:
        """Return how much memory its towns hold."""
        return sum(each.nbytes for each in self.towns.values())

    def said(self, text: str) -> str:
        """Return a text with its numbers, thousands parted."""
        shown = {name: grouped(value) if isinstance(value, int) else value for name, value in self.figures.items()}
        return text.format_map(shown)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a story's numbers are computed from."""

    story: Story
    runs: Runs
    towns: Mapping[str, Lived]
    tell: Progress

    def sum(self, town: str, measure: str) -> int:
        """Return a measure of a town over all of its months; 0 where the town has none of it."""
        return sum(self.towns[town].series.get(measure, ()))

    def life(self, town: str, number: int) -> Life:
        """Return one life of a town."""
        lived = self.towns[town]
        return self.runs.life(lived.view, number, lived.kind, self.tell)

    def ask(self, town: str, question: str) -> list[int]:
        """Return the numbers that a question to a town's run answers."""
        folder = RunFolder.open(self.runs.run(self.towns[town].view, self.tell))
        return [int(each) for each in query(folder, question).column(0).to_pylist()]

    def over_all(self, town: str, measure: str) -> int:
        """Return a measure of a town's run as a comparison counts it; 0 where it is not kept."""
        runs = open_all(self.runs.run(self.towns[town].view, self.tell))
        return number_of(measure, runs, runs[0].acts) or 0

    def months(self, town: str, number: int, bit: int) -> int:
        """Return the months at whose end somebody had a mark of the map."""
        return int(((self.towns[town].frames[:, number] & bit) != 0).sum())


def told(story: Story, runs: Runs, tell: Progress) -> Told:
    """Return a story with its numbers: both towns lived, the life picked."""
    ground = Ground(story, runs, {name: live(story.view(name), tell) for name in story.towns}, tell)
    figures, number = FIGURES[story.slug](ground)
    first = ground.towns["first"]
    figures |= {"people": first.people, "firms": first.firms, "months": len(first.days)}
    lives = {} if number is None else {name: ground.life(name, number) for name in (story.life.of, story.life.beside)}
    return Told(story, ground.towns, figures, number, lives)


def alone(reference: str, *clauses: str) -> tuple[Rulebook, list[tuple[str, str | None]]]:
    """Return what records of these clauses, a month apart, make of an empty life: score and grade before, and after each."""
    book = load_rulebook(reference)
    start = book.in_force.from_
    days = [start + timedelta(days=30 * (n + 1)) for n in range(len(clauses))]
    records = tuple(
        Record(id=f"e{n}", order=n, act_day=days[n], record_day=days[n], clause=each) for n, each in enumerate(clauses)
    )
    acts = acts_for(reference)
    found = []
    for n in range(len(clauses) + 1):
        until = days[n - 1] + timedelta(days=20) if n else start
        account = interpreted(book, acts, Hypothetical(start=start, until=until, records=records[:n]))
        found.append((grouped(exact(account.score, book)), account.grade))
    return book, found


def _worth(book: Rulebook, clause: str) -> str:
    points = next(each.points for each in book.clauses if each.id == clause)
    return grouped(abs(points)) if isinstance(points, Decimal) else str(points)


def _from(book: Rulebook, grade: str) -> str:
    low = next(each.from_ for each in book.grades if each.id == grade)
    return grouped(low) if isinstance(low, Decimal) else str(low)


def _red_light(ground: Ground) -> tuple[Figures, int | None]:
    suining, first = alone("suining-2010", "su-d06", "su-b06")
    reported, one = alone("rongcheng-2013", "rc13-d01")
    recalled, other = alone("rongcheng-2013@a-to-960", "rc13-d01")
    offences, found = ground.sum("first", "offences"), ground.sum("first", "found out")
    figures: Figures = {
        "suining_base": first[0][0], "suining_loss": _worth(suining, "su-d06"), "suining_a": _from(suining, "A"),
        "suining_after": first[1][0], "suining_grade": str(first[1][1]), "suining_gift": _worth(suining, "su-b06"),
        "suining_end": first[2][0], "suining_end_grade": str(first[2][1]), "rongcheng_loss": _worth(reported, "rc13-d01"),
        "rongcheng_base": one[0][0], "rongcheng_after": one[1][0], "rongcheng_grade": str(one[1][1]),
        "rongcheng_a": _from(recalled, "A"), "rongcheng_other": str(other[1][1]),
        "offences": offences, "found": found, "found_per_thousand": 1000 * found // max(offences, 1),
        "records": ground.sum("first", "records"), "wrong": ground.sum("first", "wrong records"),
    }  # fmt: skip
    low = "select id from final where kind = 'person' and score < 1000 and n_records > 0 order by id limit "
    low += str(MOST_LOOKED_AT)
    number = next(
        (each for each in ground.ask("first", low) if _has_clause(ground.life("first", each), "rc13-d01")), None
    )
    return figures | _ends(ground, number), number


def _has_clause(life: Life, clause: str) -> bool:
    return any(line.get("clause") == clause for under in life.result.under for line in under.lines)


def _ends(ground: Ground, number: int | None) -> Figures:
    """Return how a life ends in both towns under the first rulebook: score and grade."""
    if number is None:
        return {}
    mine, other = (
        ground.life(name, number).result.under[0] for name in (ground.story.life.of, ground.story.life.beside)
    )
    return {
        "person": str(number), "end_score": grouped(mine.score), "end_grade": mine.grade or "none",
        "other_score": grouped(other.score), "other_grade": other.grade or "none",
    }  # fmt: skip


def _nobody(ground: Ground) -> tuple[Figures, int | None]:
    book = load_rulebook("cn-court-list-2017")
    rule = next(each for each in book.lists if each.id == "spc_dishonest")
    span = rule.objection.answered_within if rule.objection is not None else None
    without, with_ = ground.sum("first", "wrongly listed"), ground.sum("second", "wrongly listed")
    figures: Figures = {
        "answer_days": span.measured()[0] if span is not None and not isinstance(span, str) else "some",
        "wrongly_without": without, "wrongly_with": with_, "left_of_hundred": 100 * with_ // max(without, 1),
        "black_without": ground.sum("first", "on a black list"), "black_with": ground.sum("second", "on a black list"),
    }  # fmt: skip
    return _by_months(ground, figures, marks.WRONGLY, lambda number: True)


def _by_months(ground: Ground, figures: Figures, bit: int, fits: Callable[[int], bool]) -> tuple[Figures, int | None]:
    """Return the numbers with the life that had a mark longest, of those that fit and lived there all the time."""
    of, beside = ground.story.life.of, ground.story.life.beside
    counts = ((ground.towns[of].frames & bit) != 0).sum(axis=0)
    order = sorted(range(len(counts)), key=lambda number: (-int(counts[number]), number))[:MOST_LOOKED_AT]
    same = (n for n in order if counts[n] and fits(n) and ground.life(of, n).result.tenants == 1)
    number = next(same, None)
    if number is None:
        return figures, None
    on, other = (ground.months(name, number, bit) for name in (of, beside))
    return figures | {"person": str(number), "months_on": on, "months_on_other": other}, number


def _warning(ground: Ground) -> tuple[Figures, int | None]:
    jiangsu, first = alone("jiangsu-env-2019", "js-d01")
    wuhan, other = alone("wuhan-env-2017", "wu-d04")
    top = jiangsu.score.highest.value
    offences, records = ground.sum("first", "firms: offences"), _taken(ground, "first", jiangsu)
    figures: Figures = {
        "jiangsu_base": first[0][0], "jiangsu_after": first[1][0], "jiangsu_before_grade": str(first[0][1]),
        "jiangsu_grade": str(first[1][1]), "jiangsu_top": grouped(top) if isinstance(top, Decimal) else str(top),
        "wuhan_base": other[0][0], "wuhan_after": other[1][0], "offences": offences, "records": records,
        "found": ground.sum("first", "firms: found out"), "records_other": _taken(ground, "second", wuhan),
        "records_per_thousand": 1000 * records // max(offences, 1),
    }  # fmt: skip
    asked = f"select id from final where kind = 'firm' and n_records > 0 order by score, id limit {MOST_LOOKED_AT}"
    fallen = [(each, line) for each in ground.ask("first", asked) for line in _losses(ground.life("first", each))]
    fallen.sort(key=lambda pair: pair[1].get("clause") != "js-d01")  # a warning, where anybody was warned
    number, line = fallen[0] if fallen else (None, {})
    labels = {each.id: each.label for each in jiangsu.clauses}
    what = within(labels.get(str(line.get("clause")), "a record"))
    return figures | _ends(ground, number) | {"what": what, "low": grouped(str(line.get("after", "")) or "0")}, number


def _taken(ground: Ground, town: str, book: Rulebook) -> int:
    """Return the records of a town's firms under clauses that take points, or say that they do not."""
    items = ", ".join(f"'{each.id}'" for each in book.clauses if each.direction == "deduct")
    asked = (
        f"select coalesce(sum(value), 0) from months where kind = 'firm' and account = 'records' and item in ({items})"
    )
    return ground.ask(town, asked)[0]


def _losses(life: Life) -> list[Mapping[str, Any]]:
    """Return the records of a life that took points."""
    lines = [line for under in life.result.under for line in under.lines]
    return [line for line in lines if line.get("phase", "record") == "record" and change_of(line) < 0]


def _namesake(ground: Ground) -> tuple[Figures, int | None]:
    by_name, by_number = ground.sum("first", "barred unlisted"), ground.sum("second", "barred unlisted")
    figures: Figures = {
        "barred_name": by_name, "barred_number": by_number, "barred_ratio": 100 * by_name // max(by_number, 1),
        "refused_name": ground.sum("first", "refusals"), "refused_number": ground.sum("second", "refusals"),
        "black_number": ground.sum("second", "on a black list"), "black_name": ground.sum("first", "on a black list"),
    }  # fmt: skip

    def fits(number: int) -> bool:
        listed = any(ground.months(name, number, marks.BLACK) for name in ("first", "second"))
        return not listed and ground.months("second", number, marks.BARRED) == 0

    return _by_months(ground, figures, marks.BARRED, fits)


def _one_place(ground: Ground) -> tuple[Figures, int | None]:
    exits = {name: ground.over_all(name, "exits") for name in ("first", "second")}
    paid = {name: ground.over_all(name, "recovered") for name in ("first", "second")}
    figures: Figures = {
        "gates": int(_parameter(ground, "gate.joined")), "exits_none": exits["first"], "exits_all": exits["second"],
        "exits_ratio": 100 * exits["second"] // max(exits["first"], 1), "recovered_none": paid["first"],
        "recovered_all": paid["second"], "refused_none": ground.sum("first", "refusals"),
        "refused_all": ground.sum("second", "refusals"),
    }  # fmt: skip
    figures, number = _by_months(ground, figures, marks.BLACK, lambda number: _refusals(ground, number) > 0)
    return figures | ({} if number is None else {"refusals": _refusals(ground, number)}), number


def _refusals(ground: Ground, number: int) -> int:
    befell = ground.life("second", number).result.befell
    return sum(int(each["times"]) for each in befell if each["gate"])


def _parameter(ground: Ground, name: str) -> Decimal:
    plan = plan_of(RunFolder.open(ground.runs.run(ground.towns["second"].view, ground.tell)))
    return next(Decimal(str(each.value)) for each in plan.inputs.parameters.parameters if each.id == name)


FIGURES: Final[Mapping[str, Callable[[Ground], tuple[Figures, int | None]]]] = {
    "a-red-light-twice": _red_light,
    "nobody-to-ask": _nobody,
    "a-warning": _warning,
    "the-namesake": _namesake,
    "broken-in-one-place": _one_place,
}
"""how each story's numbers are computed; they are all that its texts may name"""
