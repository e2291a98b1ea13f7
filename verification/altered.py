"""Run folders altered at random, and asked: an answer that differs from the true one without a word is a fault.

.venv/bin/python verification/altered.py [--folders N] [--first F] [--seed S]

Folder number F is altered in the same way whoever begins with it, so that a long series can be lived in parts.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final, Literal, TypeAlias

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from glasstown.cli.main import main as glasstown
from glasstown.runs.request import RunRequest
from glasstown.runs.session import run_town
from glasstown.types import HASH_BYTES
from glasstown.wording import counted
from verification.table import Check, same

SAID_EACH: Final = 100
"""folders between two lines that say how far it is"""
SOURCE: Final = "run folders altered at random, each asked everything"
BOOK, OTHER_BOOK, PEOPLE, MONTHS, PERSON = "suining-2010", "rongcheng-2013", 150, 14, "3"
STATES: Final = ("whole", "stopped")
UNTRUE_OF_ITSELF: Final = ("seconds", "person_months_per_second", "peak_bytes", "bytes")
"""Keys of answers that differ from one time to the next."""

Verdict: TypeAlias = Literal["refused", "the same", "told", "wrong without a word", "internal fault"]
Alter: TypeAlias = Callable[[Path, Path, Random], str]
"""Alters a run's folder, with runs of another seed and rulebook at hand, and says how."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a question ended; `said` is what stands on standard error."""

    code: int
    answer: str
    said: str


@dataclass(slots=True)
class Tally:
    """What became of all questions, and those that were wrong."""

    verdicts: Counter[Verdict] = field(default_factory=Counter)
    folders: int = 0
    faults: list[str] = field(default_factory=list)


def questions(run: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the name of a question and its command line, the one that changes the folder last."""
    yield "life", ("life", str(run), PERSON, "--json")
    yield (
        "months",
        ("query", str(run), "select account, item, sum(value) v from months group by all order by all", "--json"),
    )
    yield "final", ("query", str(run), "select * from final order by all", "--json")
    yield "rescue", ("rescue", str(run), "--json")
    yield "report", ("report", str(run), "--life", PERSON)
    yield "resume", ("resume", str(run), "--json")


def ask(run: Path, name: str, line: tuple[str, ...]) -> Ended:
    """Return how a command ended, with what it wrote; paths and times are left out."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = glasstown(line)
        except BaseException as problem:  # a verb must never raise: whatever it is counts as a fault
            return Ended(-1, "", f"{type(problem).__name__}: {problem}")
    answer = out.getvalue()
    page = run / "report.html"
    if name == "report" and code == 0 and page.is_file():
        answer = page.read_text("utf-8")
    elif line[-1] == "--json" and code == 0:
        answer = json.dumps(_steady(json.loads(answer)), sort_keys=True)
    return Ended(code, answer.replace(str(run), "RUN"), err.getvalue())


def verdict_of(found: Ended, true: Ended) -> Verdict:
    """Return what an answer is beside the true one."""
    if found.code == -1 or "fault of Glasstown itself" in found.said or "Traceback" in found.said:
        return "internal fault"
    if found.code == 2:
        return "the same" if true.code == 2 else "refused"
    if (found.code, found.answer) == (true.code, true.answer):
        return "the same"
    return "told" if found.said != true.said else "wrong without a word"


def tried(n: int, *, first: int = 0, seed: int = 1, progress: Callable[[Tally], None] | None = None) -> Tally:
    """Return what became of so many altered folders from one number on; the same numbers alter them in the same way."""
    tally = Tally()
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        _make_runs(base)
        truth = {state: _truth(base, state) for state in STATES}
        for number in range(first, first + n):
            random = Random(f"{seed} {number}")
            state = random.choice(STATES)
            run = base / "altered"
            shutil.copytree(base / state, run)
            words = random.choice(ALTERATIONS)(run, base, random)
            for question, line in questions(run):
                verdict = verdict_of(ask(run, question, line), truth[state][question])
                tally.verdicts[verdict] += 1
                if verdict in ("wrong without a word", "internal fault"):
                    tally.faults.append(f"{number}, {state}, {words}: {question}: {verdict}")
            tally.folders += 1
            shutil.rmtree(run)
            if progress:
                progress(tally)
    return tally


def checks(n: int) -> Iterator[Check]:
    """Yield: wrong answers without a word, and internal faults, among the answers of altered folders."""
    tally = tried(n)
    asked = f"{counted(tally.folders, 'altered folder')}, {counted(tally.verdicts.total(), 'question')}"
    yield same(f"{asked}: answers that are wrong without a word", SOURCE, 0, tally.verdicts["wrong without a word"])
    yield same(f"{asked}: internal faults", SOURCE, 0, tally.verdicts["internal fault"])


def _make_runs(base: Path) -> None:
    """Live the runs that are altered and those that files are taken from."""

    def stop(done: int, _: int) -> None:
        if done == MONTHS - 1:
            raise KeyboardInterrupt

    for name, book, seed in (("whole", BOOK, 1), ("other-seed", BOOK, 2), ("other-book", OTHER_BOOK, 1)):
        run_town(_request(base / name, book, seed))
    for name, book, seed in (("stopped", BOOK, 1), ("stopped-other-seed", BOOK, 2)):
        try:
            run_town(_request(base / name, book, seed), stop, seconds_between=0.0)
        except KeyboardInterrupt:
            continue


def _request(out: Path, book: str, seed: int) -> RunRequest:
    return RunRequest(book, people=PEOPLE, months=MONTHS, seed=seed, threads=1, out=out, command="verify")


def _truth(base: Path, state: str) -> Mapping[str, Ended]:
    """Return the answers of a folder that nobody altered."""
    run = base / "altered"
    shutil.copytree(base / state, run)
    answers = {name: ask(run, name, line) for name, line in questions(run)}
    shutil.rmtree(run)
    return answers


def _steady(value: object) -> object:
    if isinstance(value, dict):
        return {key: _steady(inside) for key, inside in value.items() if key not in UNTRUE_OF_ITSELF}
    return [_steady(inside) for inside in value] if isinstance(value, list) else value


def _files(run: Path) -> list[Path]:
    return sorted(path for path in run.rglob("*") if path.is_file())


def _flip(run: Path, _: Path, random: Random) -> str:
    path = random.choice(_files(run))
    content = bytearray(path.read_bytes())
    for _n in range(random.choice((1, 1, 8))):
        content[random.randrange(len(content))] ^= 1 << random.randrange(8)
    path.write_bytes(content)
    return f"bits of {path.relative_to(run)}"


def _cut(run: Path, _: Path, random: Random) -> str:
    path = random.choice(_files(run))
    content = path.read_bytes()
    path.write_bytes(content[: random.randrange(len(content))])
    return f"{path.relative_to(run)} cut"


def _remove(run: Path, _: Path, random: Random) -> str:
    path = random.choice(_files(run))
    path.unlink()
    return f"{path.relative_to(run)} gone"


def _swap(run: Path, base: Path, random: Random) -> str:
    """Take a file from a run of another seed or rulebook, or from another state of the same one."""
    donor = random.choice([path for path in sorted(base.iterdir()) if path != run])
    path = random.choice(_files(donor))
    (run / path.relative_to(donor)).parent.mkdir(exist_ok=True)
    shutil.copyfile(path, run / path.relative_to(donor))
    return f"{path.relative_to(donor)} from {donor.name}"


def _shuffle(run: Path, _: Path, random: Random) -> str:
    """Give a part the place of another, or a number that no part has."""
    part = random.choice(sorted(run.glob("*/part-*.parquet")))
    names = [f"part-{number:04d}.parquet" for number in range(4)]
    name = random.choice([each for each in names if each != part.name])
    shutil.copyfile(part, part.with_name(name))
    return f"{part.relative_to(run)} as {name} too"


def _edit(run: Path, _: Path, random: Random) -> str:
    """Change one value of the manifest; a text gets the hash that fits."""
    path = run / "manifest.json"
    values = json.loads(path.read_text("utf-8"))
    places = list(_leaves(values))
    holder, key = random.choice(places)
    old = holder[key]
    if isinstance(old, str) and key == "text":
        at = random.randrange(max(len(old), 1))
        text = old[:at] + random.choice("0123456789abc") + old[at + 1 :]
        holder[key], holder["sha256"] = text, hashlib.sha256(text.encode()).hexdigest()
    elif isinstance(old, bool) or old is None:
        holder[key] = random.choice([None, True, 1, "x"])
    elif isinstance(old, int | float):
        holder[key] = old + random.choice([-1, 1, 7])
    else:
        word = str(old)
        holder[key] = random.choice([f"{word}x", "", word[::-1], "../../x"])
    path.write_text(json.dumps(values, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return f"the manifest's {key}"


def _forge(run: Path, base: Path, random: Random) -> str:
    """Change a bit of a checkpoint and give it the hash that fits; of a run without one, any file's bits."""
    slots = sorted(run.glob("checkpoint/slot-*.bin"))
    if not slots:
        return _flip(run, base, random)
    path = random.choice(slots)
    body = bytearray(path.read_bytes()[:-HASH_BYTES])
    body[random.randrange(len(body))] ^= 1 << random.randrange(8)
    path.write_bytes(body + hashlib.sha256(body).digest())
    return f"{path.name} forged"


def _leaves(values: object) -> Iterator[tuple[dict[str, object], str]]:
    if isinstance(values, dict):
        for key, inside in values.items():
            if isinstance(inside, dict | list):
                yield from _leaves(inside)
            else:
                yield values, key
    elif isinstance(values, list):
        for inside in values:
            yield from _leaves(inside)


ALTERATIONS: Final[tuple[Alter, ...]] = (_flip, _cut, _remove, _swap, _swap, _shuffle, _edit, _edit, _forge)


def say_how_far(tally: Tally) -> None:
    """Write now and then how many folders are done, and how many faults there are."""
    if tally.folders % SAID_EACH == 0:
        print(f"{counted(tally.folders, 'folder')}, {counted(len(tally.faults), 'fault')}", file=sys.stderr, flush=True)


def main() -> int:
    """Alter, ask, print the counts and each fault; exit code 1 where there is one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folders", type=int, default=2000, help="how many folders are altered")
    parser.add_argument("--first", type=int, default=0, help="the number of the first one, to live a series in parts")
    parser.add_argument("--seed", type=int, default=1, help="another number alters them in other ways")
    asked = parser.parse_args()
    tally = tried(asked.folders, first=asked.first, seed=asked.seed, progress=say_how_far)
    print(f"{tally.folders} folders, {tally.verdicts.total()} questions")
    for verdict, count in tally.verdicts.most_common():
        print(f"  {verdict}: {count}")
    print("\n".join(tally.faults))
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
