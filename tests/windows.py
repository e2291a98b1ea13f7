"""Make this process look like Windows, as far as Glasstown's own code could tell: run before anything of it is imported.

What Glasstown stands on is imported first, since it looks at the system too and is here built for another one.
"""

from __future__ import annotations

import importlib
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import types
from typing import Any

import psutil

OTHERS = (
    "altair",
    "concurrent.futures.process",
    "duckdb",
    "numba",
    "numpy",
    "pyarrow.parquet",
    "pydantic",
    "rich.progress",
    "ruamel.yaml",
    "typer",
    "vl_convert",
)
MODULES = ("fcntl", "resource", "pwd", "grp", "termios", "pty", "tty", "syslog")
SIGNALS = ("SIGHUP", "SIGKILL", "SIGUSR1", "SIGUSR2", "SIGQUIT", "SIGALRM", "SIGPIPE", "SIGTSTP", "SIGCONT")
CALLS = (
    "sysconf", "geteuid", "getuid", "getegid", "getgid", "getpgid", "setsid", "fork", "forkpty", "chown", "lchown", "fchown",
    "fchmod", "nice", "sched_getaffinity", "sched_setaffinity", "posix_fadvise", "posix_fallocate", "mkfifo",
    "O_DIRECTORY", "O_NOFOLLOW", "O_CLOEXEC", "O_NONBLOCK", "WNOHANG", "killpg", "getloadavg", "pread", "pwrite", "sync",
)  # fmt: skip
NEVER_IN_A_NAME = set('<>:"|?*')


def pretend() -> None:
    """Take away what Windows does not have, and refuse what it refuses."""
    import asyncio  # noqa: F401  # which has a form of its own there, on modules that are nowhere else

    for name in OTHERS:
        importlib.import_module(name)
    _keep_what_starts_processes()
    for name in MODULES:
        sys.modules[name] = None  # type: ignore[assignment]
    for name in SIGNALS:
        if hasattr(signal, name):
            delattr(signal, name)
    for name in CALLS:
        if hasattr(os, name):
            delattr(os, name)
    shutil._use_fd_functions = False  # type: ignore[attr-defined]
    _refuse_folders()
    locking = types.ModuleType("msvcrt")
    vars(locking).update(LK_NBLCK=2, LK_LOCK=1, LK_UNLCK=0, locking=lambda descriptor, mode, n_bytes: None)
    sys.modules["msvcrt"] = locking
    sys.platform = "win32"
    psutil.WINDOWS, psutil.LINUX, psutil.POSIX = True, False, False
    pathlib.Path.home()


def _keep_what_starts_processes() -> None:
    """Leave the standard library the calls by which it starts, waits for and ends a process here; Windows has others for it."""
    for module in (os, signal):
        whole = types.ModuleType(module.__name__)
        vars(whole).update(vars(module))
        setattr(subprocess, module.__name__, whole)


def _refuse_folders() -> None:
    """Let no folder be opened, no name hold what Windows forbids, and no text be opened without its encoding."""
    plain_open, builtin_open = os.open, open

    def opened(path: Any, *rest: Any, **named: Any) -> int:
        _check_name(path)
        if os.path.isdir(path):
            raise PermissionError(13, "Permission denied", str(path))
        return plain_open(path, *rest, **named)

    def text_opened(file: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
        _check_name(file)
        asked_by = sys._getframe(1).f_globals.get("__name__", "")
        if asked_by.startswith("glasstown") and "b" not in mode and "encoding" not in named and len(rest) < 2:
            raise UnicodeError(f"{file} is opened as text in whatever encoding the system has")
        return builtin_open(file, mode, *rest, **named)

    os.open = opened
    import builtins

    builtins.open = text_opened


def _check_name(path: Any) -> None:
    if isinstance(path, int):
        return
    name = os.fsdecode(path)
    if NEVER_IN_A_NAME & set(os.path.basename(name)):
        raise OSError(22, "Invalid argument", name)
