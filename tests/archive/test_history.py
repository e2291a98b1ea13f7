"""Timeline, agencies and areas: how many there are, in what order, and that everything they name exists."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from glasstown.archive import history
from glasstown.archive.history import load_agencies, load_areas, load_sources, load_timeline
from glasstown.errors import RulebookError
from glasstown.paths import data_folder

BATCHES = {"pilots": 43, "batch-1": 12, "batch-2": 16, "batch-3": 34, "batch-4": 68}


def test_timeline__is_whole_and_oldest_first() -> None:
    events = load_timeline()
    assert len(events) == 78
    assert (events[0].date, events[-1].date) == ("1999", "2026-04-01")


def test_agencies__are_as_many_as_on_record() -> None:
    assert len(load_agencies()) == 28
    assert {share.since for agency in load_agencies() if agency.shares != "unknown" for share in agency.shares} == {
        "2016-12-10",
        "unknown",
    }


def test_areas__count_pilots_apart_from_demonstration_areas() -> None:
    areas = load_areas()
    assert {batch.id: batch.areas for batch in areas.batches} == BATCHES
    assert sum(batch.areas for batch in areas.batches if batch.id != "pilots") == 130
    named = {batch.id: [area.name for area in areas.areas if area.batch == batch.id] for batch in areas.batches}
    assert {key: len(names) for key, names in named.items()} == BATCHES | {"pilots": 12, "batch-2": 0}
    assert named["pilots"] == named["batch-1"], "the model cities were chosen among the pilots"
    assert len({area.name for area in areas.areas}) == 114


def test_sources__are_all_cited() -> None:
    """Whichever file of `data/` cites them: the history, the claims, the targets, the lists as they were published."""
    files = [path for path in data_folder().rglob("*.yaml") if path.name != history.SOURCES]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    assert [key for key in load_sources() if f"source: {key}," not in text] == []


Load = Callable[[], object]


@pytest.mark.parametrize(
    ("file", "load", "old", "new", "words"),
    [
        ("timeline.yaml", load_timeline, '"2000-03"', '"1998-03"', "1998-03 after 1999"),
        ("timeline.yaml", load_timeline, '"2000-03"', '"March"', "March"),
        ("timeline.yaml", load_timeline, "[cn-court-list-2017]", "[cn-court-list-2016]", "cn-court-list-2017"),
        ("timeline.yaml", load_timeline, "source: meissner2017", "source: meissner2018", "meissner2017"),
        ("agencies.yaml", load_agencies, "with: railway", "with: railways", "Did you mean 'railway'?"),
        ("agencies.yaml", load_agencies, "id: railway", "id: courts", "a name that is taken"),
        ("areas.yaml", load_areas, "areas: 12", "areas: 11", "12 names"),
        ("areas.yaml", load_areas, "batch: batch-1", "batch: batch-9", "batch-9"),
        ("sources.yaml", load_sources, "key: boolaw2019", "key: air2018", "a name that is taken"),
    ],
)
def test_faults__are_told_with_place_and_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, load: Load, old: str, new: str, words: str
) -> None:
    text = (data_folder() / file).read_text(encoding="utf-8")
    assert old in text
    for name in ("timeline.yaml", "agencies.yaml", "areas.yaml", "sources.yaml"):
        (tmp_path / name).write_text((data_folder() / name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(history, "data_folder", lambda: tmp_path)
    with pytest.raises(RulebookError) as caught:
        load.__wrapped__()  # type: ignore[attr-defined]
    told = "\n".join(str(fault) for fault in caught.value.faults)
    assert words in told, told
    assert f"{file}:" in told


def test_entries__are_plain_when_written_as_json() -> None:
    assert json.loads(load_timeline()[0].model_dump_json())["date"] == "1999"
