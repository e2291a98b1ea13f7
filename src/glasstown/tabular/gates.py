"""The closed vocabulary of gates, as the data has it."""

from __future__ import annotations

from pydantic import Field

from glasstown.errors import Fault, Place, RulebookError
from glasstown.language.files import read_file
from glasstown.language.model_base import Identifier, Text, Value
from glasstown.paths import data_folder


class Gate(Value):
    """What a measure opens, closes or makes dearer."""

    id: Identifier = Field(description="name of the gate")
    label: Text = Field(description="the gate in words")


def load_gates() -> tuple[Gate, ...]:
    """Return the gates in the order of the file; `RulebookError` where it cannot be read."""
    data = read_file(data_folder() / "gates.yaml").data
    gates = data.get("gates") if isinstance(data, dict) else None
    if not isinstance(gates, dict):
        fault = Fault(
            "gates", Place("gates.yaml"), "no list of gates", "`gates:` with a name and words for each", "Restore it."
        )
        raise RulebookError("gates.yaml", [fault])
    return tuple(Gate(id=str(name), label=str(label)) for name, label in gates.items())
