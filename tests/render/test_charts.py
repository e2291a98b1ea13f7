"""Charts are drawn without a network and never lay one name over another."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import altair as alt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasstown.errors import UsageError
from glasstown.render import charts, style
from glasstown.render.charts import Line, Panel


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_spread__keeps_names_apart_and_in_order(ends: list[float]) -> None:
    places = charts.spread(ends, 0.1)
    order = sorted(range(len(ends)), key=lambda i: (ends[i], -i))
    ordered = [places[i] for i in order]
    assert all(b - a >= 0.1 - 1e-9 for a, b in pairwise(ordered))
    assert max(places) <= 1.0 + 1e-9


def test_percent_label__never_rounds_some_to_none() -> None:
    assert [charts.percent_label(share) for share in (0, 0.001, 0.5, 0.999, 1)] == [
        "0 %",
        "< 1 %",
        "50 %",
        "> 99 %",
        "100 %",
    ]


def test_save__writes_a_png_and_an_svg_that_refers_to_nothing(tmp_path: Path) -> None:
    dates = tuple(date(2013, n, 1) for n in range(1, 13))
    lines = (Line("A", style.BLUE, (0.5,) * 12), Line("B", style.ORANGE, (0.25,) * 12))
    panel = Panel("Grades", "synthetic population", dates, lines, 300, shade_between=True)
    png, svg = charts.save(charts.finish(charts.line_panel(panel)), tmp_path / "chart")
    assert png.read_bytes().startswith(b"\x89PNG")
    text = svg.read_text(encoding="utf-8")
    assert "synthetic population" in text
    for outside in ("<image", "@import", "url(http", 'href="http'):
        assert outside not in text


def test_svg__refuses_a_limit_on_addresses_that_would_end_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    monkeypatch.setattr(resource, "getrlimit", lambda which: (6 << 30, resource.RLIM_INFINITY))
    with pytest.raises(UsageError, match=r"`ulimit -v`: found 6 GiB of addresses.*`ulimit -v unlimited`"):
        charts.svg(charts.finish(alt.Chart(alt.InlineData(values=[{"a": 1}])).mark_point()))
