"""The courts' list lived from 2013 to 2025, beside what was published of it: a page and a picture."""

# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from told import answer_of

from glasstown.archive.series import load_series
from glasstown.language.series import Figure, Series
from glasstown.render import charts
from glasstown.render.list_years import list_picture
from glasstown.runs.request import RunRequest
from glasstown.studies.list_years import ListYears, live_list
from glasstown.types import SYNTHETIC_WORDS
from glasstown.wording import counted

COURTS_LIST = "courts-list"
QUESTION = "The courts' list lived from 2013 to 2025, beside what was published"
BOOK, DRIVE = "cn-court-list-2017@since-2013", "courts-list"
MONTHS = 147
FROM_STOCK = RunRequest("cn-court-list-2017", drive="courts-list-2024", start="2024-01", months=24)
PEOPLE, SEEDS = 60_000, 6
HELD_OUT = frozenset({"entries-2025", "exits-2025", "performed-2025-12", "stock-2020", "stock-2022", "stock-2023"})
WHY = """
**What is fitted and what is not.** The share that courts record is turned, period by period, to the published entries up to 2024, and the pace of performing to those who performed or left up to 2024 (`python -m verification.fit_drive`).
Entries of 2025, exits of 2025 and every stock are held out: nothing was turned to them, and 2025 goes on as 2024 did. Years of which nothing was published are grey, and have the mean of their neighbours' pace. What was told of three years as one sum (March 2014 to March 2017) is taken to have risen as one, two and three.

**People against people.** The courts publish person-times of people and organisations. A published flow is multiplied by the share of people and divided by how many person-times one person is; both are uncertain numbers of their own, with their evidence, in `src/glasstown/_data/data/series/courts-list.yaml`, and a band goes from one end of both to the other. A town counts people who come onto the list or leave it.

**Where it misses, and why.** More people stand on the lived list than the press counted. The published flows do not make the published stock by themselves: 12.88 million listings and 3.51 million performed by the end of 2018 leave 9.4 million, where 5.7 million people were counted a year later. Entries deleted for other reasons (a mistake, the end of enforcement, no property) were never published for those years, and one person with several entries is one of the stock; either narrows the gap. To the end of 2016 fewer were said to have performed than leave a town's list by attached wages and granted objections alone, whatever the pace.
A town from the published stock (dashed) shows what two years make of it; its entries of the first year are too few, since no record is on its way when it begins and courts take months to make one.
"""


def write_courts_list(folder: Path, *, people: int, seeds: int, months: int = MONTHS) -> None:
    """Live the list for each seed, and write page and picture."""
    series = load_series("courts-list")
    asked = RunRequest(BOOK, drive=DRIVE, months=months)
    lived = [_lived(asked, people, seed) for seed in range(1, seeds + 1)]
    shorter = replace(FROM_STOCK, months=min(months, FROM_STOCK.months))
    begun = [_lived(shorter, people, seed) for seed in range(1, seeds + 1)]
    charts.save(list_picture(series, lived, HELD_OUT, begun=begun), folder / COURTS_LIST)
    (folder / f"{COURTS_LIST}.md").write_text(_page(series, lived, begun, people), encoding="utf-8")


def _lived(asked: RunRequest, people: int, seed: int) -> ListYears:
    return live_list(replace(asked, people=people, seed=seed), "spc_dishonest")


def _page(series: Series, lived: Sequence[ListYears], begun: Sequence[ListYears], people: int) -> str:
    lines = [
        f"# {QUESTION}\n",
        _answer(series, lived) + "\n",
        "<!-- Written by docs/experiments/run.py; change that. -->\n",
        f"`python docs/experiments/run.py {COURTS_LIST}`, or one town of it: `glasstown run {BOOK} --drive {DRIVE} --months {MONTHS}`\n",
        f"![{QUESTION}]({COURTS_LIST}.svg)\n",
        f"People per 1,000 of all ages, a year; a {SYNTHETIC_WORDS} of {people:,} people, the mean of {len(lived)} seeds and the least and most of them in brackets.",
        "Published: people that are taken for what was published, and the least and most that they may be.\n",
        "| year | came, lived | came, published | left, lived | left, published | stood at the end, lived | stood, published |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    years = [each.years() for each in lived]
    for place, year in enumerate(years[0]):
        mine = [each[place] for each in years]
        cells = [
            str(year.year) if year.months == 12 else f"{year.year}, {year.months} months",
            _seen([each.entries for each in mine]), _told(series, "entries", year.year),
            _seen([each.exits for each in mine]), _told(series, "exits", year.year),
            _seen([each.stock for each in mine]), _told(series, "stock", year.year),
        ]  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    lines.append(
        "\nFigures in italics are held out. A dash: no figure of that year alone was published; the picture has those of several years."
    )
    lines.append("\nBegun with the stock of December 2023, the same seeds: " + "; ".join(_begun(begun)) + ".")
    return "\n".join(lines) + "\n" + WHY


def _answer(series: Series, lived: Sequence[ListYears]) -> str:
    """Return the sentence that answers: of the last lived year with a published stock, what stood there of both."""
    years = [each.years() for each in lived]
    told = [n for n, year in enumerate(years[0]) if _told(series, "stock", year.year) != "–"]
    if not told:
        return answer_of("At each year's end", [])
    place = max(told)
    year, stock = years[0][place].year, [each[place].stock for each in years]
    ours = f"{_seen(stock)} of 1,000 people of all ages stand on the lived list, over {counted(len(lived), 'seed')}"
    published = _told(series, "stock", year).partition(", ")[0].strip("*")
    return answer_of(f"At the end of {year}", [f"{ours}, where {published} were published"])


def _begun(begun: Sequence[ListYears]) -> list[str]:
    years = [each.years() for each in begun]
    return [
        f"in {year.year} {_seen([each[place].entries for each in years])} came, {_seen([each[place].exits for each in years])} left, "
        f"{_seen([each[place].stock for each in years])} stood there at the end"
        for place, year in enumerate(years[0])
    ]


def _seen(values: Sequence[float]) -> str:
    return f"{sum(values) / len(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def _told(series: Series, what: str, year: int) -> str:
    """Return what was published of a year, or that nothing was."""
    found = [figure for figure in series.figures if figure.of == what and _is_of(figure, year)]
    if what == "entries" and not found:
        found = [figure for figure in series.over("entries") if _is_of(figure, year)]
    if not found:
        return "–"
    figure = found[0]
    low, value, high = (float(each) for each in series.people(figure))
    text = f"{value:.2f} ({low:.2f} to {high:.2f})" if low < high else f"{value:.2f}"
    when = f", {figure.on:%B}" if figure.on is not None else ""
    return (f"*{text}*" if figure.id in HELD_OUT else text) + when


def _is_of(figure: Figure, year: int) -> bool:
    if figure.on is not None:
        return figure.on.year == year
    assert figure.from_ is not None
    assert figure.until is not None
    return (figure.from_.year, figure.from_.month) == (year, 1) and (figure.until.year, figure.until.month) == (
        year + 1,
        1,
    )
