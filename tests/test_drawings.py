"""Pictures: every label fits and lies upon no other, no panel is empty, and no legend tells of what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import altair as alt
import pytest

import glasstown
import towns
from drawings import faults_of, panels_of
from glasstown.answers.compare_chart import lanes_of, picture_of
from glasstown.answers.contrast import Contrast
from glasstown.answers.run_chart import panels_of as panels_of_run
from glasstown.outcomes.counted import MEASURES
from glasstown.outcomes.opened import open_all
from glasstown.render import charts, drawn, drawn_lists, findings, lanes, style
from glasstown.studies.sensitivity import Effect
from verification import curves, pictures
from verification.table import Check, Kind, within

LONG = "person-months of closed gates of people not on the list: namesakes, households, old copies"
LANES = [
    lanes.Lane("with firms' lists, 2026", 2500.0, (2400.0, 2600.0), (200.0, 600.0), (0.0, 900.0), style.TONES["worse"]),
    lanes.Lane("courts, 2022", -3.0, (-10.0, 0.0), None, None, style.TONES["better"]),
    lanes.Lane("work: self-employed and more than that", 0.0, (0.0, 0.0), colour=style.TONES["same"]),
]
LIST = "cn-court-list-2017"
SCORED = "rongcheng-2013@one-point-b"


def of_lanes() -> Iterator[tuple[str, Any]]:
    """Yield pictures of lanes: steps beside each other, and all measures there are with their names above them."""
    panels = [
        lanes.panel(LANES, LONG, middle=0.0, unit="per cent"),
        lanes.panel(LANES[1:], "b", middle=1.0, unit="times"),
    ]
    yield (
        "steps",
        lanes.picture(
            "What is a right of objection worth, alone, and with a stay?", [LONG], panels, lanes.tones(LANES)
        ),
    )
    found = [Contrast(name, Fraction(100), Fraction(110), (10, 10), (5, 20)) for name in MEASURES]
    counts = [dict.fromkeys(MEASURES, (100, 110))] * 2
    told = lanes_of(found, counts, [dict.fromkeys(MEASURES, (100, 4000))], is_middle=False)
    yield (
        "comparison",
        picture_of(("rights-none", "rights-stay"), told, len(found), ["Thick bar: luck, least to most of 2 seeds."]),
    )


def of_effects() -> Iterator[tuple[str, Any]]:
    """Yield a sweep's bars, by both methods."""
    names = ("recording.dishonesty.rongcheng-2019.people", "hazard.c4", "filing.inferred_wrong")
    morris = [Effect(name, {"mu*": 1.0, "confidence": 0.2, "mu": 1.0 - n}) for n, name in enumerate(names)]
    sobol = [Effect(name, {"ST": 0.5, "confidence": 0.1, "S1": 0.2}) for name in names]
    for harm in (1, -1, 0):
        yield f"morris {harm}", drawn.bars("morris", morris, LONG, ["what moves it", "synthetic population"], harm)
    yield "sobol", drawn.bars("sobol", sobol, "records", ["what moves it"])


def of_answers() -> Iterator[tuple[str, Any]]:
    """Yield the charts of answers that come from the record."""
    yield "show", glasstown.show("suining-2010").chart()
    yield "rulebooks", glasstown.rulebooks().chart()
    yield "claims", glasstown.claims().chart()
    yield "case", glasstown.case("rongcheng-2013", "visit-earns-four").chart()


def of_verification() -> Iterator[tuple[str, Any]]:
    """Yield pictures of checks: figures held against a town, curves with what a town lived upon them."""
    kinds: tuple[tuple[tuple[float, float, float], Kind], ...]
    kinds = (((3.6, 0.5, 0.4), "hold-out"), ((1.0, 1.0, 0.1), "fitted"), ((1.0, 20.0, 0.1), "context"))
    where = "Supreme People's Court, in People's Daily, 2025"
    far = [within(f"{kind}: {LONG}", where, *numbers, kind) for numbers, kind in kinds]
    for name, found in (("all kinds", far), ("one kind", far[:1])):
        yield name, charts.finish(pictures.ratios(found).properties(padding=10))
    at = [Check("a", "b", "1", "1", True, "code identity", (0.5, 0.4, 0.1), place) for place in (0.05, 0.9)]
    for make in (curves.accepted, curves.shut_out):
        yield make.__name__, charts.finish(make(at).properties(padding=10))
    yield "identities", pictures.identities({"filing": at, "the flows of the courts' list": at})


def of_runs(folder: Path) -> Iterator[tuple[str, Any]]:
    """Yield what a report and a notebook draw of a run, wide and narrow."""
    for name, cells in ((SCORED, towns.plausible_cells(SCORED)), (LIST, list_cells())):
        towns.make_town(folder / name, name, cells, final=towns.final_rows(ref=name))
        (run,) = open_all(folder / name)
        people = run.accounts["person"]
        yield f"{name} notebook", charts.finish(alt.vconcat(*panels_of_run(run)).properties(padding=10))
        for width in drawn.WIDTHS:
            yield f"{name} grades {width}", drawn.grades_chart(run, people, width=width)
            yield f"{name} points {width}", drawn.points_chart(findings.clause_rows(run, people), width=width)
            yield f"{name} refusals {width}", drawn_lists.refusals_chart(people, width=width)
            for rule in run.book.lists:
                yield f"{name} {rule.id} {width}", drawn_lists.list_chart(run, people, rule.id, width=width)
    steps = [
        drawn.Step(date(2014, 3, 1), Decimal(950), is_wrong=False),
        drawn.Step(date(2015, 5, 1), Decimal(940), is_wrong=True),
    ]
    for width in drawn.WIDTHS:
        grades = [("A", Decimal(960)), ("B", Decimal(945))]
        yield (
            f"life {width}",
            drawn.life_chart(date(2013, 1, 1), date(2018, 1, 1), Decimal(1000), steps, grades, width=width),
        )


def list_cells() -> list[towns.Cell]:
    """Return invented accounts of a list: who comes, wrongly too, who leaves, and what six gates refuse."""
    gates = ("air-ticket", "better-seats", "hotel", "insurance", "property", "loan")
    return [
        ("person", "all", "people", "scored", lambda n: 1000),
        ("person", "all", "lists", "spc_dishonest", lambda n: 10 + n),
        ("person", "all", "list_in", "spc_dishonest", lambda n: 3),
        ("person", "all", "list_in_wrong", "spc_dishonest", lambda n: n % 2),
        ("person", "all", "list_out", "spc_dishonest", lambda n: 2),
        *(("person", "all", "refusals", gate, lambda n, at=at: (n + at) % 5) for at, gate in enumerate(gates)),  # type: ignore[misc]
    ]


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Every kind of picture there is, by name."""
    told = [*of_lanes(), *of_effects(), *of_answers(), *of_verification(), *of_runs(tmp_path_factory.mktemp("runs"))]
    return {name: chart for name, chart in told if chart is not None}


def test_gallery__has_every_kind(gallery: dict[str, Any]) -> None:
    assert len(gallery) >= 25


def test_pictures__have_labels_that_fit_and_legends_of_what_is_there(gallery: dict[str, Any]) -> None:
    found = {name: faults for name, chart in gallery.items() if (faults := faults_of(chart))}
    assert found == {}


def test_pictures__have_no_empty_panel(gallery: dict[str, Any]) -> None:
    assert [name for name, chart in gallery.items() if panels_of(chart) == 0] == []


def test_pictures__have_no_colour_that_is_not_a_token(gallery: dict[str, Any]) -> None:
    known = {*style.DARK}
    for name, chart in gallery.items():
        told = {part[:7] for part in charts.svg(chart).split('"') if part.startswith("#") and len(part) == 7}
        assert told <= known | {"#000000"}, name


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        (lambda: scatter().encode(y=alt.Y("name:N", axis=alt.Axis(labelLimit=20))), "cut: a very long name"),
        (lambda: scatter().encode(color=alt.Color("name:N", scale=alt.Scale(domain=["a", "gone"], range=["#111111", "#222222"]))),
         "a legend of nothing: #222222"),
        (lambda: scatter() + scatter().mark_text().encode(text="name:N") + scatter().mark_text(dx=4).encode(text="name:N"),
         "one upon another: a very long name | a very long name"),
        (lambda: scatter().mark_text(align="right", dx=-300, clip=False).encode(text="name:N").properties(autosize="none"),
         "beyond the side: a very long name"),
    ],
)  # fmt: skip
def test_faults__are_seen_where_they_are_planted(planted: Any, fault: str) -> None:
    assert fault in faults_of(planted().properties(width=300, height=80))


def test_empty_panel__is_seen() -> None:
    assert panels_of(alt.vconcat(scatter(), scatter())) == 2
    assert panels_of(alt.vconcat(scatter(), charts.chart_of([]).mark_point().encode(x="x:Q"))) == 0


def scatter() -> Any:
    """Return one point with a long name."""
    return charts.chart_of([{"x": 1, "name": "a very long name"}]).mark_point(color="#111111").encode(x="x:Q", y="x:Q")
