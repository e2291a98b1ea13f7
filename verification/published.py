"""Runs with the shipped parameters against published figures: most are fitted, so agreement is no evidence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from verification.fit_recording import TARGETS
from verification.table import BAND_99, Check, within
from verification.towns import Plan, build, is_scored, scores

SOURCES = {
    "xinhua2015": "Xinhua 2015 (xinhua2015)",
    "gv2010": "Global Voices 2010 (gv2010)",
    "ms2018": "Wong 2018 (ms2018)",
    "ecns2019": "China News Service, March 2019 (ecns2019)",
}
"""what a source's key in the rulebooks stands for"""


def checks(people: int) -> Iterator[Check]:
    """Yield the comparisons with published figures."""
    for target in TARGETS:
        measured, count = target.measure({}, people)
        expected = float(target.value)
        asked = count / measured if measured else people
        band = float(target.tolerance) * expected + BAND_99 * expected / max(expected * asked, 1) ** 0.5
        yield within(target.name, SOURCES[target.source], expected, measured, band, "fitted", digits=5)
    yield _owners_at_zero(people)


def _owners_at_zero(people: int) -> Check:
    """Compare the share of Jinan's owners who lost points and came down to zero: what a licence costs was bounded by it."""
    town = build(Plan("jinan-dogs-2017", people, 20, date(2017, 1, 1), {}, everyone="dog-owner", past=True))
    lost, at_zero = np.zeros(people, dtype=np.bool_), np.zeros(people, dtype=np.bool_)
    before = scores(town)
    for _ in range(20):
        town.advance()
        after = scores(town)
        lost |= after < before
        at_zero |= (after == 0) & (after < before)
        before = after
    n_lost, n_zero = int((lost & is_scored(town)).sum()), int(at_zero.sum())
    share = 122 / 1430
    band = BAND_99 * (share * (1 - share) * (1 / max(n_lost, 1) + 1 / 1430)) ** 0.5
    return within("Jinan 2018: of those who lost points, at zero at a month's end", SOURCES["ms2018"], share,
                  n_zero / max(n_lost, 1), band, "fitted")  # fmt: skip
