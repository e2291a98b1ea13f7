"""Four schemes over one town with one stream of conduct: what each records of the same people and firms, and whether they agree."""

# ruff: noqa: E501
from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from told import answer_of, is_outside, outside_told, thin_words

import glasstown
from glasstown.language.act_numbers import split_acts
from glasstown.language.load import load_acts, load_parameters, load_rulebook
from glasstown.render import lanes
from glasstown.render.charts import Chart
from glasstown.studies.members import Way, ways_for
from glasstown.studies.pairs import MEMBERS, NO_DRAWS, PRIOR, requested
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
    "How much of what is found out each writes down is fitted for Suining and assumed for the others; draws go through its whole range, "
    "and are not held against anything published. Under members and draws, shares of acts within their class stay as they ship."
)

Told = dict[tuple[str, str], float]
Widths = Sequence[Sequence[Told]]
"""what was told with each seed, then under each way in which things may be: of members of the ensemble, where it fits, and of draws"""


def write_schemes(folder: Path, *, people: int, months: int, seeds: int, draws: int) -> None:
    """Live the town for each seed and under each way in which things may be, and write page and picture."""
    request = requested(",".join(BOOKS), {"people": people, "months": months, "start": "2019-07"})
    found = ways_for([replace(request, settings=SET)], draws)
    kinds = [[Way({}, seed) for seed in range(1, seeds + 1)], [] if isinstance(found, str) else found]
    kinds.append([Way(way, 1) for way in draws_of(load_parameters(), draws, seed=1)])
    widths = []
    with tempfile.TemporaryDirectory() as name:
        for number, ways in enumerate(kinds):
            outs = [Path(name) / f"{number}-{n}" for n, _ in enumerate(ways)]
            widths.append([_lived(out, people, months, way) for out, way in zip(outs, ways, strict=True)])
    said = (
        f"{found}. {PRIOR}"
        if isinstance(found, str)
        else f"{MEMBERS} {PRIOR.replace('The draws are', 'Beside them stand draws')}"
    )
    _picture(widths).save(str(folder / f"{SCHEMES}.png"), scale_factor=1.5)
    (folder / f"{SCHEMES}.md").write_text(_page(widths, said, people, months), encoding="utf-8")


def _lived(out: Path, people: int, months: int, way: Way) -> Told:
    """Live one town under all four and return every measure by scheme, and how far the two personal ones agree."""
    glasstown.run(
        ",".join(BOOKS),
        people=people,
        firms=max(people // FIRMS_IN, 150),
        months=months,
        seed=way.seed,
        start="2019-07",
        set={**split_acts(way.settings)[1], **SET},
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


def _page(widths: Widths, said: str, people: int, months: int) -> str:
    lines = [
        f"# {QUESTION}\n", _answer(widths) + "\n", "<!-- Written by docs/experiments/run.py; change that, or schemes.py. -->\n",
        f"`python docs/experiments/run.py {SCHEMES}`\n", f"![{QUESTION}]({SCHEMES}.png)\n",
        f"One town of {people:,} people and {max(people // FIRMS_IN, 150):,} firms, {months} months from July 2019, {', '.join(_ways(widths))}. "
        f"{SYNTHETIC_WORDS.capitalize()}.\n",
        "| measure | " + " | ".join(f"`{book}`" for book in BOOKS) + " |", "|---|" + "--:|" * len(BOOKS),
    ]  # fmt: skip
    for name, words in MEASURES.items():
        lines.append(f"| {words} | " + " | ".join(_cell(widths, (book, name)) for book in BOOKS) + " |")
    lines += [
        "",
        f"In each cell the mean of the seeds, then least to most over {', over '.join(_ways(widths))} (luck, then ignorance); a dash where nothing was recorded.",
        "",
        said,
        "",
        f"Rank correlation of the scores of `{PERSONAL[0]}` and `{PERSONAL[1]}` among people of whom either has a record: "
        f"{_cell(widths, ('', 'agreement'))}.",
        "",
        *outside_told(
            _outside(widths), replace(NO_DRAWS, counts=({},) * len(_open(widths)), is_ensemble=bool(widths[1]))
        ),
        "",
        _contrasts(widths[0], _open(widths)),
        "",
        f"**Beware.** {BEWARE}\n",
    ]
    return "\n".join(lines)


def _open(widths: Widths) -> Sequence[Told]:
    """Return what members of the ensemble tell, or draws where there is none."""
    return widths[1] or widths[2]


def _outside(widths: Widths) -> list[str]:
    """Return the measures whose mean lies outside what the ways taken span, each with the schemes of which it does."""
    both, found = (widths[0], _open(widths)), []
    for name, words in MEASURES.items():
        out = [f"`{book}`" for book in BOOKS if is_outside(*_known(both, (book, name)))]
        found += [f"{words} ({', '.join(out)})"] if out else []
    return found + ["rank correlation"] * is_outside(*_known(both, ("", "agreement")))


def _ways(widths: Widths) -> list[str]:
    """Return how many seeds, members and draws there are, in words; none of what there is none."""
    seeds, members, draws = (len(each) for each in widths)
    found = [counted(seeds, "seed")]
    found += [counted(members, "member of the ensemble", "members of the ensemble")] if members else []
    return [*found, *([f"{counted(draws, 'draw')} from the ranges"] if draws else [])]


def _answer(widths: Widths) -> str:
    """Return the sentence that answers: of the same conduct, what each scheme records, and whether the two personal scores agree."""
    records = [f"`{book}` {_cell(widths, (book, 'records'))}" for book in BOOKS]
    agree = f"the scores of the two that score people correlate by rank at {_cell(widths, ('', 'agreement'))}"
    over = ", then ".join(_ways(widths))
    return answer_of("Of the same conduct", [f"{MEASURES['records']}, {', '.join(records)}", f"{agree}, over {over}"])


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


def _known(widths: Widths, key: tuple[str, str]) -> list[list[float]]:
    """Return what each seed, member and draw tells of one measure, where it tells anything."""
    return [[told[key] for told in each if not np.isnan(told[key])] for each in widths]


def _cell(widths: Widths, key: tuple[str, str]) -> str:
    known = _known(widths, key)
    if not known[0]:
        return "–"
    spans = "; ".join(f"{min(values):,.2f} to {max(values):,.2f}" for values in known if values)
    return f"{np.mean(known[0]):,.2f} ({spans})".replace("-", "−")


def _picture(widths: Widths) -> Chart:
    """Return a panel for each measure of which two schemes have something, with a lane for each scheme that has."""
    lanes_of = {name: _lanes(widths, name) for name in MEASURES}
    panels = [
        lanes.panel(each, MEASURES[name], middle=None, unit="")
        for name, each in lanes_of.items()
        if len(each) > 1 and any(end for lane in each for end in lane.ends)
    ]
    thin = thin_words(is_ensemble=bool(widths[1]))
    told = f"{SYNTHETIC_WORDS.capitalize()}. Dot: the mean of the seeds, thick bar: luck, thin bar: {thin}."
    return lanes.picture("Four schemes, one town, one stream of conduct", [told], panels)


def _lanes(widths: Widths, name: str) -> list[lanes.Lane]:
    found = []
    for book in BOOKS:
        seeds, members, draws = _known(widths, (book, name))
        if seeds:
            luck, ways, before = ((min(each), max(each)) if each else None for each in (seeds, members or draws, draws))
            assert luck is not None
            found.append(lanes.Lane(book, float(np.mean(seeds)), luck, ways, before if members else None))
    return found
