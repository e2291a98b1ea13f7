"""`python -m glasstown` is the command `glasstown`."""

from __future__ import annotations

from glasstown.cli.main import entry

if __name__ == "__main__":
    entry()
