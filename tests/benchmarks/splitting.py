"""How long it takes to split a component of a long recording, and with how much memory.

As in `memory`, each figure is from a process of its own:
`python -m tests.benchmarks.splitting SECONDS METER`.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

from isnmf_gui.session.document.document import Document, Run, make_run
from isnmf_gui.session.edits.splitting import split
from isnmf_gui.session.runs.separation import separate
from isnmf_gui.session.runs.settings import Settings
from tests.benchmarks.figures import Bound, Figure
from tests.benchmarks.memory import METERS, ROOT, usable_meters
from tests.benchmarks.problems import Effort
from tests.benchmarks.run_memory import WARM_UP_S, noise

SETTINGS = Settings(rule="fast", n_iterations=10)
MOST_S, MOST_MB = 3.0, 300.0
CLOCK = "seconds"


def figures(effort: Effort) -> Iterator[Figure]:
    """Measure the split of one component of several.

    Parameters
    ----------
    effort : Effort
        How long the recording is.
    """
    note = f"{effort.split_s:g} s of stereo"
    seconds = min(_measured(effort.split_s, CLOCK) for _ in range(effort.n_rounds))
    yield Figure("split_s", seconds, bound=Bound("at most", MOST_S), note=note)
    peak = max(_measured(effort.split_s, meter) for meter in usable_meters())
    yield Figure("split_peak_mb", peak / 1e6, bound=Bound("at most", MOST_MB), note=note)


def _measured(duration_s: float, meter: str) -> float:
    """Return what a meter, or the clock, says in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.splitting", str(duration_s), meter]
    return float(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)


def separated(duration_s: float) -> Run:
    """Return a run on stereo noise."""
    return make_run(Document(), separate(noise(duration_s), SETTINGS))


def main(arguments: list[str]) -> None:
    """Print the seconds or the bytes of one split."""
    duration_s, meter = arguments
    split(separated(WARM_UP_S), 0)
    run = separated(float(duration_s))
    if meter != CLOCK:
        print(METERS[meter](lambda: split(run, 0)))
        return
    began = time.perf_counter()
    split(run, 0)
    print(time.perf_counter() - began)


if __name__ == "__main__":
    main(sys.argv[1:])
