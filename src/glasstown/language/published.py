"""Which of a rulebook's lists it shows to the public, employers and neighbours among them."""

from __future__ import annotations

from glasstown.language.model import Rulebook


def published_lists(book: Rulebook) -> frozenset[str]:
    """Return the lists of which a rulebook says that something about those on them is made public.

    A list that no entry of `publicity` names is not: of what was not read nothing is taken to be public, and what is given out on
    request alone reaches nobody who does not ask.
    """
    shown = (
        entry
        for entry in book.publicity
        if entry.when is not None and set(entry.what) - {"nothing"} and set(entry.where) != {"on-request"}
    )
    return frozenset(name for entry in shown if entry.when is not None for name in entry.when.lists)
