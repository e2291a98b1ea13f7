"""People and firms live whatever a rulebook says: every answer counts them, or says what is not kept and why.

Each rulebook without a clause about people, and some others, is lived small; its summary, report and comparisons are laid beside
counts by SQL that share no code with them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

import glasstown
from glasstown.answers.compare import Twinned
from glasstown.answers.contrast import NOT_KEPT
from glasstown.answers.run import Town
from glasstown.errors import UsageError
from glasstown.language.load import load_rulebook, shipped
from glasstown.outcomes import counted as counting
from glasstown.outcomes.measures import NotKeptError
from glasstown.outcomes.opened import open_all, open_run
from glasstown.outcomes.twins import Pair, pair_of
from glasstown.render.report import write_report
from glasstown.render.summary import summarise
from glasstown.runs import subjects
from glasstown.runs.request import RunRequest
from glasstown.runs.session import RunResult, run_town
from glasstown.storage import RunFolder
from glasstown.storage.store import query
from longer import few

CONTROL = "no-scheme"
RONGCHENG = "rongcheng-2013"
ASKED = RunRequest(CONTROL, people=300, months=3, seed=5, threads=1, command="test")
BOOKS = {name: load_rulebook(name) for name in shipped()}
WITHOUT_PEOPLE = [name for name, book in BOOKS.items() if "person" not in subjects.scored_kinds(book)]
WITH_PEOPLE = [
    RONGCHENG,
    "suining-2010",
    "dongdao-village-2018",
    "baoji-2020",
    "cn-court-list-2017",
    "cn-air-list-2018",
]

OFFENCES = "select coalesce(sum(value), 0)::bigint as n from months where account = 'acts' and kind = '{kind}' and item in ({items})"


def start_of(name: str) -> date:
    """Return a month in which the rulebook is law, and the control; rongcheng's end is lifted where it is compared."""
    return max(BOOKS[name].in_force.from_, date(2013, 1, 1)).replace(day=1)


class Lived:
    """Towns that have been lived, each once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.results: dict[Path, RunResult] = {}

    def under(self, name: str, start: date, firms: int) -> Path:
        settings = {f"{RONGCHENG}/in_force/until": "unknown"} if name == RONGCHENG else {}
        out = self.folder / f"{name}-{start:%Y-%m}-{firms}"
        if out not in self.results:
            asked = replace(ASKED, rulebook=name, start=f"{start:%Y-%m}", firms=firms, settings=settings, out=out)
            self.results[out] = run_town(asked)
        return out


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    return Lived(tmp_path_factory.mktemp("everybody"))


def firms_of(name: str) -> int:
    return 12 if "firm" in subjects.scored_kinds(BOOKS[name]) else 0


def of_each_kind() -> list[str]:
    """Return the first rulebook without a clause about people of each kind: whom it names and scores, whether it has clauses."""
    kinds: dict[tuple[object, ...], str] = {}
    for name in WITHOUT_PEOPLE:
        book = BOOKS[name]
        scored = frozenset(subjects.scored_kinds(book))
        kinds.setdefault((scored, frozenset(each.kind for each in book.subjects), bool(book.clauses)), name)
    return list(kinds.values())


@pytest.fixture(
    scope="module",
    params=few([*WITHOUT_PEOPLE, *WITH_PEOPLE], [CONTROL, *of_each_kind(), RONGCHENG, "cn-court-list-2017"]),
)
def run(request: pytest.FixtureRequest, lived: Lived) -> Path:
    name = str(request.param)
    return lived.under(name, start_of(name), firms_of(name))


def beside(run: Path, other: str, lived: Lived) -> Path:
    """Return the same town under another rulebook."""
    manifest = RunFolder.open(run).manifest
    return lived.under(other, manifest.start, manifest.firms)


def one(run: Path, sql: str) -> int:
    return int(query(RunFolder.open(run), sql).to_pylist()[0]["n"])


def acts(run: Path, kind: str, tone: str) -> int:
    items = [f"'{each.id}'" for each in open_run(run).acts.classes if each.tone == tone]
    return one(run, OFFENCES.format(kind=kind, items=", ".join(items)))


ITEMS = {
    "offences": "account = 'acts' and item in ({offence})",
    "good deeds": "account = 'acts' and item in ({good deed})",
    "expression": "account = 'acts' and item in ({lawful expression})",
    "found out": "account = 'detections'",
    "records": "account = 'records'",
    "wrong records": "account = 'truth' and item not in ('right', 'lost', 'not recorded')",
    "on a black list": "account = 'lists' and item in ({black})",
    "under a burden": "account = 'measures' and item in ({restrict})",
    "with an advantage": "account = 'measures' and item in ({reward})",
    "listings": "account = 'list_in' and item in ({black})",
    "wrongful listings": "account = 'list_in_wrong' and item in ({black})",
    "wrongly listed": "account = 'lists_wrong' and item in ({black})",
    "exits": "account = 'list_out' and item in ({black})",
    "fines": "account = 'fines'",
    "refusals": "account = 'refusals'",
    "barred unlisted": "account = 'closed'",
    "payments missed": "account = 'debt' and item = 'payment missed'",
    "could not pay": "account = 'debt' and item = 'could not pay'",
    "cases": "account = 'cases'",
    "newly owed": "account = 'judgments' and item = 'newly owed'",
    "recovered": "account = 'judgments' and item = 'recovered'",
    "performed at once": "account = 'enforcement' and item = 'performed when called'",
    "performed": "account = 'enforcement' and item in ('performed when called', 'performed in full')",
    "owed": "account = 'judgments' and item = 'owed'",
    "written off": "account = 'judgments' and item = 'written off'",
    "out of work": "account = 'work' and item = 'unemployed'",
    "income": "account = 'income'",
    "false reports": "account = 'reports' and item = 'false and believed'",
    "ties": "account = 'ties'",
    "support": "account = 'support' and item = 'stated'",
    "averted": "account = 'redress' and item = 'averted, wrong'",
    "corrections": "account = 'corrections'",
    "unknown": "account = 'unknown_fired'",
    "firms: in distress": "account = 'firms' and item = 'in distress'",
    "firms: gone under": "account = 'firms' and item = 'went under'",
    "firms: links cut": "account = 'partners'",
}
"""what each measure is in SQL; a measure of firms is that of people with another kind"""


OF_A_SCHEME = {
    "records", "wrong records", "on a black list", "under a burden", "with an advantage", "listings", "wrongful listings", "exits",
    "fines", "wrongly listed", "averted", "corrections", "unknown",
}  # fmt: skip
"""what is kept of those alone whom clauses are about"""


def in_sql(run: Path) -> dict[str, int]:
    """Return every measure by SQL alone."""
    town = open_run(run)
    named: dict[str, list[str]] = {
        "offence": [],
        "good deed": [],
        "lawful expression": [],
        "restrict": [],
        "reward": [],
        "note": [],
    }
    for each in town.acts.classes:
        named[each.tone].append(each.id)
    for measure in town.book.measures:
        named[measure.kind].append(measure.id)
    named["black"] = [rule.id for rule in town.book.lists if rule.colour == "black"]
    asked = []
    for name in counting.MEASURES:
        where = ITEMS.get(name, ITEMS.get(name.removeprefix("firms: "), ""))
        for word, items in named.items():
            where = where.replace(f"{{{word}}}", ", ".join(f"'{item}'" for item in items) or "null")
        kind = "firm" if name.startswith("firms: ") else "person"
        asked.append(f"coalesce(sum(value) filter (where kind = '{kind}' and {where}), 0)::bigint as \"{name}\"")
    (row,) = query(RunFolder.open(run), f"select {', '.join(asked)} from months").to_pylist()
    return dict(row)


def is_kept(name: str, run: Path) -> bool:
    """Return whether a run keeps a measure: of those who live there; what is of a scheme, of those whom clauses are about."""
    folder = RunFolder.open(run).manifest
    book = BOOKS[folder.rulebooks[0].id]
    kind = "firm" if name.startswith("firms: ") else "person"
    if kind == "firm" and not folder.firms:
        return False
    if book.id == CONTROL:
        return name != "support"
    is_scored = any(each.kind == kind for each in book.subjects)
    is_about = is_scored and any(clause.applies_to.kind == kind for clause in book.clauses)
    return is_about or name.removeprefix("firms: ") not in OF_A_SCHEME


def check_measures(run: Path) -> None:
    """Hold every measure of a run to SQL, and those that are not kept to what clauses are about."""
    runs = open_all(run)
    counts, why = counting.counted(runs, runs[0].acts), counting.why_not(runs)
    assert counts == {name: number if is_kept(name, run) else None for name, number in in_sql(run).items()}
    assert {name for name, count in counts.items() if count is None} == set(why)
    assert all(why.values())
    assert counts["offences"]
    assert counts["income"]


def check_told(run: Path, told: str) -> None:
    """Hold a text about a run to what its people did: whom no clause is about is told with numbers and reasons."""
    town = open_run(run)
    assert "no month written yet" not in told
    for kind in town.kinds:
        noun = "People" if kind == "person" else "Firms"
        if kind in town.scored_kinds:
            continue
        offences = acts(run, kind, "offence")
        assert f"{noun} committed {offences:,} offence" in told
        why = subjects.why_no_records(town.book, kind)
        assert (why or "There is no scheme") in told


def plain(text: str) -> str:
    return " ".join(text.split()).replace("&#x27;", "'")


def test_shipped__without_a_clause_about_people_are_those_that_are_tried() -> None:
    assert len(WITHOUT_PEOPLE) == 38
    assert CONTROL in WITHOUT_PEOPLE


def test_measures__are_what_sql_counts_or_not_kept(run: Path) -> None:
    check_measures(run)


def test_summary_and_report__tell_what_people_did(run: Path, tmp_path: Path) -> None:
    check_told(run, plain(summarise(run).text()))
    report = write_report(run, out=tmp_path / "report.html")
    check_told(run, plain(report.read_text("utf-8")))


def test_chart__shows_what_was_done_where_nobody_is_scored(run: Path, lived: Lived) -> None:
    town = open_run(run)
    drawn = Town(lived.results[run], run).chart().to_dict()
    values = [row for rows in drawn["datasets"].values() for row in rows]
    assert values
    if not any(any(town.accounts[kind].scored) for kind in town.scored_kinds):
        told = [panel for panel in drawn["vconcat"] if "person: offence" in str(panel["title"])]
        names = [panel.get("data", drawn.get("data"))["name"] for panel in told]  # one panel's is the whole's
        done = sum(row["value"] for name in names for row in drawn["datasets"][name])
        assert done == acts(run, "person", "offence")


def test_json_of_a_run__says_what_is_not_kept(run: Path, lived: Lived) -> None:
    (told,) = lived.results[run].values["by_rulebook"].values()
    town = open_run(run)
    expected = {kind: subjects.why_no_records(town.book, kind) for kind in town.kinds}
    assert told["not_kept"] == {kind: why for kind, why in expected.items() if why}


def test_compare_with_itself__differs_in_nothing(run: Path) -> None:
    pair = pair_of(run, run)
    assert all(first == second for first, second in pair.counts.values())
    assert pair.first_anything is None
    assert pair.why[0] == pair.why[1]
    assert "0" in str(Twinned(("a", "b"), (pair,), ((run, run),)).blocks())


def test_compare_with_rongcheng__counts_both_sides(run: Path, lived: Lived) -> None:
    other = beside(run, RONGCHENG, lived)
    pair = pair_of(run, other)
    sides = [{name: n if is_kept(name, path) else None for name, n in in_sql(path).items()} for path in (run, other)]
    assert pair.counts == {name: (sides[0][name], sides[1][name]) for name in pair.counts}
    assert pair.counts["records"][1] is not None
    check_printed(pair, run, other)


def check_printed(pair: Pair, run: Path, other: Path) -> None:
    """A side that keeps nothing is never printed as a number, and its reason stands below."""
    answer = Twinned(("one", "two"), (pair,), ((run, other),))
    words = str(answer.blocks())
    for each in answer.contrasts:
        told = each.as_json()
        if pair.counts[each.name][0] is None:
            assert told["first"] is told["difference"] is told["least"] is told["agreeing"] is None
            assert told["verdict"] == NOT_KEPT
            assert told["why_first"] == pair.why[0][each.name]
            assert pair.why[0][each.name] in words.replace("\\'", "'")
        else:
            assert Fraction(told["first"]) == pair.counts[each.name][0]
    assert (NOT_KEPT in words) == any(None in both for both in pair.counts.values())
    assert answer.chart().to_dict()


def test_people_under_a_rulebook_that_cannot_touch_them__do_what_they_do_under_none(run: Path, lived: Lived) -> None:
    """Same people, same luck, and no rule that fires: the same acts, month by month; the same income, work and debt."""
    town = open_run(run)
    if "person" in town.scored_kinds or town.scored_kinds:
        pytest.skip("a rulebook of which a clause can fire")
    control = beside(run, CONTROL, lived)
    pair = pair_of(run, control)
    assert pair.first_conduct is None
    of_lives = (
        "offences",
        "good deeds",
        "expression",
        "found out",
        "income",
        "out of work",
        "payments missed",
        "could not pay",
    )
    for name in of_lives:
        assert pair.counts[name][0] == pair.counts[name][1], name


def test_compare__of_a_rulebook_for_firms_gives_both_sides_the_same_firms(tmp_path: Path) -> None:
    answer = glasstown.compare(
        CONTROL, "jiangsu-env-2019", people=300, months=3, seeds=1, draws=2, threads=1, out=tmp_path / "both"
    )
    manifests = [RunFolder.open(path).manifest for path in answer.folders[0]]
    assert manifests[0].firms == manifests[1].firms > 0
    told = {each["measure"]: each for each in answer.as_json()["measures"]}
    assert told["offences"]["first"] == told["offences"]["second"] > 0
    assert told["firms: offences"]["first"] > 0
    assert told["records"]["second"] is None
    assert told["records"]["first"] is None  # no zero beside what nobody counts
    assert "there is no scheme" in told["records"]["why_first"]
    assert told["offences"]["drawn_least"] == 0
    assert told["firms: records"]["first"] == 0  # there is no scheme, which is known
    assert told["firms: records"]["second"] is not None


def test_sweep__of_a_rulebook_that_scores_nobody_shows_what_moves_conduct(tmp_path: Path) -> None:
    swept = glasstown.sweep(
        "nanjing-card-2016",
        parameters=["hazard.c0"],
        trajectories=2,
        people=300,
        months=3,
        threads=1,
        out=tmp_path / "one",
    )
    assert swept.measure == "offences"
    assert swept.effects["offences"][0].strength > 0
    assert "records" not in swept.effects
    assert "its catalogue of conduct was not read" in swept.as_json()["not_kept"]["records"]
    assert "Not kept, so neither zero nor told: records" in str(swept.blocks())
    with pytest.raises(UsageError, match="'records', which is not kept"):
        glasstown.sweep(
            "nanjing-card-2016", parameters=["hazard.c0"], measure="records", people=150, months=2, out=tmp_path / "two"
        )


def test_sweep__counts_firms_too(tmp_path: Path) -> None:
    swept = glasstown.sweep(
        "jiangsu-env-2019", parameters=["hazard.k0"], trajectories=2, people=600, months=6, threads=1, measure="firms: offences",
        out=tmp_path / "one",
    )  # fmt: skip
    assert swept.effects["firms: offences"][0].strength > 0


def test_lives_that_are_not_lived__are_no_zeros(tmp_path: Path) -> None:
    out = tmp_path / "run"
    result = run_town(replace(ASKED, settings={"living.lived": "0"}, out=out))
    runs = open_all(out)
    counts, why = counting.counted(runs, runs[0].acts), counting.why_not(runs)
    assert counts["income"] is counts["out of work"] is counts["refusals"] is None
    assert "living.lived is 0" in why["income"]
    assert counts["offences"] == acts(out, "person", "offence") > 0
    assert set(result.values["refusals"].values()) == {None}
    assert "living.lived is 0" in plain(summarise(out).text())


def test_account_that_is_not_kept__has_no_number(lived: Lived) -> None:
    run = open_run(lived.under("nanjing-card-2016", start_of("nanjing-card-2016"), 0))
    for asked in ("total", "series", "points"):
        with pytest.raises(NotKeptError, match="has no clause"):
            getattr(run.accounts["person"], asked)("records", "any")
    with pytest.raises(NotKeptError, match="kept of firms alone"):
        run.accounts["person"].total("partners", "cut")


def scored_alone(book: object, kind: str, numbers: object) -> dict[str, str]:
    return {}


FAULTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "a side that no clause is about is not read": lambda patch: patch.setattr(
        "glasstown.outcomes.opened._living", lambda manifest, book: subjects.scored_kinds(book)
    ),
    "what is not kept is told as zero": lambda patch: patch.setattr(
        "glasstown.outcomes.opened.unkept_accounts", scored_alone
    ),
    "people are counted under firms": lambda patch: patch.setitem(
        counting.MEASURED, "offences", replace(counting.MEASURED["offences"], kind="firm")
    ),
    "acts are read from what was found out": lambda patch: patch.setitem(
        counting.MEASURED, "offences", replace(counting.MEASURED["offences"], account="detections")
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_planted_fault__is_found(fault: str, lived: Lived, monkeypatch: pytest.MonkeyPatch) -> None:
    run = lived.under("cn-customs-2026", start_of("cn-customs-2026"), 12)
    check_measures(run)
    FAULTS[fault](monkeypatch)
    with pytest.raises((AssertionError, KeyError, TypeError)):
        check_measures(run)


@pytest.mark.parametrize("fault", list(FAULTS)[:2])
def test_planted_fault__is_found_in_the_summary(fault: str, lived: Lived, monkeypatch: pytest.MonkeyPatch) -> None:
    run = lived.under("nanjing-card-2016", start_of("nanjing-card-2016"), 0)
    check_told(run, plain(summarise(run).text()))
    FAULTS[fault](monkeypatch)
    told = plain(summarise(run).text())
    monkeypatch.undo()
    with pytest.raises(AssertionError):
        check_told(run, told)
