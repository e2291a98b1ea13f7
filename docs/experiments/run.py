"""Ask the experiments' questions in full and write their answers: a page and a picture each.

.venv/bin/python docs/experiments/run.py
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import glasstown
from glasstown.answers.blocks import Block, Heading
from glasstown.answers.markdown import as_markdown

HERE = Path(__file__).resolve().parent
WRITTEN = "<!-- Written by docs/experiments/run.py; change that, or the scenarios. -->"


class Experiment(NamedTuple):
    """One question: its page, its words, both sides, and what the answer does not say."""

    name: str
    question: str
    first: str
    second: str
    beware: str


EXPERIMENTS = (
    Experiment(
        "linkage", "What does linking records by name alone do, against linking them by identity number?",
        "linkage-by-number.yaml", "linkage-by-name.yaml",
        "A wrong person is drawn from the same neighbourhood; namesakes elsewhere are not modelled.",
    ),
    Experiment(
        "objection", "What is a right of objection worth, heard soon?",
        "without-objection.yaml", "with-objection.yaml",
        "Objections take records back; a stay of the listing while one is open is told in cases and has no step in a town yet.",
    ),
    Experiment(
        "means", "Cannot pay against will not pay: what is a test of means before listing worth?",
        "spare-nobody.yaml", "spare-all-unable.yaml",
        "The split between those who could pay and those who could not is not identified, nor are their rates of performing; "
        "the draws take both from their ranges. Who is spared comes under a spending order all the same.",
    ),
    Experiment(
        "gates", "What do refused tickets do: to performing, to work and to debt?",
        "gates-open.yaml", "cn-court-list-2017",
        "That people perform the sooner the more is refused to them is an assumption (procedure.bite): that part restates an input. "
        "Of the gates that this list bars, people of a town ask at air and rail alone.",
    ),
    Experiment(
        "phases", "Rongcheng's two phases on one population with one stream of conduct: what did the change do?",
        "rongcheng-2013.yaml", "rongcheng-2019",
        "Points that the record does not give move nothing, and the first phase has more of them.",
    ),
)  # fmt: skip
FULL = {"people": 20_000, "months": 60, "seeds": 6, "draws": 20}


def main() -> int:
    """Write every page and picture."""
    for each in EXPERIMENTS:
        write(each, HERE, **FULL)
        print(f"wrote {each.name}.md and {each.name}.png")
    return 0


def write(experiment: Experiment, folder: Path, *, people: int, months: int, seeds: int, draws: int) -> None:
    """Ask one question and write its page and picture into a folder."""
    with tempfile.TemporaryDirectory() as name:
        answer = glasstown.compare(
            _side(experiment.first), _side(experiment.second),
            people=people, months=months, seeds=seeds, draws=draws, out=Path(name) / "runs",
        )  # fmt: skip
    answer.chart().save(str(folder / f"{experiment.name}.png"), scale_factor=1.5)
    command = f"glasstown compare {_shown(experiment.first)} {_shown(experiment.second)} --draws {draws}"
    parts = [
        f"# {experiment.question}\n", WRITTEN + "\n", f"`{command}`\n", f"![{experiment.question}]({experiment.name}.png)\n",
        as_markdown(_told(answer.blocks())), f"**Beware.** {experiment.beware}\n",
    ]  # fmt: skip
    (folder / f"{experiment.name}.md").write_text("\n".join(parts), encoding="utf-8")


def _side(name: str) -> str:
    return str(HERE / name) if name.endswith(".yaml") else name


def _shown(name: str) -> str:
    return f"docs/experiments/{name}" if name.endswith(".yaml") else name


def _told(blocks: list[Block]) -> Iterator[Block]:
    """Yield what an answer says, without its own title and without the people whose runs are gone."""
    for block in blocks[1:]:
        if isinstance(block, Heading) and block.text == "Furthest apart":
            return
        yield block


if __name__ == "__main__":
    sys.exit(main())
