"""The version, in a file that imports nothing: the package hands out the Python interface, so that to ask it would be a circle."""

from __future__ import annotations

__version__ = "0.2.0"
