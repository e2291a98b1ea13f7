"""Slow comparisons of the engine with exact results and with published figures."""
