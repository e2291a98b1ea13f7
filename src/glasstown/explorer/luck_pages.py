"""Was it luck?  The same practice in nineteen towns of other seeds, on request: each is lived as a job of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import partial
from statistics import median_low
from typing import Final

from starlette.responses import Response

from glasstown.desks.lucks import COUNTED, Luck, Practice, luck_in, luck_of, practice_of
from glasstown.explorer.asked import LARGEST_SEED, View
from glasstown.explorer.commands import run_command, run_python
from glasstown.explorer.decisions import decisions_text
from glasstown.explorer.desk_asked import Sat, seated
from glasstown.explorer.desk_file import DONE
from glasstown.explorer.reckoning_pages import found_for
from glasstown.explorer.requested import request_for
from glasstown.explorer.seats import ON_A_DESK
from glasstown.explorer.site import Again, Asked, Page, Site, csv_file
from glasstown.language.orders import Desk
from glasstown.runs.living import Living
from glasstown.runs.memory import plan_in_memory
from glasstown.types import SYNTHETIC_WORDS, Progress

OTHERS: Final = 19
"""towns of other seeds"""


async def lucks(site: Site, asked: Asked) -> Response:
    """Answer what came of the same practice under other luck, beside what came of it here."""
    where, until, practice, every = await _lucks(site, asked)
    rows = [(said, *_spread(name, every)) for name, said in COUNTED.items()]
    labels = await _labels(site, asked, where)
    did = [(labels.get(act, act), desk, DONE[do]) for (desk, act), do in practice.items()]
    query = where.query(until=until)
    values = {
        "where": where, "rows": rows, "did": did, "others": OTHERS, "until": until,
        "back": f"/desks/{where.desk}/reckoning?{query}",
    }  # fmt: skip
    files = (
        ("Session file", f"/desks/session.yaml?{where.query()}"),
        ("CSV", f"/desks/{where.desk}/lucks.csv?{query}"),
    )
    again = Again(
        run_command(where.decided_view),
        _python(where, until, practice),
        "",
        files,
        f"/desks/{where.desk}/lucks?{query}",
    )
    return site.render(Page("lucks.html", "Was it luck?", "/desks", values, again))


async def lucks_csv(site: Site, asked: Asked) -> Response:
    """Answer each luck as CSV, the own seed first."""
    where, until, _, every = await _lucks(site, asked)
    rows = [asdict(each) for each in every]
    more = {"months_lived": str(until), "population": SYNTHETIC_WORDS}
    return csv_file(f"lucks-{where.desk}.csv", {name: [row[name] for row in rows] for name in rows[0]}, more)


async def _lucks(site: Site, asked: Asked) -> tuple[Sat, int, Practice, list[Luck]]:
    """Return the practice of a session, and what came of it: under its own luck first, then under that of the others."""
    where, until, came = await found_for(site, asked)
    practice = practice_of(
        [(each.order.desk, each.act, each.order.do) for each in came.found.decided if each.act is not None]
    )
    months = tuple(dict.fromkeys((each.month, each.desk) for each in where.decisions))
    base = replace(where.view, orders="", texts=None, month=None)
    every = [luck_in(where.view.seed, came.found)]
    for seed in other_seeds(where.view.seed):
        view = replace(base, seed=seed)
        key = ("luck", view, until, decisions_text(where.decisions))
        make = partial(_lived, view, practice, months, until)
        every.append(await site.made(asked, key, make))
    return where, until, practice, every


def other_seeds(seed: int) -> list[int]:
    """Return the seeds of the other towns: those that follow, from the first again after the largest."""
    return [(seed + n) % (LARGEST_SEED + 1) for n in range(1, OTHERS + 1)]


def _lived(view: View, practice: Practice, months: Sequence[tuple[int, Desk]], until: int, tell: Progress) -> Luck:
    living = Living(plan_in_memory(request_for(view)))
    try:
        return luck_of(living, practice, months, ON_A_DESK, until, tell)
    finally:
        living.close()


def _spread(name: str, every: Sequence[Luck]) -> tuple[int, int, int, int]:
    """Return a number here, and the least, the middle and the most of it elsewhere."""
    numbers = [getattr(each, name) for each in every]
    return numbers[0], min(numbers[1:]), median_low(numbers[1:]), max(numbers[1:])


async def _labels(site: Site, asked: Asked, where: Sat) -> dict[str, str]:
    """Return acts in words."""
    seat = await seated(site, asked, where.at(min(where.month, where.view.months - 1)))
    return {each.id: each.label for each in seat.acts.acts}


def _python(where: Sat, until: int, practice: Practice) -> str:
    """Return lines of Python that do the same in each town, and print what came of it."""
    months: dict[int, list[str]] = {}
    for each in where.decisions:
        months.setdefault(each.month, [])
        if each.desk not in months[each.month]:
            months[each.month].append(each.desk)
    call = run_python(replace(where.view, seed=0), verb="town").replace("seed=0", "seed=seed")
    first = where.view.seed + 1
    return "\n".join((
        "import glasstown", "", f"practice = {dict(practice)!r}", f"months = {months!r}",
        f"for seed in range({first}, {first + OTHERS}):", f"    {call}", "    for month, desks in sorted(months.items()):",
        "        if month > town.month:", "            town.step(month - town.month)", "        for desk in sorted(desks):",
        f"            for case in town.desk(desk).cases(most={ON_A_DESK}):",
        "                do = practice.get((desk, case.act))", "                if do in case.options:",
        "                    town.decide(case, do)",
        f"    print(seed, town.step({until} - town.month).reckon().as_json()['turned'])",
    ))  # fmt: skip
