"""A rulebook's own part of a run's page, list or score as it is: sentences, in which zeros are left out and measures collapsed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from glasstown.language.model import Measure
from glasstown.outcomes import measures
from glasstown.outcomes.measures import NO_GRADE, Accounts, grade_counts, mean_score
from glasstown.outcomes.opened import TownRun
from glasstown.render import findings, words
from glasstown.render.findings import ClauseRow, of_kind
from glasstown.render.hangs import hangs_on_wrong
from glasstown.types import WRONG

FEW_CLAUSES = 2
"""clauses named in a sentence"""


def told(run: TownRun, accounts: Accounts) -> list[str]:
    """Return what a rulebook did to its people, or firms, in a few sentences; nothing where it did nothing."""
    rows = findings.clause_rows(run, accounts)
    return [
        *graded(run, accounts),
        *_points(run, rows),
        *listed(run, accounts, is_brief=True),
        *_unknown(run, accounts),
    ]


def graded(run: TownRun, accounts: Accounts) -> Iterator[str]:
    """Yield who ends in which grade, best first, or how the mean score moved; nothing where neither moves."""
    if not run.book.score.kept and not run.book.grades:
        return
    counts = grade_counts(accounts, findings.grade_ids(run.book))
    held = {grade: series for grade, series in counts.items() if series[-1]}
    whole = accounts.scored[-1]
    if set(held) - {NO_GRADE}:
        now = [f"{_share(n[-1], whole)} {_named(run, grade)}" for grade, n in held.items()]
        first = max(counts, key=lambda grade: (counts[grade][0], grade))
        share = _share(counts[first][0], accounts.scored[0])
        had = "no grade" if first == NO_GRADE else first
        began = f"in {words.month(accounts.dates[0])} {share} had {had}"
        yield f"Of {of_kind(whole, accounts.kind)} scored at the end, {words.listed(now)}; {began}."
        return
    means = [mean for mean in mean_score(accounts) if mean is not None]
    if means and means[0] != means[-1]:
        first, last = (_points_text(mean, run) for mean in (means[0], means[-1]))
        if first != last:
            yield f"The mean score went from {first} to {last}."


def _share(n: int, whole: int) -> str:
    return "all" if n == whole else words.percent(n, whole)


def _named(run: TownRun, grade: str) -> str:
    if grade == NO_GRADE:
        return "have no grade"
    label = next((each.label for each in run.book.grades if each.id == grade), grade)
    return f"have {grade}" if label == grade else f"have {grade} ({label})"


def _points_text(number: Fraction | Decimal, run: TownRun) -> str:
    return words.points(number, run.book.score.quantum)


def _points(run: TownRun, rows: Sequence[ClauseRow]) -> Iterator[str]:
    """Yield for what most points were taken and given, and what wrong records took."""
    if not run.book.score.kept:
        return
    mine = [row for row in rows if not row.is_expression]
    lost = [row for row in mine if row.tally.points < 0]
    given = sorted((row for row in mine if row.tally.points > 0), key=lambda row: -row.tally.points)
    wrongly = sum((min(row.tally.wrong_points, Decimal(0)) for row in lost), Decimal(0))
    by_wrong = f" Wrong records took {_points_text(-wrongly, run)} of them." if wrongly else ""
    if lost:
        yield f"{_what_for(lost, run, 'lost')}.{by_wrong}"
    if given:
        yield f"{_what_for(given, run, 'given')}."


def _what_for(rows: Sequence[ClauseRow], run: TownRun, verb: str) -> str:
    """Return how many points were lost or given, and for what: the clauses with most by name, the others together."""
    sizes = [abs(row.tally.points) for row in rows]
    total = sum(sizes, Decimal(0))
    head = f"{_points_text(total, run)} {words.noun(total, 'point')} {verb}"
    if len(rows) == 1:
        return f"{head}, all of them for {words.within(rows[0].label)}"
    pairs = zip(rows[:FEW_CLAUSES], sizes, strict=False)
    named = [f"{_points_text(size, run)} for {words.within(row.label)}" for row, size in pairs]
    more = len(rows) - FEW_CLAUSES
    rest = f"{_points_text(sum(sizes[FEW_CLAUSES:], Decimal(0)), run)} under {words.counted(more, 'further clause')}"
    return f"{head}: {'; '.join([*named, *([rest] if more > 0 else [])])}"


def listed(run: TownRun, accounts: Accounts, *, is_brief: bool = False) -> Iterator[str]:
    """Yield who stands on each list and under how many measures, who came and left, and who came wrongly; then other measures.

    is_brief   leaves out lists that nobody stands on at the end
    """
    collapsed: set[str] = set()
    for rule in run.book.lists:
        stock, came = accounts.series("lists", rule.id)[-1], accounts.total("list_in", rule.id)
        borne = [each for each in in_force(run, accounts) if is_of_list(each, rule.id)]
        collapsed |= {each.id for each in borne}
        if stock or (came and not is_brief):
            stands = _stand(run, accounts, stock, rule.label, rule.colour, borne)
            yield f"{stands}{_flows(run, accounts, rule.id, is_brief=is_brief)}."
    yield from _by_grade(run, accounts, collapsed)


def in_force(run: TownRun, accounts: Accounts) -> list[Measure]:
    """Return the burdens and advantages that somebody has at the end."""
    borne = (each for each in run.book.measures if each.kind != "note")
    return [each for each in borne if accounts.series("measures", each.id)[-1]]


def is_of_list(measure: Measure, name: str) -> bool:
    """Return whether a measure follows from a list."""
    return name in getattr(measure.when, "lists", ())


def _stand(
    run: TownRun, accounts: Accounts, stock: int, label: str, colour: str, borne: Sequence[Measure]
) -> str:  # fmt: skip
    """Return who stands on a list at the end, and how many measures they bear: `270 people on the courts' list bear 37 measures`."""
    who = f"{of_kind(stock, accounts.kind)} {words.noun(stock, 'is', 'are')} on the {colour} list '{label}' at the end"
    if not stock:
        nobody = "Nobody" if accounts.kind == "person" else "No firm"
        return f"{nobody} is left on the {colour} list '{label}' at the end"
    if not borne:
        return f"{who} ({words.percent(stock, accounts.scored[-1])})"
    return f"{who} and {_bear(borne, stock)}"


def _bear(borne: Sequence[Measure], stock: int) -> str:
    """Return what somebody bears or enjoys: a sole measure in words, several by their number."""
    is_good = all(each.kind == "reward" for each in borne)
    verb = words.noun(stock, "enjoys", "enjoy") if is_good else words.noun(stock, "bears", "bear")
    what = words.counted(len(borne), "advantage" if is_good else "measure")
    return f"{verb} {what}: {words.within(borne[0].label)}" if len(borne) == 1 else f"{verb} {what}"


def _flows(run: TownRun, accounts: Accounts, name: str, *, is_brief: bool) -> str:
    """Return who came on a list and left it over all months, and what of it wrong records brought about."""
    came, left = (accounts.total(account, name) for account in ("list_in", "list_out"))
    wrongly, held = accounts.total("list_in_wrong", name), accounts.series("lists_wrong", name)[-1]
    hang = "" if is_brief else hangs_on_wrong(run, [accounts])
    by_wrong = f", {words.count(wrongly)} of them through nothing but wrong records{hang}" if wrongly else ""
    went = [f"{words.count(came)} came on it{by_wrong}" if came else "", f"{words.count(left)} left it" if left else ""]
    joined = ", and " if wrongly else " and "
    text = f"; {joined.join([each for each in went if each])}" if came + left else ""
    stock = accounts.series("lists", name)[-1]
    who = f"{words.count(held)} of them" if held < stock else "that one" if stock == 1 else "all of them"
    return f"{text}; wrong records alone keep {who} there at the end" if held else text


def _by_grade(run: TownRun, accounts: Accounts, collapsed: set[str]) -> Iterator[str]:
    """Yield the measures that follow from grades or clauses, those of the same people together."""
    groups: dict[tuple[tuple[str, ...], int], list[Measure]] = {}
    for each in in_force(run, accounts):
        if each.id not in collapsed:
            stock = accounts.series("measures", each.id)[-1]
            groups.setdefault((tuple(getattr(each.when, "grades", ())), stock), []).append(each)
    for (grades, stock), borne in groups.items():
        of = f" in {'grade' if len(grades) == 1 else 'grades'} {words.listed(grades)}" if grades else ""
        share = words.percent(stock, accounts.scored[-1])
        yield f"{of_kind(stock, accounts.kind)}{of} ({share}) {_bear(borne, stock)}."


def _unknown(run: TownRun, accounts: Accounts) -> Iterator[str]:
    """Yield how often clauses of unknown value would have been applied; nothing where none would have been."""
    rows = [row for row in findings.unknown_rows(run, accounts) if not row.is_expression]
    if not rows:
        return
    n = sum(row.times for row in rows)
    bound = run.manifest.unknown
    effect = f"taken at the {bound} bound" if bound else "--unknown low and high give bounds"
    yield f"{words.counted(len(rows), 'clause')} of unknown value would have been applied {words.times(n)} ({effect})."


def wrong_ways(accounts: Accounts) -> str:
    """Return how many of the records of a rulebook are wrong, and how; nothing where none is."""
    found = measures.truth(accounts)
    if not found.wrong:
        return ""
    ways = Counter({name: accounts.total("truth", name) for name in WRONG})
    told = [f"{words.count(n)} {words.TRUTH_WORDS[name]}" for name, n in ways.most_common() if n]
    return (
        f"{words.counted(found.wrong, 'record')} of {words.count(found.written)} "
        f"({words.percent(found.wrong, found.written)}) {words.noun(found.wrong, 'is', 'are')} wrong: {words.listed(told)}."
    )
