"""The shelf of lists as they were published: read, and each source known."""

from __future__ import annotations

from functools import cache

from glasstown.archive.history import load_sources
from glasstown.errors import Fault, RulebookError
from glasstown.language.files import Read, read_with_places
from glasstown.language.series import Series
from glasstown.language.texts import no_such
from glasstown.paths import data_folder


@cache
def load_series(name: str) -> Series:
    """Return a list as it was published; RulebookError with every fault, UsageError where there is none of the name."""
    folder = data_folder() / "series"
    known = sorted(path.stem for path in folder.glob("*.yaml"))
    if name not in known:
        raise no_such("series", name, known)
    return checked_series(read_with_places(folder / f"{name}.yaml", Series))


def checked_series(read: Read[Series]) -> Series:
    """Return a series whose meaning holds; RulebookError with what does not."""
    series, faults = read.value, []
    known = {each.key for each in series.sources} | load_sources().keys()
    for number, figure in enumerate(series.figures):
        place = read.where.at("figures", number)
        is_stock = figure.on is not None and figure.from_ is None and figure.until is None
        is_flow = figure.on is None and figure.from_ is not None and figure.until is not None
        if not (is_stock if figure.of == "stock" else is_flow and figure.from_ < figure.until):  # type: ignore[operator]
            expected = "`on` of a stock, `from` and a later `until` of all else"
            faults.append(Fault(figure.id, place, "other days", expected, "Give the days of the count."))
        if figure.cite.source not in known:
            faults.append(Fault(figure.id, place, f"source '{figure.cite.source}'", "a work of this file or of sources.yaml",
                                "Add the work to `sources`."))  # fmt: skip
        if figure.of not in {each.of for each in series.persons}:
            faults.append(Fault(figure.id, place, f"no share of people in {figure.of}", "one", "Add it to `persons`."))
    ids = [figure.id for figure in series.figures]
    faults += [Fault("figures", read.where.at("figures"), f"'{each}' twice", "each id once", "Rename one.")
               for each in sorted(set(ids)) if ids.count(each) > 1]  # fmt: skip
    for number, share in enumerate(series.persons):
        if not share.low <= share.value <= share.high:
            place, found = read.where.at("persons", number), f"{share.value} outside {share.low} to {share.high}"
            faults.append(Fault("persons", place, found, "a share inside its range", "Mend the range."))
    if faults:
        raise RulebookError(f"series '{series.id}'", faults)
    return series
