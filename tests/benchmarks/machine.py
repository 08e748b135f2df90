"""What is measured on, and whether anybody else worked on it meanwhile."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_info

from isnmf_gui.nmf import available_cores

CPU_INFO = Path("/proc/cpuinfo")
CPU_TIMES = Path("/proc/stat")
# Of the times in the first line of CPU_TIMES: idle, and waiting for a disk (proc(5)).
IDLE_COLUMNS = (3, 4)
# The columns after these are parts of others.
N_COLUMNS = 8


def describe() -> dict[str, Any]:
    """Return the machine, and the software that figures depend on."""
    blas = [library for library in threadpool_info() if library["user_api"] == "blas"]
    return {
        "cpu": _cpu_model(),
        "cores": available_cores(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "blas": ", ".join(f"{it['internal_api']} {it['version']}" for it in blas) or None,
        "kernel": _kernel(),
    }


class Neighbours:
    """Watches from its making on how much work is done for others than this process."""

    def __init__(self) -> None:
        self._began = self._times_s()

    def cores(self) -> float | None:
        """Return how many cores were busy for others, on average; None where nobody knows."""
        if self._began is None:
            return None
        now = self._times_s()
        assert now is not None
        seconds, others_s = (after - before for after, before in zip(now, self._began, strict=True))
        return round(max(others_s, 0.0) / max(seconds, 1e-3), 2)

    @staticmethod
    def _times_s() -> tuple[float, float] | None:
        """Return the time, and the time that cores have spent on others so far."""
        if not CPU_TIMES.exists():
            return None
        columns = CPU_TIMES.read_text().split("\n", 1)[0].split()[1 : N_COLUMNS + 1]
        ticks = sum(int(it) for i, it in enumerate(columns) if i not in IDLE_COLUMNS)
        own = os.times()
        own_s = own.user + own.system + own.children_user + own.children_system
        return own.elapsed, ticks / os.sysconf("SC_CLK_TCK") - own_s


def _cpu_model() -> str:
    if CPU_INFO.exists():
        for line in CPU_INFO.read_text().splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or platform.machine()


def _kernel() -> str:
    """Return what does the engine's work: compiled code, with its instruction set, or numpy."""
    try:
        from isnmf_gui.nmf.compiled import instructions
    except ImportError:
        return "numpy"
    return instructions() or "numpy"
