"""What the tests of the explorer share: small towns, as an address asks for them."""

from __future__ import annotations

TOWN = "town=suining-2010&people=300&months=6"
CLERK = "town=rongcheng-2013&people=300&months=6&seed=7&m=3"
"""a small town in which something lies on the clerk's desk"""
