"""Outcomes: runs -> measures, summaries, pictures, and one page that tells a run.

The entries are `summarise` (a run in words) and `write_report` (a run as one self-contained HTML file).  Everything
here only reads; a number is exact until the moment it is shown.
"""
