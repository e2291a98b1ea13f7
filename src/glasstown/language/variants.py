"""Changes of a rulebook's plain values before they are validated again: named readings, and levers of a run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from glasstown.errors import Fault, did_you_mean
from glasstown.exact import whole_number
from glasstown.language.tree import Document, Keys, resolve_plain

NOT_SET: Final = frozenset(
    {
        "glasstown", "id", "title", "title_zh", "place", "issuer", "document", "status", "documented", "sections",
        "observations", "open_questions", "variants", "default_variant", "variant", "extends", "leaves_out", "inherited", "sources",
    }
)  # fmt: skip
"""keys that say what a rulebook is and how well it is known: no run changes them"""


def apply_variant(document: Document, position: int) -> tuple[Document, list[Fault]]:
    """Return the document as the variant at this position reads it, and a fault for each path that leads nowhere.

    Faults of what the variant brings in stand at the variant's own lines.  `document` itself stays as it is.
    """
    changed = document.copy()
    data: Any = changed.data
    variant = data["variants"][position]
    faults = []
    for number, setting in enumerate(variant["settings"]):
        here: Keys = ("variants", position, "settings", number)
        subject = f"variant '{variant['id']}', path '{setting['path']}'"
        found = _set(changed, str(setting["path"]), setting["value"], here)
        if found is not None:
            faults.append(Fault(subject, document.at(*here, "path"), *found))
    data["variant"] = variant["id"]
    return changed, faults


def apply_settings(document: Document, settings: Mapping[str, str], owner: str) -> tuple[Document, list[Fault]]:
    """Return the document with values set as a run asks for, and a fault for each path or value that means nothing.

    A value is written as in a rules.yaml: a number, a date, true, unknown.  `owner` is the rulebook's name in messages.
    """
    changed = document.copy()
    faults = []
    for path, text in settings.items():
        subject = f"--set {owner}/{path}"
        if path.partition("/")[0] in NOT_SET:
            told = (
                f"'{path.partition('/')[0]}'",
                "what a rule does, not what the rulebook is",
                "`glasstown levers` lists them.",
            )
            faults.append(Fault(subject, None, *told))
            continue
        try:
            found = _set(changed, path, resolve_plain(text), None)
        except ValueError as problem:
            found = problem.args
        if found is not None:
            faults.append(Fault(subject, None, *found))
    return changed, faults


def _set(document: Document, path: str, value: Any, here: Keys | None) -> tuple[str, str, str] | None:
    """Set the value at a path such as grades/A/from; where it leads nowhere, return what was found and expected.

    `here` is where the document itself says so; without it the value keeps its place.
    """
    steps = path.split("/")
    inside: Any = document.data
    keys: Keys = ()
    for step in steps[:-1]:
        key, wrong = _step(inside, step)
        if wrong is not None:
            return wrong
        inside, keys = inside[key], (*keys, key)
    if isinstance(inside, dict) and steps[-1]:
        last: str | int = steps[-1]
    else:
        last, wrong = _step(inside, steps[-1])
        if wrong is not None:
            return wrong
    inside[last] = value
    if here is None:
        return None
    keys = (*keys, last)
    for key, places in (("value", document.values), ("path", document.keys)):
        if (place := document.values.get((*here, key))) is not None:
            places[keys] = place
    document.elsewhere[keys] = document.file
    return None


def _step(inside: Any, step: str) -> tuple[Any, tuple[str, str, str] | None]:
    """Return the key or position that a step of a path means, or what is wrong with it."""
    if isinstance(inside, dict):
        known = [str(key) for key in inside]
        return (step, None) if step in inside else (None, _nowhere(step, known))
    if isinstance(inside, list):
        ids = [str(item["id"]) for item in inside if isinstance(item, dict) and "id" in item]
        if step in ids:
            return ids.index(step), None
        place = whole_number(step)
        if not ids and place is not None and 0 <= place < len(inside):
            return place, None
        return None, _nowhere(step, ids or [str(n) for n in range(len(inside))])
    return None, (f"'{step}' below a single value", "a path that ends at that value", f"Leave '/{step}' out.")


def _nowhere(step: str, known: list[str]) -> tuple[str, str, str]:
    return f"'{step}', which leads nowhere", "a key, or the id of a list's item", did_you_mean(step, known)
