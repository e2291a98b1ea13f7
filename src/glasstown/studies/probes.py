"""Whether the model still lives as it did when an ensemble was made: small towns under its first members, by their digests.

A change of code or of a text that changes no result leaves an ensemble what it was, and no hash of a source can tell.  So an ensemble
carries the digests of a few small towns, and where a source differs these towns are lived again: once for a state of the code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from glasstown.engine import before
from glasstown.engine.tables.kept_tables import kept_table
from glasstown.errors import GlasstownError
from glasstown.language.target_file import SmallTown
from glasstown.runs.memory import months_of, plan_in_memory, settled
from glasstown.runs.plan import make_town
from glasstown.runs.request import RunRequest, manifest_of
from glasstown.storage.ensemble_file import ROWS, Ensemble
from glasstown.storage.identity import code_hash
from glasstown.storage.manifest import Manifest

PROBES: Final = "probes"
"""key of an ensemble's manifest"""
PEOPLE, FIRMS, MONTHS = 1_500, 600, 36
MEMBERS: Final = 2
"""members under which every town is lived"""
DIGEST_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Probe:
    """A small town to be lived under a member's settings, with the member's seed."""

    rulebooks: tuple[str, ...]
    start: str
    months: int
    people: int
    firms: int
    member: int

    @property
    def request(self) -> RunRequest:
        """Return what is asked for, without the member's settings."""
        return RunRequest(
            ",".join(self.rulebooks), people=self.people, firms=self.firms, months=self.months, start=self.start,
            references=self.rulebooks, command="glasstown ensemble",
        )  # fmt: skip


def probes_of(towns: Sequence[SmallTown], members: int = MEMBERS) -> tuple[Probe, ...]:
    """Return the probes of some towns: each under the first members, at the size of a probe or its own."""
    return tuple(
        Probe(
            town.rulebooks, town.start, min(town.months, MONTHS), min(town.people, PEOPLE), min(town.firms, FIRMS), member
        )
        for town in towns
        for member in range(members)
    )  # fmt: skip


def lived(probe: Probe, settings: Mapping[str, str], seed: int) -> str:
    """Return the digest of a probe's town.

    Errors   GlasstownError where the town cannot be made, such as a setting that names nothing any more
    """
    plan = settled(plan_in_memory(replace(probe.request, seed=seed)), settings)
    town, digest = make_town(plan, threads=1, shards_per_thread=1), ""
    for month in months_of(plan, town):
        if month == plan.manifest.months - 1:
            digest = town.digest()
    return digest


def told(probes: Sequence[Probe], settings: Sequence[Mapping[str, str]], seeds: Sequence[int]) -> list[dict[str, Any]]:
    """Return the probes with their digests, as a manifest keeps them; `settings` and `seeds` are those of the members."""
    return [
        {**asdict(each), "digest": lived(each, settings[each.member], seeds[each.member])} for each in probes
    ]  # fmt: skip


def lives_as_it_did(ensemble: Ensemble) -> bool:
    """Return whether every probe of an ensemble comes to its digest today; False where it has none."""
    kept = ensemble.manifest.get(PROBES)
    if not kept:
        return False
    probes = [_probe(each) for each in kept]
    try:
        now = _lived_today(ensemble, probes)
    except GlasstownError:
        return False
    return [bytes(row).hex() for row in now] == [each["digest"] for each in kept]


def requests_of(ensemble: Ensemble) -> list[RunRequest]:
    """Return what the probes of an ensemble ask for: towns of what ships, and of nothing else."""
    return [_probe(kept).request for kept in ensemble.manifest.get(PROBES) or ()]


def _probe(kept: Mapping[str, Any]) -> Probe:
    values = {name: value for name, value in kept.items() if name != "digest"}
    return Probe(**{**values, "rulebooks": tuple(values["rulebooks"])})


def _lived_today(ensemble: Ensemble, probes: Sequence[Probe]) -> NDArray[np.uint8]:
    """Return a row of bytes for each probe, lived once for a state of code and texts."""

    def make() -> NDArray[np.uint8]:
        found = [lived(each, ensemble.settings(each.member), ensemble.seed(each.member)) for each in probes]
        return np.frombuffer(bytes.fromhex("".join(found)), dtype=np.uint8).reshape(len(probes), DIGEST_BYTES)

    texts = sorted({text for each in probes for text in _texts(manifest_of(each.request)[0])})
    past = [before.N_BEFORE, before.LONG_AGO]
    made_from = [code_hash(), ensemble.manifest[ROWS], [asdict(each) for each in probes], texts, past]
    return kept_table("probes", json.dumps(made_from).encode(), make, dtype="u1", shape=(len(probes), DIGEST_BYTES))


def _texts(manifest: Manifest) -> list[str]:
    """Return the hashes of all texts that a town rests on."""
    return [
        *(text.sha256 for book in manifest.rulebooks for text in book.texts),
        *(text.sha256 for text in manifest.acts), manifest.parameters.sha256, manifest.place.sha256,
    ]  # fmt: skip
