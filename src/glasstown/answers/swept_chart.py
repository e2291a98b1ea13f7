"""The picture of a sweep: one bar for each parameter, with its confidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from glasstown.outcomes import style
from glasstown.studies.sensitivity import Effect

if TYPE_CHECKING:
    import altair

AXES: Final = {
    "morris": "mu*: mean size of the effect of the whole range, ± 95 % confidence",
    "sobol": "ST: share of the variance it has a part in, ± 95 % confidence; dot: S1, its own",
}
ONE_WAY: Final = 0.5
"""share of its size that an effect must keep when signs are counted, to be told as going one way"""
COLOURS: Final = {"raises it": style.ORANGE, "lowers it": style.BLUE, "either way": style.MUTED, "share": style.BLUE}


def bars(
    method: str, effects: Sequence[Effect], title: str, subtitle: Sequence[str]
) -> altair.LayerChart | altair.FacetChart:
    """Return bars of mu* or ST, strongest on top."""
    import altair as alt

    scale = 1000.0 if method == "morris" else 1.0
    rows = [_row(method, effect, scale) for effect in effects]
    ways = [way for way in COLOURS if any(row["way"] == way for row in rows)]
    colours = alt.Scale(domain=ways, range=[COLOURS[way] for way in ways])
    legend = alt.Legend(orient="top", labelColor=style.MUTED, labelFontSize=12) if method == "morris" else None
    head = alt.TitleParams(title, subtitle=list(subtitle), anchor="start")
    base = alt.Chart(alt.InlineData(values=rows), title=head, width=460).encode(
        y=alt.Y("parameter:N", sort=None, title=None, axis=alt.Axis(labelLimit=320))
    )
    axis = alt.X("strength:Q", title=AXES[method], axis=alt.Axis(tickCount=6))
    layers = [
        base.mark_bar(opacity=0.85).encode(x=axis, color=alt.Color("way:N", title=None, scale=colours, legend=legend)),
        base.mark_rule(color=style.INK, strokeWidth=1.5).encode(x="least:Q", x2="most:Q"),
    ]
    if method == "sobol":
        layers.append(base.mark_point(filled=True, size=55, color=style.INK, opacity=1).encode(x="own:Q"))
    return alt.layer(*layers)


def _row(method: str, effect: Effect, scale: float) -> dict[str, Any]:
    size, width = effect.strength * scale, effect.confidence * scale
    row = {"parameter": effect.parameter, "strength": size, "least": max(size - width, 0.0), "most": size + width}
    if method == "sobol":
        return {**row, "way": "share", "own": effect.indices["S1"]}
    lean = (effect.indices["mu"] or 0.0) * scale / size
    return {**row, "way": "raises it" if lean >= ONE_WAY else "lowers it" if lean <= -ONE_WAY else "either way"}
