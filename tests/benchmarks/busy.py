"""Our engine while other programs want every core as well."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from statistics import median

from isnmf_gui.nmf import available_cores
from tests.benchmarks.figures import Figure
from tests.benchmarks.problems import Effort, make_problem
from tests.benchmarks.stretches import our_iteration_s, stretch_length

# They end by themselves, should nobody be left to end them.
SPIN = "import time\nend = time.monotonic() + 60\nwhile time.monotonic() < end: pass"
START_S = 0.3


def figures(effort: Effort) -> Iterator[Figure]:
    """Measure with another process on every core, over without.

    Two that share a core fairly take twice as long.

    Parameters
    ----------
    effort : Effort
        Which size, and how long.
    """
    ours = partial(our_iteration_s, make_problem(effort.busy_size))
    n_iterations = stretch_length(ours, effort.stretch_s)
    ratios = []
    for _ in range(effort.n_rounds):
        quiet_s = ours(n_iterations)
        with every_core_spinning():
            ratios.append(ours(n_iterations) / quiet_s)
    yield Figure("busy_ratio", median(ratios), effort.busy_size)


@contextmanager
def every_core_spinning() -> Iterator[list[subprocess.Popen[bytes]]]:
    """Let as many processes as there are cores do nothing, busily."""
    others = [subprocess.Popen([sys.executable, "-c", SPIN]) for _ in range(available_cores())]
    try:
        time.sleep(START_S)
        yield others
    finally:
        for other in others:
            other.kill()
            other.wait()
