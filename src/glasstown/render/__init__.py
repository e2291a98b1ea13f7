"""What a number, a run or a life looks like: words, pictures, pages, the terminal.

The entries are `summary.summarise` (a run in words) and `report.write_report` (a run as one self-contained page).
"""
