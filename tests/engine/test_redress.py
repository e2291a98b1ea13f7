"""S7 and S10 in towns: notice before a listing, an objection that suspends it, inferred records, cases that nobody looks into."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from glasstown.engine.kernel.ledger_words import DAY
from glasstown.engine.tables import practice_rows as codes
from glasstown.engine.town import Town
from verification.towns import Plan, build, layer_of

COURT, MONTHS = "cn-court-list-2017", 30
BUSY = {
    "hazard.c11": Decimal("0.02"),
    "recording.dishonesty.default": Decimal(1),
    "recording.court.default": Decimal(1),
    "filing.wrong_person": Decimal("0.02"),
    "objection.share": Decimal("0.4"),
    "trait_loading": Decimal("0.5"),
}


def town_of(rulebook: str = COURT, people: int = 6000, **changes: str) -> Town:
    named = {name.replace("__", "."): Decimal(value) for name, value in changes.items()}
    return build(Plan(rulebook, people, MONTHS, date(2018, 1, 1), {**BUSY, **named}))


def accounts(town: Town) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.int64]]]:
    """Live the months and return truth, redress, entries onto lists and wrongful stock over all of them."""
    layer = layer_of(town)
    slots, total, stock = layer.slots, np.zeros(layer.flow.shape[1], dtype=np.int64), 0
    for _ in range(MONTHS):
        town.advance()
        total += layer.flow.sum(axis=0)
        stock += int(layer.level.sum(axis=0)[slots.level_lists_wrong])
    n = len(layer.rules.lists)
    return {
        "truth": total[slots.truth : slots.truth + codes.N_TRUTHS],
        "redress": total[slots.redress : slots.redress + codes.N_REDRESS],
        "list_in": total[slots.list_in : slots.list_in + n],
        "corrections": total[slots.corrections : slots.corrections + 1],
        "wrong stock": np.array([stock], dtype=np.int64),
    }


def test_notice__puts_every_listing_off_by_its_time_and_is_left_out_as_often_as_said() -> None:
    """Without delays or objections a record is made on the day of the act; with notice it is made two months later or at once."""
    plain = {"objection__share": "0", "filing__wrong_person": "0", "filing__delay_months_court": "0"}
    first_days = []
    for months in ("0", "2"):
        town = town_of(notice__delay_months=months, notice__skipped="0.25", **plain)
        town.advance()
        layer = layer_of(town)
        days = np.concatenate([pool.read[: pool.n_entries, 0] >> DAY.at for pool in layer.pools])
        first_days.append((days, layer.flow.sum(axis=0)[layer.slots.redress :][: codes.N_REDRESS]))
    (at_once, none), (later, said) = first_days
    assert none.sum() == 0
    n = int(said[codes.GIVEN_NOTICE] + said[codes.NOT_GIVEN_NOTICE])
    assert abs(said[codes.NOT_GIVEN_NOTICE] / n - 0.25) < 4 * (0.25 * 0.75 / n) ** 0.5
    waiting = int(((later >= 61) & (later < 61 + 31)).sum())
    assert waiting >= said[codes.GIVEN_NOTICE] > 0
    assert int(((at_once >= 61) & (at_once < 61 + 31)).sum()) == 0


def test_objections__are_filed_and_granted_as_often_as_said() -> None:
    half = {"objection__granted_if_right": "0.5", "objection__granted_if_wrong": "0.5"}
    found = accounts(town_of(**half, objection__review_share="0"))
    objected, granted = (int(found["redress"][each]) for each in (codes.OBJECTED, codes.GRANTED))
    n = int(found["truth"][[codes.RIGHT, codes.WRONG_PERSON, codes.WRONG_CONTENT, codes.MISJUDGED]].sum())
    n += int(found["redress"][codes.AVERTED])
    assert abs(objected / n - 0.4) < 0.03
    assert abs(granted / objected - 0.5) < 0.05


def test_stay__keeps_those_from_the_list_whose_objection_is_granted() -> None:
    """With a stay no granted objection has to correct a listing; without one most do, and wrong listings last longer.

    The list says so in that reading; of spending orders no rule is on record, so the parameter stands.  Courts answer late:
    an answer in the fifteen days of the rule comes as soon as the decision to list.
    """
    late = {"objection__time_used": "4"}
    without, with_it = (
        accounts(town_of(**late)), accounts(town_of(f"{COURT}@objection-stays", objection__stays="1", **late))
    )  # fmt: skip
    redress = with_it["redress"]
    assert redress[codes.SUSPENDED] == redress[codes.OBJECTED] > 0
    assert redress[codes.AVERTED] == redress[codes.GRANTED] > without["redress"][codes.AVERTED]
    assert redress[codes.AVERTED_WRONG] > 0
    assert with_it["corrections"][0] == 0 < without["corrections"][0]
    assert with_it["wrong stock"][0] < without["wrong stock"][0]


DRAFT = """glasstown: 1
id: draft
extends: cn-court-list-2017
title: A draft law of redress
place: {{name: nowhere, level: national}}
issuer: nobody
document: a draft
status: invented
in_force: {{from: 2017-05-01, until: null, cite: {{source: draft, at: whole, evidence: invented}}}}
documented: in full, since it is made up
sections:
  catalogue: {{read: read}}
  grades: {{read: reported absent}}
  measures: {{read: read}}
  lapse: {{read: read}}
  publicity: {{read: read}}
  redress: {{read: read}}
lists:
  - id: spc_dishonest
    label: debtors
    colour: black
    leaves: {{on: [perform, repair]}}
    cite: {{source: draft, at: article 1, evidence: invented}}
{objection}
"""
SOURCES = "sources:\n  - {key: draft, title: A draft, publisher: none, kind: own}\n"
CITE = "cite: {source: draft, at: article 2, evidence: invented}"


def drafted(folder: Path, objection: str) -> str:
    """Write the courts' list with another rule of objection; return its path."""
    folder.mkdir()
    said = f"objection: {{{objection}, {CITE}}}" if objection else ""
    (folder / "rules.yaml").write_text(DRAFT.format(objection=said), "utf-8")
    (folder / "sources.yaml").write_text(SOURCES, "utf-8")
    return str(folder)


def test_draft_law__with_a_stay_and_thirty_days_spares_wrongful_months_that_one_without_and_three_hundred_does_not(
    tmp_path: Path,
) -> None:
    """The direction that docs/experiments/objection.md shows.

    Each right alone goes the same way; a stay spares more, the longer the answer takes.
    """
    rules = {
        "both": "answered_within: {days: 30}, stays: true",
        "days": "answered_within: {days: 30}, stays: false",
        "stay": "answered_within: {days: 300}, stays: true",
        "neither": "answered_within: {days: 300}, stays: false",
    }
    wrong = {
        name: int(accounts(town_of(drafted(tmp_path / name, rule)))["wrong stock"][0]) for name, rule in rules.items()
    }
    assert wrong["both"] < wrong["days"] < wrong["neither"]
    assert wrong["stay"] < wrong["neither"]


def test_draft_law__its_time_to_object_and_its_review_are_worth_something(tmp_path: Path) -> None:
    rules = {
        "short": "within: {days: 3}, answered_within: {days: 30}, stays: false",
        "always": "answered_within: {days: 30}, stays: false",
        "reviewed": "answered_within: {days: 30}, reviewer: a court, review_answered_within: {days: 30}, stays: false",
    }
    found = {
        name: accounts(town_of(drafted(tmp_path / name, rule), objection__review_share="1"))
        for name, rule in rules.items()
    }
    wrong = {name: int(each["wrong stock"][0]) for name, each in found.items()}
    objected = {name: int(each["redress"][codes.OBJECTED]) for name, each in found.items()}
    assert wrong["reviewed"] < wrong["always"] < wrong["short"]
    assert objected["short"] < objected["always"] / 3


def test_draft_law__silent_on_objections__lives_by_the_parameters(tmp_path: Path) -> None:
    """Where no rule is stated the parameters move the town; where one is, it stands before them."""
    silent, says = drafted(tmp_path / "silent", ""), drafted(tmp_path / "says", "stays: false")
    stays = {"objection__stays": "1"}
    assert accounts(town_of(silent, **stays))["redress"][codes.SUSPENDED] > 0
    assert accounts(town_of(says, **stays))["redress"][codes.SUSPENDED] == 0


def test_notice_and_stay__move_no_act_and_nothing_found_out_of_the_first_month() -> None:
    towns = [
        town_of(book, notice__delay_months=months) for book, months in ((COURT, "0"), (f"{COURT}@objection-stays", "3"))
    ]
    for town in towns:
        town.advance()
    assert (np.array(towns[0].sides[0].tally) == np.array(towns[1].sides[0].tally)).all()


@pytest.mark.parametrize(
    ("share", "wrong", "expected"), [("0", "0.93", 0.0), ("0.5", "0.4", 0.2), ("0.5", "0.02", 0.01)]
)
def test_inferred_records__are_wrong_as_often_as_said(share: str, wrong: str, expected: float) -> None:
    found = accounts(
        town_of(
            filing__inferred=share,
            filing__inferred_wrong=wrong,
            filing__wrong_person="0",
            filing__wrong_content="0.01",
            objection__share="0",
        )
    )
    truth = found["truth"]
    n = int(truth[[codes.RIGHT, codes.WRONG_CONTENT, codes.INFERRED, codes.MISJUDGED]].sum())
    assert (
        abs(int(truth[codes.INFERRED]) / n - expected)
        < max(4 * (expected * (1 - expected) / n) ** 0.5, 1e-9) + 0.02 * expected
    )
    assert bool(truth[codes.INFERRED] > 0) is (expected > 0)


def test_inferred_record__is_about_somebody_who_has_not_done_it() -> None:
    """It counts as wrong on the list, there is nothing to perform, and good deeds are never inferred."""
    found = accounts(
        town_of(filing__inferred="0.5", filing__inferred_wrong="0.9", filing__wrong_person="0", objection__share="0")
    )
    assert found["wrong stock"][0] > 0
    good = accounts(town_of("cn-youth-volunteers-2016", filing__inferred="0.5", filing__inferred_wrong="0.9"))
    assert good["truth"][codes.INFERRED] == 0


def test_capacity__leaves_cases_undone_each_as_likely_and_moves_no_act() -> None:
    alone = {"judgment__guarantor": "0"}  # a case against a guarantor too hangs on the debtor's
    enough, few = town_of(COURT, 24_000, **alone), town_of(COURT, 24_000, detection__capacity="3", **alone)
    for town in (enough, few):
        town.advance()
    tally, less = (np.sum(town.sides[0].tally, axis=1) for town in (enough, few))
    assert (tally[0] == less[0]).all()
    assert less[1].sum() < tally[1].sum()
    common = tally[1] > 300
    kept = less[1][common] / tally[1][common]
    assert common.sum() >= 2
    assert float(kept.max() - kept.min()) < 0.12
    n_blocks = 24_000 // 150
    assert less[1].sum() <= n_blocks * 3 * 15
