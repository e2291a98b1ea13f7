"""A rulebook of one's own, begun from a template: what `new` answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from glasstown.answers.base import Answer
from glasstown.errors import Fault, Place, UsageError
from glasstown.incoming import check_name
from glasstown.language.texts import RULES, shipped
from glasstown.paths import template_folder
from glasstown.render.blocks import Block, Item, Paragraph
from glasstown.render.findings import shown
from glasstown.storage.new_folder import check_new_folder, write_new_folder
from glasstown.wording import as_typed

WHAT: Final = "the new rulebook"
TEMPLATE_ID: Final = "my-rulebook"
"""what the templates are called, wherever their own name stands in them"""
FILES: Final = (RULES, "sources.yaml", "cases/first.yaml")
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9+.-]*")


@dataclass(frozen=True)
class New(Answer):
    """A rulebook that was begun: its folder, its kind and its files."""

    folder: Path
    kind: str
    files: tuple[str, ...] = FILES

    def as_json(self) -> dict[str, Any]:
        """Return the folder, the rulebook's id, its kind and its files."""
        return {"folder": str(self.folder), "rulebook": self.folder.name, "kind": self.kind, "files": list(self.files)}

    def columns(self) -> Mapping[str, Sequence[Any]]:
        """Return one row for each file."""
        return {"folder": [str(self.folder)] * len(self.files), "file": list(self.files)}

    def blocks(self) -> list[Block]:
        """Return where it lies, and what one does with it next."""
        folder = shown(self.folder)
        what = (
            "a score with grades" if self.kind == "score" else "a list with its grounds, its ways out and an objection"
        )
        return [
            Paragraph(f"A draft that keeps {what} lies in {folder}; its comments say what each part is for."),
            Item("edit", f"{shown(self.folder / RULES)}"),
            Item("check", f"glasstown check {as_typed(folder)}"),
            Item("one life", f"glasstown case {as_typed(folder)} first"),
            Item("a town", f"glasstown run {as_typed(folder)} --people 2000 --months 24"),
        ]


def begun(folder: Path, *, as_list: bool, as_score: bool) -> New:
    """Write a rulebook from a template into a new folder and return it; a score where neither kind is asked for.

    Errors   UsageError where both are, where the name is no id or is that of a rulebook that ships, or is taken
    """
    if as_list and as_score:
        fault = Fault(
            "--list", None, "--score beside it", "one of the two", "Leave one out; a rulebook can have both later."
        )
        raise UsageError("the request", [fault])
    _check_id(folder)
    check_new_folder(folder, WHAT)
    kind = "list" if as_list else "score"
    files = {name: (template_folder() / kind / name).read_text("utf-8") for name in FILES}
    write_new_folder(
        folder, WHAT, {name: text.replace(TEMPLATE_ID, folder.name).encode() for name, text in files.items()}
    )
    return New(folder, kind)


def _check_id(folder: Path) -> None:
    """Refuse a folder whose name cannot be the id of a rulebook of one's own."""
    check_name(folder, WHAT)
    name = folder.name
    if not _NAME.fullmatch(name):
        close = re.sub(r"[^a-z0-9+.]+", "-", name.lower()).strip("-.+") or TEMPLATE_ID
        expected = "small letters, digits and hyphens, beginning with a letter or digit"
        fault = Fault(
            WHAT,
            Place(str(folder)),
            f"the name '{name or folder}'",
            expected,
            f"Name it like {close}: it is the id too.",
        )
        raise UsageError(f"cannot write {folder}", [fault])
    if name in shipped():
        way_out = "Give it another name, so that commands know which of the two is meant."
        fault = Fault(WHAT, Place(str(folder)), f"'{name}', a rulebook that ships", "an id of its own", way_out)
        raise UsageError(f"cannot write {folder}", [fault])
