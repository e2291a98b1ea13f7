"""A sweep's folder: what is asked, and one small file for each setting that has been lived.

The plan is written first.  Every file takes its name only when it is whole (`atomic.py`), so that a sweep that was stopped at
any instant goes on with the settings that have no file yet.  Each carries its seal, and is read as it was written or not at all.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from glasstown.errors import Fault, Place, RecordError, UsageError
from glasstown.incoming import check_name
from glasstown.storage.atomic import TEMPORARY_ENDING, remove_leftovers, write_bytes
from glasstown.storage.inside import is_file, is_folder, kind_of, make_folder
from glasstown.storage.lock import LOCK
from glasstown.storage.target import folder_target
from glasstown.types import HASH_BYTES, SYNTHETIC_WORDS

PLAN = "plan.json"
SETTINGS = "settings"
OWN_FILE = re.compile(r"plan\.json|[0-9]{6,}\.json")
FORMAT = 3
"""2 says which measures a town does not keep, and counts firms; 3 seals every file."""
SEAL = "blake2b"
PLAN_AGAIN = "Take it from a copy of the folder, or begin in a new one."
AGAIN = "What was lived before is whole: the same command with the same --out goes on."
Plan = Mapping[str, Any]
"""Plain values of JSON; `design` holds a row of places between 0 and 1 for each setting."""
Result = dict[str, dict[str, int | None]]
"""Side to measure to count; null where it is not kept."""


@dataclass(frozen=True, slots=True)
class SweepFolder:
    """One sweep on disk.

    seal   of the plan
    """

    path: Path
    plan: Plan
    seal: str

    @classmethod
    def start(cls, path: Path, plan: Plan) -> Self:
        """Make the folder with this plan, or take the one that lies there already; its own design then holds.

        Errors   UsageError where the folder holds something else, or another plan.
        """
        check_name(path, "the sweep")
        check_free(path)
        if is_file(path / PLAN):
            folder = cls.open(path)
            folder._check_same(plan)
            for each in (path, path / SETTINGS):
                remove_leftovers(each, OWN_FILE)
            return folder
        whole = {"glasstown_sweep": FORMAT, "population": SYNTHETIC_WORDS, **plan}
        folder = cls(path, whole, _seal(whole, PLAN))
        path.mkdir(parents=True, exist_ok=True)
        try:
            folder._write(path / PLAN, json.dumps({**whole, SEAL: folder.seal}, ensure_ascii=False, indent=1))
        except RecordError:
            with suppress(OSError):  # something lies in it
                path.rmdir()
            raise
        make_folder(path / SETTINGS)
        return folder

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read the plan of a sweep; RecordError where there is none that can be read."""
        check_name(path, "the sweep")
        if not is_file(path / PLAN):
            fault = Fault(
                "the sweep", Place(str(path)), "no plan.json", "the folder of a sweep", "Name a folder that `sweep --out` made."
            )  # fmt: skip
            raise RecordError(f"cannot open the sweep {path}", [fault])
        is_folder(path / SETTINGS)
        plan = _read(path / PLAN)
        if repr(plan.get("glasstown_sweep")) != repr(FORMAT):  # 2.0 is no format, and true is 1 to Python
            found = f"format {plan.get('glasstown_sweep')!r}"
            fault = Fault("the plan", Place(str(path / PLAN)), found, f"format {FORMAT}", "Begin in a new folder.")
            raise RecordError(f"cannot open the sweep {path}", [fault])
        return cls(path, _unsealed(plan, PLAN, path / PLAN, PLAN_AGAIN), str(plan[SEAL]))

    @property
    def n_settings(self) -> int:
        """Return how many settings the design has."""
        return len(self.plan["design"])

    def missing(self) -> list[int]:
        """Return the settings that have not been lived, in order."""
        return [number for number in range(self.n_settings) if not is_file(self._file(number))]

    def write(self, number: int, result: Result) -> None:
        """Write what a setting came to, whole or not at all."""
        self._write(
            self._file(number), json.dumps({**result, SEAL: _seal(result, self._of(number))}, separators=(",", ":"))
        )

    def read(self, number: int) -> Result:
        """Return what a setting came to; RecordError where its file is not the one that this sweep wrote."""
        path = self._file(number)
        return _unsealed(_read(path), self._of(number), path, "Remove it and give the command again.")

    def _file(self, number: int) -> Path:
        return self.path / SETTINGS / f"{number:06d}.json"

    def _of(self, number: int) -> str:
        """Return what a setting's file is sealed as: that setting of this very plan."""
        return f"{self.seal} {number}"

    def _write(self, path: Path, text: str) -> None:
        """Write a file; where the disk fails, say how a sweep goes on."""
        try:
            make_folder(path.parent)
            write_bytes(path, f"{text}\n".encode())
        except RecordError as error:
            faults = [replace(each, subject="writing the sweep", way_out=_way_out(each)) for each in error.faults]
            raise RecordError(error.subject, faults) from error

    def _check_same(self, plan: Plan) -> None:
        """Refuse to go on with another plan; the design follows from the rest and is not compared."""
        asked = json.loads(json.dumps(plan))
        faults = [
            Fault(f"the {name} of the sweep", Place(str(self.path / PLAN)), _short(self.plan.get(name)), _short(value),
                  "Give the command that the folder was made with, or another --out.")
            for name, value in asked.items()
            if name != "design" and self.plan.get(name) != value
        ]  # fmt: skip
        if faults:
            raise UsageError(f"'{self.path}' holds another sweep", faults[:1])


def check_free(path: Path) -> None:
    """Refuse a folder that holds something else than a sweep, before anything is written."""
    folder_target(path, "the sweep")
    if kind_of(path) and not _is_free(path) and not is_file(path / PLAN):
        found, expected = f"'{path}', which is there and holds no sweep", "a folder that is new, empty or a sweep's"
        raise UsageError("the request", [Fault("--out", None, found, expected, "Name another.")])


def _read(path: Path) -> dict[str, Any]:
    is_file(path)
    try:
        found = json.loads(path.read_text("utf-8"))
        if isinstance(found, dict):
            return found
    except ValueError:
        pass
    fault = Fault(
        "a file of the sweep", Place(str(path)), "no object of JSON", "a whole file", "Remove it and give the command again."
    )  # fmt: skip
    raise RecordError(f"cannot read {path}", [fault])


def _seal(values: Plan, of: str) -> str:
    """Return the hash of a file's values and of what they are sealed as."""
    text = json.dumps([of, json.loads(json.dumps(values))], sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=HASH_BYTES).hexdigest()


def _unsealed(found: dict[str, Any], of: str, path: Path, way_out: str) -> dict[str, Any]:
    """Return what a file holds beside its seal; RecordError where that is another's."""
    values = {name: value for name, value in found.items() if name != SEAL}
    if found.get(SEAL) == _seal(values, of):
        return values
    said, expected = "something else than the sweep wrote", "the file that the sweep wrote"
    fault = Fault("a file of the sweep", Place(str(path)), said, expected, way_out)
    raise RecordError(f"cannot read {path}", [fault])


def _is_free(path: Path) -> bool:
    """Return whether a folder holds no more than a kill before the plan was whole can leave."""
    if not path.is_dir():
        return False
    rest = [each for each in path.iterdir() if each.name != LOCK and not each.name.endswith(TEMPORARY_ENDING)]
    return not rest or (rest == [path / SETTINGS] and is_folder(rest[0]) and not any(rest[0].iterdir()))


def _way_out(fault: Fault) -> str:
    return f"{fault.way_out.partition(',')[0].partition(';')[0]}. {AGAIN}"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:77]}..."
