"""The picture of one life for a notebook: the score over time, a step at every line of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair


def steps_chart(rows: Iterable[Mapping[str, Any]], title: str, subtitle: str) -> altair.Chart:
    """Return the steps as a chart; each row has `date` (ISO), `score` (points) and `what` happened."""
    import altair as alt

    head = alt.TitleParams(title, subtitle=subtitle)
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=list(rows)), title=head)
        .mark_line(interpolate="step-after", point=True)
        .encode(x=alt.X("date:T", title=None), y=alt.Y("score:Q", scale=alt.Scale(zero=False)), tooltip="what:N")
    )
    return chart
