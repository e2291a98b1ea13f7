"""Glasstown: an open laboratory for social credit systems."""

__version__ = "0.1.0"
