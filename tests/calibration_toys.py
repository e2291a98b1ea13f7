"""Small files of targets and unknowns, and a toy whose answer is known."""

from __future__ import annotations

from pathlib import Path

TARGETS = """\
glasstown_targets: 1
towns:
  - {id: county, rulebooks: [suining-2010], people: 300, months: 8, start: 2010-01, why: small}
targets:
  - id: names
    label: names on the first list
    group: county-names
    year: "2010"
    use: train
    population: residents
    unit: names a person, in two months
    value: {number: 812, over: 1140000, why: residents on file}
    measure: {town: county, count: ["records/*"], per: ["people/scored"], months: [3, 8], times: 2}
    sd_obs: 0.05
    sd_disc: 2
    why: a toy
    cite: {source: gv2010, at: body of the report, evidence: reported}
  - id: found
    label: acts that were found out
    group: county-found
    year: "2010"
    use: train
    population: residents
    unit: a person and month
    value: {number: 0.11}
    measure: {town: county, count: ["detections/@offences"], per: ["people/all"], months: [1, 8]}
    sd_obs: 0.05
    sd_disc: 0.06
    why: a toy
    cite: {source: gv2010, at: body of the report, evidence: reported}
  - id: later
    label: acts that were found out, later
    group: county-found
    year: "2011"
    use: hold-out
    population: residents
    unit: a person and month
    value: {number: 0.11}
    measure: {town: county, count: ["detections/@offences"], per: ["people/all"], months: [5, 8]}
    sd_obs: 0.05
    sd_disc: 0.06
    why: a toy
    cite: {source: gv2010, at: body of the report, evidence: reported}
"""
UNKNOWNS = """\
glasstown_unknowns: 1
nuisance: 0.01
acts_share_times: 2
acts_found_times: 2
held:
  - {path: living.lived, why: a switch}
free:
  - {path: detection.certainty, scale: log, why: moves what is found out}
  - {path: recording.dishonesty.suining-2010, scale: log, why: moves what is written down}
"""


def targets_file(folder: Path, old: str = "", new: str = "") -> Path:
    """Write the small targets, with one passage changed; the passage has to be there."""
    return _written(folder / "targets.yaml", TARGETS, old, new)


def unknowns_file(folder: Path, old: str = "", new: str = "") -> Path:
    """Write the small unknowns, with one passage changed."""
    return _written(folder / "unknowns.yaml", UNKNOWNS, old, new)


def _written(path: Path, text: str, old: str, new: str) -> Path:
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path
