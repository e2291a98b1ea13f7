"""`targets` tells every figure with source, widths and use."""

from __future__ import annotations

import json

import pytest

import glasstown
from glasstown.cli.main import main
from glasstown.errors import UsageError
from glasstown.render.terminal import joined, lines


def test_targets__are_told_whole() -> None:
    answer = glasstown.targets()
    told = answer.as_json()
    assert sum(told["uses"].values()) == len(told["targets"]) >= 40
    for each in told["targets"]:
        assert each["source"]
        assert each["evidence"]
        if each["use"] != "context":
            assert each["why"]
            assert each["sd_disc"] > 0
    text = joined(lines(answer.blocks(), 100))
    for each in answer.targets:
        assert each.id in text
    assert answer.table().num_rows == len(answer.targets)


def test_targets__of_one_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["targets", "--use", "hold-out", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told["uses"]) == {"hold-out"}
    assert len({each["source"] for each in told["targets"]}) >= 6


def test_use_that_there_is_not__is_refused() -> None:
    with pytest.raises(UsageError, match="one of train, hold-out, context"):
        glasstown.targets(use="trains")
