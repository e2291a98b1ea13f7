"""What the typed values do not say of their columns: names, keys, references, units, and which empty cell means unknown.

Everything else is derived: a field's description is its column's, its type the column's, its place the name.
A field of a value is in a table, or stands in `LEFT_OUT` with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, TypeAlias

from glasstown.archive.claims import Claim, Ledger, Shown
from glasstown.archive.history import Agencies, Agency, Area, Areas, Batch, Event, Share, Sources, Timeline
from glasstown.archive.library import Presets
from glasstown.language import acts, model, parameters
from glasstown.language.model_base import Cite, Value

Of: TypeAlias = tuple[type[Value], str]
"""a field: the value it belongs to, and its name"""

LEFT_OUT: Final[Mapping[Of, str]] = {
    (model.Rulebook, "glasstown"): "the version of the language of rules.yaml, no statement of a scheme",
    (parameters.PlaceFile, "glasstown_place"): "the version of a file's format",
    (acts.ActCatalogue, "glasstown_acts"): "the version of a file's format",
    (parameters.Parameters, "glasstown_parameters"): "the version of a file's format",
}

TABLE_NAMES: Final[Mapping[str, str]] = {
    "rulebook_score_parts": "score_parts",
    "rulebook_score_caps": "score_caps",
    "rulebook_score_cycle_starts": "score_cycle_starts",
    "rulebook_score_black_box_inputs": "score_black_box_inputs",
    "rulebook_working_days_weekend": "weekend_days",
    "rulebook_working_days_holidays": "holidays",
    "proof": "rulebook_proof",
}
"""other names than what the place of a part comes to"""

ROOT_NAMES: Final[Mapping[Of, str]] = {
    (Sources, "sources"): "sources",
    (Timeline, "events"): "timeline",
    (Agencies, "agencies"): "agencies",
    (Areas, "batches"): "batches",
    (Areas, "areas"): "areas",
    (Ledger, "claims"): "claims",
    (Presets, "presets"): "presets",
    (acts.ActCatalogue, "roles"): "roles",
    (acts.ActCatalogue, "classes"): "classes",
    (acts.ActCatalogue, "acts"): "acts",
    (parameters.Parameters, "parameters"): "parameters",
}

MEANINGS: Final[Mapping[str, str]] = {
    "rulebooks": "schemes, one row each, as each is read where no reading is named",
    "clauses": "what a scheme records: conduct, and the points, fines, grades or lists that follow",
    "grades": "grades of a scheme, best first",
    "lists": "lists that subjects come on and leave, with their clocks",
    "measures": "what follows for a subject: burdens and advantages",
    "procedures": "decisions that a subject can bring about",
    "publicity": "what a scheme makes public, and what is said of it",
    "redress": "what the record says of objection, correction, repair and appeal",
    "process": "what the record says of who records, and how it is worked out",
    "observations": "published figures about a scheme",
    "variants": "named readings of what the sources leave open",
    "sources": "works that statements cite, one row for each collection that cites one",
    "timeline": "what happened, oldest first; a date is as exact as its source",
    "agencies": "who records what, and what may be done with it",
    "batches": "areas that were chosen together",
    "areas": "cities, counties and districts that took part, as far as their names are known",
    "claims": "what the article that the project began with says, and what became of it here",
    "gates": "what measures open, close or make dearer: a closed vocabulary",
    "acts": "what people and firms do, in the model: independent of any scheme",
    "classes": "conduct classes of the model",
    "roles": "roles that open acts to those who have them",
    "parameters": "numbers of the model, each with range, source and standing",
    "presets": "sets of rulebooks that are usually looked at together",
    "places": "published aggregates that a synthetic town is generated from; there is no row of a person in it",
}
"""what a table is, where a field's description is too short for somebody who has not seen the rest"""

SINGULAR: Final[Mapping[str, str]] = {
    "agencies": "agency", "batches": "batch", "classes": "class", "timeline": "event", "publicity": "publicity",
    "redress": "redress", "process": "process", "rulebook_proof": "proof",
}  # fmt: skip
"""one row of a table, where it is not the table's name without its s"""

COLUMN_NAMES: Final[Mapping[Of, str]] = {(Shown, "claim"): "other_claim"}
"""other names of columns than their fields', where the owner's name is the same"""

KEYS: Final[Mapping[type[Value], str]] = {model.Source: "key", Claim: "n"}
"""the field that tells the parts of one owner apart, where it is not `id`"""

SCOPED, GLOBAL = True, False
REFERENCES: Final[Mapping[Of, tuple[str, bool]]] = {
    (Cite, "source"): ("sources", SCOPED),
    (model.Clause, "act"): ("acts", GLOBAL),
    (model.Clause, "exception_to"): ("clauses", SCOPED),
    (model.Clause, "group"): ("groups", SCOPED),
    (model.Clause, "part"): ("score_parts", SCOPED),
    (model.AppliesTo, "role"): ("roles", GLOBAL),
    (model.ReachedBy, "clause"): ("clauses", SCOPED),
    (model.Override, "grade"): ("grades", SCOPED),
    (model.Enters, "list"): ("lists", SCOPED),
    (model.Ladder, "steps"): ("clauses", SCOPED),
    (model.Campaign, "clauses"): ("clauses", SCOPED),
    (model.Campaign, "groups"): ("groups", SCOPED),
    (model.ListEntry, "grades"): ("grades", SCOPED),
    (model.ListExit, "on"): ("procedures", SCOPED),
    (model.When, "grades"): ("grades", SCOPED),
    (model.When, "lists"): ("lists", SCOPED),
    (model.When, "clauses"): ("clauses", SCOPED),
    (model.Measure, "gate"): ("gates", GLOBAL),
    (model.Procedure, "needs_list"): ("lists", SCOPED),
    (model.Subject, "role"): ("roles", GLOBAL),
    (model.Exempt, "role"): ("roles", GLOBAL),
    (model.Rulebook, "default_variant"): ("variants", SCOPED),
    (model.Rulebook, "variant"): ("variants", SCOPED),
    (model.Inherited, "from_"): ("rulebooks", GLOBAL),
    (Event, "rulebooks"): ("rulebooks", GLOBAL),
    (Agency, "rulebooks"): ("rulebooks", GLOBAL),
    (Area, "rulebooks"): ("rulebooks", GLOBAL),
    (Area, "batch"): ("batches", GLOBAL),
    (Share, "with_"): ("agencies", GLOBAL),
    (Shown, "agency"): ("agencies", GLOBAL),
    (Shown, "batch"): ("batches", GLOBAL),
    (Shown, "claim"): ("claims", GLOBAL),
    (acts.Act, "class_"): ("classes", GLOBAL),
    (acts.Act, "role"): ("roles", GLOBAL),
    (acts.Act, "is_a"): ("acts", GLOBAL),
    (parameters.RoleShare, "role"): ("roles", GLOBAL),
}
"""fields that name a row of a table; scoped: of the same rulebook, or of the files of `data/`"""

POINTS, YUAN, YEARS, MONTHS, SHARE = "points", "yuan", "years", "months", "share of 1"
UNITS: Final[Mapping[Of, str]] = {
    **{(model.PointsRange, name): POINTS for name in ("least", "most")},
    **{(model.MoneyRange, name): YUAN for name in ("least", "most")},
    **{(model.Extension, name): MONTHS for name in ("least", "most")},
    **{(model.Grace, name): MONTHS for name in ("least", "most")},
    **{(model.Grade, name): POINTS for name in ("from_", "below")},
    **{(model.BasePart, name): POINTS for name in ("value", "lowest", "highest")},
    **{(model.ListEntry, name): POINTS for name in ("score_at_most", "score_at_least", "household_average_above")},
    **{(acts.Detection, name): SHARE for name in ("urban", "rural")},
    **{(acts.Amount, name): "as `amount_unit` says" for name in ("least", "most")},
    **{(model.AmountBand, name): "as `amount_of` says" for name in ("from_", "below")},
    **{(parameters.AgeCell, name): YEARS for name in ("from_", "to")},
    **{(parameters.RoleShare, name): YEARS for name in ("min_age", "max_age")},
    **{(parameters.AgeBand, name): YEARS for name in ("from_", "to")},
    **{(cell, name): YEARS for cell in (parameters.DeathCell, parameters.MoveCell) for name in ("from_", "to")},
    **{(parameters.DeathCell, name): SHARE for name in ("men", "women")},
    (parameters.MoveCell, "share"): SHARE,
    (acts.FromAge, "years"): YEARS,
    **{(parameters.Parameter, name): "as `unit` says" for name in ("value", "low", "high")},
    (parameters.AgeCell, "share"): SHARE,
    (parameters.Share, "share"): SHARE,
    (parameters.RoleShare, "share"): SHARE,
    (parameters.SourcedShare, "value"): "share of 1, or a mean number; the column says of what",
    (parameters.PlaceFile, "smallest_cell"): "people",
    (acts.Act, "share"): SHARE,
    (acts.Spell, "ends_per_month"): "chance a month",
    (Claim, "n"): "number",
    (Batch, "areas"): "areas",
    (model.DatedPoints, "value"): POINTS,
    (model.PointsRate, "each"): POINTS,
    (model.PointsRate, "per"): "as `points_of` says",
    (model.Lock, "at_most"): POINTS,
    (model.Proof, "at_least"): "pieces",
    (model.Clause, "points"): POINTS,
    (model.Clause, "fine"): YUAN,
    (model.Figure, "value"): POINTS,
    (model.Score, "quantum"): POINTS,
    (model.Quota, "share"): SHARE,
    (model.Rectified, "returns"): SHARE,
    (model.Quota, "among_from"): POINTS,
    (model.Campaign, "times"): "factor",
    (model.Subject, "min_age"): YEARS,
    (model.Measure, "severity"): "rank, 0 to 5",
    (model.Observation, "value"): "as `unit` says",
    (model.Observation, "year"): "year",
    (model.Setting, "value"): "as at the path",
    (model.Source, "year"): "year",
    (model.Cap, "times"): "records",
    (model.Cap, "points"): POINTS,
}  # fmt: skip
"""units of columns of numbers"""

NO_UNIT: Final = "not declared"

FORMS: Final[Mapping[type[Value], str]] = {
    model.PointsRange: "range",
    model.PointsRate: "rate",
    model.PointsDated: "dated",
    model.MoneyRange: "range",
    model.When: "condition",
}
"""what a form is called that is a value with parts of its own"""

TELLS_UNKNOWN: Final = re.compile(r"where (it is |one is )?(known|named)|where a source gives it")
"""words of a description by which an empty cell means that the sources do not tell"""
UNKNOWN_IF_EMPTY: Final[frozenset[Of]] = frozenset({(model.Observation, "year")})
"""further fields of which an empty cell means so"""


def unit_of(of: Of) -> str:
    """Return the unit of a column of numbers."""
    return UNITS.get(of, NO_UNIT)


def singular(table: str) -> str:
    """Return what one row of a table is called, such as `clause`."""
    return SINGULAR.get(table, table.removesuffix("s"))


def is_unknown_if_empty(of: Of, description: str) -> bool:
    """Return whether an empty cell of a field means that the sources do not tell, rather than that there is none."""
    return of in UNKNOWN_IF_EMPTY or TELLS_UNKNOWN.search(description) is not None
