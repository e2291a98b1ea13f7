"""A run as one HTML file: the town, one life, the rulebook's gaps, sources, limits, and how it was made.

The file asks for nothing from anywhere: charts are drawn into it, and its own policy forbids requests.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from glasstown.outcomes.opened import TownRun, open_all, open_run, standing
from glasstown.outcomes.telling import at_a_glance, worth_telling
from glasstown.render import findings, html, words
from glasstown.render.html import Section
from glasstown.render.life_told import LifeTold
from glasstown.render.report_book import gaps_section, sources_section
from glasstown.render.report_life import life_section, no_life_section
from glasstown.render.report_town import book_section, town_section
from glasstown.render.summary import title
from glasstown.runs.texts import say_what_differs
from glasstown.storage.checkout import made_with
from glasstown.storage.target import file_target
from glasstown.types import SYNTHETIC_WORDS

REPORT_NAME = "report.html"


def write_report(
    run_folder: Path,
    person: int | None = None,
    out: Path | None = None,
    *,
    life: LifeTold | None = None,
    beside: Sequence[Path] = (),
    opening: str = "",
    under: str | None = None,
) -> Path:
    """Write the report of a run and return its path, RUN/report.html by default; an earlier report there is replaced.

    Without a person a life worth telling is chosen: somebody listed, wrongly if any.
    `life` is that life where the caller has replayed it already;
    `beside` are runs of the same people under other rules; `opening` is HTML shown first, such as a picture;
    `under` names one rulebook to tell where several are in force; all of them are by default.
    """
    runs = open_all(run_folder) if under is None else (open_run(run_folder, under=under),)
    run = runs[0]
    say_what_differs(run_folder, run.manifest)
    target = file_target(out if out is not None else run_folder / REPORT_NAME, "the report", html.is_report)
    books = [book_section(each, is_sole=len(runs) == 1) for each in runs]
    sections = [town_section(runs, opening), *(each for each in books if each is not None)]
    sections += [_life(runs, person, life, beside), about_section(run), gaps_section(runs), sources_section(runs)]
    sections += [limits_section(runs), made_section(run)]
    target.write(_document(runs, sections).encode("utf-8"))
    return target.path


def _document(runs: tuple[TownRun, ...], sections: Sequence[Section]) -> str:
    manifest = runs[0].manifest
    sole = f"{runs[0].book.title} ({runs[0].reference})"
    named = sole if len(runs) == 1 else words.listed([run.reference for run in runs])
    reading = f" Reading: {words.escaped(runs[0].reading)}." if len(runs) == 1 and runs[0].reading else ""
    stage = "" if manifest.status == "done" else html.note("This run is not finished; the page shows what there is.")
    lead = (
        f"<p>{words.escaped(runs[0].book.place.name)}. A {SYNTHETIC_WORDS} lived {words.counted(manifest.months, 'month')}, "
        f"from {words.full_date(manifest.start)} on, under {words.escaped(named)}.{reading}{_beside(runs)}</p>{stage}"
    )
    foot = f"<p>Glasstown {words.escaped(manifest.versions.get('glasstown', ''))}, {SYNTHETIC_WORDS}. CC BY 4.0.</p>"
    return html.document(title(runs), f"Glasstown report, {SYNTHETIC_WORDS}", lead, sections, foot)


def _beside(runs: Sequence[TownRun]) -> str:
    """Return what else was in force over the same people, where one rulebook alone is told."""
    if len(runs) > 1 or not runs[0].beside:
        return ""
    return f" Also in force over the same people: {words.escaped(words.listed(list(runs[0].beside)))}."


def about_section(run: TownRun) -> Section:
    """Return what the page is and what it is not."""
    is_list = (
        f"Documented rules applied to a {SYNTHETIC_WORDS}, clause by clause.",
        "A laboratory: it shows what rules do under stated assumptions, and why each thing happened.",
        "A way to compare rules on the same people with the same luck.",
    )
    is_not = (
        "No score of anybody: everyone here is generated from published aggregates.",
        "No estimate of what happened in China: no share on this page is a count of real people.",
        "No national score: there is none. There are local schemes, lists of agencies and courts, ratings of firms.",
    )
    columns = (
        f'<div class="two"><div><h3>What this is</h3>{html.bullets(is_list)}</div>'
        f"<div><h3>What it is not</h3>{html.bullets(is_not)}</div></div>"
    )
    return Section("about", "What this is, and what it is not", columns)


def _life(runs: tuple[TownRun, ...], person: int | None, life: LifeTold | None, beside: Sequence[Path]) -> Section:
    about = [run for run in runs if "person" in run.scored_kinds]
    if not about:
        firms = any(run.scored_kinds for run in runs)
        why = "This rulebook is about firms" if firms else "No clause of this rulebook is about people"
        return no_life_section(f"{why}; the report tells no single life.")
    if runs[0].manifest.status != "done" and life is None:
        return no_life_section("The run is not finished. Once it is, this section tells one life of it.")
    chosen = person if person is not None else (worth_telling(runs) if life is None else at_a_glance(runs))
    if chosen is None:
        return no_life_section("Nobody is scored in this run, so there is no life to tell.")
    told = life if life is not None else _replayed(runs[0].folder, chosen)
    return life_section(about, told, chosen, [_standing_in(other, chosen) for other in beside])


def _replayed(folder: Path, person: int) -> LifeTold:
    from glasstown.runs.session import replay_life

    told: LifeTold = replay_life(folder, person, verify=False)
    return told


def _standing_in(folder: Path, person: int) -> tuple[str, str]:
    other = open_run(folder)
    name = f"{other.book.title} ({other.reference})"
    row = standing(folder, person)
    if row is None:
        return name, "not scored"
    score = words.points(row["score"], other.book.score.quantum)
    grade = f", grade {row['grade']}" if row["grade"] else ""
    return name, f"{score} points{grade}"


def limits_section(runs: Sequence[TownRun]) -> Section:
    """Return what a reader must not conclude."""
    fixed = (
        f"Everyone is synthetic. One seed ({runs[0].manifest.seed}) is one draw of luck: small differences between numbers "
        "of one run mean little.",
        "How often people act, and how often that is seen and written down, is mostly assumed. Every level on this "
        "page moves with these rates. What carries over is the contrast between rules for the same people.",
        "Many values of the scheme are not documented. A clause of unknown value changes no score; it is counted.",
        "How people answer to points, grades and being recorded is assumed as well, from what is known elsewhere.",
    )
    found = findings.basis_findings(runs, is_whole=True)[1:-1]
    return Section("limits", "Limits", html.bullets([*fixed, *found]))


def made_section(run: TownRun) -> Section:
    """Return what is needed to make the same run again."""
    manifest = run.manifest
    pairs = [
        ("seed", str(manifest.seed)),
        ("people", words.count(manifest.people)),
        ("firms", words.count(manifest.firms)),
        ("months", str(manifest.months)),
        ("first day", words.full_date(manifest.start)),
        ("place", manifest.place.name),
        ("unknown points", manifest.unknown or "change no score"),
        *((path, value) for path, value in manifest.settings.items()),
    ]
    digest = f"<p>Digest of the run: <code>{manifest.digest or 'none before the end'}</code></p>"
    texts = [document for book in manifest.rulebooks for document in book.texts]
    documents = [*texts, *manifest.acts, manifest.parameters, manifest.place]
    documents += [manifest.orders] if manifest.orders is not None else []
    hashes = html.table(
        "Texts that went in", ["text", "SHA-256"], [[d.name, d.sha256] for d in documents], numbers=False
    )
    others = ", ".join(f"{name} {number}" for name, number in manifest.versions.items() if name != "glasstown")
    content = f"<pre><code>{words.escaped(manifest.command)}</code></pre>{html.facts(pairs)}{digest}"
    made = f"Made with {made_with(manifest)}; {others}. The same command gives the same digest on any machine."
    tail = html.paragraph(made, "small")
    return Section("made", "How it was made", content + hashes.replace("<td>", '<td class="hash">') + tail)
