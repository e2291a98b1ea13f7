"""Cases under a rulebook with every further shape: what an event may hold, what is refused, what is answered."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest

from glasstown.cases.case import load_case, run_case
from glasstown.cases.file import ProofGiven
from glasstown.errors import CaseError
from glasstown.language.model import Proof
from glasstown.ledger import CutOff
from golden.harness import acts_from, book_from

YEAR_END = ["12-31"]
PARTS: dict[str, Any] = {
    "score": {"quantum": "0.5", "parts": [{"id": "work", "value": 60}, {"id": "home", "value": 40}]},
    "grades": [
        {"id": "A", "from": "quota", "below": "top", "quota": {"share": "0.1", "assessed": YEAR_END}},
        {"id": "B", "from": "lowest", "below": "top"},
    ],
    "clauses": [
        {"id": "small", "act": "debt", "direction": "deduct", "points": -1, "amount": {"below": 100, "of": "yuan"}},
        {"id": "large", "act": "debt", "direction": "deduct", "points": -5,
         "amount": {"from": 100, "below": 900, "of": "yuan"}},
        {"id": "over", "direction": "deduct", "points": {"least": "unknown", "most": -2}},
        {"id": "photo", "direction": "deduct", "points": -1, "part": "work", "proof": [{"kind": "photo", "at_least": 2}],
         "unless": [{"id": "child"}]},
        {"id": "listed", "direction": "deduct", "points": -1,
         "enters": {"list": "black", "extension": {"least": 12, "most": 36, "when": "gross"}}},
        {"id": "unlisted", "direction": "deduct", "points": -1, "enters": {"list": "plain"}},
        {"id": "lasting", "direction": "deduct", "points": -1, "carries_over": True},
        {"id": "member", "direction": "reward", "points": 3, "status": True, "applies_to": {"role": "member"}},
        {"id": "person", "direction": "reward", "points": 1, "status": True},
        {"id": "gift", "direction": "reward", "points": 4, "part": "home"},
    ],
    "lists": [
        {"id": "black", "leaves": {"on": ["perform"]}, "grace": {"least": 1, "most": 3}, "objection": {"stays": False}},
        {"id": "plain", "leaves": {}},
    ],
    "procedures": [{"id": "perform"}, {"id": "repair"}],
    "publicity": [{"id": "named", "when": {"lists": ["black"]}}, {"id": "meeting"}],
    "balance": {"unit": "coin"},
    "consent": {},
}  # fmt: skip
BOOK = book_from("town", PARTS)
PLAIN = book_from(
    "plain",
    {
        "clauses": [{"id": "flat", "direction": "deduct", "points": -1}],
        "grades": [{"id": "B", "from": "lowest", "below": "top"}],
    },
)
TWO_QUOTAS = book_from(
    "two",
    {
        "clauses": [{"id": "flat", "direction": "deduct", "points": -1}],
        "grades": [
            {"id": "A", "from": "quota", "below": "top", "quota": {"share": "0.1", "assessed": YEAR_END}},
            {"id": "B", "from": "quota", "below": "top", "quota": {"share": "0.2", "assessed": YEAR_END}},
        ],
    },
)
ACTS = acts_from({"debt": None})


def write(folder: Path, text: str) -> Path:
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str, book: Any = BOOK) -> list[str]:
    with pytest.raises(CaseError) as caught:
        load_case(write(folder, text), book, ACTS)
    return [str(fault) for fault in caught.value.faults]


def told(folder: Path, text: str) -> dict[str, Any]:
    case = load_case(write(folder, text), BOOK, ACTS)
    answer: dict[str, Any] = json.loads(json.dumps(run_case(BOOK, ACTS, case).as_json()))
    return answer


def events(*lines: str, head: str = "") -> str:
    return f"start: 2010-01-01\nuntil: 2015-12-31\n{head}events:\n" + "".join(f"  - {{{line}}}\n" for line in lines)


LISTED = "date: 2010-01-05, clause: listed, id: e1"
OBJECTED = "date: 2010-01-06, event: object, of: e1"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("date: 2010-02-02, act: debt",), "no amount; expected an amount (yuan): from 0 to below 100 or from 100 to below"),
        (("date: 2010-02-02, act: debt, amount: 900",), "found amount: 900; expected an amount (yuan)"),
        (("date: 2010-02-02, clause: small",), "found no amount; expected amount: how many (yuan)"),
        (("date: 2010-02-02, clause: large, amount: 99",), "that clause 'large' is about: from 100 to below 900"),
        (("date: 2010-02-02, clause: over, points: -1",), "found points: -1; expected points: at -2 or less"),
        (("date: 2010-02-02, clause: photo, proof: {foto: 2}",), "Did you mean 'photo'?"),
        (("date: 2010-02-02, clause: photo, proof: {notice: 2}",), "proof of the kind 'notice'; expected what clause"),
        (("date: 2010-02-02, clause: over, proof: {photo: 2}",), "nothing, as clause 'over' asks for no proof"),
        (("date: 2010-02-02, clause: photo, proof: {photo: -1}",), "number -1"),
        (("date: 2010-02-02, clause: photo, proof: {photo: a face}",), "the text 'a face'; expected a whole number"),
        (("date: 2010-02-02, clause: photo, unless: [chidl]",), "Did you mean 'child'?"),
        (("date: 2010-02-02, clause: over, unless: [child]",), "none, as clause 'over' names no circumstance"),
        (("date: 2010-02-02, clause: listed, grace: 0",), "found grace: 0; expected 1 to 3 months"),
        (("date: 2010-02-02, clause: listed, grace: 4",), "found grace: 4; expected 1 to 3 months"),
        (("date: 2010-02-02, clause: unlisted, grace: 1",), "none, as clause 'unlisted' enters no list with a grace"),
        (("date: 2010-02-02, clause: listed, extension: 11",), "found extension: 11; expected 12 to 36 months"),
        (("date: 2010-02-02, clause: listed, extension: 37",), "found extension: 37; expected 12 to 36 months"),
        (("date: 2010-02-02, clause: over, extension: 12",), "none, as clause 'over' enters no list with one"),
        (("date: 2010-02-02, clause: over, given: true",), "'given' with a clause; expected only with a decision"),
        (("date: 2010-02-02, clause: person",), "'person', which is recorded on the first day anyway"),
        (("date: 2010-02-02, event: consent",), "found no 'given'; expected `given:` with 'consent'"),
        (("date: 2010-02-02, event: perform, given: true",), "'given' with a decision; expected 'given' only with"),
        (("date: 2010-02-02, event: spend",), "found no 'amount'"),
        (("date: 2010-02-02, event: spend, amount: 0.3",), "a whole number of steps of 0.5"),
        (("date: 2010-02-02, event: consent, given: true, amount: 3",), "'amount' only with 'spend'"),
        (("date: 2010-02-02, event: perform, grace: 2",), "'grace' with a decision"),
        (("date: 2010-02-02, event: perform, unless: [child]",), "'unless' with a decision"),
        (("date: 2010-02-02, event: perform, of: e1",), "no record, as it is about the subject"),
        (("date: 2010-02-02, event: repair, of: e1",), "'e1', which is no earlier record"),
        ((LISTED, "date: 2010-01-06, event: decide, of: e1, granted: true"), "to which no objection is open"),
        ((LISTED, OBJECTED, "date: 2010-01-07, event: decide, of: e1"), "found no 'granted'"),
        ((LISTED, OBJECTED, "date: 2010-01-07, event: decide, of: e1, granted: true",
          "date: 2010-01-08, event: decide, of: e1, granted: false"), "to which no objection is open"),
        (("date: 2010-02-02, clause: unlisted, id: e1", "date: 2010-02-03, event: object, of: e1"), "has no objection"),
        ((LISTED, "date: 2010-02-03, event: end, of: e1"), "whose clause does not come again"),
        (("date: 2010-02-02, clause: lasting, id: s, until: 2010-03-01", "date: 2010-03-01, event: end, of: s"),
         "'s', which ends on 2010-03-01 already"),
        (("date: 2010-02-02, clause: lasting, id: s", "date: 2010-03-01, event: end, of: s",
          "date: 2010-03-02, event: end, of: s"), "'s', which event 2 ends already"),
    ],
)  # fmt: skip
def test_case__refuses_a_wrong_value_once_and_with_its_place(
    tmp_path: Path, lines: tuple[str, ...], words: str
) -> None:
    found = faults(tmp_path, events(*lines))
    assert len(found) == 1, found
    assert words in found[0]
    assert f"case.yaml:{3 + len(lines)}:" in found[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (events("date: 2010-02-02, event: consent, given: true"), "This rulebook asks for no consent."),
        (events("date: 2010-02-02, event: spend, amount: 1"), "This rulebook has no balance."),
        (events("date: 2010-02-02, event: object, of: e1"), "Its section on redress: read."),
        (events(head="given: {cutoffs: [{day: 2010-12-31, grade: B, score: 9}]}\n"), "this rulebook has no quota"),
        (events(head="roles: [member]\n"), "none, as no clause is about a role"),
        (events(head="expect: {balance: 3}\n"), "nothing, as this rulebook has no balance"),
        (events(head="expect: {consent: true}\n"), "nothing, as this rulebook has no consent"),
        (events(head="expect: {parts: [{id: work, score: 3}]}\n"), "'work'; expected one of the rulebook's parts"),
    ],
)
def test_case__refuses_what_a_plain_rulebook_does_not_have(tmp_path: Path, text: str, words: str) -> None:
    (found,) = faults(tmp_path, text.replace("events:\n", "") if text.endswith("events:\n") else text, PLAIN)
    assert words in found


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("cutoffs: [{day: 2010-12-30, grade: A, score: 9}]", "an assessed day of grade 'A' (12-31)"),
        ("cutoffs: [{day: 2010-12-31, grade: B, score: 9}]", "'B'; expected a grade with a quota"),
        ("cutoffs: [{day: 2010-12-31, grade: A, score: 9.2}]", "a whole number of steps of 0.5"),
        ("cutoffs: [{day: 2010-12-31, grade: A}]", "score"),
        ("cutoff: 3, cutoffs: [{day: 2010-12-31, grade: A, score: 9}]", "one of the two"),
        ("cutoffs: [{day: 2010-12-31, grade: A, score: 9}, {day: 2010-12-31, grade: A, score: 8}]", "a second time"),
    ],
)
def test_case__refuses_a_cut_off_that_does_not_fit(tmp_path: Path, given: str, words: str) -> None:
    (found,) = faults(tmp_path, f"start: 2010-01-01\nuntil: 2011-12-31\ngiven: {{{given}}}\n")
    assert words in found


def test_case__asks_which_of_several_quota_grades_a_cut_off_is_for(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, "start: 2010-01-01\nuntil: 2011-12-31\ngiven: {cutoff: 3}\n", TWO_QUOTAS)
    assert "`cutoffs`, as several grades have a quota (A, B)" in found


def test_case__takes_one_cut_off_for_every_assessed_day(tmp_path: Path) -> None:
    text = "start: 2010-03-01\nuntil: 2011-12-31\ngiven: {cutoff: 100.5}\n"
    life = load_case(write(tmp_path, text), BOOK, ACTS).life
    assert life.given.cutoffs == tuple(CutOff(date(year, 12, 31), "A", Decimal("100.5")) for year in (2009, 2010, 2011))


def test_case__hands_everything_to_the_life(tmp_path: Path) -> None:
    text = events(
        "date: 2010-01-02, clause: photo, proof: {photo: 3}, unless: [child]",
        "date: 2010-01-03, clause: listed, grace: 2, extension: 24",
        "date: 2010-01-04, event: consent, given: false",
        "date: 2010-01-05, event: spend, amount: 1.5",
        "date: 2010-01-06, event: object, of: event-2",
        "date: 2010-01-07, event: decide, of: event-2, granted: true",
        "date: 2010-01-08, clause: lasting",
        "date: 2010-01-09, event: end, of: event-7",
        head="roles: [member]\n",
    )
    life = load_case(write(tmp_path, text), BOOK, ACTS).life
    records = {record.id: record for record in life.records}
    assert list(records) == ["status-member", "status-person", "event-1", "event-2", "event-7"]
    assert (records["status-member"].order, records["status-person"].order) == (-2, -1)
    assert (records["event-1"].proof, records["event-1"].unless) == ({"photo": 3}, ("child",))
    assert (records["event-2"].grace, records["event-2"].extension) == (2, 24)
    assert records["event-7"].until == date(2010, 1, 9)
    consent, spend, objection, decide, end = life.decisions
    assert (consent.given, spend.amount, objection.of, decide.granted) == (False, Decimal("1.5"), "event-2", True)
    assert (end.procedure, end.of) == ("end", "event-7")


def test_proof__has_a_key_for_every_kind_of_the_language() -> None:
    kinds = get_args(Proof.model_fields["kind"].annotation)
    assert set(kinds) == {field.alias or name for name, field in ProofGiven.model_fields.items()}


def test_case__says_which_part_it_expects_otherwise(tmp_path: Path) -> None:
    text = events("date: 2010-01-02, event: consent, given: true", "date: 2010-01-03, clause: gift")
    text += "expect: {parts: [{id: home, score: 43}, {id: work, score: 60}]}\n"
    case = load_case(write(tmp_path, text), BOOK, ACTS)
    assert run_case(BOOK, ACTS, case).differences == ("parts: expected home 43, work 60, found work 60, home 44",)


def test_case__answers_with_what_the_rulebook_has(tmp_path: Path) -> None:
    text = events(
        "date: 2010-01-02, event: consent, given: true",
        "date: 2010-01-03, clause: gift",
        "date: 2010-01-04, event: spend, amount: 1.5",
        "date: 2010-01-05, clause: listed",
        head="roles: [member]\n",
    )
    answer = told(tmp_path, text)
    state = ("score", "parts", "balance", "published", "consent")
    assert [answer[key] for key in state] == ["103", {"work": "60", "home": "44"}, "2.5", ["named"], True]
    first = answer["ledger"][0]
    assert (first["event"], first["clause"], first["date"]) == ("status-member", "member", "2010-01-01")
    assert [first[key] for key in state[1:]] == [{"work": "60", "home": "40"}, "0", [], False]


def test_case__says_which_further_state_it_expects_otherwise(tmp_path: Path) -> None:
    text = events("date: 2010-01-02, event: consent, given: true", "date: 2010-01-03, clause: gift")
    text += "expect: {balance: 3, parts: [{id: home, score: 44}], published: [named], consent: true, "
    text += "ledger: [{event: event-2, balance: 4, parts: [{id: home, score: 44}], consent: true}, {balance: 9}]}\n"
    case = load_case(write(tmp_path, text), BOOK, ACTS)
    assert run_case(BOOK, ACTS, case).differences == (
        "published: expected named, found none",
        "balance: expected 3, found 4",
        "ledger: no line after line 3 fits expected line 2 (balance 9)",
    )


def test_plain_case__has_no_further_keys(tmp_path: Path) -> None:
    case = load_case(write(tmp_path, events("date: 2010-01-02, clause: flat")), PLAIN, ACTS)
    answer = run_case(PLAIN, ACTS, case).as_json()
    further = {"parts", "balance", "published", "consent"}
    assert not further & set(answer)
    assert not further & set(answer["ledger"][0])
