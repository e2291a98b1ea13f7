"""A request -> a run: `session.run_town` lives a town into a folder, `memory.live_in_memory` without one.

`request` says what is asked for, `plan` makes the town, `one_life` lives one person of a run again.
"""
