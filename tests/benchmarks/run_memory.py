"""The memory that whole runs need, as the window makes them, against what people are told.

As in `memory`, each run is in a process of its own:
`python -m tests.benchmarks.run_memory SECONDS SETTINGS METER`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np

from isnmf_gui.session.runs.memory_need import run_bytes
from isnmf_gui.session.runs.run_order import Pause, RunOrder, follow_run
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording
from tests.benchmarks.figures import Bound, Figure
from tests.benchmarks.memory import METERS, ROOT, usable_meters
from tests.benchmarks.problems import Effort

RATE = 44_100
N_ITERATIONS = 12
WARM_UP_S = 2.0
# What takes memory: frames, bins, bases, the rule, the precision. The length is a share of that of
# the recording: in short ones threads and bases count, in long ones the spectrogram.
RUNS = (
    (1.0, Settings(rule="fast")),
    (1.0, Settings(rule="mm", n_bases=64)),
    (1.0, Settings(rule="fast", n_bases=200, hop_samples=128)),
    (1.0, Settings(rule="fast", n_bases=64, precision="float64")),
    (1.0, Settings(rule="mm", window_samples=32_768, hop_samples=8_192)),
    (4.0, Settings(rule="fast", n_bases=24, domain=1.3, start="tempered")),
    (0.3, Settings(rule="fast", n_bases=4, precision="float64")),
    (0.05, Settings(rule="fast", n_bases=256)),
    (0.01, Settings(rule="fast", n_bases=256)),
    (0.03, Settings(rule="mm", n_bases=256, precision="float64")),
    (0.1, Settings(rule="fast", n_bases=256, window_samples=512, hop_samples=64)),
)
MOST_OVER_ESTIMATE, MOST_UNDER_ESTIMATE = 1.0, 1.5


def figures(effort: Effort) -> Iterator[Figure]:
    """Compare the peaks of some runs with the estimate, which must not be too low nor far off.

    Parameters
    ----------
    effort : Effort
        How long the recording is.
    """
    lengths = [effort.open_s * share for share, _ in RUNS]
    shares = [
        peak_bytes(length, settings) / run_bytes(noise(length), settings)
        for length, (_, settings) in zip(lengths, RUNS, strict=True)
    ]
    note = ", ".join(f"{share:.2f}" for share in shares)
    bound = Bound("at most", MOST_OVER_ESTIMATE)
    yield Figure("run_bytes_over_estimate", max(shares), bound=bound, note=note)
    bound = Bound("at most", MOST_UNDER_ESTIMATE)
    yield Figure("estimate_over_run_bytes", 1 / max(min(shares), 1e-9), bound=bound)


def noise(duration_s: float) -> Recording:
    """Return stereo noise."""
    rng = np.random.default_rng(1)
    samples = rng.standard_normal((round(duration_s * RATE), 2), np.float32)
    return Recording(samples, RATE, Path("noise.wav"))


def peak_bytes(duration_s: float, settings: Settings) -> int:
    """Return the peak of extra memory during a run on so much noise."""
    command = [sys.executable, "-m", "tests.benchmarks.run_memory", str(duration_s)]
    command.append(json.dumps(asdict(settings)))
    return max(
        int(subprocess.run([*command, meter], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
        for meter in usable_meters()
    )


def main(arguments: list[str]) -> None:
    """Print the bytes of one run."""
    duration_s, text, meter = arguments
    settings = Settings(**{**json.loads(text), "n_iterations": N_ITERATIONS})

    def run(recording: Recording) -> object:
        held = deque[object](maxlen=2)  # what the window shows, and what waits for it

        def report(message: object) -> bool:
            held.append(message)
            return True

        return follow_run(RunOrder(recording, settings), Pause(), report)

    run(noise(WARM_UP_S))
    recording = noise(float(duration_s))
    print(METERS[meter](lambda: run(recording)))


if __name__ == "__main__":
    main(sys.argv[1:])
