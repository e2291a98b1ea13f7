"""S0: people are born, grow old, die, move in and out; nobody else's luck moves, and nothing of a tenant outlives the tenancy."""

from __future__ import annotations
