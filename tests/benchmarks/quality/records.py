"""Keeping what an evaluation has found so far, and finding more with several processes."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing.queues import Queue
from pathlib import Path
from unittest import mock

from tqdm import tqdm

from tests.benchmarks.quality.trials import Record, Trial, run

# An interrupted evaluation loses no more than this, besides what the processes are at.
_SAVE_EVERY_S = 5.0
# Read when a process starts; BLAS would have a thread for each core in every process.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class Store:
    """Records in a JSON file.

    Parameters
    ----------
    path : Path
        Read if it is there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._records: dict[str, Record] = {}
        self._saved_s = time.monotonic()
        if path.exists():
            for entry in json.loads(path.read_text(encoding="utf-8")):
                record = Record(**entry)
                self._records[record.key] = record

    def __contains__(self, trial: Trial) -> bool:
        return trial.key in self._records

    def of(self, trials: Iterable[Trial]) -> list[Record]:
        """Return the records of those trials that were carried out."""
        return [self._records[trial.key] for trial in trials if trial in self]

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records.values())

    def add(self, record: Record) -> None:
        """Keep a record, and write the file now and then."""
        self._records[record.key] = record
        if time.monotonic() - self._saved_s > _SAVE_EVERY_S:
            self.save()

    def save(self) -> None:
        """Write the file; what was there before is replaced in one go."""
        lines = ",\n".join(json.dumps(record.as_dict()) for record in self)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self.path.with_name(self.path.name + ".part")
        unfinished.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
        os.replace(unfinished, self.path)
        self._saved_s = time.monotonic()


def carry_out(trials: Sequence[Trial], store: Store, n_processes: int, title: str) -> None:
    """Carry out the trials that the store has no record of.

    Parameters
    ----------
    trials : sequence of Trial
        In this order, but for what the processes do at the same time.
    store : Store
        Gets the records, also when it is interrupted.
    n_processes : int
        Each has a core of its own where the system allows it, and does with one thread.
    title : str
        Of the progress bar.
    """
    missing = [trial for trial in trials if trial not in store]
    if not missing:
        return
    context = multiprocessing.get_context("spawn")
    cores = context.Queue()
    for core in _cores(n_processes):
        cores.put(core)
    try:
        with (
            mock.patch.dict(os.environ, _ONE_THREAD),
            ProcessPoolExecutor(n_processes, context, _stay_on_a_core, (cores,)) as pool,
            tqdm(total=len(missing), desc=title, unit="run") as bar,
        ):
            futures = [pool.submit(run, trial) for trial in missing]
            try:
                for future in as_completed(futures):
                    store.add(future.result())
                    bar.update()
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
    finally:
        store.save()


def _cores(n_processes: int) -> list[int]:
    """Return a core for each process; they share them if there are too few."""
    if hasattr(os, "sched_getaffinity"):
        cores = sorted(os.sched_getaffinity(0))
    else:
        cores = list(range(os.cpu_count() or 1))
    return [cores[index % len(cores)] for index in range(n_processes)]


def _stay_on_a_core(cores: Queue[int]) -> None:
    """Let a new process use one core, so that the program takes one thread of its own accord."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interruption is the parent's business
    core = cores.get()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {core})
