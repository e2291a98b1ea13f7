"""Stage 1: YAML text -> `Rulebook`.

The entry is `load.load_rulebook`; what it returns is frozen, typed and holds together.
"""
