"""JSON Schemas of the files that people write, for their editors: `python -m glasstown.language.schema` writes them.

A schema knows the shape alone; `glasstown check` also knows what a rulebook means.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from glasstown.language.acts import ActCatalogue
from glasstown.language.addons import OWN
from glasstown.language.drive import Drive
from glasstown.language.model import Rulebook
from glasstown.language.parameters import Parameters, PlaceFile
from glasstown.language.series import Series
from glasstown.language.target_file import TargetFile
from glasstown.language.texts import SET_BY_LOADER, SourceFile
from glasstown.language.unknown_file import UnknownFile
from glasstown.paths import schema_folder

FILES: dict[str, type[BaseModel]] = {
    "rules": Rulebook,
    "sources": SourceFile,
    "acts": ActCatalogue,
    "parameters": Parameters,
    "place": PlaceFile,
    "targets": TargetFile,
    "unknowns": UnknownFile,
    "drive": Drive,
    "series": Series,
}


def schema_of(name: str) -> dict[str, Any]:
    """Return the schema of one kind of file; keys that only the loader sets are left out."""
    schema = FILES[name].model_json_schema(by_alias=True)
    if name == "rules":
        for key in SET_BY_LOADER:
            del schema["properties"][key]
        for part in ("Source", "Inherited"):
            del schema["$defs"][part]
        schema.update(_needed(schema.pop("required")))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _needed(required: list[str]) -> dict[str, Any]:
    """Return which keys a rules.yaml needs: an add-on has from its base what is not its own."""
    own = [key for key in required if key in OWN]
    return {"required": own, "anyOf": [{"required": ["extends"]}, {"required": [k for k in required if k not in OWN]}]}


def text_of(name: str) -> str:
    """Return the schema as it is committed."""
    return json.dumps(schema_of(name), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def write() -> None:
    """Write all schemas."""
    for name in FILES:
        (schema_folder() / f"{name}.schema.json").write_text(text_of(name), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
