"""Compiled rules, population and parameters, lived month after month: `town.Town`, whose month is listed in `period.py`."""
