"""Desks: what somebody at one sees of a synthetic town, and what came of what they decided."""
