"""Reads the golden micro-lives, for every reading of a rulebook that wants to be held to them.

A golden file has `books` (small invented rulebooks, without labels, citations and dates, which do not matter here) and
`lives`.  A life says which sentence it holds (`says`), its book, its subject, start, until, events and decisions, and
the whole ledger that must come out.  `load_golden` fills in what a book leaves out.

    for golden in load_golden():
        account = live(golden.book, golden.acts, golden.life)
        assert differences(golden.expect, account, golden.book) == []

What a reading cannot know (citations, reasons) is not expected anywhere.  Keys of a line: day, phase, clause, record,
before, after (points), grade, lists, measures, and where they matter cap, list, fine, unknown, parts, balance,
published, consent, running.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from glasstown.language.acts import ActCatalogue
from glasstown.language.model import Rulebook
from glasstown.language.shape import build
from glasstown.language.tree import Document
from glasstown.language.yaml import read_tree
from glasstown.ledger import Account, CutOff, Decision, Given, Life, Line, Record, in_points

FOLDER = Path(__file__).parent
EPOCH = date(2020, 1, 1)
LINE_KEYS = ("day", "phase", "clause", "record", "before", "after", "grade", "lists", "measures")
EXTRA_KEYS = ("cap", "list", "fine", "unknown", "parts", "balance", "published", "consent", "running")
END_KEYS = (
    "score", "grade", "lists", "measures", "fines", "n_unknown", "parts", "balance", "published", "consent", "running",
)  # fmt: skip
BOOK_KEYS = (
    "kind", "score", "grades", "groups", "clauses", "campaigns", "ladders", "lists", "measures", "procedures",
    "publicity", "working_days", "balance", "consent", "objection", "proof", "in_force", "same_day",
    "grades_published",
)  # fmt: skip


@dataclass(frozen=True)
class Golden:
    """One micro-life.  `name` is file/life; `kind` and `roles` are what the subject is."""

    name: str
    says: str
    book: Rulebook
    acts: ActCatalogue
    life: Life
    kind: str
    roles: tuple[str, ...]
    expect: Mapping[str, Any]


@cache
def load_golden(folder: Path = FOLDER) -> list[Golden]:
    """Return every golden micro-life of a folder, by file and place."""
    return [golden for path in sorted(folder.glob("*.yaml")) for golden in _load(path)]


def _load(path: Path) -> list[Golden]:
    document = read_tree(path, path.name)
    assert not document.faults, document.faults
    data: Any = document.data
    books = {name: book_from(name, parts) for name, parts in data["books"].items()}
    acts = acts_from(data.get("acts", {}))
    lives = [_golden(path.stem, life, books[life["book"]], acts) for life in data["lives"]]
    names = [golden.name for golden in lives]
    assert len(set(names)) == len(names), names
    return lives


def _golden(stem: str, parts: dict[str, Any], book: Rulebook, acts: ActCatalogue) -> Golden:
    subject = parts.get("subject", {})
    expect = {"ledger": [_complete(line) for line in parts["ledger"]], "end": parts.get("end", {})}
    assert set(expect["end"]) <= set(END_KEYS), expect["end"]
    return Golden(
        name=f"{stem}/{parts['name']}",
        says=parts["says"],
        book=book,
        acts=acts,
        life=life_from(parts),
        kind=subject.get("kind", "person"),
        roles=tuple(subject.get("roles", ())),
        expect=expect,
    )


def _complete(line: dict[str, Any]) -> dict[str, Any]:
    """Return a line with what it leaves out: no clause, record, grade, list or measure."""
    assert set(line) <= {*LINE_KEYS, *EXTRA_KEYS}, line
    empty = {"clause": None, "record": None, "grade": None, "lists": [], "measures": []}
    return {**empty, **line}


def life_from(parts: dict[str, Any]) -> Life:
    """Return the life: an event is a record (clause or act) or a decision (event); its id is e and its place."""
    records, decisions = [], []
    for place, event in enumerate(parts.get("events", [])):
        name = event.get("id", f"e{place}")
        if "event" in event:
            decisions.append(
                Decision(
                    id=name,
                    order=place,
                    day=event["date"],
                    procedure=event["event"],
                    of=event.get("of"),
                    given=event.get("given"),
                    granted=event.get("granted"),
                    amount=_number(event.get("amount")),
                )
            )
        else:
            records.append(
                Record(
                    id=name,
                    order=place,
                    act_day=event["date"],
                    record_day=event.get("recorded", event["date"]),
                    clause=event.get("clause"),
                    act=event.get("act"),
                    amount=_number(event.get("amount")),
                    points=_number(event.get("points")),
                    fine=event.get("fine"),
                    until=event.get("until"),
                    proof=event.get("proof"),
                    unless=tuple(event.get("unless", ())),
                    grace=event.get("grace"),
                    extension=event.get("extension"),
                )
            )
    mean = parts.get("given", {}).get("household_score")
    household = {item["day"]: Decimal(item["mean"]) for item in mean} if isinstance(mean, list) else _number(mean)
    told = parts.get("given", {}).get("cutoffs", ())
    cutoffs = tuple(CutOff(item["day"], item["grade"], _number(item["score"])) for item in told)
    start = parts.get("start", EPOCH)
    return Life(start, parts["until"], tuple(records), tuple(decisions), Given(household, cutoffs))


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


def book_from(name: str, parts: dict[str, Any]) -> Rulebook:
    """Return a whole rulebook from its telling parts."""
    score = {"quantum": 1, "base": 100, "lowest": "unknown", "highest": "unknown", **parts.get("score", {})}
    for figure in ("base", "lowest", "highest"):
        score[figure] = {"value": score[figure], "cite": _cite()}
    assert set(parts) <= set(BOOK_KEYS), set(parts) - set(BOOK_KEYS)
    score["parts"] = [_whole("parts", part) for part in score.get("parts", [])]
    for part in ("cycle", "black_box"):
        if part in score:
            score[part] = {"cite": _cite(), **score[part]}
    section = {"read": "read"}
    data = {
        "glasstown": 1,
        "id": name,
        "title": f"Golden book {name}",
        "place": {"name": "nowhere", "level": "invented"},
        "issuer": "nobody",
        "document": "none",
        "status": "invented",
        "in_force": {"from": date(2000, 1, 1), "until": None, "cite": _cite(), **parts.get("in_force", {})},
        "documented": "invented for tests",
        "takes_part": "compulsory",
        "sections": dict.fromkeys(("catalogue", "grades", "measures", "lapse", "publicity", "redress"), section),
        "subjects": [{"kind": parts.get("kind", "person"), "label": "everyone", "cite": _cite()}],
        "sources": [{"key": "own", "title": "Golden lives", "publisher": "none", "kind": "own"}],
        "score": score,
    }
    for part in ("grades", "groups", "clauses", "campaigns", "ladders", "lists", "measures", "procedures"):
        data[part] = [_whole(part, item) for item in parts.get(part, [])]
    data["publicity"] = [{"text": "told", "cite": _cite(), **item} for item in parts.get("publicity", [])]
    for part in ("working_days", "consent", "objection", "balance", "grades_published"):
        if part in parts:
            data[part] = {"cite": _cite(), **parts[part]}
    data["proof"] = parts.get("proof", [])
    data["same_day"] = parts.get("same_day", "by-clause")
    book, faults = build(Rulebook, Document(name, data))
    assert book is not None, [str(fault) for fault in faults]
    return book


def _cite() -> dict[str, Any]:
    return {"source": "own", "at": "golden", "evidence": "invented"}


def _whole(part: str, item: dict[str, Any]) -> dict[str, Any]:
    """Return a part with label and citation, and a list with its colour and exit."""
    whole: dict[str, Any] = {"label": f"{part} {item['id']}", "cite": _cite(), **item}
    if part == "lists":
        whole = {"colour": "black", "leaves": {}, **whole}
        for rule in ("grace", "objection"):
            if rule in whole:
                whole[rule] = {"cite": _cite(), **whole[rule]}
    if "unless" in whole:
        whole["unless"] = [_whole("unless", item) for item in whole["unless"]]
    if part == "measures":
        whole = {"kind": "restrict", **whole}
    return whole


def acts_from(lineage: Mapping[str, str | None]) -> ActCatalogue:
    """Return a catalogue of acts from `act: the more general act, or null`."""
    basis = {"source": "own", "evidence": "invented"}
    acts = [
        {
            "id": act,
            "label": act,
            "class": "c0",
            "share": 0,
            "share_basis": basis,
            "is_a": general,
            "detected": {"by": "patrol", "urban": 1, "rural": 1, "basis": basis},
        }
        for act, general in lineage.items()
    ]
    classes = [{"id": "c0", "kind": "person", "label": "anything", "tone": "offence"}]
    data: Any = {"glasstown_acts": 1, "roles": [], "classes": classes, "acts": acts}
    catalogue, faults = build(ActCatalogue, Document("acts", data))
    assert catalogue is not None, [str(fault) for fault in faults]
    return catalogue


def told(line: Line, book: Rulebook) -> dict[str, Any]:
    """Return a ledger line as golden files write it."""
    return {
        "day": line.day,
        "phase": line.phase,
        "clause": line.clause,
        "record": line.record,
        "before": Decimal(in_points(line.before, book.score.quantum)),
        "after": Decimal(in_points(line.after, book.score.quantum)),
        "grade": line.grade,
        "lists": list(line.lists),
        "measures": list(line.measures),
        "cap": line.cap,
        "list": line.list_id,
        "fine": line.fine,
        "unknown": line.unknown,
        **_state(line, book),
    }


def _state(state: Account | Line, book: Rulebook) -> dict[str, Any]:
    """Return what only some rulebooks have, in points."""
    quantum = book.score.quantum
    return {
        "parts": {name: value * quantum for name, value in state.parts.items()},
        "balance": None if state.balance is None else state.balance * quantum,
        "published": list(state.published),
        "consent": state.consent,
        "running": state.running,
    }


def differences(
    expect: Mapping[str, Any], account: Account, book: Rulebook, *, ignore: Collection[str] = ()
) -> list[str]:
    """Return where an account differs from what is expected; `ignore` names keys of lines or of the end."""
    found = [told(line, book) for line in account.ledger]
    faults = [] if len(found) == len(expect["ledger"]) else [f"{len(found)} lines instead of {len(expect['ledger'])}"]
    for n, (line, wanted) in enumerate(zip(found, expect["ledger"], strict=False)):
        faults += [
            f"line {n}, {key}: {line[key]} instead of {value}"
            for key, value in wanted.items()
            if key not in ignore and line[key] != value
        ]
    end = {
        "score": Decimal(in_points(account.score, book.score.quantum)),
        "grade": account.grade,
        "lists": list(account.lists),
        "measures": list(account.measures),
        "fines": account.fines,
        "n_unknown": dict(account.n_unknown),
        **_state(account, book),
    }
    faults += [
        f"end, {k}: {end[k]} instead of {v}" for k, v in expect["end"].items() if k not in ignore and end[k] != v
    ]
    return faults
