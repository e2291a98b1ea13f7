"""The page's sections about the town and about each rulebook: what the summary tells, with figures and drawings beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from glasstown.outcomes import measures
from glasstown.outcomes.measures import Accounts
from glasstown.outcomes.opened import TownRun
from glasstown.render import charts, drawn, drawn_lists, findings, html, summary, town, words
from glasstown.render.blocks import Paragraph
from glasstown.render.charts import Chart
from glasstown.render.findings import KIND_WORDS
from glasstown.render.html import Section
from glasstown.types import SYNTHETIC_WORDS


def town_section(runs: Sequence[TownRun], opening: str) -> Section:
    """Return what the rules got in the town and what they cost it, with a table across them."""
    told = html.blocks(summary.Summary(tuple(runs)).balance())
    people = runs[0].accounts.get("person")
    refused = ""
    if people is not None and people.dates and not people.why_not("refusals"):
        alt = "Bars of the requests that closed gates refused, month by month; the sentences above give the sums."
        books = [run.reference for run in runs]
        refused = _drawing(
            runs[0], lambda width: drawn_lists.refusals_chart(people, width=width), alt, "refusals", books=books
        )
        refused = html.heading("What closed gates refused") + refused if refused else ""
    return Section("town", "The town", opening + told + refused)


def book_section(run: TownRun, *, is_sole: bool) -> Section | None:
    """Return what one rulebook did; nothing for one of several that did nothing here."""
    kept = [each for each in run.accounts.values() if not each.why_not("records") and any(each.scored)]
    if not is_sole and not any(measures.truth(each).written for each in kept):
        return None
    said = html.blocks(Paragraph(text) for text in summary.outside(run))
    kept = [each for each in kept if is_sole or measures.truth(each).written]
    parts = [_kind(run, accounts, len(kept)) for accounts in (run.accounts.values() if is_sole else kept)]
    if said + "".join(parts) == "":
        return None
    title = "The rulebook" if is_sole else f"{run.book.title} ({run.reference})"
    return Section("book" if is_sole else f"book-{run.number}", title, said + "".join(parts))


def _kind(run: TownRun, accounts: Accounts, n_kinds: int) -> str:
    told = list(town.parts(run, accounts, is_whole=True))
    if told and told[0].key == "unscored":
        return "".join(_part(run, accounts, part) for part in told)
    title = html.heading(words.first_up(KIND_WORDS[accounts.kind])) if n_kinds > 1 else ""
    return title + _figures(run, accounts) + "".join(_part(run, accounts, part) for part in told)


def _part(run: TownRun, accounts: Accounts, part: town.Part) -> str:
    """Return one part with the drawing that belongs above it and the table that belongs below it."""
    above, below = "", ""
    if part.key == "measures":
        return html.folded(part.title, html.blocks(part.blocks))
    if part.key == "grades":
        above = _grades_drawing(run, accounts)
    elif part.key == "taken":
        above = _points_drawing(run, accounts)
    elif part.key == "truth":
        below = _truth_table(accounts)
    elif part.key == "lists":
        above = _list_drawings(run, accounts)
    return html.heading(part.title) + above + html.blocks(part.blocks) + below


def _figures(run: TownRun, accounts: Accounts) -> str:
    """Return the numbers that a rulebook is known by: of a score points lost, of a list who stands on it; zeros left out."""
    found, noun = measures.truth(accounts), KIND_WORDS[accounts.kind]
    pairs = [(f"{noun} scored at the end", words.count(accounts.scored[-1]))] if run.book.score.kept else []
    if found.written:
        pairs.append((f"records of {noun}", words.count(found.written)))
    if found.wrong:
        pairs.append(("of them wrong", words.percent(found.wrong, found.written)))
    lost, _ = measures.lost_points(accounts)
    if lost and run.book.score.kept:
        pairs.append(("points lost", words.points(lost, run.book.score.quantum)))
    black = [rule.id for rule in run.book.lists if rule.colour == "black"]
    came, wrongly = (sum(accounts.total(each, name) for name in black) for each in ("list_in", "list_in_wrong"))
    pairs += [("entries on black lists", words.count(came))] if came else []
    pairs += [("wrongful listings", words.count(wrongly))] if wrongly else []
    return html.figures(pairs) if pairs else ""


def _grades_drawing(run: TownRun, accounts: Accounts) -> str:
    alt = "Lines of the share in each grade, month by month; the table below gives the first, middle and last month."
    return _drawing(run, lambda width: drawn.grades_chart(run, accounts, width=width), alt, f"grades-{accounts.kind}")


def _points_drawing(run: TownRun, accounts: Accounts) -> str:
    rows = findings.clause_rows(run, accounts)
    alt = "Bars of the points that each clause took, by right and wrong records; the table below gives all numbers."
    return _drawing(run, lambda width: drawn.points_chart(rows, width=width), alt, f"points-{accounts.kind}")


def _list_drawings(run: TownRun, accounts: Accounts) -> str:
    """Return a drawing of each list: its stock above, entries and exits below."""
    told = []
    for rule in run.book.lists:

        def draw(width: int, name: str = rule.id) -> Chart | None:
            return drawn_lists.list_chart(run, accounts, name, width=width)

        alt = f"The list '{rule.label}': how many stand on it at each month's end, and who came and left; sentences give the sums."
        before = f"The {rule.colour} list '{rule.label}'. "
        told.append(_drawing(run, draw, alt, f"list-{rule.id}-{accounts.kind}", before))
    return "".join(told)


def _drawing(
    run: TownRun, draw: Callable[[int], Chart | None], alt: str, name: str, before: str = "", books: Sequence[str] = ()
) -> str:
    """Return a drawing, once for a wide page and once for a telephone; nothing where there is nothing to draw.

    books   the rulebooks whose doing it shows, where they are more than the one of the run
    """
    wide, narrow = (draw(width) for width in drawn.WIDTHS)
    if wide is None or narrow is None:
        return ""
    return html.figure(
        charts.svg(wide), alt, f"{before}{_caption(run, books)}", f"{name}-{run.number}", charts.svg(narrow)
    )


def _caption(run: TownRun, books: Sequence[str] = ()) -> str:
    manifest = run.manifest
    people = findings.size(manifest.people, manifest.firms)
    under = words.listed(list(books or (run.reference,)))
    return f"{words.first_up(SYNTHETIC_WORDS)} of {people}, seed {manifest.seed}, {under}."


def _truth_table(accounts: Accounts) -> str:
    rows = [
        [words.TRUTH_WORDS[name], words.count(accounts.total("truth", name))]
        for name in words.TRUTH_WORDS
        if accounts.total("truth", name)
    ]
    if late := accounts.total("too_late", "not made"):
        rows.append([words.TOO_LATE, words.count(late)])
    return html.table(f"What became of what was found out, {SYNTHETIC_WORDS}", ["", "number"], rows) if rows else ""
