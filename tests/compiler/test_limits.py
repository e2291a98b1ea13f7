"""What the engine has no room for is told one by one, by `check` and by a run alike; no key of the language passes unseen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import glasstown
from glasstown.compiler import compile_rulebook
from glasstown.compiler.limits import FIRST_YEAR, LAST_YEAR, is_long, limits_of, limits_on
from glasstown.errors import CompileError, GlasstownError
from glasstown.language import model
from glasstown.language.load import load_acts, load_rulebook
from glasstown.language.model import Clause, ListRule, Rulebook, Score
from golden.harness import book_from

GOOD = Path(__file__).parents[1] / "rulebooks" / "good"
SMALL = load_rulebook(str(GOOD / "small"))
SPAN = {"days": 3}
FINE = {"id": "b", "direction": "deduct", "points": Decimal(-1)}


def clause(**keys: Any) -> dict[str, Any]:
    """Return a clause that takes a point, with these keys."""
    return {"id": "a", "direction": "deduct", "points": Decimal(-1), **keys}


def book(*clauses: dict[str, Any], **parts: Any) -> Rulebook:
    """Return a rulebook of these clauses and parts."""
    return book_from("x", {"clauses": list(clauses), **parts})


def ladder(**keys: Any) -> Rulebook:
    """Return a rulebook with a ladder whose first step has these keys."""
    return book(clause(**keys), FINE, ladders=[{"id": "l", "steps": ["a", "b"], "window": {"months": 1}}])


RANGE = {"least": Decimal(-9), "most": Decimal(-1)}
RATE = {"each": Decimal(-1), "per": 1, "of": "hour"}
PATIENT = [{"id": "black", "grace": {"least": 1, "most": 3}, "leaves": {"after": {"years": 1}}}]
ENTERS = {"list": "black", "term": "as-list"}
DOUBLED = {"id": "k", "in_force": {"from": date(2020, 1, 1)}, "clauses": ["a"]}
QUOTA = {"id": "A", "from": "quota", "below": "top", "quota": {"share": Decimal("0.1"), "assessed": ["05-17"]}}
LIMITS = {
    "act of a household": (book(clause(act="littering", applies_to={"kind": "household"})), "act of a household"),
    "rate that repeats": (book(clause(points=RATE, repeats={"every": "month"})), "a rate that also repeats"),
    "range beside grace": (book(clause(points=RANGE, enters=ENTERS), lists=PATIENT), "a range or a rate beside"),
    "rate beside grace": (book(clause(points=RATE, enters=ENTERS), lists=PATIENT), "a range or a rate beside"),
    "wide range": (book(clause(points={"least": Decimal(-9000), "most": Decimal(-1)})), "a range of 8999 points"),
    "ladder with a band": (ladder(amount={"from": 2, "of": "hour"}), "a step with an amount band"),
    "ladder of unlike delays": (ladder(starts_after=SPAN), "`starts_after` or `counts_from`"),
    "ladder of unlike clocks": (ladder(counts_from="act"), "`starts_after` or `counts_from`"),
    "ladder with a range": (ladder(points=RANGE), "a step with a range or a rate"),
    "ladder with a rate": (ladder(points=RATE), "a step with a range or a rate"),
    "ladder of unlike grace": (
        book(
            clause(enters=ENTERS), FINE, lists=PATIENT,
            ladders=[{"id": "l", "steps": ["a", "b"], "window": {"months": 1}}],
        ),
        "steps with and without months of extension or grace",
    ),
    "record after a step": (
        ladder(id="a").model_copy(
            update={
                "clauses": (
                    *ladder().clauses,
                    ladder().clauses[0].model_copy(
                        update={"id": "c", "reached_by": model.ReachedBy(clause="a", through="household")}
                    ),
                )
            }
        ),
        "records that follow from a step",
    ),
    "campaign that comes to much": (
        book(clause(points=Decimal(-30000)), campaigns=[{**DOUBLED, "times": Decimal(3)}]), "come to 90000 quanta",
    ),
    "campaign of many digits": (
        book(clause(), campaigns=[{**DOUBLED, "times": Decimal("0.333333333333333")}]), "times 0.333333333333333",
    ),
    "quota inside a month": (book(clause(), grades=[QUOTA]), "a quota assessed on 05-17"),
    "scheme of the far future": (book(clause(), in_force={"from": date(LAST_YEAR + 1, 1, 1)}), f"{LAST_YEAR + 1}-01-01"),
    "scheme of the first year": (
        book(clause(), in_force={"from": date(1, 1, 1), "until": date(FIRST_YEAR, 1, 1)}), "0002-01-01",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LIMITS)
def test_limit__alone_is_told_and_keeps_a_town_out(name: str) -> None:
    changed, words = LIMITS[name]
    (fault,) = limits_of(changed, load_acts())
    assert words in fault.found
    with pytest.raises(CompileError, match="cannot be run by the engine"):
        compile_rulebook(changed, load_acts())


def test_plain_rulebook__has_no_limit() -> None:
    assert limits_of(SMALL, load_acts()) == []
    compile_rulebook(SMALL, load_acts())


def test_check__notes_each_limit_at_its_place_and_a_run_refuses_with_the_same_words(tmp_path: Path) -> None:
    reference = str(GOOD / "ferry")
    (examined,) = glasstown.check(reference).rulebooks
    told = [note for note in examined.notes if "no town can live under it" in note.words]
    assert told == list(limits_on(reference))
    with pytest.raises(GlasstownError) as problem:
        glasstown.run(reference, people=20, months=1, out=tmp_path / "r")
    assert {(fault.subject, fault.found) for fault in problem.value.faults} <= {
        (note.subject, note.words.partition(": ")[2].partition("; expected")[0]) for note in told
    }
    assert all(note.place is not None and note.place.line for note in told)
    assert not (tmp_path / "r").exists()


def test_limit_of_one_reading__is_told_of_the_whole_rulebook(tmp_path: Path) -> None:
    rules = (GOOD / "small" / "rules.yaml").read_text(encoding="utf-8")
    assert rules.count("points: -5\n") == 1
    assert "variants:" not in rules
    name = next(each.id for each in SMALL.clauses if each.points == -5)
    rules = rules.replace("points: -5\n", "points: {least: -9, most: -1}\n")
    cite = SMALL.score.base.cite
    reading = f"""variants:
  - id: wide
    label: a wide range
    settings:
      - {{path: clauses/{name}/points/least, value: -9000}}
    cite: {{source: {cite.source}, at: x, evidence: invented}}
"""
    (tmp_path / "rules.yaml").write_text(rules + reading, encoding="utf-8")
    (tmp_path / "sources.yaml").write_bytes((GOOD / "small" / "sources.yaml").read_bytes())
    assert glasstown.check(str(tmp_path)).n_faults == 0, glasstown.check(str(tmp_path)).as_json()
    assert len(limits_on(str(tmp_path))) == 1
    assert limits_on(str(tmp_path)) == limits_on(f"{tmp_path}@wide")


def test_fraction__is_long_where_products_would_leave_63_bits() -> None:
    assert not is_long(Fraction(3, 2))
    assert is_long(Fraction(1, (1 << 40) + 1))
    assert is_long(Fraction((1 << 40) + 1))


WORDS = {"id", "label", "label_zh", "cite", "note", "category", "agency", "effect", "direction"}
RUN = {
    Clause: "act exception_to applies_to points if_unknown fine group caps starts_after counts_from lapse repeats "
    "override enters requires in_force amount status reached_by lock carries_over rectified part proof unless",
    ListRule: "colour entry leaves decided_within grace",
    Score: "kept unit quantum base lowest highest beyond_bounds caps black_box cycle parts",
}
CHANGES_NO_LIFE = {Clause: "", ListRule: "authority objection notified retention", Score: ""}
"""clocks of objection and words change nothing"""


@pytest.mark.parametrize("part", [Clause, ListRule, Score], ids=lambda part: part.__name__)
def test_every_key__is_run_or_without_effect(part: type[Clause] | type[ListRule] | type[Score]) -> None:
    told = {*RUN[part].split(), *CHANGES_NO_LIFE[part].split()}
    assert set(part.model_fields) - WORDS == told
