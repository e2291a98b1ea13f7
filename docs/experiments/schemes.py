"""Four schemes over one town with one stream of conduct: what each records of the same people and firms, and whether they agree."""

# ruff: noqa: E501
from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from told import answer_of, is_outside, outside_told

import glasstown
from glasstown.language.load import load_acts, load_parameters, load_rulebook
from glasstown.render import lanes
from glasstown.render.charts import Chart
from glasstown.studies.pairs import NO_DRAWS
from glasstown.studies.plausible import draws_of
from glasstown.types import SYNTHETIC_WORDS
from glasstown.wording import counted

SCHEMES = "schemes"
BOOKS = ("suining-2010", "rongcheng-2019", "jiangsu-env-2019", "wuhan-env-2017")
PERSONAL = BOOKS[:2]
QUESTION = (
    "Suining, Rongcheng, Jiangsu and Wuhan on one population with one stream of conduct: what does each make of it?"
)
SET = {"rongcheng-2019/in_force/until": "unknown"}
FIRMS_IN = 4
"""people for each firm"""
MEASURES = {
    "records": "records per 1,000 subjects and year",
    "touched": "subjects with a record at the end, per cent",
    "moved": "subjects in another grade than on the first day, per cent",
    "wrong": "records that are wrong, per cent",
    "lawful": "records of lawful expression, per cent",
    "poor": "records a head: lowest group over highest (fifths, sizes of firms)",
}
BEWARE = (
    "Two of the schemes score people and two score firms, so that the four share a town and its conduct and two by two their subjects. "
    "How much of what is found out each writes down is fitted for Suining and assumed for the others; the draws go through its whole range, "
    "and are not held against anything published, since three of the four have no figure."
)

Told = dict[tuple[str, str], float]


def write_schemes(folder: Path, *, people: int, months: int, seeds: int, draws: int) -> None:
    """Live the town for each seed and under each draw, and write page and picture."""
    ways: list[Mapping[str, str]] = [{} for _ in range(seeds)]
    ways += draws_of(load_parameters(), draws, seed=1)
    told = []
    with tempfile.TemporaryDirectory() as name:
        for number, way in enumerate(ways):
            seed = number + 1 if number < seeds else 1
            told.append(_lived(Path(name) / f"{number}", people, months, seed, {**way, **SET}))
    luck, ignorance = told[:seeds], told[seeds:]
    _picture(luck, ignorance).save(str(folder / f"{SCHEMES}.png"), scale_factor=1.5)
    (folder / f"{SCHEMES}.md").write_text(_page(luck, ignorance, people, months), encoding="utf-8")


def _lived(out: Path, people: int, months: int, seed: int, sets: Mapping[str, str]) -> Told:
    """Live one town under all four and return every measure by scheme, and how far the two personal ones agree."""
    glasstown.run(
        ",".join(BOOKS),
        people=people,
        firms=max(people // FIRMS_IN, 150),
        months=months,
        seed=seed,
        start="2019-07",
        set=dict(sets),
        out=out,
    )
    found: Told = {}
    for book in BOOKS:
        kind = "person" if book in PERSONAL else "firm"
        found.update({(book, name): value for name, value in _of(out, book, kind, months).items()})
    found["", "agreement"] = _agreement(out)
    return found


def _of(out: Path, book: str, kind: str, months: int) -> dict[str, float]:
    where = f"kind = '{kind}' and rulebook = '{book}'"
    scored = _one(out, f"select count(*) from final where {where}")
    records = _one(out, f"select sum(value) from months where {where} and account = 'records'")
    touched = _one(out, f"select count(*) from final where {where} and n_records > 0")
    first = f"(select item from months where {where} and account = 'grades' and month = 0 group by item order by sum(value) desc limit 1)"
    moved = _one(out, f"select count(*) from final where {where} and coalesce(grade, 'none') <> {first}")
    wrong = _one(
        out,
        f"select sum(value) from months where {where} and account = 'truth' and item not in ('right', 'lost', 'not recorded')",
    )
    of_truth = _one(
        out,
        f"select sum(value) from months where {where} and account = 'truth' and item not in ('lost', 'not recorded')",
    )
    clauses = _expression(book)
    named = ", ".join(f"'{name}'" for name in clauses) or "''"
    lawful = _one(out, f"select sum(value) from months where {where} and account = 'records' and item in ({named})")
    low, high = ("fifth-1", "fifth-5") if kind == "person" else ("micro", "large")
    heads = [
        _one(out, f"select sum(n_records) / count(*) from final where {where} and \"group\" = '{group}'")
        for group in (low, high)
    ]
    return {
        "records": 1000 * records / max(scored, 1) / (months / 12),
        "touched": 100 * touched / max(scored, 1),
        "moved": 100 * moved / max(scored, 1),
        "wrong": 100 * wrong / max(of_truth, 1),
        "lawful": 100 * lawful / max(records, 1),
        "poor": heads[0] / heads[1] if heads[1] else float("nan"),
    }


def _one(out: Path, sql: str) -> float:
    value = glasstown.query(out, sql).as_json()["rows"][0][0]
    return float(value or 0)


def _expression(book: str) -> list[str]:
    """Return the clauses that answer to lawful expression."""
    acts = load_acts()
    tone = {each.id: each.tone for each in acts.classes}
    lawful = {act.id for act in acts.acts if tone[act.class_] == "lawful expression"}
    return [clause.id for clause in load_rulebook(book).clauses if clause.act in lawful]


def _agreement(out: Path) -> float:
    """Return the rank correlation of the two personal scores among those whom either has moved; ties share their rank."""
    one, other = PERSONAL
    rows = glasstown.query(
        out,
        f"select a.score, b.score from final a join final b using (kind, id) where kind = 'person' and a.rulebook = '{one}' "
        f"and b.rulebook = '{other}' and (a.n_records > 0 or b.n_records > 0) order by id",
    ).as_json()["rows"]
    if len(rows) < 3:
        return float("nan")
    left, right = (_ranks(np.array([row[side] for row in rows], dtype=np.float64)) for side in (0, 1))
    if left.std() == 0 or right.std() == 0:
        return float("nan")
    return float(np.corrcoef(left, right)[0, 1])


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks: NDArray[np.float64] = (ends - (counts - 1) / 2)[place]
    return ranks


def _page(luck: Sequence[Told], ignorance: Sequence[Told], people: int, months: int) -> str:
    lines = [
        f"# {QUESTION}\n", _answer(luck, ignorance) + "\n", "<!-- Written by docs/experiments/run.py; change that, or schemes.py. -->\n",
        f"`python docs/experiments/run.py {SCHEMES}`\n", f"![{QUESTION}]({SCHEMES}.png)\n",
        f"One town of {people:,} people and {max(people // FIRMS_IN, 150):,} firms, {months} months from July 2019, {len(luck)} seeds, {len(ignorance)} draws. "
        f"{SYNTHETIC_WORDS.capitalize()}.\n",
        "| measure | " + " | ".join(f"`{book}`" for book in BOOKS) + " |", "|---|" + "--:|" * len(BOOKS),
    ]  # fmt: skip
    for name, words in MEASURES.items():
        lines.append(f"| {words} | " + " | ".join(_cell(luck, ignorance, (book, name)) for book in BOOKS) + " |")
    lines += [
        "",
        "In each cell the mean of the seeds, then least to most over seeds (luck) and over draws (ignorance); a dash where nothing was recorded.",
        "",
        f"Rank correlation of the scores of `{PERSONAL[0]}` and `{PERSONAL[1]}` among people of whom either has a record: "
        f"{_cell(luck, ignorance, ('', 'agreement'))}.",
        "",
        *outside_told(_outside(luck, ignorance), replace(NO_DRAWS, counts=({},) * len(ignorance))),
        "",
        _contrasts(luck, ignorance),
        "",
        f"**Beware.** {BEWARE}\n",
    ]
    return "\n".join(lines)


def _outside(luck: Sequence[Told], ignorance: Sequence[Told]) -> list[str]:
    """Return the measures whose mean lies outside what the draws span, each with the schemes of which it does."""
    found = []
    for name, words in MEASURES.items():
        out = [f"`{book}`" for book in BOOKS if is_outside(*_known(luck, ignorance, (book, name)))]
        found += [f"{words} ({', '.join(out)})"] if out else []
    return found + ["rank correlation"] * is_outside(*_known(luck, ignorance, ("", "agreement")))


def _known(luck: Sequence[Told], ignorance: Sequence[Told], key: tuple[str, str]) -> tuple[list[float], list[float]]:
    """Return what seeds and draws came to, where there is a number."""
    seeds, draws = ([told[key] for told in each if not np.isnan(told[key])] for each in (luck, ignorance))
    return seeds, draws


def _answer(luck: Sequence[Told], ignorance: Sequence[Told]) -> str:
    """Return the sentence that answers: of the same conduct, what each scheme records, and whether the two personal scores agree."""
    drawn = f"{counted(len(luck), 'seed')}, then {counted(len(ignorance), 'draw')} from the ranges"
    records = [f"`{book}` {_cell(luck, ignorance, (book, 'records'))}" for book in BOOKS]
    agree = f"the scores of the two that score people correlate by rank at {_cell(luck, ignorance, ('', 'agreement'))}"
    return answer_of("Of the same conduct", [f"{MEASURES['records']}, {', '.join(records)}", f"{agree}, over {drawn}"])


def _contrasts(luck: Sequence[Told], ignorance: Sequence[Told]) -> str:
    """Return which of two schemes of the same subjects records more, moves more and errs more, where nine in ten draws agree."""
    said = []
    for one, other in (BOOKS[:2], BOOKS[2:]):
        for name in ("records", "moved", "wrong", "poor"):
            signs = [
                told[one, name] > told[other, name]
                for told in (*luck, *ignorance)
                if not np.isnan(told[one, name] + told[other, name])
            ]
            share = max(sum(signs), len(signs) - sum(signs)) / max(len(signs), 1)
            more = one if sum(signs) * 2 >= len(signs) else other
            verdict = f"`{more}` has more" if share >= 0.9 else "undetermined"
            if len(signs) * 2 < len(luck) + len(ignorance):
                continue  # one of the two has nothing to compare
            said.append(f"- {one} against {other}, {MEASURES[name]}: {verdict} ({share:.0%} of seeds and draws agree)")
    return "\n".join(said)


def _cell(luck: Sequence[Told], ignorance: Sequence[Told], key: tuple[str, str]) -> str:
    seeds, draws = _known(luck, ignorance, key)
    if not seeds:
        return "–"
    text = f"{np.mean(seeds):,.2f} ({min(seeds):,.2f} to {max(seeds):,.2f}"
    text += f"; {min(draws):,.2f} to {max(draws):,.2f})" if draws else ")"
    return text.replace("-", "−")


def _picture(luck: Sequence[Told], ignorance: Sequence[Told]) -> Chart:
    """Return a panel for each measure of which two schemes have something, with a lane for each scheme that has."""
    lanes_of = {name: _lanes(luck, ignorance, name) for name in MEASURES}
    panels = [
        lanes.panel(each, MEASURES[name], middle=None, unit="")
        for name, each in lanes_of.items()
        if len(each) > 1 and any(end for lane in each for end in lane.ends)
    ]
    told = f"{SYNTHETIC_WORDS.capitalize()}. Dot: the mean of the seeds, thick bar: luck, thin bar: ignorance."
    return lanes.picture("Four schemes, one town, one stream of conduct", [told], panels)


def _lanes(luck: Sequence[Told], ignorance: Sequence[Told], name: str) -> list[lanes.Lane]:
    found = []
    for book in BOOKS:
        seeds, draws = (
            [told[book, name] for told in each if not np.isnan(told[book, name])] for each in (luck, ignorance)
        )
        if seeds:
            ways = (min(draws), max(draws)) if draws else None
            found.append(lanes.Lane(book, float(np.mean(seeds)), (min(seeds), max(seeds)), ways))
    return found
