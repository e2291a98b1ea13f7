"""Names in a manifest: what a document or a rulebook is called.  They are shown and compared, and nothing is opened by them."""

from __future__ import annotations

import re
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator

from glasstown.language.model_base import Identifier

LONGEST: Final = 255
"""bytes of a file's name on the usual disks"""
_SEPARATES: Final = re.compile(r"[/\\]")


def check_name(text: str) -> str:
    """Return a name that is the name of one file of its folder, or raise ValueError that says why it is none."""
    if not text or text in (".", ".."):
        raise ValueError(f"'{text}' is no file's name")
    if _SEPARATES.search(text):
        raise ValueError(f"'{_shown(text)}' leads into folders; a name has no slash")
    if not text.isprintable() or text != text.strip():
        raise ValueError(f"'{_shown(text)}' has characters that cannot be seen")
    if len(text.encode("utf-8", "replace")) > LONGEST:
        raise ValueError(f"'{_shown(text)}' is longer than {LONGEST} bytes")
    return text


def fit_name(text: str) -> str:
    """Return a file's name as a manifest may hold it: what `check_name` refuses becomes a line below."""
    fit = "".join(letter if letter.isprintable() and letter not in "/\\" else "_" for letter in text).strip()
    return fit.encode("utf-8", "replace")[:LONGEST].decode("utf-8", "ignore").strip() or "_"


def _shown(text: str) -> str:
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text[:80])


Name: TypeAlias = Annotated[str, AfterValidator(check_name)]
"""Name of one file, without a folder."""
Id: TypeAlias = Annotated[Identifier, AfterValidator(check_name)]
"""Id of a rulebook or of a reading: letters, digits and `+._-`, as in a rulebook."""
