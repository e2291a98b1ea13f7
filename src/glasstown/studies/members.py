"""The shipped ensemble for a study: its members in their fixed order, or the reason why they do not fit what is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from glasstown.errors import Fault, RecordError, UsageError
from glasstown.paths import data_folder
from glasstown.runs.request import RunRequest, manifest_of
from glasstown.storage.ensemble_file import AGAIN, Ensemble, read_ensemble
from glasstown.storage.identity import code_hash
from glasstown.storage.manifest import Manifest
from glasstown.studies.probes import lives_as_it_did, requests_of
from glasstown.version import __version__

FILE: Final = "ensemble/2019.parquet"


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which things may be: settings of the model, and the seed of people and luck."""

    settings: Mapping[str, str]
    seed: int


def shipped_ensemble() -> Path:
    """Return where the shipped ensemble lies, or would."""
    return data_folder() / FILE


def fitting(requests: Sequence[RunRequest]) -> Ensemble | str:
    """Return the shipped ensemble; or a sentence that says why there is none for what is asked."""
    path = shipped_ensemble()
    if not path.is_file():
        return "There is no ensemble in this installation"
    try:
        ensemble = read_ensemble(path)
    except RecordError as error:
        return f"The ensemble cannot be used ({error.faults[0].found})"
    if differing := misfits(ensemble, [manifest_of(request)[0] for request in requests]):
        return f"The ensemble does not fit what is asked: it was made with another {differing[0].subject}"
    return ensemble


def ways_for(requests: Sequence[RunRequest], n: int) -> tuple[Way, ...] | str:
    """Return the first n members, without what a request sets itself; or a sentence that says why there are none.

    Errors   UsageError where more members are asked for than there are
    """
    ensemble = fitting(requests)
    if isinstance(ensemble, str):
        return ensemble
    if n > len(ensemble):
        fault = Fault("--draws", None, str(n), f"at most {len(ensemble)} members", "Ask for fewer, or add --prior.")
        raise UsageError("the request", [fault])
    held = {path for request in requests for path in request.settings}
    return tuple(
        Way({path: text for path, text in ensemble.settings(k).items() if path not in held}, ensemble.seed(k))
        for k in range(n)
    )


def hashes_of(manifest: Manifest) -> dict[str, str]:
    """Return by name the hash of every text that towns of a request rest on, rulebooks as `rulebook ID`."""
    found = {f"rulebook {each.reference}": " ".join(text.sha256 for text in each.texts) for each in manifest.rulebooks}
    found["parameters"] = manifest.parameters.sha256
    found["acts"] = " ".join(text.sha256 for text in manifest.acts)
    found["place"] = manifest.place.sha256
    for name, own in (("acts", manifest.own_acts), ("parameters", manifest.own_parameters)):
        if own is not None:
            found[name] += f" {own.sha256}"
    if manifest.mechanism is not None:
        found["parameters"] += f" {manifest.mechanism.sha256}"
    return found


def misfits(ensemble: Ensemble, manifests: Sequence[Manifest]) -> list[Fault]:
    """Return what an ensemble was made with that is another one today: version, code, or a text of a request, each once.

    What ships is none of these where the model still lives as it did, whatever its sources say: `probes` tell.  A text of a request's
    own is, since no probe lives under it.  A rulebook that the ensemble was not made with is none: members are ways in which people
    may be.
    """
    found = {fault.subject: fault for manifest in manifests for fault in _differing(ensemble.manifest, manifest)}
    if not found or not lives_as_it_did(ensemble):
        return list(found.values())
    shipped = [hashes_of(manifest_of(each)[0]) for each in requests_of(ensemble)]
    today = {name: value for texts in shipped for name, value in texts.items()}
    own = {name for manifest in manifests for name, value in hashes_of(manifest).items() if value != today.get(name)}
    return [fault for name, fault in found.items() if name in own]


def _differing(made: Mapping[str, Any], manifest: Manifest) -> Iterator[Fault]:
    texts = {name: value for name, value in hashes_of(manifest).items() if name in made.get("texts", {})}
    today = {"version": __version__, "code": code_hash(), **texts}
    was = {"version": made.get("version"), "code": made.get("code"), **made.get("texts", {})}
    for name, value in today.items():
        if was.get(name) != value:
            found = f"{str(was.get(name))[:12]}, made with another"
            yield Fault(name, None, found, f"{value[:12]}, what is here now", AGAIN)
