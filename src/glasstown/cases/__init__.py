"""A case file -> one hypothetical life, lived by the interpreter: `case.live_case`, and what its file must hold.

Faults are told with file, line and column, all of a file together.
"""
