"""A certificate of grade, as a city prints one: of an invented life, on one page for paper or screen.

Nobody's grade is certified: the page says so across itself, names no person and takes no name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from glasstown.render.html import OURS, POLICY
from glasstown.render.words import escaped

SPECIMEN: Final = "SPECIMEN"
SHEET: Final = """
*{box-sizing:border-box}
body{margin:0;background:#e8e6e1;color:#1d2430;font:16px/1.5 "Liberation Serif",Georgia,"Times New Roman",serif}
main{position:relative;background:#fffdf7;width:min(42rem,calc(100% - 2rem));margin:2rem auto;padding:3rem 3.2rem;
border:1px solid #b9a36a;outline:4px double #b9a36a;outline-offset:-14px;overflow:hidden}
h1{font-size:1.7rem;line-height:1.25;text-align:center;margin:.4rem 0 .2rem;letter-spacing:.04em}
.place,.kind{text-align:center;margin:0;color:#5a5345}
.kind{letter-spacing:.12em;text-transform:uppercase;font-size:.8rem}
.grade{display:flex;justify-content:center;gap:3.5rem;margin:2rem 0 1.6rem;text-align:center}
.grade dt{font-size:.85rem;color:#5a5345}
.grade dd{margin:0;font-size:2.6rem;line-height:1.15;font-variant-numeric:tabular-nums}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.2rem;margin:1.2rem 0}
.facts dt{color:#5a5345}.facts dd{margin:0}
.seal{position:absolute;right:3.4rem;bottom:7.4rem;width:7.4rem;height:7.4rem;border:3px solid #b3261e;border-radius:50%;
color:#b3261e;display:flex;align-items:center;justify-content:center;text-align:center;font-size:.78rem;line-height:1.25;
transform:rotate(-12deg);opacity:.8;padding:.6rem}
.across{position:absolute;inset:0;display:flex;align-items:center;justify-content:center;pointer-events:none;
font-size:5.4rem;letter-spacing:.16em;color:#b3261e;opacity:.09;transform:rotate(-24deg)}
.rule{border-top:1px solid #d8cba3;margin-top:1.6rem;padding:1rem 9rem 0 0;font-size:.92rem}
.foot{font-size:.82rem;color:#5a5345;margin:1.6rem 0 0}
@media (max-width:34rem){main{padding:2.2rem 1.6rem}.grade{gap:2rem}.seal{position:static;margin:1.4rem auto 0}
.rule{padding-right:0}.across{font-size:12.5vw;letter-spacing:.06em}}
@page{margin:18mm}
@media print{body{background:none}main{margin:0 auto;width:100%}}
"""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What stands on one certificate; every text is plain and is escaped where it is written."""

    scheme: str
    place: str
    grade: str
    points: str
    day: str
    lists: Sequence[str]
    rule: str
    source: str
    holder: str


def page(told: Certificate) -> str:
    """Return the certificate as one HTML page that asks for nothing from anywhere."""
    facts = [
        ("Of", told.holder),
        ("As at", told.day),
        ("Lists", "; ".join(told.lists) or "on no list of this scheme"),
    ]
    rows = "".join(f"<dt>{escaped(name)}</dt><dd>{escaped(value)}</dd>" for name, value in facts)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">{OURS}<link rel="icon" href="data:,">'
        f"<title>Certificate of grade, {escaped(told.scheme)}</title><style>{SHEET}</style></head>\n<body><main>"
        f'<div class="across" aria-hidden="true">{SPECIMEN}</div><p class="kind">{SPECIMEN}, an invented life</p>'
        f'<h1>Certificate of grade</h1><p class="place">{escaped(told.scheme)}, {escaped(told.place)}</p>'
        f'<dl class="grade"><div><dt>grade</dt><dd>{escaped(told.grade)}</dd></div>'
        f"<div><dt>points</dt><dd>{escaped(told.points)}</dd></div></dl>"
        f'<dl class="facts">{rows}</dl>'
        f'<div class="rule"><p>By this rule: {escaped(told.rule)}</p><p>{escaped(told.source)}</p></div>'
        f'<div class="seal" aria-hidden="true">no seal of<br>any office<br>{SPECIMEN.lower()}</div>'
        '<p class="foot">Made by Glasstown from a case typed by hand. It certifies nothing of anybody; no record of a '
        "real person can become one.</p></main></body></html>\n"
    )
