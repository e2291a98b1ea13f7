"""docs/questions.md: each command is asked again, and its answer holds the facts that the question is after."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from glasstown.archive.extent import only_rewards
from glasstown.language.load import load_rulebook, shipped
from tests.cli.conftest import Command, command

__all__ = ["command"]
TEXT = (Path(__file__).parents[2] / "docs" / "questions.md").read_text(encoding="utf-8")
LINES = re.findall(r"^\$ glasstown (.*)$", TEXT, flags=re.MULTILINE)
BOOKS = {name: load_rulebook(name) for name in shipped()}


def asked(command: Command, beginning: str) -> Any:
    """Return the JSON that the page's command with this beginning answers."""
    (line,) = [each for each in LINES if each.startswith(beginning)]
    ended = command(*shlex.split(line), "--json")
    assert ended.code == 0
    return ended.json


def replies(answer: Any) -> dict[str, dict[str, Any]]:
    """Return all replies by clause."""
    return {reply["clause"]: reply for act in answer["acts"] for reply in act["replies"]}


def test_unpaid_bill__costs_20_in_rongcheng_and_an_unknown_number_in_suining(command: Command) -> None:
    told = replies(asked(command, "act late-utility-bill"))
    assert told["rc19-s01"]["points"] == "−20"
    assert told["rc19-s01"]["first"]["after"] == "980"
    assert told["rc19-s02"]["first"]["grade"] == "B"
    assert told["su-d13"]["points"] == "unknown"
    assert told["su-d13"]["first"] is None


def test_unpaid_bill__is_followed_to_the_court_list_where_that_ships() -> None:
    (line,) = [each for each in LINES if each.startswith("act late-utility-bill")]
    acts = {clause.act for name, book in BOOKS.items() if "court-list" in name for clause in book.clauses}
    assert not acts or acts.intersection(line.split()), "add the court list's act of an unpaid debt to the question"


def test_warning__costs_a_point_in_jiangsu(command: Command) -> None:
    told = replies(asked(command, "act --about warning"))
    assert told["js-d01"]["points"] == "−1"
    assert told["su-d08"]["points"] == "−30"


def test_company__everyone_whom_a_measure_or_a_record_reaches_is_named(command: Command) -> None:
    (part,) = asked(command, "compare-rules --part reach")["parts"]
    ties = {tie for book in BOOKS.values() for measure in book.measures for tie in measure.spills_to}
    ties |= {clause.reached_by.through for book in BOOKS.values() for clause in book.clauses if clause.reached_by}
    assert {row["key"] for row in part["rows"]} == ties


def test_only_rewards__is_what_the_rulebooks_themselves_say(command: Command) -> None:
    found = asked(command, "rulebooks --only-rewards")["rulebooks"]
    assert [row["id"] for row in found] == [name for name, book in BOOKS.items() if only_rewards(book)]


@pytest.mark.parametrize("line", LINES)
def test_page__shows_each_command_with_an_answer(line: str) -> None:
    shown = TEXT.split(f"$ glasstown {line}\n```\n\n```text\n")[1].split("```")[0]
    assert shown.strip()
