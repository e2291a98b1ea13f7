"""What ships can be held to a town, and a target that may not be used is refused with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

import calibration_toys as toys
from glasstown.calibration.targets import load_targets
from glasstown.errors import RulebookError
from glasstown.language.target_file import USES

LINE = "    cite: {source: gv2010, at: body of the report, evidence: reported}\n"


def test_shipped_targets__are_many_of_many_sources_and_whole() -> None:
    targets = load_targets()
    by_use = {use: targets.of(use) for use in USES}  # type: ignore[arg-type]
    assert len(targets.targets) >= 40
    assert len(by_use["hold-out"]) >= 14
    assert len({each.cite.source for each in by_use["hold-out"] if each.cite}) >= 6
    assert len({each.cite.source for each in targets.targets if each.cite}) >= 6
    for each in targets.measured:
        assert each.cite
        assert each.sd_disc
        assert each.why
        assert each.value.value > 0


def test_shipped_targets__hold_out_groups_and_years_whole() -> None:
    targets = load_targets()
    train, unseen = ({(each.group, each.year) for each in targets.of(use)} for use in ("train", "hold-out"))
    assert train
    assert not train & unseen


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (LINE, "", "no source"),
        ("    sd_disc: 2\n", "", "no discrepancy"),
        ("    sd_obs: 0.05\n", "", "no width of the figure"),
        ("    why: a toy\n", "", "no reason of its discrepancy"),
        ("over: 1140000, why: residents on file", "over: 1140000", "worked on without a word"),
        ('year: "2011"', 'year: "2010"', "hold-out beside another use of the same group and year"),
        ("source: gv2010", "source: gv2001", "'gv2001'"),
        ("town: county", "town: country", "'country'"),
        ("months: [3, 8]", "months: [3, 9]", "months 3 to 9"),
        ("months: [3, 8]", "months: [0, 8]", "months 0 to 8"),
        ('"records/*"', '"recordings/*"', "'recordings'"),
        ('"records/*"', '"records/su-d99"', "'su-d99'"),
        ('"people/scored"', '"people/scored|fifth-6"', "'fifth-6'"),
        ('"records/*"', '"list_in/@black"', "which stands for nothing here"),
        ("use: hold-out", "use: context\n    lacking: nothing", None),
        ("use: hold-out", "use: context\n    lacking: nothing\n    miss: a cause", "held to nothing"),
        ("rulebooks: [suining-2010]", "rulebooks: [suining-2011]", "'suining-2011'"),
        ("measure: {town: county", "measure: {of: firm, town: county", "firms"),
    ],
)
def test_target_that_may_not_be_used__is_refused(tmp_path: Path, old: str, new: str, said: str | None) -> None:
    path = toys.targets_file(tmp_path, old, new)
    if said is None:
        assert len(load_targets(path).of("hold-out")) == 0
        return
    with pytest.raises(RulebookError) as refused:
        load_targets(path)
    assert said in str(refused.value)


def test_value__is_the_figure_worked_on() -> None:
    targets = {each.id: each for each in load_targets().targets}
    assert targets["court-stock-2020"].value.value == pytest.approx(5_700_000 / 1_411_780)
    assert targets["air-bans-2019-03"].value.value == pytest.approx(692 * 12 / 1411.78)
