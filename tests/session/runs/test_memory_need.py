"""The memory that a run needs, and the memory that there is."""

from collections import deque
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from isnmf_gui.session.runs import memory_need
from isnmf_gui.session.runs.memory_need import available_bytes, find_shortage, run_bytes
from isnmf_gui.session.runs.run_order import Pause, RunOrder, follow_run
from isnmf_gui.session.runs.separation import separate
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.spectral.stft import BATCH_ELEMENTS
from tests.benchmarks.memory import traced_bytes

RATE = 44_100
HOUR = Recording(
    np.broadcast_to(np.zeros(1, np.float32), (3600 * RATE, 2)), RATE, Path("concert.wav")
)
SETTINGS = Settings(n_bases=32)


def test_an_hour_of_music_needs_its_power_once_and_some_factors() -> None:
    power = 4 * 1025 * 3600 * RATE / 512
    assert power < run_bytes(HOUR, SETTINGS) < 1.5 * power
    assert run_bytes(HOUR, replace(SETTINGS, rule="fast")) > run_bytes(HOUR, SETTINGS)
    assert run_bytes(HOUR, replace(SETTINGS, precision="float64")) > 1.7 * run_bytes(HOUR, SETTINGS)
    assert run_bytes(HOUR, SETTINGS, n_threads=64) > run_bytes(HOUR, SETTINGS, n_threads=1)
    assert run_bytes(HOUR, SETTINGS, (0, 360)) < 0.15 * run_bytes(HOUR, SETTINGS)


@pytest.mark.parametrize(("free_gb", "is_short"), [(1, True), (8, False)])
def test_the_largest_of_some_runs_counts(monkeypatch, free_gb, is_short) -> None:
    monkeypatch.setattr(memory_need, "available_bytes", lambda: free_gb * 2**30)
    runs = [replace(SETTINGS, n_bases=1), SETTINGS]
    short = find_shortage(HOUR, runs)
    assert (short is not None) == is_short
    if short is not None:
        assert short.sentence == "This run needs about 1.6 GB of memory, and 1.0 GB are free."


def noise(seconds: float) -> Recording:
    samples = np.random.default_rng(0).uniform(-0.5, 0.5, (round(seconds * RATE), 2))
    return Recording(samples.astype(np.float32), RATE, Path("noise.wav"))


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_the_spectrogram_is_there_once(precision: str) -> None:
    settings = replace(SETTINGS, n_bases=2, n_iterations=2, precision=precision)
    separate(noise(1), settings)
    recording = noise(40)
    peak = traced_bytes(lambda: separate(recording, settings, n_threads=1))
    power = np.dtype(precision).itemsize * 1025 * 40 * RATE / 512
    batch = np.dtype(precision).itemsize * BATCH_ELEMENTS * 2
    assert peak < power + 4 * batch + 2e6
    assert peak < run_bytes(recording, settings, n_threads=1)


@pytest.mark.parametrize(
    ("duration_s", "settings"),
    [
        (6, Settings(n_bases=256, rule="fast")),
        (3, Settings(n_bases=40, rule="mm", precision="float64")),
        (6, Settings(n_bases=4, window_samples=16_384, hop_samples=4_096)),
    ],
)
def test_a_run_takes_no_more_than_was_said(duration_s: float, settings: Settings) -> None:
    recording, settings = noise(duration_s), replace(settings, n_iterations=4)
    held: deque[object] = deque(maxlen=2)  # as the window does

    def run() -> None:
        follow_run(RunOrder(recording, settings), Pause(), lambda it: held.append(it) is None)

    assert traced_bytes(run) < run_bytes(recording, settings)


def system(root: Path, group: str, files: dict[str, str]) -> Path:
    """Write what Linux tells of its memory: 8 GB free, and control groups."""
    files = {"proc/meminfo": "MemTotal: 16000000 kB\nMemAvailable:    8000000 kB\n", **files}
    for name, text in {"proc/self/cgroup": group, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def test_the_limits_of_all_control_groups_count(tmp_path: Path) -> None:
    at = "sys/fs/cgroup/user.slice"
    files = {
        f"{at}/memory.max": "3000000000\n",
        f"{at}/memory.current": "2000000000\n",
        f"{at}/memory.stat": "anon 1\ninactive_file 500000000\n",
        f"{at}/app.scope/memory.max": "max\n",
        f"{at}/app.scope/memory.current": "100\n",
    }
    assert available_bytes(system(tmp_path, "0::/user.slice/app.scope\n", files)) == 1.5e9


def test_control_groups_of_version_1(tmp_path: Path) -> None:
    at = "sys/fs/cgroup/memory"
    files = {
        f"{at}/memory.limit_in_bytes": "9223372036854771712\n",
        f"{at}/memory.usage_in_bytes": "1\n",
        f"{at}/docker/memory.limit_in_bytes": "1000000000\n",
        f"{at}/docker/memory.usage_in_bytes": "600000000\n",
        f"{at}/docker/memory.stat": "total_inactive_file 100000000\n",
    }
    group = "5:cpu,cpuacct:/docker\n4:memory:/docker/gone\n0::/\n"
    assert available_bytes(system(tmp_path, group, files)) == 5e8


def test_without_limits_the_free_memory_counts(tmp_path: Path) -> None:
    assert available_bytes(system(tmp_path, "0::/\n", {})) == 8_192_000_000


def test_a_system_that_tells_nothing_has_what_is_built_in(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(memory_need, "physical_memory_bytes", lambda: 4e9)
    assert available_bytes(tmp_path) == 4e9


def test_this_computer_has_some_memory() -> None:
    assert 2**20 < available_bytes() < 2**50
