"""The part of the Python interface that answers from the record alone; `glasstown.api` has it beside the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glasstown.incoming import path_of
from glasstown.runs.arguments import Day, Reference, asked, day_of, folder_of, record_day_of, text_of, texts
from glasstown.runs.usage import check_matrix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glasstown.answers.case import Told
    from glasstown.answers.case_many import ToldUnderMany
    from glasstown.answers.claims import Claims
    from glasstown.answers.compare_rules import Compared
    from glasstown.answers.dataset import Dataset
    from glasstown.answers.firm_told import FirmAnswer
    from glasstown.answers.history import Happened, Recorders, TookPart
    from glasstown.answers.matrix import Matrix
    from glasstown.answers.sources import Bibliography
    from glasstown.answers.targets import Held


@asked
def case(reference: Reference, file: Reference, *, certificate: Reference | None = None) -> Told | ToldUnderMany:
    """Return one hypothetical life as the rulebook tells it: a case file, or a worked case of the rulebook by name.

    A preset, or several rulebooks with commas between them, tell the same life, each in its own way.
    With `certificate`, where the scheme prints one, the certificate of this invented life is written into that file.

    >>> life = glasstown.case("suining-2010", "red-light-and-found-money")
    >>> life.score, life.account.grade
    ('965', 'B')
    """
    from glasstown.answers.case_many import answer

    return answer(str(reference), str(file), folder_of(certificate))


@asked
def claims(*numbers: int, verdict: str | None = None, about: str | None = None) -> Claims:
    """Return what became of each claim of the article that the project began with: of some, of one verdict, or about a word.

    >>> glasstown.claims(35).claims[0].verdict
    'conflicting'
    """
    from glasstown.answers.claims import claims as ledger

    return ledger(numbers, verdict, about)


@asked
def firm(file: Reference, *, html: Reference | None = None) -> FirmAnswer:
    """Return one hypothetical firm, a file or a worked firm by its name, as every corporate rulebook tells it.

    `html` names a file for a page that prints.

    >>> glasstown.firm("factory").rulebooks()[0]
    'cn-tax-credit-2014'
    """
    from glasstown.answers.firm import answer

    return answer(str(file), folder_of(html))


@asked
def compare_rules(
    *references: Reference,
    part: Sequence[str] = (),
    as_at: Day | None = None,
    only_differences: bool = False,
    sources: bool = False,
    matrix: str | None = None,
    csv: Reference | None = None,
    html: Reference | None = None,
) -> Compared | Matrix:
    """Return rulebooks side by side, part by part; with parts and no rulebook, all that ship.

    With `matrix`, one of rights, acts and measures, rulebooks by topic, each cell a cited answer; `csv` and `html` name files for it.

    >>> glasstown.compare_rules("cn-henan-credit-2019", matrix="rights").columns()["state"][0]
    'says'
    """
    from glasstown.answers.compare_rules import compare
    from glasstown.answers.matrix import matrix as laid_out

    check_matrix(matrix, part, csv, html, only_differences=only_differences)
    if matrix is not None:
        names, day = texts("references", references), day_of(as_at, "as_at")
        return laid_out(matrix, names, day, table=folder_of(csv), page=folder_of(html))
    return compare(
        texts("references", references),
        day_of(as_at, "as_at"),
        part,
        only_differences=only_differences,
        sources=sources,
    )


@asked
def timeline(*, rulebook: Reference | None = None, since: Day | None = None, until: Day | None = None) -> Happened:
    """Return what happened when; dates are as exact as one likes (2016, 2016-09), and `until` is included.

    >>> glasstown.timeline(since="2013", until="2013").events[0].what
    'The regulations on the credit reporting industry take effect'
    """
    from glasstown.answers.history import happened

    return happened(text_of(rulebook), record_day_of(since, "since"), record_day_of(until, "until"))


@asked
def agencies(*ids: str) -> Recorders:
    """Return which agency records what, may do what, and shares with whom; all where none is named.

    >>> [agency.id for agency in glasstown.agencies("ndrc").agencies]
    ['ndrc']
    """
    from glasstown.answers.history import recorders

    return recorders(ids)


@asked
def areas() -> TookPart:
    """Return the pilots and the demonstration areas, with the rulebooks on file.

    >>> len(glasstown.areas().as_json()["batches"])
    5
    """
    from glasstown.answers.history import took_part

    return took_part()


@asked
def sources(*references: Reference, bibtex: bool = False) -> Bibliography:
    """Return the works that these rulebooks cite; everything that is cited where none is named.

    >>> len(glasstown.sources("suining-2010").works)
    10
    """
    from glasstown.answers.sources import bibliography

    return bibliography(texts("references", references), bibtex=bibtex)


@asked
def targets(*, use: str | None = None) -> Held:
    """Return what is published and a town can be held to, each with source, widths and use; all, or those of one use.

    >>> len(glasstown.targets(use="hold-out").targets) >= 14
    True
    """
    from glasstown.answers.targets import held

    return held(use)


@asked
def dataset(folder: Reference) -> Dataset:
    """Write the whole record as tables, CSV and Parquet with a codebook, into a new folder or over an earlier dataset."""
    from glasstown.answers.dataset import written

    return written(path_of(folder))
