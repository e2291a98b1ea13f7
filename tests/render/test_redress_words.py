"""What a summary says of objections: parameters that stand, and one that was set in vain."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from glasstown.language.load import load_parameters, load_rulebook
from glasstown.outcomes.opened import TownRun
from glasstown.render.redress_words import redress_findings


def told(*references: str, **settings: str) -> str:
    """Return what is said of a run under these rulebooks with these settings."""
    manifest: Any = SimpleNamespace(settings={name.replace("__", "."): value for name, value in settings.items()})
    runs = [
        SimpleNamespace(reference=name, book=load_rulebook(name), parameters=load_parameters(), manifest=manifest)
        for name in references
    ]
    return " ".join(redress_findings(cast("list[TownRun]", runs)))


def test_silent_rulebook__names_the_parameters_that_stand() -> None:
    assert told("suining-2010") == (
        "No rule of objection is on record for records of suining-2010: "
        "objection.share (0.10), objection.months (2) and objection.stays (0) stand."
    )
    assert "objection.months (3)" in told("suining-2010", objection__months="3")


def test_rule__says_what_it_leaves_open() -> None:
    assert "cn-finance-list-2017 does not say whether a listing stands meanwhile" in told("cn-finance-list-2017")
    both = told("cn-rail-list-2018", "cn-air-list-2018")
    assert "cn-rail-list-2018 and cn-air-list-2018 do not say how long an answer takes" in both


def test_parameter_set_in_vain__is_told() -> None:
    said = told("cn-court-list-2017", objection__stays="1")
    assert "objection.stays was set, but the rule of cn-court-list-2017 says `stays`" in said
    assert "was set" not in told("cn-court-list-2017", objection__share="0.4")
    assert "was set" not in told("suining-2010", objection__stays="1")


def test_scheme_without_redress_or_records__has_nothing_to_say() -> None:
    assert told("no-scheme") == ""
