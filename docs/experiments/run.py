"""Ask the experiments' questions in full and write their answers: a page and a picture each.

.venv/bin/python docs/experiments/run.py [NAME ...]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from asked import EXPERIMENTS, Experiment
from courts_list import COURTS_LIST, PEOPLE, SEEDS, write_courts_list
from schemes import SCHEMES, write_schemes
from series import as_markdown as series_as_markdown
from series import ask, named, picture, widths_before

import glasstown
from glasstown.answers.compare import Twinned
from glasstown.render.blocks import Block, Heading
from glasstown.render.markdown import as_markdown

HERE = Path(__file__).resolve().parent
WRITTEN = "<!-- Written by docs/experiments/run.py; change that, or the scenarios. -->"
FULL = {"people": 20_000, "months": 60, "seeds": 6, "draws": 16}
NAMES = (*(each.name for each in EXPERIMENTS), SCHEMES, COURTS_LIST)


def main(names: list[str]) -> int:
    """Write every page and picture, or those that are named."""
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"No experiment {unknown[0]}; there are {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    for name in names or NAMES:
        began = time.monotonic()
        if name == SCHEMES:
            write_schemes(HERE, **FULL)
        elif name == COURTS_LIST:
            write_courts_list(HERE, people=PEOPLE, seeds=SEEDS)
        else:
            write(next(each for each in EXPERIMENTS if each.name == name), HERE, **FULL)
        print(f"wrote {name}.md and {name}.png in {time.monotonic() - began:.0f} s", flush=True)
    return 0


def write(experiment: Experiment, folder: Path, *, people: int, months: int, seeds: int, draws: int) -> None:
    """Ask one question and write its page and picture into a folder."""
    if experiment.steps:
        found = ask(experiment, named(experiment.first), people=people, months=months, seeds=seeds, draws=draws)
        picture(experiment, found).save(str(folder / f"{experiment.name}.png"), scale_factor=1.5)
        told, command = (
            series_as_markdown(experiment, found, people=people, months=months),
            f"python docs/experiments/run.py {experiment.name}",
        )
    else:
        with tempfile.TemporaryDirectory() as name:

            def asked(*, prior: bool) -> Twinned:
                return glasstown.compare(
                    named(experiment.first), named(experiment.second), people=people, months=months, seeds=seeds, draws=draws,
                    out=Path(name) / "runs", prior=prior,
                )  # fmt: skip

            answer = asked(prior=False)
            freely = asked(prior=True) if answer.drawn.is_ensemble else None
        answer.chart().save(str(folder / f"{experiment.name}.png"), scale_factor=1.5)
        told = as_markdown(_told(answer.blocks()))
        if freely is not None:
            told += "\n" + widths_before(answer.contrasts, freely.contrasts, freely.drawn)
        command = f"glasstown compare {_shown(experiment.first)} {_shown(experiment.second)} --draws {draws}"
    parts = [
        f"# {experiment.question}\n", WRITTEN + "\n", f"`{command}`\n", f"![{experiment.question}]({experiment.name}.png)\n",
        told, f"**Beware.** {experiment.beware}\n",
    ]  # fmt: skip
    (folder / f"{experiment.name}.md").write_text("\n".join(parts), encoding="utf-8")


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
