"""The record as tables: what rulebooks and data say, one row for each statement, derived from the typed values alone.

The entry is `record.filled`; `files.py` writes its tables, `package.py` and `codebook.py` what describes them.
"""
