"""Random whole rulebooks: every shape of the language that the engine runs, several of them at once.

A book is drawn around a focus, a handful of shapes that it is about, so that two given shapes meet often; numbers are
small and bounds near, so that a few records reach caps, bounds and thresholds.  Lengths of time come from a short
list of the book's own, so that windows, lapses and terms end on the same days.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from agreement.choices import Choices
from agreement.conduct import catalogue, lineage, tops
from glasstown.compiler.limits import limits_of
from glasstown.language.check import check_rulebook
from glasstown.language.model import Rulebook
from golden.harness import book_from

FOCUS = (
    "range", "rate", "unknown", "no-points", "fine", "clause-caps", "group-caps", "score-caps", "starts", "from-act",
    "lapse", "repeats", "ladder", "override", "apply", "while", "assessed", "household", "held", "clean", "exception",
    "lineage", "bounds", "latent", "procedure", "reset", "grades",
    "working", "law", "dated", "one-sided", "campaigns", "wait", "term", "not-before", "removal", "black-box",
    "lock", "cycle", "carry", "parts", "quota", "consent", "balance", "amount", "status", "until", "own-days", "public",
    "proof", "unless", "reached", "once", "scheme", "as-recorded", "rectified", "published",
)  # fmt: skip
SPANS: tuple[dict[str, int], ...] = (
    {"days": 1}, {"days": 2}, {"days": 7}, {"days": 10}, {"days": 28}, {"days": 30}, {"days": 31}, {"days": 60},
    {"months": 1}, {"months": 2}, {"months": 3}, {"months": 6}, {"months": 12}, {"years": 1}, {"days": 365},
    {"days": 366}, {"years": 2},
)  # fmt: skip
PERIODS = ("day", "week", "month", "year", "life", "rolling", "rolling")
HOLDS = ("no_better", "exactly", "no_worse")
PROOFS = ("photo", "notice")
CIRCUMSTANCES = ("child", "duress")
PROCEDURES = ("pass-test", "repair", "apply", "perform")

Parts = dict[str, Any]


@dataclass(frozen=True)
class Ground:
    """What the parts of one book share.  `base` is in quanta; `spans` are the book's own lengths of time."""

    draw: Choices
    focus: frozenset[str]
    quantum: Decimal
    base: int
    spans: tuple[dict[str, int], ...]
    grades: tuple[str, ...]
    lists: tuple[Parts, ...]
    procedures: tuple[str, ...]
    holds: str
    """how most overrides of the book hold, so that several of one kind meet"""

    def one_of(self, *values: Any) -> Any:
        """Draw one of these values."""
        return self.draw.one_of(values)

    def has(self, shape: str) -> bool:
        """Return whether a part has a shape: never outside the focus, mostly inside it."""
        return shape in self.focus and self.draw.integer(0, 3) > 0

    def points(self, quanta: int) -> Decimal:
        """Return quanta as points."""
        return quanta * self.quantum

    def span(self) -> dict[str, int]:
        """Draw one of the book's lengths of time."""
        return dict(self.one_of(*self.spans))

    def maybe_unknown(self, value: Any) -> Any:
        """Return the value, now and then 'unknown'."""
        return value if self.draw.integer(0, 7) else "unknown"


def rulebook(draw: Choices, about: str | None = None) -> Rulebook:
    """Draw a rulebook that the checks and the engine accept, of any shapes or of those that are named, and of no others."""
    focus = frozenset(draw.some(FOCUS, 10, 28) if about is None else about.split())
    assert focus <= frozenset(FOCUS), focus
    book = book_from("random", _book(draw, focus))
    faults = [*check_rulebook(book, catalogue()), *limits_of(book, catalogue())]
    assert faults == [], [str(fault) for fault in faults]
    return book


def _book(draw: Choices, focus: frozenset[str]) -> Parts:
    quantum = draw.one_of((Decimal(1), Decimal("0.5"), Decimal("0.1")))
    base = draw.one_of((100, 0, 20))
    spans = tuple(SPANS[n] for n in draw.some(range(len(SPANS)), 1, 3))
    if "working" in focus:
        spans = (*spans, {"working_days": draw.one_of((1, 2, 3, 5, 15, 20))})
    holds = draw.one_of(HOLDS)
    blank = Ground(draw, focus, quantum, base, spans, (), (), (), holds)
    grades = _grades(blank) if focus & {"grades", "override", "apply", "quota", "consent", "published"} else []
    subject_grades = tuple(grade["id"] for grade in grades if grade.get("of") != "household")
    named = {
        "pass-test": focus & {"procedure", "reset"},
        "repair": focus & {"procedure", "carry", "rectified"},
        "perform": focus & {"not-before", "removal"},
        "apply": focus & {"apply"},
    }
    procedures = tuple(name for name in PROCEDURES if named[name])
    known = replace(blank, grades=subject_grades, procedures=procedures)
    lists = tuple(_list(known, number, kind) for number, kind in enumerate(_list_kinds(known)))
    ground = replace(known, lists=lists)
    clauses, ladders = _catalogue(ground)
    _mend_entries(clauses, ladders, lists)
    groups = [{"id": "g0", "caps": _caps(ground, None)}] if any("group" in clause for clause in clauses) else []
    return {
        "score": _score(ground),
        "grades": grades,
        "groups": groups,
        "clauses": clauses,
        "ladders": ladders,
        "lists": list(lists),
        "measures": _measures(ground, clauses),
        "procedures": [_procedure(ground, name) for name in procedures],
        **({"working_days": _working_days(draw)} if "working" in focus else {}),
        **({"campaigns": _campaigns(ground, clauses)} if "campaigns" in focus else {}),
        **({"consent": {}} if "consent" in focus else {}),
        **({"balance": {"unit": "coin"}} if "balance" in focus else {}),
        **({"same_day": "as-recorded"} if ground.has("as-recorded") else {}),
        **({"in_force": _scheme(ground)} if ground.has("scheme") else {}),
        **({"proof": [_proof(ground)]} if ground.has("proof") else {}),
        **({"grades_published": _grades_published(ground)} if "published" in focus else {}),
        **({"publicity": _publicity(ground, clauses)} if "public" in focus else {}),
    }


def _mend_entries(clauses: list[Parts], ladders: list[Parts], lists: tuple[Parts, ...]) -> None:
    """Take back months that an official states where the engine has no room for them: ranges, rates, ladders' steps."""
    with_grace = {rule["id"] for rule in lists if "grace" in rule}
    steps = {step for ladder in ladders for step in ladder["steps"]}
    for clause in clauses:
        points = clause.get("points")
        is_full = isinstance(points, dict) and "dated" not in points
        if "enters" in clause and (is_full or clause["id"] in steps):
            clause["enters"].pop("extension", None)
            if clause["enters"]["list"] in with_grace:
                del clause["enters"]


def _working_days(draw: Choices) -> Parts:
    """Draw a weekend and some holidays about the days on which lives begin."""
    holidays = draw.some(("2019-12-31", "2020-01-01", "2020-01-02", "2020-02-28", "2021-03-01", "2024-02-29"), 0, 3)
    return {
        "weekend": draw.one_of((["Sat", "Sun"], ["Sun"], ["Fri", "Sat"])),
        "holidays": [date.fromisoformat(day) for day in holidays],
    }


def _scheme(ground: Ground) -> Parts:
    """Draw the days of the whole scheme, of which a life mostly sees the end or the beginning."""
    first = ground.one_of(date(2000, 1, 1), date(2000, 1, 1), date(2020, 1, 31), date(2020, 3, 1), date(2021, 3, 15))
    last = ground.one_of(None, "unknown", date(2021, 6, 30), date(2021, 12, 31), date(2022, 3, 1), date(2024, 7, 1))
    return {"from": first, "until": last}


def _days(ground: Ground) -> Parts:
    """Draw a stretch of days in which a life under the book falls in part; an end may be open."""
    first = ground.one_of("2019-12-20", "2020-01-31", "2020-03-01", "2020-12-31", "2021-06-30", "2024-02-29")
    last = ground.one_of("2020-02-29", "2020-07-01", "2021-01-01", "2022-02-28", "2024-06-30", "2025-01-01")
    days = {"from": min(first, last), "until": max(first, last)}
    kept = ground.one_of(("from",), ("until",), ("from", "until"), ("from", "until"))
    return {key: date.fromisoformat(days[key]) for key in kept}


def _campaigns(ground: Ground, clauses: list[Parts]) -> list[Parts]:
    times = ("2", "0.5", "1.5", "0", "3")
    return [
        {
            "id": f"k{number}", "in_force": _days(ground), "times": Decimal(ground.one_of(*times)),
            "clauses": sorted({ground.one_of(*clauses)["id"] for _ in range(2)}),
        }
        for number in range(ground.draw.integer(1, 2))
    ]  # fmt: skip


def _score(ground: Ground) -> Parts:
    is_near = bool(ground.focus & {"bounds", "latent"}) or ground.draw.coin()
    below, above = ground.draw.integer(0, 7), ground.draw.integer(1, 6)
    may_be_unknown = ground.base == 0 and "parts" not in ground.focus
    base = ground.maybe_unknown(ground.points(ground.base)) if may_be_unknown else ground.points(ground.base)
    return {
        "quantum": ground.quantum,
        "base": base,
        "lowest": ground.maybe_unknown(ground.points(ground.base - below)) if is_near else "unknown",
        "highest": ground.maybe_unknown(ground.points(ground.base + above)) if is_near else "unknown",
        "beyond_bounds": "latent" if ground.has("latent") else "saturate",
        "caps": _caps(ground, None) if "score-caps" in ground.focus else [],
        **({"black_box": {"label": "a model"}} if ground.has("black-box") else {}),
        **({"cycle": {"starts": _starts(ground)}} if ground.focus & {"cycle", "carry"} else {}),
        **({"parts": _parts(ground)} if "parts" in ground.focus else {}),
    }


def _starts(ground: Ground) -> list[str]:
    return ground.draw.some(("01-01", "07-01", "02-29", "03-31", "12-31", "06-15"), 1, 2)


def _parts(ground: Ground) -> list[Parts]:
    """Draw two parts that sum to the base; bounds stand near their values, or are left out."""
    first = ground.draw.integer(0, 8)
    parts: list[Parts] = []
    for name, value in (("p0", first), ("p1", ground.base - first)):
        part: Parts = {"id": name, "value": ground.points(value)}
        if ground.draw.integer(0, 3):
            part["lowest"] = ground.points(value - ground.draw.integer(0, 4))
        if ground.draw.integer(0, 3):
            part["highest"] = ground.points(value + ground.draw.integer(0, 4))
        parts.append(part)
    return parts


def _publicity(ground: Ground, clauses: list[Parts]) -> list[Parts]:
    when: Parts = {"clauses": [ground.one_of(*clauses)["id"]]}
    if ground.grades:
        when["grades"] = [ground.one_of(*ground.grades)]
    if ground.lists:
        when["lists"] = [ground.one_of(*ground.lists)["id"]]
    return [{"id": "board", "when": when}]


def _grades(ground: Ground) -> list[Parts]:
    """Draw two to four grades near the base; ends may be unknown, and a household grade apart."""
    n = ground.draw.integer(2, 4)
    offsets = sorted(ground.draw.some(range(-9, 7), n - 1, n - 1))
    ends = [ground.points(ground.base + offset) for offset in reversed(offsets)]
    grades: list[Parts] = [
        {"id": f"G{number}", "from": low, "below": high}
        for number, (high, low) in enumerate(zip(["top", *ends], [*ends, "lowest"], strict=True))
    ]
    blurred = ground.draw.integer(0, 3 * n)
    if blurred < n:
        grades[blurred][ground.one_of("from", "below")] = "unknown"
    if "quota" in ground.focus:
        for grade in grades[: ground.draw.integer(1, n - 1)]:
            share = ground.maybe_unknown(Decimal(ground.one_of("0.1", "0.25")))
            grade["from"] = "quota"
            grade["below"] = "top" if grade["below"] == "unknown" else grade["below"]
            grade["quota"] = {"share": share, "assessed": _assessed(ground)}
    if not ground.draw.integer(0, 5):
        grades.insert(0, {"id": "H", "of": "household", "from": ground.points(ground.base), "below": "top"})
    return grades


def _list_kinds(ground: Ground) -> list[str]:
    wanted = [kind for kind in ("while", "assessed", "household", "held", "held") if kind in ground.focus]
    if "household" in wanted and "latent" in ground.focus:
        wanted.remove("household")  # stand-in members beyond the bounds would not bring the mean about
    return [wanted[n] for n in ground.draw.some(range(len(wanted)), len(wanted), len(wanted))]


def _list(ground: Ground, number: int, kind: str) -> Parts:
    entry: Parts = {}
    leaves: Parts = {}
    if kind == "household":
        above = ground.points(ground.base + ground.draw.integer(-4, 4))
        entry = {"household_average_above": above, "assessed": _assessed(ground)}
    elif kind == "assessed":
        entry = {**_condition(ground), "assessed": _assessed(ground)}
    elif kind == "while":
        entry, leaves = _condition(ground), {"when_condition_ends": True}
    else:
        if ground.draw.integer(0, 2):
            entry = _condition(ground)
        if ground.draw.integer(0, 2):
            leaves["after"] = ground.maybe_unknown(ground.one_of(ground.span(), ground.span(), {"days": 0}))
        on = [name for name in ground.procedures if ground.draw.integer(0, 3)]
        leaves |= {"on": on} if on else {}
        if on and ground.has("not-before"):
            leaves["not_before"] = leaves["after"] if isinstance(leaves.get("after"), dict) else ground.span()
        if entry and ("after" in leaves or on) and ground.has("once"):
            entry["once"] = True
        if ("after" in leaves or on) and ground.has("removal"):
            leaves["removed_within"] = ground.span()
    waits: Parts = {}
    if "wait" in ground.focus and not entry and not leaves.get("when_condition_ends"):
        if ground.draw.integer(0, 3):
            waits["decided_within"] = ground.maybe_unknown(ground.span())
        if ground.draw.coin():
            waits["grace"] = {
                "least": 0,
                "most": 3,
                **({"in_force": _days(ground)} if ground.draw.integer(0, 3) else {}),
            }
    return {**waits, "id": f"l{number}", "entry": entry, "leaves": leaves}


def _assessed(ground: Ground) -> list[str]:
    return ground.draw.some(("01-31", "03-31", "06-30", "09-30", "12-31"), 1, 3)


def _condition(ground: Ground) -> Parts:
    kinds = ["score_at_most", "score_at_least", *(["grades"] * 2 if ground.grades else [])]
    kind = ground.one_of(*kinds)
    if kind == "grades":
        return {"grades": ground.draw.some(ground.grades, 1, 2)}
    return {kind: ground.points(ground.base + ground.draw.integer(-9, 5))}


def _procedure(ground: Ground, name: str) -> Parts:
    made: Parts = {"id": name}
    if ground.lists and not ground.draw.integer(0, 2):
        made["needs_list"] = ground.one_of(*ground.lists)["id"]
    if "reset" in ground.focus and ground.draw.integer(0, 2):
        made["resets_score"] = True
    return made


def _grades_published(ground: Ground) -> Parts:
    """Draw a month's end on which grades are found, and another day on which they are published."""
    return {
        "assessed": ground.one_of("12-31", "01-31", "06-30"),
        "from": ground.one_of("01-01", "02-29", "03-15", "04-30", "07-01", "07-20"),
    }


def _measures(ground: Ground, clauses: list[Parts]) -> list[Parts]:
    when: Parts = {"clauses": [ground.one_of(*clauses)["id"]]}
    if ground.grades:
        when["grades"] = [ground.one_of(*ground.grades)]
    if ground.lists:
        when["lists"] = [ground.one_of(*ground.lists)["id"]]
    lasting: list[Parts] = [{"id": "m0", "when": when}]
    if ground.lists:
        lasting.append({"id": "m1", "when": {"lists": [rule["id"] for rule in ground.lists]}})
    for measure in lasting:
        if ground.has("own-days"):
            measure["in_force"] = _days(ground)
    return [*lasting, {"id": "m2", "when": "unknown"}]


def _caps(ground: Ground, direction: str | None) -> list[Parts]:
    """Draw one or two caps; those of a clause are about its own direction."""
    return [_cap(ground, direction) for _ in range(ground.draw.integer(1, 2))]


def _cap(ground: Ground, direction: str | None) -> Parts:
    per = ground.one_of(*PERIODS)
    limit = (
        {"times": ground.draw.integer(1, 3)}
        if ground.draw.coin()
        else {"points": ground.points(ground.draw.integer(1, 9))}
    )
    of = {"deduct": ("any", "deductions"), "reward": ("any", "rewards"), None: ("any", "deductions", "rewards")}
    return {**limit, "per": ground.span() if per == "rolling" else per, "of": ground.one_of(*of[direction])}


def _catalogue(ground: Ground) -> tuple[list[Parts], list[Parts]]:
    """Draw the clauses, each with an act of its own, then exceptions, and a ladder whose steps share an act."""
    tops_left = {family: tops(family) for family in ("plain", "lasting", "measured")}
    clauses: list[Parts] = []
    for _ in range(ground.draw.integer(1, 3)):
        clause = _clause(ground, f"c{len(clauses)}")
        _give_act(ground, clause, tops_left[_family(clause)].pop(0))
        clauses.append(clause)
    if "exception" in ground.focus:
        general = ground.one_of(*clauses)
        special = {**_clause(ground, "special"), "exception_to": general["id"]}
        if _family(special) == _family(general) or _family(special) == "plain":
            special["act"] = general["act"]
        clauses.insert(ground.draw.integer(0, len(clauses)), special)
    if "amount" in ground.focus:
        _add_bands(ground, clauses, tops_left["measured"].pop(0))
    if "reached" in ground.focus:
        first = ground.one_of(*clauses)["id"]
        tie = ground.one_of("household", "group")
        follows = {**_clause(ground, "follows"), "reached_by": {"clause": first, "through": tie}}
        clauses.insert(ground.draw.integer(0, len(clauses)), follows)
    if "status" in ground.focus:
        clauses.insert(ground.draw.integer(0, len(clauses)), {**_clause(ground, "status"), "status": True})
    ladders: list[Parts] = []
    if "ladder" in ground.focus:
        n_steps = ground.draw.integer(2, 3)
        first = _clause(ground, "s0", is_step=True)
        alike = {key: first[key] for key in ("starts_after", "counts_from") if key in first}
        act = tops_left["plain"].pop(0)
        for number in range(n_steps):
            step = first if number == 0 else _clause(ground, f"s{number}", is_step=True)
            step = {k: v for k, v in step.items() if k not in ("starts_after", "counts_from")} | alike | {"act": act}
            clauses.insert(ground.draw.integer(0, len(clauses)), step)
        ladders.append({"id": "ladder", "steps": [f"s{n}" for n in range(n_steps)], "window": ground.span()})
    return clauses, ladders


def _add_bands(ground: Ground, clauses: list[Parts], act: str) -> None:
    """Add one to three clauses of one act, whose bands of amounts may leave a gap and amounts beyond."""
    ends = sorted(ground.draw.some(range(1, 9), 2, 4))
    for number, (first, below) in enumerate(pairwise([0, *ends] if ground.draw.coin() else ends)):
        band: Parts = {"from": first, "below": below, "of": "hour"}
        if below == ends[-1] and ground.draw.coin():
            del band["below"]
        clause = {**_clause(ground, f"band{number}"), "act": act, "amount": band}
        clause.pop("repeats", None)
        clauses.insert(ground.draw.integer(0, len(clauses)), clause)


def _family(clause: Parts) -> str:
    if "repeats" in clause:
        return "lasting"
    return "measured" if isinstance(clause.get("points"), dict) and "each" in clause["points"] else "plain"


def _give_act(ground: Ground, clause: Parts, top: str) -> None:
    """Name an act: the top one, or a special one where the book is about lineage."""
    clause["act"] = ground.one_of(*lineage(top)[:2]) if "lineage" in ground.focus else top


def _clause(ground: Ground, name: str, *, is_step: bool = False) -> Parts:
    sign = ground.one_of(-1, -1, 1)
    clause: Parts = {"id": name, "direction": "deduct" if sign < 0 else "reward"}
    points = _points(ground, sign, is_step)
    if points is not None:
        clause["points"] = points
        if ground.has("lapse"):
            clause["lapse"] = {"after": ground.maybe_unknown(ground.span())}
        if ground.has("repeats") and not is_step and not (isinstance(points, dict) and "each" in points):
            clause["repeats"] = {"every": "month"}
    else:
        clause["effect"] = "said in words"
    if "rectified" in ground.focus and sign < 0 and points is not None and "repeats" not in clause:
        clause["rectified"] = _rectified(ground, points)
    if ground.has("fine"):
        clause["fine"] = ground.maybe_unknown(2 * ground.draw.integer(0, 250))
    if ground.has("clause-caps"):
        clause["caps"] = _caps(ground, clause["direction"])
    if ground.has("group-caps"):
        clause["group"] = "g0"
    if ground.has("starts"):
        clause["starts_after"] = ground.one_of({"days": 0}, {"days": 1}, {"days": 5}, {"months": 1}, ground.span())
    if ground.has("from-act"):
        clause["counts_from"] = "act"
    if ground.has("clean"):
        clause["requires"] = {"clean": ground.span()}
    if ground.has("lock"):
        clause["lock"] = _lock(ground)
    if "carry" in ground.focus:
        clause["carries_over"] = True
    if ground.has("parts"):
        clause["part"] = ground.one_of("p0", "p1")
    if ground.has("law") and not (isinstance(points, dict) and "dated" in points):
        clause["in_force"] = _days(ground)
    if ground.has("proof"):
        clause["proof"] = [_proof(ground) for _ in range(ground.draw.integer(1, 2))]
    if ground.has("unless"):
        clause["unless"] = [
            {"id": name, **({"in_force": _days(ground)} if ground.draw.coin() else {})}
            for name in CIRCUMSTANCES[: ground.draw.integer(1, 2)]
        ]
    return clause | _standing(ground)


SHARES = ("1", "0.8", "0.6", "0.5", "0.4", "0.2")
"""shares of points that come back, in falling order"""


def _rectified(ground: Ground, points: Any) -> list[Parts]:
    """Draw one to three shares that come back; of numbers that are known, those that are whole quanta."""
    values = (
        [entry["value"] for entry in points["dated"]] if isinstance(points, dict) and "dated" in points else [points]
    )
    known = [value for value in values if isinstance(value, Decimal)]
    fits = [share for share in map(Decimal, SHARES) if all(value * share % ground.quantum == 0 for value in known)]
    shares = sorted((fits[n] for n in ground.draw.some(range(len(fits)), 1, 3)), reverse=True)
    ends: tuple[Parts, ...] = ({"until": "year-end"}, {"until": "next-year-end"}, {"within": ground.span()})
    return [{**ground.one_of({"within": ground.span()}, *ends), "returns": share} for share in shares]


def _proof(ground: Ground) -> Parts:
    """Draw how much of which proof is asked for; two draws may ask for the same kind."""
    return {"kind": ground.one_of(*PROOFS), "at_least": ground.draw.integer(1, 2)}


def _lock(ground: Ground) -> Parts:
    held = ground.one_of(("at_most",), ("freezes",), ("at_most", "freezes"))
    values: Parts = {
        "at_most": ground.points(ground.base + ground.draw.integer(-4, 3)),
        "freezes": ground.one_of("rewards", "all"),
    }
    return {**{key: values[key] for key in held}, "until": _until(ground)}


def _until(ground: Ground) -> Any:
    """Draw how long an override or a lock holds."""
    if ground.has("until"):
        return ground.one_of("cycle-end", "state-ends")
    return ground.maybe_unknown(ground.span())


def _points(ground: Ground, sign: int, is_step: bool) -> Any:
    kinds = ["flat"]
    if ground.has("range") and not is_step:
        kinds = ["range"]
    if ground.has("rate") and not is_step:
        kinds = ["rate", "rate"]
    kinds += ["dated"] * 2 if ground.has("dated") else []
    kinds += ["one-sided"] * 2 if ground.has("one-sided") and not is_step else []
    kinds += [kind for kind in ("unknown", "no-points") if kind in ground.focus]
    kind, size = ground.one_of(*kinds), ground.draw.integer(1, 6)
    if kind == "flat":
        return ground.points(sign * size)
    if kind == "range":
        ends = sorted((sign * size, sign * ground.draw.integer(0, 9)))
        return {"least": ground.points(ends[0]), "most": ground.points(ends[1])}
    if kind == "dated":
        return {"dated": _dated(ground, sign)}
    if kind == "one-sided":
        ends = {"least": ground.points(sign * size), "most": "unknown"}
        return ends if ground.draw.coin() else {"least": ends["most"], "most": ends["least"]}
    if kind == "rate":
        per, rest = ground.draw.integer(2, 5), ground.one_of("drop", "carry")
        return {"each": ground.points(sign * min(size, 3)), "per": per, "of": "hour", "remainder": rest}
    return "unknown" if kind == "unknown" else None


def _dated(ground: Ground, sign: int) -> list[Parts]:
    """Draw one or two values that follow each other, with or without a gap between them."""
    first = ground.one_of(date(2020, 1, 31), date(2020, 6, 1))
    last = ground.one_of(date(2020, 6, 1), date(2021, 2, 28), date(2024, 3, 1))
    values = [ground.maybe_unknown(ground.points(sign * ground.draw.integer(1, 6))) for _ in range(2)]
    entries = [{"until": first, "value": values[0]}, {"from": last, "value": values[1]}]
    return entries if ground.draw.integer(0, 3) else [{**entries[1]}]


def _standing(ground: Ground) -> Parts:
    """Draw the grade that a clause sets, and the list that it puts the subject on."""
    made: Parts = {}
    wants = "override" if ground.has("override") else "apply" if ground.has("apply") else None
    if wants and ground.grades:
        best, worst = ground.grades[0], ground.grades[-1]
        holds = ground.one_of(*HOLDS, ground.holds, ground.holds, ground.holds)
        free = [g for g in ground.grades if (holds, g) not in (("no_better", best), ("no_worse", worst))]
        made["override"] = {
            "grade": ground.one_of(*free), "holds": holds, "until": _until(ground),
            "on_application": "apply" in ground.focus and (wants == "apply" or not ground.draw.integer(0, 3)),
        }  # fmt: skip
    held = [
        rule for rule in ground.lists if "assessed" not in rule["entry"] and "when_condition_ends" not in rule["leaves"]
    ]
    if held and ground.draw.integer(0, 2):
        made["enters"] = {"list": ground.one_of(*held)["id"]}
        if ground.has("term"):
            made["enters"]["term"] = ground.maybe_unknown(ground.one_of(ground.span(), ground.span(), "none"))
        if ground.has("term"):
            made["enters"]["extension"] = {"least": 1, "most": 36, "when": "said in words"}
    return made
