"""How long those who lived before a town have lived, where a test lets it be short (`short_past` of conftest.py)."""

from __future__ import annotations

SHORT = (20, 60)
"""Neighbourhoods and months: a fortieth of the usual past."""
IN_A_PROCESS = f"from glasstown.engine import before\nbefore.N_BEFORE, before.LONG_AGO = {SHORT}\n"
"""what a test puts before the code of a process whose town stands beside one of its own"""
