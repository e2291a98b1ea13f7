"""The committed schemas are those of the models, and the shipped files fit them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from glasstown.language import schema
from glasstown.language.yaml import read_tree
from glasstown.paths import data_folder, rulebook_folder, schema_folder

HERE = Path(__file__).resolve().parents[1]


def files() -> Iterator[tuple[str, Path]]:
    folders = [
        *sorted(path for path in rulebook_folder().iterdir() if (path / "rules.yaml").is_file()),
        *sorted((HERE / "rulebooks" / "good").iterdir()),
    ]
    for folder in folders:
        if folder.is_dir():
            yield "rules", folder / "rules.yaml"
            yield "sources", folder / "sources.yaml"
    yield "acts", data_folder() / "acts.yaml"
    for name in ("parameters", "targets", "unknowns"):
        yield name, data_folder() / f"{name}.yaml"
    for name, folder in (("place", "places"), ("drive", "drives"), ("series", "series")):
        yield from ((name, path) for path in sorted((data_folder() / folder).glob("*.yaml")))


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


@pytest.mark.parametrize("name", schema.FILES)
def test_committed_schema__is_that_of_the_model(name: str) -> None:
    """Run `python -m glasstown.language.schema` after a change of the model."""
    assert (schema_folder() / f"{name}.schema.json").read_text(encoding="utf-8") == schema.text_of(name)


def test_schema_folder__holds_nothing_else() -> None:
    assert sorted(path.name for path in schema_folder().iterdir()) == sorted(
        f"{name}.schema.json" for name in schema.FILES
    )


@cache
def validator(name: str) -> Any:
    """Return what validates files of a name, made once: a schema is long, and is itself validated first."""
    found = schema.schema_of(name)
    of = jsonschema.validators.validator_for(found)
    of.check_schema(found)
    return of(found)


@pytest.mark.parametrize(("name", "path"), [*files()], ids=lambda value: str(value).removeprefix(str(HERE.parent)))
def test_files_that_load__fit_the_schema(name: str, path: Path) -> None:
    validator(name).validate(plain(read_tree(path, str(path)).data))


def test_schema__refuses_an_unknown_key() -> None:
    with pytest.raises(jsonschema.ValidationError):
        validator("sources").validate({"sources": [], "people": []})


@pytest.mark.parametrize("name", schema.FILES)
def test_schema__describes_every_key(name: str) -> None:
    text = json.loads(schema.text_of(name))
    for owner in [text, *text.get("$defs", {}).values()]:
        for key, about in owner.get("properties", {}).items():
            assert about.get("description"), f"{owner.get('title')}.{key}"


def test_first_line__leads_an_editor_to_a_schema_that_is_there() -> None:
    files = [path for part in ("src", "tests", "docs", "verification") for path in (HERE.parent / part).rglob("*.yaml")]
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in files}
    named = {(path, found[1]) for path, text in texts.items() if (found := re.search(r"\$schema=(\S+)", text))}
    assert len(named) > 50
    assert [str(path) for path, schema in named if not (path.parent / schema).is_file()] == []
