"""What only the operating system can say, asked so that Linux, macOS and Windows all answer."""

from __future__ import annotations

import os
import re
from pathlib import Path

import psutil


def memory_bytes() -> int:
    """Return the memory of this machine."""
    return int(psutil.virtual_memory().total)


def peak_bytes() -> int:
    """Return the most memory that this process has held.

    Linux tells it in a file, without the parent's; macOS tells it in bytes; Windows by a name of its own.
    """
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="utf-8"))
    except OSError:
        found = None
    if found:
        return int(found[1]) * 1024
    try:
        import resource
    except ImportError:
        held = psutil.Process().memory_info()
        return int(getattr(held, "peak_wset", held.rss))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak) if psutil.MACOS else int(peak) * 1024


def sync_folder(folder: Path) -> None:
    """Return when the folder's list of names is on the disk; Windows opens no folder, and writes names by itself."""
    if psutil.WINDOWS:
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
