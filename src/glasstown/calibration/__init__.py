"""The record and the model's unknowns -> the towns that the record does not rule out.

`targets.py` and `unknowns.py` read the two files; `towns.py` lives a design point and measures every target; `waves.py` rules out
what misses; `ensemble.py` makes the members that ship, and `verified.py` lives them again.
"""
