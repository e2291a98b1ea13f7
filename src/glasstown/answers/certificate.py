"""The certificate that a case can print: what stands on it, and by which rule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from glasstown.errors import Fault, UsageError

if TYPE_CHECKING:
    from glasstown.cases.case import Case
    from glasstown.language.model import Publicity, Rulebook
    from glasstown.ledger import Account
    from glasstown.storage.target import FileTarget

WHAT = "the certificate"


def rule_of(book: Rulebook) -> Publicity:
    """Return the rule by which a scheme prints certificates; `UsageError` where none is on file."""
    for item in book.publicity:
        if item.id == "certificate" or "certificate" in item.where:
            return item
    expected = "a rulebook whose publicity has a certificate, such as rongcheng-2013"
    fault = Fault(WHAT, None, f"no rule of '{book.id}' that prints one", expected, "Leave out --certificate.")
    raise UsageError(WHAT, [fault])


def target_of(book: Rulebook, out: Path) -> FileTarget:
    """Return where the certificate goes; `UsageError` where no rule prints one, or the file may not be written."""
    from glasstown.render.html import is_report
    from glasstown.storage.target import file_target

    rule_of(book)
    return file_target(out, WHAT, is_report)


def printed(book: Rulebook, case: Case, account: Account, score: str) -> str:
    """Return the certificate of a case, told to its end under a rulebook, as an HTML page."""
    from glasstown.render.certificate import Certificate, page
    from glasstown.render.words import full_date
    from glasstown.wording import counted, grouped, noun

    rule = rule_of(book)
    source = next((each for each in book.sources if each.key == rule.cite.source), None)
    by = (source.by() if source else None) or rule.cite.source
    stands = noun(len(account.ledger), "stands", "stand")
    labels = {each.id: each.label for each in book.lists}
    return page(
        Certificate(
            scheme=book.title,
            place=book.place.name,
            grade=account.grade or "none",
            points=grouped(score),
            day=full_date(case.life.until),
            lists=[labels[each] for each in account.lists],
            rule=rule.text,
            source=f"{by}, {rule.cite.at} ({rule.cite.evidence})",
            holder=f"an invented {case.subject}, of whom {counted(len(account.ledger), 'line')} {stands} on record",
        )
    )
