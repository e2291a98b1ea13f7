"""An add-on: a rulebook that lies over another and says only what differs.

What belongs to the add-on itself (its name, place, force, how far it was read, figures, open questions, readings) is its
own.  Everything else is the base's unless the add-on says otherwise: a list is the base's with the add-on's entries,
which take the place of those of the same id and else follow them; a single value is replaced whole; `leaves_out` names
what does not hold here.  The base is taken in the reading that `extends` names.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

from glasstown.errors import Fault, did_you_mean
from glasstown.language.tree import Document, Keys

OWN: Final = frozenset(
    {
        "glasstown", "id", "title", "title_zh", "place", "issuer", "document", "status", "in_force", "documented", "sections",
        "observations", "open_questions", "variants", "default_variant", "variant", "extends", "leaves_out", "inherited",
    }
)  # fmt: skip
"""keys that an add-on never takes over"""
BY_ID: Final = (
    "grades", "groups", "clauses", "campaigns", "ladders", "lists", "measures", "procedures", "publicity", "redress",
    "process",
)  # fmt: skip
"""lists whose entries have ids"""


def lay_over(own: Document, base: Document, base_id: str) -> tuple[Document, list[Fault]]:
    """Return the add-on and its base as one document, places of both files kept, and a fault for what it leaves out in vain.

    `inherited` in the result names what came from below, each with the rulebook that it came from.
    """
    assert isinstance(own.data, dict)
    assert isinstance(base.data, dict)
    merged = Document(own.file, {}, faults=list(own.faults))
    left, faults = _left_out(own, base.data)
    for key in dict.fromkeys([*own.data, *base.data]):
        if key in OWN or key not in base.data or key in left:
            if key in own.data:
                _take(merged, own, (key,), (key,))
        elif key in BY_ID and isinstance(own.data.get(key, []), list) and isinstance(base.data[key], list):
            _take_list(merged, own, base, key, left)
        else:
            _take(merged, own if key in own.data else base, (key,), (key,))
    assert isinstance(merged.data, dict)
    origins: list[Any] = list(_origins(merged, own, base, base_id))
    merged.data["inherited"] = origins
    return merged, faults


def _left_out(own: Document, base: dict[str, Any]) -> tuple[set[str], list[Fault]]:
    """Return what `leaves_out` names, as KEY or KEY/ID, and a fault for each entry that is not in the base."""
    assert isinstance(own.data, dict)
    asked = own.data.get("leaves_out", [])
    names = [name for name in asked if isinstance(name, str)] if isinstance(asked, list) else []
    known = [key for key in base if key not in OWN and key not in BY_ID]
    known += [f"{key}/{each}" for key in BY_ID for each in _ids(base.get(key, []))]
    faults = [
        Fault(
            "leaves_out",
            own.at("leaves_out", n),
            f"'{name}'",
            "an entry of the base, as clauses/ID",
            _near(name, known),
        )
        for n, name in enumerate(names)
        if name not in known
    ]
    return set(names), faults


def _near(name: str, known: list[str]) -> str:
    said = did_you_mean(name, known)
    return said if said.startswith("Did") else "`glasstown show` lists the base's entries."


def _take_list(merged: Document, own: Document, base: Document, key: str, left: set[str]) -> None:
    """Add the base's entries, each replaced by the add-on's of the same id, then the add-on's others."""
    assert isinstance(merged.data, dict)
    assert isinstance(own.data, dict)
    assert isinstance(base.data, dict)
    merged.data[key] = []
    mine: Any = own.data.get(key, [])
    ids = _ids(mine)
    beneath: Any = base.data[key]
    taken = set()
    for number, name in enumerate(_ids(beneath)):
        if name in ids:
            taken.add(ids.index(name))
            _append(merged, own, (key, ids.index(name)))
        elif f"{key}/{name}" not in left:
            _append(merged, base, (key, number))
    for number in range(len(mine)):
        if number not in taken:
            _append(merged, own, (key, number))
    if (key,) in own.values:
        merged.values[(key,)], merged.keys[(key,)] = own.values[(key,)], own.keys[(key,)]


def _append(merged: Document, source: Document, path: Keys) -> None:
    items: Any = merged.data[path[0]]  # type: ignore[index]
    items.append(None)
    _take(merged, source, path, (path[0], len(items) - 1))


def _take(merged: Document, source: Document, path: Keys, to: Keys) -> None:
    """Copy a value with the places of all that is in it."""
    value: Any = source.data
    for step in path:
        value = value[step]
    inside: Any = merged.data
    for step in to[:-1]:
        inside = inside[step]
    inside[to[-1]] = deepcopy(value)
    length = len(path)
    for places, into in ((source.values, merged.values), (source.keys, merged.keys)):
        into.update({(*to, *at[length:]): place for at, place in places.items() if at[:length] == path})
    merged.unresolved |= {(*to, *at[length:]) for at in source.unresolved if at[:length] == path}
    file = source.file_of(path)
    if file != merged.file:
        merged.elsewhere[to] = file


def _origins(merged: Document, own: Document, base: Document, base_id: str) -> Iterator[dict[str, str]]:
    """Yield what came from below: a key, or KEY/ID, with the rulebook that said it first."""
    assert isinstance(merged.data, dict)
    assert isinstance(own.data, dict)
    assert isinstance(base.data, dict)
    deeper: Any = base.data.get("inherited", [])
    first = {each["what"]: each["from"] for each in deeper}
    for key, value in merged.data.items():
        if key in BY_ID:
            mine = _ids(own.data.get(key, []))
            names = [f"{key}/{name}" for name in _ids(value) if name is not None and name not in mine]
        else:
            names = [key] if key in base.data and key not in OWN and key not in own.data else []
        for name in names:
            yield {"what": name, "from": first.get(name, base_id)}


def _ids(items: Any) -> list[str | None]:
    """Return the id of each entry of a list; None where it has none, which the shape's own check tells."""
    entries = items if isinstance(items, list) else ()
    return [str(item["id"]) if isinstance(item, dict) and "id" in item else None for item in entries]
