"""What a run sets: values of the model's parameters by name, and of its rulebooks by RULEBOOK/path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from glasstown.errors import Fault, UsageError, did_you_mean
from glasstown.incoming import fault_of_text
from glasstown.language.parameters import Parameters
from glasstown.language.tree import resolve_plain


def split_settings(
    settings: Mapping[str, str], books: Sequence[str]
) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Return the settings of the model's parameters, and those of each rulebook by its id: RULEBOOK/path.

    Errors   UsageError where a path begins with no rulebook of the run, or a text may not come in.
    """
    texts = [text for path, value in settings.items() for text in (path, value) if _number(text) is None]
    wrong = [fault for text in texts if (fault := fault_of_text(text, "--set", None))]
    if wrong:
        raise UsageError("The settings", wrong)
    numbers = {path: text for path, text in settings.items() if "/" not in path}
    rules: dict[str, dict[str, str]] = {}
    faults = []
    for path, text in settings.items():
        name, slash, inside = path.partition("/")
        if not slash:
            continue
        if name in books:
            rules.setdefault(name, {})[inside] = text
        else:
            way_out = did_you_mean(name, list(dict.fromkeys(books)), called="run's ones")
            faults.append(Fault(f"--set {path}", None, f"'{name}'", "the id of a rulebook of the run", way_out))
    if faults:
        raise UsageError("The settings", faults)
    return numbers, rules


def _number(text: str) -> Decimal | None:
    """Return the number that a text would be in a rules.yaml; None where it would be none."""
    try:
        value = resolve_plain(text)
    except ValueError:
        return None
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def with_settings(parameters: Parameters, settings: Mapping[str, str]) -> Parameters:
    """Return the parameters with some of them set; a path that names none, or a value out of bounds, is a fault."""
    known = [parameter.id for parameter in parameters.parameters]
    faults, changed = [], {}
    for path, text in settings.items():
        if path not in known:
            way_out = did_you_mean(path, known, called="parameters")
            faults.append(Fault(f"--set {path}", None, "no parameter of this name", "the id of a parameter", way_out))
            continue
        parameter = next(p for p in parameters.parameters if p.id == path)
        off = ", or 0, which switches it off" if parameter.off else ""
        expected = f"a number from {parameter.low} to {parameter.high} ({parameter.unit}){off}"
        if parameter.low == parameter.high:
            expected = f"{parameter.value}{off}"
        way_out = f"The default is {parameter.value}."
        value = _number(text)
        if value is None:
            faults.append(Fault(f"--set {path}", None, f"'{text}'", expected, way_out))
            continue
        is_off = parameter.off and value == 0
        if not (is_off or parameter.low <= value <= parameter.high):
            faults.append(Fault(f"--set {path}", None, text, expected, way_out))
        changed[path] = value
    if faults:
        raise UsageError("The settings", faults)
    return parameters.model_copy(
        update={
            "parameters": tuple(
                p.model_copy(update={"value": changed[p.id]}) if p.id in changed else p for p in parameters.parameters
            )
        }
    )
