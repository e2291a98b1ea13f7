"""What the tests of the explorer share: a small town, as an address asks for it."""

from __future__ import annotations

TOWN = "town=suining-2010&people=300&months=6"
