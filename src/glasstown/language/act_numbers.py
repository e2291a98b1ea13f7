"""Numbers of the act catalogue that can be set: an act's share of its class, and the chances that it is found out.

acts/ID/share, acts/ID/urban, acts/ID/rural, each between 0 and 1; the shares of a class still sum to at most 1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal, InvalidOperation
from typing import Final

from glasstown.errors import Fault, UsageError, did_you_mean
from glasstown.language.acts import Act, ActCatalogue

ACTS: Final = "acts/"
"""what the path of such a number begins with"""
SHARE, URBAN, RURAL = "share", "urban", "rural"
SMALLEST: Final = Decimal("0.0000001")
LEAVE_ROOM: Final = "Make one of the class smaller."


def act_numbers(catalogue: ActCatalogue) -> dict[str, Decimal]:
    """Return every number that can be set, by path: of headings, which nobody does as such, none."""
    return {path: value for act in catalogue.acts if act.share > 0 for path, value in _numbers(act).items()}


def _numbers(act: Act) -> dict[str, Decimal]:
    start = f"{ACTS}{act.id}"
    return {
        f"{start}/{SHARE}": act.share,
        f"{start}/{URBAN}": act.detected.urban,
        f"{start}/{RURAL}": act.detected.rural,
    }


def split_acts(settings: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the settings of acts, and the others."""
    acts = {path: text for path, text in settings.items() if path.startswith(ACTS)}
    return acts, {path: text for path, text in settings.items() if path not in acts}


def with_act_numbers(catalogue: ActCatalogue, settings: Mapping[str, str]) -> ActCatalogue:
    """Return the catalogue with some of these numbers set.

    Errors   UsageError where a path names none, a value is no chance, or the shares of a class come to more than 1.
    """
    if not settings:
        return catalogue
    known = act_numbers(catalogue)
    faults = [fault for path, text in settings.items() if (fault := _fault(path, text, known))]
    if faults:
        raise UsageError("The settings", faults)
    values = {path: Decimal(text) for path, text in settings.items()}
    changed = catalogue.model_copy(update={"acts": tuple(_changed(act, values) for act in catalogue.acts)})
    if faults := _overfull(changed, catalogue):
        raise UsageError("The settings", faults)
    return changed


def _fault(path: str, text: str, known: Mapping[str, Decimal]) -> Fault | None:
    """Return what is wrong with one setting."""
    if path not in known:
        way_out = did_you_mean(path, list(known), called="numbers of acts")
        expected = "acts/ID/share, urban or rural"
        return Fault(f"--set {path}", None, "no number of an act that somebody does", expected, way_out)
    try:
        is_chance = 0 <= Decimal(text) <= 1
    except InvalidOperation:
        is_chance = False
    if is_chance:
        return None
    return Fault(f"--set {path}", None, f"'{text}'", "a number from 0 to 1", f"The default is {known[path]}.")


def _changed(act: Act, values: Mapping[str, Decimal]) -> Act:
    """Return an act with its numbers set; the same act where none is."""
    start = f"{ACTS}{act.id}"
    share, urban, rural = (values.get(f"{start}/{name}") for name in (SHARE, URBAN, RURAL))
    if share is urban is rural is None:
        return act
    found = act.detected.model_copy(
        update={
            "urban": act.detected.urban if urban is None else urban,
            "rural": act.detected.rural if rural is None else rural,
        }
    )
    return act.model_copy(update={"share": act.share if share is None else share, "detected": found})


def class_sums(catalogue: ActCatalogue) -> dict[str, Decimal]:
    """Return by class what the shares of its acts come to."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for act in catalogue.acts:
        sums[act.class_] += act.share
    return dict(sums)


def _overfull(changed: ActCatalogue, before: ActCatalogue) -> list[Fault]:
    """Return the classes whose shares no longer fit into 1."""
    most = class_sums(before)
    return [
        Fault(f"shares of class {name}", None, f"a sum of {total}", "at most 1", LEAVE_ROOM)
        for name, total in class_sums(changed).items()
        if total > max(most[name], Decimal(1))
    ]


def fitted(settings: Mapping[str, str], acts: ActCatalogue) -> dict[str, str]:
    """Return settings in which the shares of no class come to more than 1: those of a class that do are made smaller alike."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    shares: dict[str, str] = {}
    for act in acts.acts:
        path = f"{ACTS}{act.id}/{SHARE}"
        sums[act.class_] += Decimal(settings.get(path, act.share))
        if path in settings:
            shares[path] = act.class_
    most = class_sums(acts)
    found = dict(settings)
    for path, name in shares.items():
        room = max(most[name], Decimal(1))
        if sums[name] > room:
            smaller = Decimal(settings[path]) * room / sums[name]
            found[path] = format(smaller.quantize(SMALLEST, rounding=ROUND_DOWN), "f")
    return found
