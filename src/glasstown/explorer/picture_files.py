"""A picture in further forms: the SVG of a file as PNG, and the lines of a chart as Vega-Lite, which opens in its editor."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeAlias

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from glasstown.explorer.drawing import ROLES, Chart
from glasstown.explorer.site import Asked, Site, file_of

Handler: TypeAlias = Callable[[Site, Asked], Awaitable[Response]]
SCALE: Final = 2
"""pixels of a PNG for each unit of its SVG"""
SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v5.json"
"""the name of the language that such a file is written in; nothing is asked of that address"""


def as_png(svg: Handler) -> Handler:
    """Return what answers with the PNG of a picture that is answered as SVG."""

    async def answer(site: Site, asked: Asked) -> Response:
        drawn = await svg(site, asked)
        name = drawn.headers["content-disposition"].partition('"')[2].rpartition(".")[0]
        return file_of(f"{name}.png", await run_in_threadpool(png_of, bytes(drawn.body).decode()), "image/png")

    return answer


def png_of(svg: str) -> bytes:
    """Return the PNG of an SVG, drawn with the letters that this machine has."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg, scale=SCALE))


def vega_lite(spec: Chart, about: str, foot: str) -> bytes:
    """Return a chart as Vega-Lite, its data within; what is written below the picture is its subtitle."""
    rows = [
        {"month": day.isoformat(), "line": line.name or spec.title, "value": value}
        for line in spec.lines
        for day, value in zip(spec.days, line.values, strict=True)
    ]
    colours = [ROLES[line.role]["stroke"] for line in spec.lines]
    told: dict[str, Any] = {
        "$schema": SCHEMA,
        "description": about,
        "title": {"text": spec.title, "subtitle": foot.split("\n")},
        "width": 640,
        "height": 260,
        "data": {"values": rows},
        "mark": {"type": "line", "interpolate": "linear"},
        "encoding": {
            "x": {"field": "month", "type": "temporal", "title": None},
            "y": {"field": "value", "type": "quantitative", "title": about, "scale": {"zero": True}},
            "color": {
                "field": "line",
                "type": "nominal",
                "title": None,
                "scale": {"domain": [line.name or spec.title for line in spec.lines], "range": colours},
            },
        },
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def vega_lite_file(name: str, spec: Chart, about: str, foot: str) -> Response:
    """Return a chart as a file of Vega-Lite that the browser saves."""
    return file_of(f"{name}.vl.json", vega_lite(spec, about, foot), "application/json")
