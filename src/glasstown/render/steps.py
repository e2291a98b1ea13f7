"""The picture of one life for a notebook: the score over time, a step at every line of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair


def steps_chart(rows: Iterable[Mapping[str, Any]], title: str, subtitle: str) -> altair.Chart:
    """Return the steps as a chart; each row has `date` (ISO), `score` (points) and `what` happened."""
    import altair as alt

    from glasstown.render import style

    head = alt.TitleParams(title, subtitle=subtitle)
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=list(rows)), title=head, width=340)
        .mark_line(interpolate="step-after", color=style.PLAIN, point={"color": style.PLAIN, "size": 60})
        .encode(x=alt.X("date:T", title=None, axis=alt.Axis(tickCount=4, labelFlush=False)),
                y=alt.Y("score:Q", scale=alt.Scale(zero=False)), tooltip="what:N")
    )  # fmt: skip
    return chart
