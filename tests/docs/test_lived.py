"""docs/research.md, story.md and law.md: every command is asked again, in order, and answers as the page shows."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from glasstown.studies import members
from longer import few
from scripts import script

DOCS = Path(__file__).resolve().parents[2] / "docs"
GENERATOR = script(DOCS / "generate.py")
FIFTHS = [f"fifth-{n}" for n in range(1, 6)]
ASKED = {
    "research.md": (
        "compare no-rights.yaml", "--seeds 7", "sweep", "--mechanism", "--place", "targets", "run runs/", "archive",
        "--bibtex",
    ),
    "story.md": ("claims", "timeline", "act ", "run ", "lives ", "life ", "rescue ", "report ", "levers ", "sources "),
    "law.md": ("act ", "rights", "new ", "check ", "compare ", "case ", "reach", "measures", "run ", "lives", "rescue"),
}  # fmt: skip
"""what each page has a question for"""
SHIPPED = members.FILE


@pytest.fixture(scope="module", autouse=True)
def _with_the_ensemble() -> Iterator[None]:
    """Let the ensemble that ships be there, as it is for whoever asks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(members, "FILE", SHIPPED)
        yield


def text_of(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@cache
def asked(name: str, folder: Path) -> tuple[str, dict[str, str]]:
    """Return a page with today's answers, and the whole answers by command; the folder keeps what the commands wrote."""
    page: str
    answers: dict[str, str]
    page, answers = GENERATOR.with_answers(text_of(name), folder)
    return page, answers


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("asked")


@pytest.mark.parametrize("name", few(GENERATOR.LIVED, ["story.md"]))
def test_page__is_what_the_commands_answer_today(name: str, folder: Path) -> None:
    page, _ = asked(name, folder / name)
    assert page == text_of(name), "run `make docs`, read what changed, and commit the result"


@pytest.mark.parametrize("name", GENERATOR.LIVED)
def test_page__shows_an_answer_below_every_question(name: str) -> None:
    sections = re.split(r"^## ", text_of(name), flags=re.M)[1:]
    lines = re.findall(r"^\$ glasstown .*$", text_of(name), flags=re.M)
    assert [each for each in ASKED[name] if not any(each in line for line in lines)] == []
    silent = [each.split("\n")[0] for each in sections if "```console" in each and "```text" not in each]
    assert silent == []
    unsaid = [each.split("\n")[0] for each in sections if "```console" in each and "does not say" not in each]
    assert unsaid == []


@pytest.mark.long
def test_rows__hold_wrongful_listings_of_every_fifth_and_seed(folder: Path) -> None:
    asked("research.md", folder / "research.md")
    with (folder / "research.md" / "rights.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["measure"] == "wrongful listings"]
    of_fifths = [(row["group"], row["side"], row["seed"]) for row in rows if row["group"] in FIFTHS]
    assert len(set(of_fifths)) == len(of_fifths) == len(FIFTHS) * 2 * 6


@pytest.mark.long
def test_poorest_fifth__is_spared_and_the_interval_says_so(folder: Path) -> None:
    _, answers = asked("research.md", folder / "research.md")
    (told,) = [each for line, each in answers.items() if "--seeds 6" in line]
    by_income = told[told.index("By income") :]
    row = by_income[by_income.index("wrongful listings") :].split("\n")[0]
    mean, half = (
        float(each.replace("−", "-").replace(",", "")) for each in re.findall(r"([−+][\d.,]+) ± ([\d.,]+)", row)[0]
    )
    assert mean + half < 0


@pytest.mark.long
def test_seeds_added__take_the_pairs_that_are_there(folder: Path) -> None:
    asked("research.md", folder / "research.md")
    runs = folder / "research.md" / "runs" / "rights"
    assert {f"{side}-{seed}" for side in ("first", "second") for seed in range(1, 8)} <= {
        p.name for p in runs.iterdir()
    }


def test_story__is_of_somebody_whom_the_search_finds_and_the_page_has_pictures(folder: Path) -> None:
    _, answers = asked("story.md", folder / "story.md")
    (found,) = [each for line, each in answers.items() if line.startswith("glasstown lives")]
    told_of = {n for line in answers for n in re.findall(r"(?:runs/court|--life) (\d+)", line)}
    assert len(told_of) == 1
    assert f"person {told_of.pop()} " in found, "let the page tell of somebody whom `lives` finds"
    assert (folder / "story.md" / "listed.html").read_text(encoding="utf-8").count("<svg") >= 2


@pytest.mark.long
def test_law__a_stay_and_thirty_days_spare_what_the_page_says(folder: Path) -> None:
    _, answers = asked("law.md", folder / "law.md")
    (told,) = [each for line, each in answers.items() if "compare slow.yaml" in line]
    rows = {line.strip().split("  ")[0]: line for line in told[: told.index("The same on both sides")].split("\n")}
    for measure in (
        "records that were wrong",
        "person-months on a black list",
        "wrongful listings: by nothing",
    ):
        row = next(line for name, line in rows.items() if name.startswith(measure))
        assert row.rstrip().endswith("less"), row


@pytest.mark.long
def test_law__the_firm_told_of_is_one_that_was_listed(folder: Path) -> None:
    _, answers = asked("law.md", folder / "law.md")
    (found,) = [each for line, each in answers.items() if line.startswith("glasstown lives")]
    firms = {n for line in answers for n in re.findall(r"runs/firms (\d+) --firm", line)}
    assert [n for n in firms if f"firm {n} " not in found] == [] != sorted(firms)
