"""The door for case files: one hypothetical life comes in, a person's or many people's data do not."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from glasstown.errors import CaseError, Fault, Place
from glasstown.interpreter.casefile import CaseFile
from glasstown.language.files import shown_path
from glasstown.language.shape import build
from glasstown.language.tree import Document, Keys, UnreadableError
from glasstown.language.yaml import read_tree

_IDENTIFYING_WORDS = (
    "name names full_name fullname first_name firstname last_name lastname surname forename nickname number "
    "phone telephone tel mobile cell email mail address addr street postcode id_card idcard identity "
    "identity_card identity_number id_number national_id resident_id citizen_id credit_code passport ssn "
    "licence_plate plate face faces photo picture image biometric biometrics fingerprint iris voice account "
    "account_number bank_account bank card card_number wechat alipay weibo qq imei birthday birthdate "
    "birth_date date_of_birth dob employer school "
)
IDENTIFYING = frozenset(_IDENTIFYING_WORDS.split())
MANY_LIVES = frozenset({"cases", "lives", "people", "persons", "subjects", "citizens", "residents"})
TABLES = frozenset(
    {".csv", ".tsv", ".xls", ".xlsx", ".ods", ".parquet", ".feather", ".db", ".sqlite", ".jsonl", ".sav"}
)
WHY_NOT = "Glasstown tells hypothetical lives and holds no data of real people"
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_LONG_NUMBER = re.compile(r"\d{6,}")
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,31}")
_DATE_KEYS = frozenset({"start", "until", "date", "recorded", "day"})


def read_case_file(path: Path) -> tuple[CaseFile, Document]:
    """Return a case file's content and the places of its parts; `CaseError` with every fault of its shape."""
    shown = shown_path(path)
    if path.suffix.lower() in TABLES:
        raise CaseError(shown, [_table(shown, path.suffix)])
    try:
        document = read_tree(path, shown)
    except UnreadableError as problem:
        raise CaseError(shown, [problem.fault]) from None
    if isinstance(document.data, list):
        raise CaseError(shown, [_many(document, "a list at the top")])
    faults = [*_refuse_keys(document), *_read_quoted_dates(document), *_refuse_ids(document)]
    case, misfits = build(CaseFile, document)
    if case is None or faults:
        told = sorted(
            {*faults, *misfits}, key=lambda f: (f.place.line or 0, f.place.column or 0) if f.place else (0, 0)
        )
        raise CaseError(shown, told)
    return case, document


def _table(shown: str, suffix: str) -> Fault:
    return Fault(
        "case",
        Place(shown),
        f"a table ({suffix})",
        "one hypothetical life in YAML",
        f"{WHY_NOT}, so there is no reader for tables. Write the events of one invented life into a YAML file.",
    )


def _many(document: Document, found: str) -> Fault:
    way_out = f"{WHY_NOT} and compares no lives, so a file holds one. Put each life into a file of its own."
    return Fault("case", document.at(), found, "one hypothetical life (rulebook, start, events)", way_out)


def _refuse_keys(document: Document) -> list[Fault]:
    """Refuse keys that tell real people apart or gather many lives, and take them out of the tree."""
    faults = []
    for path, place in list(document.keys.items()):
        word = str(path[-1]).lower().replace("-", "_").replace(" ", "_")
        if len(path) == 1 and word in MANY_LIVES:
            faults.append(_many(document, f"the key '{path[-1]}'"))
        elif word in IDENTIFYING and not _counts_proof(path):
            way_out = f"{WHY_NOT}. Remove the key: only what was done, and when, is needed."
            faults.append(
                Fault(
                    "case",
                    Place(document.file, *place),
                    f"the key '{path[-1]}', which would tell a real person apart",
                    "no such key",
                    way_out,
                )
            )
        else:
            continue
        _take_out(document, path)
    return faults


def _counts_proof(path: Keys) -> bool:
    """Return whether a key names a kind of proof, such as `photo`: what stands there can only be a number."""
    return len(path) == 4 and path[0] == "events" and path[2] == "proof"


def _take_out(document: Document, path: Keys) -> None:
    inside: Any = document.data
    for key in path[:-1]:
        inside = inside[key]
    inside.pop(path[-1], None)


def _read_quoted_dates(document: Document) -> list[Fault]:
    """Turn quoted dates into dates where a date belongs; return a fault for each day that does not exist."""
    faults = []
    for path in document.values:
        if not path or path[-1] not in _DATE_KEYS:
            continue
        inside: Any = document.data
        try:
            for key in path[:-1]:
                inside = inside[key]
            text = inside[path[-1]]
        except (KeyError, IndexError, TypeError):
            continue
        found = _DATE.fullmatch(text) if isinstance(text, str) else None
        if found is None:
            continue
        try:
            inside[path[-1]] = date(*(int(part) for part in found.groups()))
        except ValueError:
            document.unresolved.add(path)
            faults.append(
                Fault(
                    str(path[-1]),
                    document.at(*path),
                    f"the date {text}, which does not exist",
                    "a day of the calendar",
                    "Correct the day, month or year.",
                )
            )
    return faults


def _refuse_ids(document: Document) -> list[Fault]:
    """Refuse ids of events that could be somebody's number."""
    data: Any = document.data
    events = data.get("events") if isinstance(data, dict) else None
    faults = []
    for n, event in enumerate(events if isinstance(events, list) else []):
        name = event.get("id") if isinstance(event, dict) else None
        if name is None:
            continue
        text = str(name)
        if _LONG_NUMBER.search(text) or not _ID.fullmatch(text):
            document.unresolved.add(("events", n, "id"))
            faults.append(
                Fault(
                    f"event {n + 1}, id",
                    document.at("events", n, "id"),
                    f"'{text[:40]}'",
                    "a short word for this event, such as e7 (letters first, no long numbers)",
                    f"{WHY_NOT}; an id only lets a later event name this one.",
                )
            )
    return faults
