"""The same as the commands, in Python: each function takes a command's arguments and returns a typed answer.

`import glasstown` imports nothing of this; each function imports what it needs when it is called.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from glasstown.api_record import agencies, areas, case, claims, compare_rules, dataset, firm, sources, targets, timeline
from glasstown.api_runs import archive, life, lives, publish, query, report, rescue, resume, unpack
from glasstown.api_studies import ensemble, sweep
from glasstown.runs.arguments import Day, Reference, asked, day_of, folder_of, text_of, texts, town_of
from glasstown.runs.usage import check_one_question, second_of
from glasstown.types import Progress

if TYPE_CHECKING:
    from glasstown.answers.act import Conduct, Deeds
    from glasstown.answers.check import Checked
    from glasstown.answers.compare import Twinned
    from glasstown.answers.levers import Levers
    from glasstown.answers.living import LivingTown
    from glasstown.answers.new import New
    from glasstown.answers.rulebooks import Shelf
    from glasstown.answers.run import Town
    from glasstown.answers.show import Scheme
    from glasstown.answers.test import Tested
    from glasstown.explorer.explored import Explored

__all__ = [
    "act",
    "agencies",
    "archive",
    "areas",
    "case",
    "check",
    "claims",
    "compare",
    "compare_rules",
    "dataset",
    "ensemble",
    "explore",
    "firm",
    "levers",
    "life",
    "lives",
    "new",
    "pack",
    "publish",
    "query",
    "report",
    "rescue",
    "resume",
    "rulebook",
    "rulebooks",
    "run",
    "show",
    "sources",
    "sweep",
    "targets",
    "test",
    "timeline",
    "town",
    "unpack",
]


@asked
def rulebooks(
    *,
    kind: str | None = None,
    place: str | None = None,
    act: str | None = None,
    only_rewards: bool = False,
    as_at: Day | None = None,
) -> Shelf:
    """Return the rulebooks that ship: all, or those that score a kind of subject, lie in a place, answer to an act.

    With `as_at` those that are in force on that day; a rulebook of which that is unknown stays.

    >>> [book.id for book in glasstown.rulebooks(kind="firm", place="Jiangsu").books]
    ['jiangsu-env-2019']
    """
    from glasstown.answers.rulebooks import shelf

    return shelf(kind, place, act, rewards_only=only_rewards, day=day_of(as_at, "as_at"))


@asked
def rulebook(reference: Reference) -> Scheme:
    """Return a rulebook, by ID, PATH, or either with @READING.

    >>> glasstown.rulebook("suining-2010@ceiling-1000").book.variant
    'ceiling-1000'
    """
    return show(reference)


@asked
def show(reference: Reference, *, clause: str | None = None, as_at: Day | None = None) -> Scheme:
    """Return a scheme in words with its sources, or one clause of it; `as_at` asks whether it is in force that day.

    >>> glasstown.show("suining-2010").book.title
    'Mass credit management of Suining County'
    >>> glasstown.show("suining-2011")
    Traceback (most recent call last):
        ...
    glasstown.errors.UsageError: ...
    """
    from glasstown.answers.show import Scheme
    from glasstown.language.load import load_rulebook

    return Scheme(load_rulebook(str(reference)), clause, day_of(as_at, "as_at"))


@asked
def act(*acts: str, about: str | None = None, with_: Sequence[str] = (), as_at: Day | None = None) -> Conduct | Deeds:
    """Return what every rulebook does about these acts, or about those that a word leads to; without either, all acts.

    >>> glasstown.act("late-utility-bill").asked[0].act.label
    'water, power, gas or heating bill unpaid after its day'
    """
    from glasstown.answers.act import conduct, conduct_about, deeds

    check_one_question(acts, about)
    when = day_of(as_at, "as_at")
    if about is not None:
        return conduct_about(about, with_, when)
    return conduct(acts, with_, when) if acts else deeds(with_)


@asked
def new(folder: Reference, *, list_: bool = False, score: bool = False) -> New:
    """Begin a rulebook of one's own in a new folder: a draft with a score, or with `list_` one with a list, that passes `check`.

    >>> glasstown.new("my-city").files
    ('rules.yaml', 'sources.yaml', 'cases/first.yaml')
    """
    from glasstown.answers.new import begun
    from glasstown.incoming import path_of

    return begun(path_of(folder), as_list=list_, as_score=score)


@asked
def check(*references: Reference) -> Checked:
    """Return every fault of these rulebooks, in all readings; a reference that names nothing is an error, no fault.

    >>> glasstown.check("suining-2010").n_faults
    0
    """
    from glasstown.answers.check import Checked, examine

    return Checked(tuple(examine(reference) for reference in texts("references", references)))


@asked
def test(*references: Reference) -> Tested:
    """Return how the worked cases beside these rulebooks went; all that ship where none is named.  Nothing tested is a failure.

    >>> glasstown.test("suining-2010").exit_code
    0
    """
    from glasstown.answers.test import run_cases

    return run_cases(texts("references", references))


@asked
def compare(
    one: Reference,
    other: Reference | None = None,
    *,
    seeds: int | None = None,
    draws: int | None = None,
    prior: bool = False,
    without_orders: bool = False,
    by: Sequence[str] | None = None,
    people: int | None = None,
    months: int | None = None,
    seed: int | None = None,
    place: Reference | None = None,
    acts: Reference | None = None,
    parameters: Reference | None = None,
    mechanism: Reference | None = None,
    start: Day | None = None,
    unknown: str | None = None,
    threads: int | None = None,
    out: Reference | None = None,
    table: Reference | None = None,
    progress: Progress | None = None,
) -> Twinned:
    """Return how two rulebooks, scenarios or runs differ on the same people with the same luck.

    `seeds` shows how far luck moves the differences, `draws` how far ignorance does: members of the ensemble where it fits, or
    with `prior`, draws from the parameters' ranges.  `by` is what all is told by: some of income (where it is left out), age, sex,
    place, registration and work, for which every run is lived again.  `without_orders` leaves out what desks decide in the second,
    or lays the first beside itself without it.  `table` names a CSV or Parquet file for the numbers.  The folder of an earlier
    comparison, alone, is told again, and with `out` lived again.
    """
    from glasstown.answers.compare import twinned, twinned_again
    from glasstown.runs.usage import kept_comparison

    options = town_of(place, start, unknown, people=people, months=months, seed=seed, threads=threads)
    options |= {"acts": text_of(acts), "parameters": text_of(parameters), "mechanism": text_of(mechanism)}
    how = ("income",) if by is None else texts("by", by)
    asked = {"seeds": seeds, "draws": draws, "out": folder_of(out), "prior": prior, "by": how}
    asked |= {"without_orders": without_orders}
    if kept := kept_comparison(one, other, options, asked | {"by": by}):
        return twinned_again(kept, folder_of(out), threads, folder_of(table), progress)
    second = second_of(one, other, without_orders=without_orders)
    return twinned(str(one), str(second), options, asked, folder_of(table), progress)


@asked
def levers(*references: Reference, about: str | None = None, mechanism: Reference | None = None) -> Levers:
    """Return what `set` can change: the model's parameters, or with rulebooks everything in them that can be set.

    With `mechanism` the parameters of one's own mechanism are among those of the model.

    >>> glasstown.levers(about="notice").levers[0].path
    'notice.delay_months'
    """
    from glasstown.answers.levers import levers as found

    return found(texts("references", references), about, text_of(mechanism))


@asked
def run(
    reference: Reference,
    *,
    people: int | None = None,
    firms: int | None = None,
    months: int | None = None,
    seed: int | None = None,
    set: Mapping[str, object] | None = None,
    place: Reference | None = None,
    drive: Reference | None = None,
    acts: Reference | None = None,
    parameters: Reference | None = None,
    mechanism: Reference | None = None,
    trust_mechanism: str | None = None,
    start: Day | None = None,
    unknown: str | None = None,
    threads: int | None = None,
    track: int | None = None,
    without_orders: bool = False,
    out: Reference | None = None,
    all: bool = False,
    progress: Progress | None = None,
) -> Town:
    """Let a synthetic town live under a rulebook, or as a scenario file or an earlier run, with the texts that it kept, says.

    What is left out is as the scenario says, else 100,000 people, 60 months, seed 1, the place china-2020 and nobody tracked;
    `set` maps levers to values, `drive` names a drive, `acts` and `parameters` files that lie over those that ship, `mechanism` a
    mechanism's file, `trust_mechanism` the hash of that of an earlier run; `without_orders` leaves out what desks decide in a
    scenario or an earlier run; `all` tells every clause; without `out` runs/NAME-N is the folder.

    >>> glasstown.run("suining-2010", people=300, months=6, out="first").result.values["people"]
    300
    """
    from glasstown.answers.run import Town, command_line
    from glasstown.runs.again import again_of
    from glasstown.runs.scenario import request_of
    from glasstown.runs.session import run_town

    given = town_of(
        place, start, unknown, people=people, firms=firms, months=months, seed=seed, track=track, threads=threads
    )
    settings = {path: str(value) for path, value in (set or {}).items()}
    given |= {"drive": text_of(drive), "acts": text_of(acts), "parameters": text_of(parameters), "out": folder_of(out)}
    given |= {"mechanism": text_of(mechanism), "trusted": trust_mechanism}
    request = request_of(str(reference), given, settings=settings)
    request = replace(request, orders=()) if without_orders else request
    result = run_town(replace(request, command=command_line(request, str(reference))), progress)
    return Town(result, result.folder, again_of(str(reference), result.folder), all)


@asked
def town(
    reference: Reference,
    *,
    people: int | None = None,
    firms: int | None = None,
    months: int | None = None,
    seed: int | None = None,
    set: Mapping[str, object] | None = None,
    place: Reference | None = None,
    drive: Reference | None = None,
    acts: Reference | None = None,
    parameters: Reference | None = None,
    mechanism: Reference | None = None,
    start: Day | None = None,
    unknown: str | None = None,
    threads: int | None = None,
) -> LivingTown:
    """Return a synthetic town held in memory, before its first month: it lives with `.step()`, and no file is written.

    The arguments are those of `run`; where nothing says so, 20,000 people.  `.save()` writes the request as a scenario, `.write()`
    the months that were lived as a run.

    >>> town = glasstown.town("suining-2010", people=300, months=12)
    >>> town.step(6).month
    6
    """
    from glasstown.answers.living import LivingTown
    from glasstown.runs.scenario import request_of

    given = town_of(place, start, unknown, people=people, firms=firms, months=months, seed=seed, threads=threads)
    given |= {"drive": text_of(drive), "acts": text_of(acts), "parameters": text_of(parameters)}
    given |= {"mechanism": text_of(mechanism)}
    settings = {path: str(value) for path, value in (set or {}).items()}
    return LivingTown(request_of(str(reference), given, settings=settings, usual={"people": 20_000}))


@asked
def explore(*, port: int | None = None, listen: str | None = None, towns: bool = False) -> Explored:
    """Serve the explorer in a browser until it is stopped, by default on this machine alone; with `towns` return what it offers.

    It needs the extra `explore`; elsewhere than on this machine it asks for a token.

    >>> len(glasstown.explore(towns=True).towns) > 50
    True
    """
    from glasstown.explorer.explored import explored

    return explored(8753 if port is None else port, listen or "127.0.0.1", only_towns=towns)


pack = archive
"""`archive` under a name of its own in the package, where `glasstown.archive` is the room of rulebooks."""
