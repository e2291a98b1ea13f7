"""The same people with the same luck under two rulebooks: what differs is the rule's doing."""

from __future__ import annotations

from pathlib import Path

import pytest

from glasstown.runs.session import RunRequest, replay_life, run_town
from glasstown.storage.folder import RunFolder

pytestmark = pytest.mark.usefixtures("short_past")
PEOPLE = 900
BY_LUCK = ("id", "age", "sex", "town", "registration", "group", "work", "owes", "household", "roles")
NO_RESPONSE = {"eps_s": "0", "reward_response": "0", "crowding_out": "0", "launch_effect": "0"}


def town(folder: Path, rulebook: str, **settings: str) -> RunFolder:
    asked = {**NO_RESPONSE, **settings}
    run_town(
        RunRequest(
            rulebook=rulebook, people=PEOPLE, months=24, seed=5, settings=asked, threads=1, out=folder, command="t"
        )
    )
    return RunFolder.open(folder)


def test_two_rulebooks__have_the_same_people_and_the_same_acts(tmp_path: Path) -> None:
    """Where lives are lived, what a list closes reaches work and debt, and through them acts, from its first entry on."""
    readings = [
        town(tmp_path / name.partition("@")[2], name, **{"living.lived": "0"})
        for name in ("rongcheng-2013@one-point-b", "rongcheng-2013@a-to-960")
    ]
    first, second = (reading.read("final") for reading in readings)
    assert all(first[column].to_pylist() == second[column].to_pylist() for column in BY_LUCK)
    assert first["score"].to_pylist() == second["score"].to_pylist()
    assert first["grade"].to_pylist() != second["grade"].to_pylist()
    acts = [
        [
            {name: value for name, value in row.items() if name != "rulebook"}
            for row in reading.read("months").to_pylist()
            if row["account"] in ("acts", "detections", "truth")
        ]
        for reading in readings
    ]
    assert acts[0] == acts[1]


def test_two_schemes__see_the_same_acts_of_one_person(tmp_path: Path) -> None:
    folders = [tmp_path / "suining", tmp_path / "rongcheng"]
    town(folders[0], "suining-2010", chilling="0.07")
    town(folders[1], "rongcheng-2019", chilling="0.07")
    same = 0
    asked = range(0, PEOPLE, 30)
    for person in asked:
        done = [
            [(row["class"], row["acts"]) for row in replay_life(folder, person).done if row["class"] != "c7"]
            for folder in folders
        ]
        same += done[0] == done[1]
    assert same == len(asked)


@pytest.mark.parametrize("lever", ["filing.lost", "objection.share"])
def test_later_step__leaves_the_luck_of_earlier_ones(lever: str, tmp_path: Path) -> None:
    low, high = ("0.004", "0.086") if lever == "filing.lost" else ("0.01", "0.40")
    runs = [
        town(tmp_path / value, "rongcheng-2019", **{lever: value}).read("months").to_pylist() for value in (low, high)
    ]
    acts = [[row for row in rows if row["account"] in ("acts", "detections")] for rows in runs]
    assert acts[0] == acts[1]
    assert runs[0] != runs[1]
