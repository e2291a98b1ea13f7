"""Ask the experiments' questions and write their answers: a page and a picture each, and the table of README.md.

.venv/bin/python docs/experiments/run.py [--small] [NAME ...]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from asked import EXPERIMENTS, Experiment
from courts_list import COURTS_LIST, PEOPLE, SEEDS, write_courts_list
from hit import HIT, write_hit
from readme import renew_readme
from reforms import unlived
from schemes import SCHEMES, write_schemes
from series import as_markdown as series_as_markdown
from series import ask, named, picture, sentence
from told import answer_of, part_of, widths_before, widths_of

import glasstown
from glasstown.answers.compare import Twinned
from glasstown.render.blocks import Block, Heading
from glasstown.render.markdown import as_markdown

HERE = Path(__file__).resolve().parent
WRITTEN = "<!-- Written by docs/experiments/run.py; change that, or the scenarios. -->"
FULL = {"people": 20_000, "months": 60, "seeds": 6, "draws": 16}
SMALL = {"people": 6_000, "months": 36, "seeds": 3, "draws": 4}
"""for a first look; a page says its own sizes"""
NAMES = (*(each.name for each in EXPERIMENTS), HIT, SCHEMES, COURTS_LIST)


def main(words: list[str]) -> int:
    """Write every page and picture, or those that are named."""
    names = [each for each in words if each != "--small"]
    sizes = SMALL if "--small" in words else FULL
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"No experiment {unknown[0]}; there are {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    for name in names or NAMES:
        began = time.monotonic()
        if name == HIT:
            write_hit(HERE, **sizes)
        elif name == SCHEMES:
            write_schemes(HERE, **sizes)
        elif name == COURTS_LIST:
            is_full = sizes is FULL
            write_courts_list(
                HERE, people=PEOPLE if is_full else SMALL["people"], seeds=SEEDS if is_full else SMALL["seeds"]
            )
        else:
            write(next(each for each in EXPERIMENTS if each.name == name), HERE, **sizes)
        renew_readme(HERE, NAMES)
        print(f"wrote {name}.md and {name}.png in {time.monotonic() - began:.0f} s", flush=True)
    return 0


def write(experiment: Experiment, folder: Path, *, people: int, months: int, seeds: int, draws: int) -> None:
    """Ask one question and write its page and picture into a folder."""
    sizes = {"people": people, "months": months, "seeds": seeds, "draws": draws}
    answer, told, command = (_series if experiment.steps else _pair)(experiment, folder, sizes)
    parts = [
        f"# {experiment.question}\n", answer + "\n", WRITTEN + "\n", f"`{command}`\n",
        f"![{experiment.question}]({experiment.name}.png)\n", told, f"**Beware.** {experiment.beware}\n",
    ]  # fmt: skip
    (folder / f"{experiment.name}.md").write_text("\n".join(parts), encoding="utf-8")


def _series(experiment: Experiment, folder: Path, sizes: Mapping[str, int]) -> tuple[str, str, str]:
    """Ask a question of several steps, draw its picture, and return its sentence, its table and its command."""
    found = ask(experiment, named(experiment.first), **sizes)
    picture(experiment, found).save(str(folder / f"{experiment.name}.png"), scale_factor=1.5)
    told = series_as_markdown(experiment, found, people=sizes["people"], months=sizes["months"])
    if experiment.name == "reforms":
        told += "\n" + unlived()
    return sentence(experiment, found), told, f"python docs/experiments/run.py {experiment.name}"


def _pair(experiment: Experiment, folder: Path, sizes: Mapping[str, int]) -> tuple[str, str, str]:
    """Ask a question of two sides, draw its picture, and return its sentence, what is said of it and its command."""
    with tempfile.TemporaryDirectory() as name:

        def asked(*, prior: bool) -> Twinned:
            return glasstown.compare(
                named(experiment.first), named(experiment.second), people=sizes["people"], months=sizes["months"],
                seeds=sizes["seeds"], draws=sizes["draws"], out=Path(name) / "runs", prior=prior,
            )  # fmt: skip

        answer = asked(prior=False)
        freely = asked(prior=True) if answer.drawn.is_ensemble else None
    answer.chart().save(str(folder / f"{experiment.name}.png"), scale_factor=1.5)
    told = as_markdown(_told(answer.blocks()))
    before = {}
    if freely is not None:
        told += "\n" + widths_before(answer.contrasts, freely.contrasts, answer.drawn, freely.drawn)
        before = {each.name: each for each in freely.contrasts}
    known = {each.name: each for each in answer.contrasts}
    parts = [
        part_of(experiment.words(name), known[name], widths_of(known[name], answer.drawn, before.get(name)))
        for name, _ in experiment.answers
        if known[name].is_kept
    ]
    command = f"glasstown compare {_shown(experiment.first)} {_shown(experiment.second)} --draws {sizes['draws']}"
    return answer_of(experiment.lead, parts), told, command


def _shown(name: str) -> str:
    return f"docs/experiments/{name}" if name.endswith(".yaml") else name


def _told(blocks: list[Block]) -> Iterator[Block]:
    """Yield what an answer says, without its own title and without where its runs lie, which are gone, and their people."""
    for block in blocks[1:]:
        if isinstance(block, Heading) and block.text in ("Where the runs lie", "Furthest apart"):
            return
        yield block


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
