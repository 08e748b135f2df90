"""Killed at any moment, also while it saves, keeps and exports: no work and no file is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import soundfile

from isnmf_gui.session.document.document import Document
from isnmf_gui.session.project import open_project, save_project
from isnmf_gui.session.recovery import discard, find_recoverable, recover
from tests.programs import environment
from tests.session.comparing import difference
from tests.session.recovery.killing import N_FILES, numbered, smaller
from tests.sound_card import wait_until

ROOT = Path(__file__).parents[3]
N_KILLED = 100
#: A worker may not have begun, or has done everything at least once where nothing else goes on.
SHORTEST_S, LONGEST_S = 0.002, 0.1
SEED = 11
WHAT = ("kept", "saved", "exported")


@pytest.fixture
def forks(project: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that starts workers when it is asked."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.session.recovery.killing", project],
        cwd=ROOT,
        # What is killed measures nothing, and with threads of BLAS a fork takes far longer.
        env=environment(COVERAGE_PROCESS_CONFIG=None, OPENBLAS_NUM_THREADS="1"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process
    process.stdin.close()
    process.stdout.close()
    process.wait()


def kill_a_worker(
    forks: subprocess.Popen[str], folder: Path, first: int, work: Callable[[], object]
) -> None:
    """Let a worker work for a while."""
    forks.stdin.write(f"{folder}\t{first}\n")
    forks.stdin.flush()
    worker = int(forks.stdout.readline())
    work()
    os.kill(worker, signal.SIGKILL)
    assert forks.stdout.readline() == "dead\n"


def longest_s(forks: subprocess.Popen[str], folder: Path, base: Document) -> float:
    """Return for how long to let workers work: twice what everything takes on this machine now."""
    folder.mkdir()
    save_project(numbered(base, 0), folder / "p.isnmf")
    start_s = time.monotonic()
    kill_a_worker(forks, folder, 1, lambda: wait_until(lambda: last_done(folder, "exported") > 0))
    return max(LONGEST_S, 2 * (time.monotonic() - start_s))


def last_done(folder: Path, what: str) -> int:
    """Return the number of the last document that something was finished with, or −1."""
    path = folder / "done"
    lines = path.read_text().splitlines() if path.exists() else []
    return max((int(it.split()[1]) for it in lines if it.startswith(what)), default=-1)


def test_killed_at_a_hundred_moments(
    project: Path, forks: subprocess.Popen[str], tmp_path: Path
) -> None:
    folder, dice = tmp_path / "work", random.Random(SEED)
    folder.mkdir()
    base = smaller(open_project(project))
    save_project(numbered(base, 0), folder / "p.isnmf")
    longest = longest_s(forks, tmp_path / "measured", base)
    saved, first, seen = 0, 1, set()
    for _ in range(N_KILLED):
        # Early moments as often as late ones: keeping is over long before the first export is.
        moment = SHORTEST_S * (longest / SHORTEST_S) ** dice.random()
        kill_a_worker(forks, folder, first, partial(time.sleep, moment))
        seen.add(tuple(last_done(folder, what) >= first for what in WHAT))
        saved = check_saved(folder, base, first, saved)
        newest = check_kept(folder, base, first)
        check_exports(folder / "export", base)
        first = max(first, saved, newest) + 1
    assert {(False, False, False), (True, False, False), (True, True, True)} <= seen
    assert last_done(folder, "exported") > N_KILLED / 4


def possible(folder: Path, what: str, first: int, before: int) -> tuple[int, int]:
    """Return which documents something may be in: what was done was said, or only just not."""
    done = last_done(folder, what)
    return (done, done + 1) if done >= first else (before, first)


def check_saved(folder: Path, base: Document, first: int, before: int) -> int:
    """Check the project file; return the number of the document in it."""
    saved = open_project(folder / "p.isnmf")
    number = int(saved.run(2).title)
    assert number in possible(folder, "saved", first, before)
    assert difference(saved, numbered(base, number)) == ""
    return number


def check_kept(folder: Path, base: Document, first: int) -> int:
    """Check what is offered for recovery; return the number of the document, or −1."""
    found = find_recoverable(folder / "recovery")
    if not found:
        assert last_done(folder, "kept") < first
        return -1
    (it,) = found
    recovered = recover(it.folder)
    number = int(recovered.run(2).title)
    assert number in possible(folder, "kept", first, first)
    assert it.name == f"{number}"
    assert difference(recovered, numbered(base, number)) == ""
    discard(it.folder)
    return number


def check_exports(folder: Path, base: Document) -> None:
    """Every file that has its name is whole; a set that was there once does not go."""
    names = [path.name for path in folder.glob("[!.]*")]
    was_complete = last_done(folder.parent, "exported") >= 0
    assert len(names) in ((N_FILES,) if was_complete else (0, N_FILES))
    for name in names:
        samples, rate = soundfile.read(folder / name)
        assert len(samples) == base.recording.n_samples
        assert rate == base.recording.sample_rate
