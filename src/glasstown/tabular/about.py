"""Who made the dataset, under which licence, and how it is cited; the same as in CITATION.cff, which a test holds."""

from __future__ import annotations

from typing import Final

from glasstown.version import __version__

NAME: Final = "glasstown"
TITLE: Final = "Glasstown: documented social credit schemes as data"
CONTRIBUTORS: Final = "Glasstown contributors"
LICENCE: Final = "CC-BY-4.0"
LICENCE_TITLE: Final = "Creative Commons Attribution 4.0 International"
LICENCE_PATH: Final = "https://creativecommons.org/licenses/by/4.0/legalcode"
KEYWORDS: Final = ("social credit", "rules as code", "agent-based model", "simulation", "audit")
DESCRIPTION: Final = (
    "What is on record of social credit schemes in China, statement by statement, each with its source and how well it is "
    "documented: schemes, clauses, grades, lists, measures, redress, sources, and the history around them; and the acts, "
    "parameters and published aggregates of the model that lives under them. No row is about a real person."
)
SCOPE: Final = (
    "It covers the selection, structure, labels and notes. The works that are cited stay under their own terms; "
    "laws and official documents of the People's Republic of China are outside copyright there."
)
FORMAT: Final = 1
"""version of the dataset's form; told in datapackage.json as `glasstown_dataset`"""


def citation() -> str:
    """Return how the dataset is cited."""
    return f"{CONTRIBUTORS}. {TITLE}. Version {__version__}. Licence {LICENCE}."
