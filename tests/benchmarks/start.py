"""How long a person waits for the window."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from tests.benchmarks.figures import Bound, Figure
from tests.benchmarks.problems import Effort
from tests.benchmarks.window import give_screen

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "tests.benchmarks.window_start"]
MOST_START_S = 1.5
# After this it has failed.
MOST_WAIT_S = 60.0


def figures(effort: Effort) -> Iterator[Figure]:
    """Measure the start of an empty window, warm: what it reads has been read before.

    Parameters
    ----------
    effort : Effort
        How often; the median counts.
    """
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory())
        places = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"), home)
        environment = os.environ | places
        where = give_screen(stack, environment)
        start_s(environment)
        times_s = [start_s(environment) for _ in range(effort.n_rounds)]
    note = f"{min(times_s):.2f} to {max(times_s):.2f} on {where}"
    yield Figure(
        "start_to_window_s", median(times_s), bound=Bound("at most", MOST_START_S), note=note
    )


def start_s(environment: dict[str, str]) -> float:
    """Start the program; return the time until its window answered, in seconds.

    Raises
    ------
    RuntimeError
        If it ended in another way.
    """
    began = time.perf_counter()
    with subprocess.Popen(
        COMMAND, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        patience = threading.Timer(MOST_WAIT_S, program.kill)
        patience.start()
        answer = program.stdout.readline()
        needed_s = time.perf_counter() - began
        program.wait()
        patience.cancel()
    if answer != "answered\n" or program.returncode != 0:
        raise RuntimeError("the window did not answer")
    return needed_s
