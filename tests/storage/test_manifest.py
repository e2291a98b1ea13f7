"""The manifest says all that a run is made of, and says clearly when it cannot be read."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from glasstown.errors import RecordError
from glasstown.storage import Document, Manifest
from glasstown.storage.manifest import parse_manifest, seal_of

PATH = Path("runs/a/manifest.json")


def test_dump__then_parse_is_identity(manifest: Manifest) -> None:
    assert parse_manifest(manifest.dump(), PATH) == manifest


def test_dump__carries_the_words_the_texts_and_their_hashes(manifest: Manifest) -> None:
    content = json.loads(manifest.dump())
    assert content["population"] == "synthetic population"
    assert content["rulebooks"][0]["rules"]["text"].endswith("title_zh: 港\n")
    assert len(content["rulebooks"][0]["rules"]["sha256"]) == 64


def test_manifest__is_frozen_and_knows_its_keys(manifest: Manifest) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        manifest.seed = 2  # type: ignore[misc]
    with pytest.raises(ValidationError, match="Extra inputs"):
        manifest.with_changes(sead=2)


def test_document__has_the_same_hash_however_lines_end(tmp_path: Path) -> None:
    for name, ending in (("unix", b"\n"), ("windows", b"\r\n")):
        (tmp_path / name).write_bytes(b"a: 1" + ending + b"b: 2" + ending)
    unix, windows = (Document.from_file(tmp_path / name) for name in ("unix", "windows"))
    assert unix.sha256 == windows.sha256 == hashlib.sha256(b"a: 1\nb: 2\n").hexdigest()


def test_document__keeps_every_character_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_bytes("a: 1\r\nb: 港\n".encode())
    document = Document.from_file(tmp_path / "rules.yaml")
    assert (document.name, document.text) == ("rules.yaml", "a: 1\r\nb: 港\n")


def test_parse_manifest__refuses_a_newer_format(manifest: Manifest) -> None:
    content = manifest.dump().replace(b'"glasstown_run": 3', b'"glasstown_run": 5')
    with pytest.raises(RecordError) as caught:
        parse_manifest(content, PATH)
    assert "format 5, written by a newer Glasstown (0." in str(caught.value)
    assert "install a newer one" in str(caught.value)


def test_parse_manifest__names_a_half_written_file(manifest: Manifest) -> None:
    content = manifest.dump()
    with pytest.raises(RecordError, match="half-written or damaged"):
        parse_manifest(content[: len(content) // 2], PATH)


@pytest.mark.parametrize(
    "content", [b"[]", b"{}", b'{"glasstown_run": "1"}', b'{"glasstown_run": true}', b'{"glasstown_run": 1.0}', b"null"]
)
def test_parse_manifest__refuses_what_is_no_manifest(content: bytes) -> None:
    with pytest.raises(RecordError, match="no key 'glasstown_run'"):
        parse_manifest(content, PATH)


@pytest.mark.parametrize(
    ("key", "value"), [("months", True), ("seed", 1.0), ("parts", "0"), ("threads", True), ("people", "300")]
)
def test_parse_manifest__takes_no_value_for_another(manifest: Manifest, key: str, value: object) -> None:
    values = json.loads(manifest.dump())
    values[key] = value
    values["seal"] = seal_of({name: each for name, each in values.items() if name != "seal"})
    with pytest.raises(RecordError) as caught:
        parse_manifest(json.dumps(values).encode(), PATH)
    assert [fault.subject for fault in caught.value.faults] == [key]


def test_parse_manifest__notices_a_text_that_was_changed(manifest: Manifest) -> None:
    content = manifest.dump().replace(b"id: harbour", b"id: haven")
    with pytest.raises(RecordError, match=r"rules\.yaml does not have the hash written beside it"):
        parse_manifest(content, PATH)


def test_parse_manifest__names_every_fault_of_shape(manifest: Manifest) -> None:
    values = json.loads(manifest.dump())
    values["people"], values["status"] = -3, "halted"
    with pytest.raises(RecordError) as caught:
        parse_manifest(json.dumps(values).encode(), PATH)
    assert [fault.subject for fault in caught.value.faults] == ["status", "people"]
