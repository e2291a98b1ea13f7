"""Shipped rulebooks with something changed: odd values, parts of other rulebooks laid in, numbers and days at their ends.

What comes of each is one of three: it is refused with faults, it is noted that no town can live under it, or both readings
live under it.  Anything else, an exception above all, is a fault of Glasstown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Literal, TypeAlias

from agreement.choices import N_BYTES, Choices
from agreement.lives import STARTS, life_under
from glasstown.compiler import compile_rulebook
from glasstown.compiler.limits import LAST_YEAR, limits_of
from glasstown.engine.agreeing import must_agree
from glasstown.engine.one_life import live_in_engine
from glasstown.engine.one_life_entries import UntoldError
from glasstown.interpreter.life import live
from glasstown.language.acts import ActCatalogue
from glasstown.language.check import check_rulebook
from glasstown.language.load import load_acts, locate, shipped
from glasstown.language.model import Rulebook
from glasstown.language.shape import build
from glasstown.language.texts import Text, read_text
from glasstown.language.tree import Document
from glasstown.language.variants import apply_variant
from glasstown.runs.plan import make_plan, make_town
from glasstown.runs.request import Inputs, RunRequest, manifest_of, start_of
from glasstown.storage import Manifest

GOOD = Path(__file__).parents[1] / "rulebooks" / "good"
Keys: TypeAlias = tuple[Any, ...]
Outcome: TypeAlias = Literal["refused", "noted", "lived"]

NUMBERS: tuple[Any, ...] = (
    0, 1, -1, 2, 31, 63, 64, 127, 128, 1000, 8191, 8192, 32767, 32768, 65535, 65536, 2**30, 2**30 + 1,
    2**31 - 1, -(2**31), 2**31,
    2**32, 2**40, 10**15 - 1, 10**15, 2**63 - 1, 2**63, 2**64, 10**28, 10**29, 10**40, Decimal("0.5"),
    Decimal("0.1"), Decimal("1e-15"),
    Decimal("1e-28"), Decimal("1e28"), Decimal("1e29"), Decimal("-0"), Decimal("1.000000000000001"),
    Decimal("0.333333333333333"),
)  # fmt: skip
DAYS = (
    date.min, date(1, 1, 2), date(2, 1, 1), date(1600, 2, 29), date(2019, 12, 31), date(2020, 2, 29), date(2024, 2, 29),
    date(9909, 12, 31), date(9910, 1, 1), date(9999, 12, 1), date(9999, 12, 30), date.max,
)  # fmt: skip
WORDS: tuple[Any, ...] = (
    None, True, False, "", "unknown", "top", "lowest", "quota", "none", "as-list", "cycle-end", "state-ends",
    "02-29", "12-31",
    "13-01", "99-99", "00-00", "life", "year", "inf", "nan", "1e400", "-5", "0x10", [], {}, ["unknown"],
    {"days": 0}, {"days": 1},
    {"months": 1200}, {"years": 100}, {"working_days": 3}, {"days": 10**15}, {"least": -5, "most": -1},
    {"least": 1, "most": 5},
    {"least": "unknown", "most": -1}, {"each": -1, "per": 1, "of": "hour"},
    {"each": -1, "per": 10**15, "of": "yuan", "remainder": "carry"},
)  # fmt: skip
_YEAR = {"from": date(2020, 1, 1), "until": date(2021, 1, 1)}
SHAPES: dict[str, tuple[dict[str, Any], ...]] = {
    "clauses": (
        {"starts_after": {"days": 3}}, {"counts_from": "act"}, {"repeats": {"every": "month"}},
        {"status": True}, {"carries_over": True},
        {"amount": {"from": 2, "below": 5, "of": "hour"}}, {"points": {"least": -9, "most": -1}},
        {"points": {"least": 1, "most": 9}},
        {"points": {"each": -1, "per": 1, "of": "hour"}}, {"points": {"each": 1, "per": 1, "of": "hour"}},
        {"lapse": {"after": {"months": 6}}},
        {"points": {"dated": [{"until": date(2020, 1, 1), "value": -3}, {"from": date(2020, 1, 1), "value": "unknown"}]}},
        {"lock": {"at_most": 5, "until": {"months": 3}}}, {"lock": {"freezes": "all", "until": "state-ends"}},
        {"points": "unknown"},
        {"lock": {"freezes": "rewards", "until": "cycle-end"}}, {"caps": [{"times": 2, "per": "year"}]},
        {"requires": {"clean": {"months": 6}}},
        {"caps": [{"points": 5, "per": {"days": 30}, "of": "any"}]}, {"in_force": {"from": date(2020, 3, 1)}},
        {"fine": {"least": 5, "most": 50}},
        {"proof": [{"kind": "photo", "at_least": 2}]}, {"applies_to": {"kind": "household"}},
        {"applies_to": {"kind": "firm"}},
    ),
    "lists": (
        {"grace": {"least": 1, "most": 6}}, {"decided_within": {"working_days": 5}},
        {"leaves": {"after": {"years": 2}}}, {"leaves": {}},
        {"entry": {"score_at_most": 50}},
        {"entry": {"score_at_least": 50, "once": True}, "leaves": {"after": {"months": 6}}},
        {"entry": {"score_at_most": 90}, "leaves": {"when_condition_ends": True}},
        {"entry": {"score_at_most": 90, "assessed": ["12-31"]}, "leaves": {}},
        {"entry": {"household_average_above": 90, "assessed": ["06-30", "12-31"]}, "leaves": {}},
    ),
    "": (
        {"same_day": "as-recorded"}, {"consent": {}}, {"balance": {"unit": "coin"}}, {"proof": [{"kind": "notice"}]},
        {"campaigns": [{"id": "k0", "in_force": _YEAR, "times": 2, "clauses": ["*"]}]},
        {"campaigns": [{"id": "k0", "in_force": _YEAR, "times": Decimal("0.333333333333333"), "clauses": ["*", "*"]}]},
        {"ladders": [{"id": "l0", "steps": ["*", "*"], "window": {"months": 12}}]},
        {"ladders": [{"id": "l0", "steps": ["*", "*", "*"], "window": {"days": 30}}]},
        {"working_days": {"weekend": ["Sat", "Sun"]}},
        {"procedures": [{"id": "repair"}, {"id": "apply"}, {"id": "pass-test", "resets_score": True}, {"id": "perform"}]},
    ),
    "score": (
        {"cycle": {"starts": ["01-01", "07-01"]}}, {"cycle": {"starts": ["02-29"]}},
        {"beyond_bounds": "latent"}, {"kept": False},
        {"black_box": {"label": "a model"}}, {"caps": [{"points": 20, "per": "month"}]},
    ),
}  # fmt: skip
"""Shapes to lay into a part of a rulebook: keys with their values; `*` stands for one of its clauses."""


@cache
def texts() -> tuple[Text, ...]:
    """Return the shipped rulebooks and the tests' own good ones, as read."""
    own = sorted(str(folder) for folder in GOOD.iterdir() if folder.is_dir())
    return tuple(read_text(*locate(name)) for name in (*shipped(), *own))


@cache
def fragments() -> dict[tuple[str, str], list[Any]]:
    """Return every value of every rulebook by the part that it stands in and its key."""
    found: defaultdict[tuple[str, str], list[Any]] = defaultdict(list)
    for text in texts():
        for path in paths_in(text.document.data):
            if isinstance(path[-1], str):
                found[part_of(path), path[-1]].append(at(text.document.data, path))
    return dict(found)


def paths_in(value: Any, path: Keys = ()) -> Iterator[Keys]:
    """Yield the path of every value inside a document, outer ones first."""
    if path:
        yield path
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield from paths_in(value[key], (*path, key))


def part_of(path: Keys) -> str:
    """Return what a value stands in: the nearest named part above it."""
    return next((str(key) for key in reversed(path[:-1]) if isinstance(key, str)), "")


def at(data: Any, path: Keys) -> Any:
    """Return what stands at a path."""
    for key in path:
        data = data[key]
    return data


def mutated(random: Random) -> tuple[Rulebook, Document]:
    """Return a rulebook of the corpus, and its document with one to three changes."""
    text = random.choice(texts())
    document = replace(text.document, data=deepcopy(text.document.data), faults=[], unresolved=set())
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        random.choice((change_value, change_value, lay_in, lay_shape))(random, document.data)
    return text.book, document


TEXTS = {
    "cite",
    "label",
    "label_zh",
    "note",
    "text",
    "title",
    "observations",
    "open_questions",
    "sections",
    "place",
    "sources",
}
"""keys whose values decide nothing; seldom changed"""


def change_value(random: Random, data: Any) -> None:
    """Put something odd in the place of one value, or take it out; numbers and days mostly become numbers and days."""
    every = list(paths_in(data))
    telling = [path for path in every if not TEXTS.intersection(path)] or every
    exact = [path for path in telling if isinstance(at(data, path), int | Decimal | date)] or telling
    path = random.choice(random.choice((exact, exact, telling, every)))
    above = at(data, path[:-1])
    old = above[path[-1]]
    if isinstance(above, dict) and random.random() < 0.1:
        del above[path[-1]]
    elif isinstance(old, date):
        above[path[-1]] = random.choice((*DAYS, "unknown", None))
    elif isinstance(old, int | Decimal) and random.random() < 0.8:
        above[path[-1]] = random.choice((*NUMBERS, -old, old + 1, old * 1000))
    elif random.random() < 0.3:
        above[path[-1]] = random.choice(NUMBERS)
    else:
        above[path[-1]] = deepcopy(random.choice(WORDS))


def lay_in(random: Random, data: Any) -> None:
    """Lay a value of another rulebook into a part of this one, its names those of this one where that can be."""
    path = random.choice([path for path in paths_in(data) if isinstance(path[-1], str)])
    part = part_of(path)
    key = random.choice([key for where, key in fragments() if where == part] or [path[-1]])
    above = at(data, path[:-1])
    if isinstance(above, dict):
        above[key] = at_home(random, data, deepcopy(random.choice(fragments().get((part, key), [None]))))


def lay_shape(random: Random, data: Any) -> None:
    """Lay one of the shapes into a part."""
    part = random.choice(list(SHAPES))
    shape = deepcopy(random.choice(SHAPES[part]))
    into = data if not part else data.get(part)
    if isinstance(into, list):
        into = random.choice(into) if into else None
    if isinstance(into, dict):
        into.update(at_home(random, data, shape))


NAMES = {"list": "lists", "grade": "grades", "clause": "clauses", "group": "groups"}


def at_home(random: Random, data: Any, value: Any) -> Any:
    """Return a value with names of this rulebook in it, and with labels and citations where parts need them."""
    if isinstance(value, list):
        return [at_home(random, data, each) for each in value]
    if value == "*":
        return random.choice([each["id"] for each in items(data, "clauses") if "id" in each] or ["x"])
    if not isinstance(value, dict):
        return value
    value = {key: at_home(random, data, each) for key, each in value.items()}
    for key, name in NAMES.items():
        ids = [each["id"] for each in items(data, name) if "id" in each]
        if isinstance(value.get(key), str) and ids and value[key] not in ids:
            value[key] = random.choice(ids)
    cites = [each["cite"] for each in items(data, "clauses") if isinstance(each.get("cite"), dict)]
    if cites and (value.keys() & {"id", "starts", "least", "weekend", "unit", "source", "label"} or not value):
        value = random.choice(cites) if "source" in value else {"cite": random.choice(cites), **value}
    return {"label": "x", **value} if "id" in value or "inputs" in value else value


def items(data: Any, part: str) -> list[dict[str, Any]]:
    """Return the items of a part of a rulebook, as far as they still are what they should be."""
    found = data.get(part)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


acts = cache(load_acts)


def outcome(random: Random, beneath: Rulebook, document: Document, *, in_town: bool) -> Outcome:
    """Return what comes of a changed rulebook; whatever it raises is a fault of Glasstown."""
    book, faults = build(Rulebook, document)
    assert (book is None) == bool(faults)
    assert all(fault.found and fault.expected and fault.way_out for fault in faults)
    if book is None:
        return "refused"
    book = book.model_copy(update={"sources": beneath.sources})
    faults = check_rulebook(book, acts(), document)
    for position in range(len(book.variants)):
        changed, wrong = apply_variant(document, position)
        faults += wrong or build(Rulebook, changed)[1]
    if faults:
        return "refused"
    return lived(random, book, acts(), in_town=in_town)


def lived(random: Random, book: Rulebook, catalogue: ActCatalogue, *, in_town: bool) -> Outcome:
    """Let both readings live random lives under a sound rulebook, and return what came of it."""
    limits = limits_of(book, catalogue)
    compiled = None if limits else compile_rulebook(book, catalogue)
    begins = book.in_force.from_
    starts = (*STARTS, begins) if 2 < begins.year < LAST_YEAR else STARTS
    if not book.clauses:
        return "noted" if limits else "lived"
    for _ in range(2):
        life = life_under(Choices(random.randbytes(N_BYTES)), book, catalogue, starts)
        told = live(book, catalogue, life)
        if compiled is not None:
            try:
                by_engine = live_in_engine(compiled, catalogue, life)
            except UntoldError:
                continue
            must_agree(by_engine, told, compiled)
    if compiled is not None and in_town:
        lives_in_town(book, random.getrandbits(64))
    return "noted" if limits else "lived"


@cache
def _asked() -> tuple[RunRequest, Manifest, Inputs]:
    request = RunRequest("suining-2010", people=60, firms=20, months=3)
    return request, *manifest_of(request)


def lives_in_town(book: Rulebook, seed: int) -> None:
    """Let a town of sixty people and twenty firms live three months under a rulebook that has no limit."""
    request, manifest, inputs = _asked()
    start = start_of(request, (book,))
    settings = {"start": start, "seed": seed}
    plan = make_plan(manifest.model_copy(update=settings), replace(inputs, names=("x",), books=(book,)))
    town = make_town(plan, threads=1, shards_per_thread=1)
    for _ in range(request.months):
        town.advance()
    town.close()
