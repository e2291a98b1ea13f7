"""One hypothetical firm under every corporate rulebook at once, as an answer and as a page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from glasstown.answers.firm_told import FirmAnswer


def answer(file: str | Path, page: Path | None = None) -> FirmAnswer:
    """Read a firm's file, or a worked firm's by its name, and tell it under every corporate rulebook; with `page` as a page too.

    Errors   CaseError for what the file has wrong; UsageError for a name of no firm, and for a page that may not be written, before
             any work is done
    """
    from glasstown.answers.firm_page import page_of
    from glasstown.archive.library import hold
    from glasstown.cases.firm import tell_firm
    from glasstown.cases.firm_file import path_of_firm
    from glasstown.render.html import is_report
    from glasstown.storage.target import file_target

    target = file_target(page, "the page", is_report) if page is not None else None
    told = FirmAnswer(tell_firm(path_of_firm(str(file)), hold))
    if target is None:
        return told
    target.write(page_of(told).encode("utf-8"))
    return replace(told, page=page)
