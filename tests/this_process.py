"""What Linux knows of this process: its memory and its open files."""

import os
from pathlib import Path


def memory_bytes(field: str) -> int:
    """Return a figure of /proc/self/status: VmSize, VmRSS (resident now) or VmHWM (its peak).

    Its peak is the program's own, unlike ru_maxrss of getrusage, which a process takes over from
    the one that started it.
    """
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field + ":"):
            return 1024 * int(line.split()[1])
    raise LookupError(field)


def n_open_files() -> int:
    """Count the descriptors that this process has open."""
    return len(os.listdir("/proc/self/fd"))
