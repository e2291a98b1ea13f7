"""Being told to stop: Ctrl-C, SIGTERM and SIGHUP end a command with the same words, and with 130, 143 or 129.

This imports nothing that takes time, so that `main.entry` has the words before anything else is loaded.
"""

from __future__ import annotations

INTERRUPTED_EXIT = 130
INTERRUPTED_WORDS = "Interrupted. Nothing on disk was changed; give the same command again."
NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
"""what a command answers to; Windows has no SIGHUP"""

_heard: list[int] = []
_taken: list[int] = []


def listen() -> None:
    """Let each of these end this process as Ctrl-C does; one that the caller ignores, as `nohup` does, stays ignored."""
    import signal

    for name in NAMES:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _stop)
            _taken.append(number)


def _stop(number: int, _frame: object) -> None:
    _heard.append(number)
    raise KeyboardInterrupt


def deafen() -> None:
    """Answer to nothing from here on: what is left to do is to say the last words and end."""
    import signal

    for number in _taken:
        signal.signal(number, signal.SIG_IGN)


def was_told() -> bool:
    """Return whether this process was told to stop; a library may have made another error of it."""
    return bool(_heard)


def exit_code() -> int:
    """Return what a stopped command ends with: 128 and the number of the first signal, or 130 for an interrupt of Python."""
    return 128 + _heard[0] if _heard else INTERRUPTED_EXIT
