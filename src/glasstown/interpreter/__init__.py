"""Stage 2: a rulebook and recorded events -> one life, with the clause behind every change.

The entry is `life.live`; `case` reads a hypothetical life from a file.  Exact, slow, and imports nothing heavy.
"""
