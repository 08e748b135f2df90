"""The memory that a run needs besides the recording's power spectrogram.

Each figure comes from a process of its own, for what a process has once had it may not show
again. `python -m tests.benchmarks.memory N_BINS N_FRAMES N_BASES METER` is such a process.
"""

from __future__ import annotations

import ctypes
import gc
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

from isnmf_gui.nmf import factorize
from tests.benchmarks.figures import Bound, Figure
from tests.benchmarks.problems import Effort, Size, make_problem
from tests.benchmarks.stretches import BEST_RULE
from tests.this_process import memory_bytes

ROOT = Path(__file__).resolve().parents[2]
PROCESS = Path("/proc/self")
# "5" makes the peak what is resident now (proc(5)).
RESET_PEAK = "5"

Run = Callable[[], object]

N_ITERATIONS = 12
# Large enough to be shared by threads: their buffers and BLAS's own come once and stay.
WARM_UP = Size(257, 400, 8)
MOST_PER_POWER = 1.3


def figures(effort: Effort) -> Iterator[Figure]:
    """Measure the peak of every size, and yield the largest in units of the power's bytes.

    Parameters
    ----------
    effort : Effort
        Which sizes.
    """
    shares = {size: peak_bytes(size) / power_bytes(size) for size in effort.memory_sizes}
    worst = max(shares, key=shares.__getitem__)
    note = ", ".join(f"{size}: {share:.2f}" for size, share in shares.items())
    bound = Bound("at most", MOST_PER_POWER)
    yield Figure("peak_bytes_over_power", shares[worst], bound=bound, note=note)


def power_bytes(size: Size) -> int:
    """Return the bytes of X in float32."""
    return 4 * size.n_bins * size.n_frames


def peak_bytes(size: Size) -> int:
    """Return the peak of extra memory during a run.

    Python's own account does not see what C code allocates, and what is resident does not show
    memory used again or not touched: the larger of the two counts.

    Parameters
    ----------
    size : Size
        What to factorize.
    """
    numbers = [str(number) for number in (size.n_bins, size.n_frames, size.n_bases)]
    command = [sys.executable, "-m", "tests.benchmarks.memory", *numbers]
    return max(
        int(subprocess.run([*command, meter], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
        for meter in usable_meters()
    )


# -- in the process of its own ----------------------------------------------------------------


def traced_bytes(run: Run) -> int:
    """Run something; return the peak of what Python and numpy allocated for it."""
    tracemalloc.start()
    try:
        run()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()  # or all that comes after it in this process takes twice as long


def resident_bytes(run: Run) -> int:
    """Run something; return by how much more memory was resident at its peak than before."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)  # memory freed but kept would be used again unseen
    (PROCESS / "clear_refs").write_text(RESET_PEAK)
    before = memory_bytes("VmRSS")
    run()
    return max(memory_bytes("VmHWM") - before, 0)


METERS: dict[str, Callable[[Run], int]] = {"traced": traced_bytes, "resident": resident_bytes}


def usable_meters() -> list[str]:
    """Return the names of those that work on this system: on Linux both."""
    try:
        (PROCESS / "clear_refs").write_text(RESET_PEAK)
    except OSError:
        return ["traced"]
    return list(METERS)


def main(arguments: list[str]) -> None:
    """Print the bytes of one run."""
    *numbers, meter = arguments
    problem, trial = (make_problem(size) for size in (Size(*map(int, numbers)), WARM_UP))
    settings = {"rule": BEST_RULE, "n_iterations": N_ITERATIONS}
    factorize(trial.power, trial.size.n_bases, **settings)
    power, n_bases = problem.power, problem.size.n_bases
    del problem, trial
    print(METERS[meter](lambda: factorize(power, n_bases, **settings)))


if __name__ == "__main__":
    main(sys.argv[1:])
