"""Who is hit under the lists and the score of 2019: what befell people by income, age, sex, place, registration and work."""

# ruff: noqa: E501
from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import fmean

from told import answer_of, is_outside, outside_told, ways_told, ways_words

import glasstown
from glasstown.language.act_numbers import split_acts
from glasstown.language.load import load_rulebook
from glasstown.outcomes.by_trait import AGES
from glasstown.outcomes.finding import Fitting, find
from glasstown.render import lanes
from glasstown.render.charts import Chart
from glasstown.runs.request import manifest_of
from glasstown.storage.folder import RunFolder
from glasstown.studies.pairs import Drawn, drawn_pairs, requested
from glasstown.types import SYNTHETIC_WORDS
from glasstown.wording import counted

HIT = "hit"
PRESET = "cn-2019"
SET = {"rongcheng-2019/in_force/until": "unknown"}
QUESTION = "Who is hit by the lists and the score of 2019?"
MEASURES = {
    "listings": "entries on black lists",
    "wrongful": "entries that nothing but wrong records brought about",
    "months": "person-months on black lists, each list counted",
    "refusals": "requests refused, tickets among them",
    "wrong": "wrong records",
}
TRAITS = {
    "group": "income fifth",
    "age": "age",
    "sex": "sex",
    "town": "place",
    "registration": "registration",
    "work": "work",
}
ALL = ("all", "everybody")
BEWARE = (
    "Who owes is drawn from what is published of debts by income, and ages and sexes load on acts and debts where the record says so; place and registration have no "
    "effect of their own: differences by them come from incomes, work and debts. Counted are those who live in the town at the end, since they came, by the age and "
    "the work of the last day. Under draws, shares of acts within their class stay as they ship."
)
EACH = 1000
Told = dict[tuple[str, str], dict[str, float]]
"""By trait and value: people, and each measure for 1,000 of them; a measure of nobody is no key."""


def write_hit(folder: Path, *, people: int, months: int, seeds: int, draws: int) -> None:
    """Live the town for each seed and under each way in which things may be, and write page and picture."""
    request = replace(requested(PRESET, {"people": people, "months": months}), settings=SET)
    drawn = drawn_pairs([request], draws)
    ways: list[tuple[int, Mapping[str, str]]] = [(seed, {}) for seed in range(1, seeds + 1)]
    ways += [(way.seed, split_acts(way.settings)[1]) for way in drawn.ways]
    black = {
        (each.reference, rule.id)
        for each in manifest_of(request)[0].rulebooks
        for rule in load_rulebook(each.id).lists
        if rule.colour == "black"
    }
    with tempfile.TemporaryDirectory() as name:
        told = [
            _lived(Path(name) / f"{n}", people, months, seed, {**way, **SET}, black)
            for n, (seed, way) in enumerate(ways)
        ]
    luck, ignorance = told[:seeds], told[seeds:]
    _picture(luck, ignorance).save(str(folder / f"{HIT}.png"), scale_factor=1.5)
    (folder / f"{HIT}.md").write_text(_page(luck, ignorance, drawn, people, months), encoding="utf-8")


def _lived(
    out: Path, people: int, months: int, seed: int, sets: Mapping[str, str], black: set[tuple[str, str]]
) -> Told:
    """Live one town and return what befell those of each trait's value, for each 1,000 of them."""
    glasstown.run(PRESET, people=people, months=months, seed=seed, set=dict(sets), out=out)
    final = RunFolder.open(out).final_rows().select(["kind", "id", "registration"]).to_pylist()
    registered = {row["id"]: row["registration"] for row in final if row["kind"] == "person"}
    sums: dict[tuple[str, str], dict[str, float]] = {}
    first = _month(RunFolder.open(out).manifest.start)
    for each in find(out, {}, most=people).fitting:
        counts = _counts(each, black, (first, first + months))
        for place in (ALL, *_places(each, registered)):
            booked = sums.setdefault(place, dict.fromkeys(("people", *MEASURES), 0.0))
            for name, value in counts.items():
                booked[name] += value
    return {place: _rates(booked) for place, booked in sums.items()}


def _rates(booked: Mapping[str, float]) -> dict[str, float]:
    return {name: value if name == "people" else EACH * value / booked["people"] for name, value in booked.items()}


def _places(each: Fitting, registered: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """Yield the value of every trait of a person."""
    who = {**each.who, "registration": registered[each.number]}
    who["age"] = next(f"{low} to {high}" for low, high in AGES if low <= each.who["age"] <= high)
    for trait in TRAITS:
        yield trait, str(who[trait])


def _counts(each: Fitting, black: set[tuple[str, str]], span: tuple[int, int]) -> dict[str, float]:
    """Return what befell one person; `span` are the first month and the month after the last, counted from year 0."""
    listings = [one for one in each.befell.listings if (one.rulebook, one.list) in black]
    came = [one for one in listings if _month(one.since) >= span[0]]
    return {
        "people": 1,
        "listings": len(came),
        "wrongful": sum(one.was_wrong for one in came),
        "months": sum(
            (span[1] if one.until is None else _month(one.until)) - max(_month(one.since), span[0]) for one in listings
        ),
        "refusals": sum(each.befell.refused.values()),
        "wrong": sum(each.befell.wrong.values()),
    }


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _keys(told: Sequence[Told]) -> list[tuple[str, str]]:
    """Return every trait's values that all seeds have, in the order of the traits."""
    shared = set.intersection(*(set(each) for each in told))
    return [ALL, *((trait, value) for trait in TRAITS for of, value in sorted(shared - {ALL}) if of == trait)]


def _ratios(told: Sequence[Told], key: tuple[str, str], name: str) -> list[float]:
    """Return a rate over that of everybody, of each town in which anything of it happened."""
    return [each[key][name] / each[ALL][name] for each in told if key in each and each[ALL][name]]


def answer(luck: Sequence[Told], ignorance: Sequence[Told], drawn: Drawn) -> str:
    """Return the sentence that answers: of each measure, those whom it hits hardest."""
    parts = []
    for name in ("listings", "wrongful", "refusals"):
        means = {key: fmean(found) for key in _keys(luck)[1:] if (found := _ratios(luck, key, name))}
        if not means:
            continue
        key = max(means, key=lambda each: means[each])
        widths = [f"{_width(_ratios(luck, key, name))} over {counted(len(luck), 'seed')}"]
        if draws := _ratios(ignorance, key, name):
            widths.append(f"{_width(draws)} over {ways_words(drawn, len(draws))}")
        parts.append(
            f"{MEASURES[name]} hit {_told(key)} most, {means[key]:.1f} times as often as everybody ({', '.join(widths)})"
        )
    return answer_of("A head, over the whole run", parts)


def _told(key: tuple[str, str]) -> str:
    trait, value = key
    return value if key == ALL else f"people whose {TRAITS[trait]} is {value.removeprefix('fifth-')}"


def _width(values: Sequence[float]) -> str:
    return f"{min(values):,.1f} to {max(values):,.1f}"


def _page(luck: Sequence[Told], ignorance: Sequence[Told], drawn: Drawn, people: int, months: int) -> str:
    lines = [
        f"# {QUESTION}\n", answer(luck, ignorance, drawn) + "\n", "<!-- Written by docs/experiments/run.py; change that, or hit.py. -->\n",
        f"`python docs/experiments/run.py {HIT}`\n", f"![{QUESTION}]({HIT}.png)\n",
        f"`{PRESET}` over {people:,} people, {counted(months, 'month')}, {counted(len(luck), 'seed')}. {SYNTHETIC_WORDS.capitalize()}.",
        "In each cell what befell 1,000 people over the whole run, the mean of the seeds, then least to most over seeds (luck) and over "
        + f"{ways_words(drawn, len(ignorance))} (ignorance); then how many times the rate of everybody that mean is.\n",
    ]  # fmt: skip
    for trait in ("all", *TRAITS):
        keys = [key for key in _keys(luck) if key[0] == trait]
        lines += [
            f"| {TRAITS.get(trait, 'everybody')} | people | " + " | ".join(MEASURES.values()) + " |",
            "|---|--:|" + "--:|" * len(MEASURES),
        ]
        for key in keys:
            people_of = fmean(each[key]["people"] for each in luck)
            cells = [_cell(luck, ignorance, key, name) for name in MEASURES]
            lines.append(f"| {key[1].removeprefix('fifth-')} | {people_of:,.0f} | " + " | ".join(cells) + " |")
        lines.append("")
    lines += [*outside_told(_outside(luck, ignorance), drawn), *ways_told(drawn), "", f"**Beware.** {BEWARE}\n"]
    return "\n".join(lines)


def _outside(luck: Sequence[Told], ignorance: Sequence[Told]) -> list[str]:
    """Return the cells whose mean lies outside what the ways taken span."""
    return [
        f"{words} of {_told(key)}"
        for key in _keys(luck)
        for name, words in MEASURES.items()
        if is_outside([each[key][name] for each in luck], [each[key][name] for each in ignorance if key in each])
    ]


def _cell(luck: Sequence[Told], ignorance: Sequence[Told], key: tuple[str, str], name: str) -> str:
    seeds = [each[key][name] for each in luck]
    draws = [each[key][name] for each in ignorance if key in each]
    text = f"{fmean(seeds):,.1f} ({_width(seeds)}" + (f"; {_width(draws)})" if draws else ")")
    ratios = _ratios(luck, key, name)
    return text if key == ALL or not ratios else f"{text}, × {fmean(ratios):.1f}"


def _picture(luck: Sequence[Told], ignorance: Sequence[Told]) -> Chart:
    """Return a panel for each measure: how many times the rate of everybody each group's is, with both widths."""
    shown = [name for name in MEASURES if all(each[ALL][name] for each in luck)]
    panels = [
        lanes.panel([_lane(luck, ignorance, key, name) for key in _keys(luck)[1:]], MEASURES[name], middle=1.0, unit="times everybody")
        for name in shown
    ]  # fmt: skip
    told = (
        f"{SYNTHETIC_WORDS.capitalize()}. Times the rate of everybody; dot: the mean of the seeds, thick bar: luck, "
        "thin bar: ignorance."
    )
    return lanes.picture(QUESTION, [told], panels)


def _lane(luck: Sequence[Told], ignorance: Sequence[Told], key: tuple[str, str], name: str) -> lanes.Lane:
    trait, value = key
    seeds, draws = _ratios(luck, key, name), _ratios(ignorance, key, name)
    ways = (min(draws), max(draws)) if draws else None
    return lanes.Lane(f"{TRAITS[trait]}: {value.removeprefix('fifth-')}", fmean(seeds), (min(seeds), max(seeds)), ways)
