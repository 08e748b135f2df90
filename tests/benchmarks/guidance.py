"""What strokes are worth, by a simulated person.

On the eight mixtures of the project and on any folder of recordings whose stems are known::

    python3 run.py bench --only guidance --recordings FOLDER   # the means
    python -m tests.benchmarks.guidance --recordings FOLDER    # the page of the documentation

FOLDER holds a folder for each recording, with `mix.*` and several `stem_*.*`.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from unittest import mock

import numpy as np
from tqdm import tqdm

from isnmf_gui.nmf import available_cores
from tests.benchmarks.figures import Bound, Figure
from tests.benchmarks.painting.page import write_page
from tests.benchmarks.painting.takes import Take, mixtures, takes_in
from tests.benchmarks.painting.trials import Course, course
from tests.benchmarks.problems import Effort

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "guidance-quality.md"
COUNTS = (0, 1, 2, 4, 8, 16)
#: How many runs are sorted as one set, and whether the names of groups are known beforehand.
WAYS = ((1, False), (1, True), (3, True))
#: The least improvement in dB that is asked for on real recordings, by way and number of strokes.
ASKED_DB = {
    ((1, False), 4): 8.0, ((1, False), 8): 9.2, ((1, False), 16): 10.2,
    ((3, True), 4): 8.9, ((3, True), 8): 9.8, ((3, True), 16): 10.8,
}  # fmt: skip
# Read when a process starts; BLAS would have a thread for each core in every process.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def figures(effort: Effort) -> Iterator[Figure]:
    """Measure how much better sources become with strokes, on average over recordings.

    Parameters
    ----------
    effort : Effort
        The folder of real recordings; without one the mixtures of the project are painted, of
        which nothing is asked. How many of either.
    """
    folder = effort.recordings
    takes = list(itertools.islice(_takes(folder), effort.n_painted))
    asked = ASKED_DB if folder else {}
    note = f"improvement of the SI-SDR, {len(takes)} recordings"
    for way in WAYS:
        found = _courses(takes, *way, available_cores())
        name = f"{way[0]}_run_{'named' if way[1] else 'open'}"
        for n_strokes in COUNTS:
            limit = asked.get((way, n_strokes))
            yield Figure(
                f"guided_{name}_{n_strokes}_db",
                float(np.mean([it.gains_db[n_strokes] for it in found])),
                bound=None if limit is None else Bound("at least", limit),
                note=note,
            )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure everything and write the page.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the process if not given.

    Returns
    -------
    int
        Exit code: 0, 2 for bad arguments.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    sets = {"The eight mixtures of the project": mixtures()}
    if options.recordings is not None:
        if not options.recordings.is_dir():
            parser.error(f"there is no folder {options.recordings}")
        sets["Real recordings"] = takes_in(options.recordings)
    found = {}
    for title, takes in sets.items():
        every = list(itertools.islice(takes, options.most))
        for way in WAYS:
            found[title, *way] = _courses(every, *way, options.jobs)
            write_page(options.page, found)  # what there is so far: it takes a while
    print(options.page)
    return 0


def _takes(folder: Path | None) -> Iterable[Take]:
    return mixtures() if folder is None else takes_in(folder)


def _courses(takes: Sequence[Take], n_runs: int, is_named: bool, n_processes: int) -> list[Course]:
    """Let all takes be painted, by several processes."""
    context = multiprocessing.get_context("spawn")
    with (
        mock.patch.dict(os.environ, _ONE_THREAD),
        ProcessPoolExecutor(min(n_processes, len(takes)), context) as pool,
    ):
        same = (itertools.repeat(it) for it in (n_runs, COUNTS, is_named))
        every = pool.map(course, takes, *same)
        return list(tqdm(every, total=len(takes), unit="recording", disable=None))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.guidance",
        description="Measure what strokes are worth, and write the page of the documentation.",
    )
    parser.add_argument(
        "--recordings", type=Path, metavar="FOLDER",
        help="real recordings besides: a folder for each, with mix.* and several stem_*.*",
    )  # fmt: skip
    parser.add_argument("--page", type=Path, default=PAGE, metavar="FILE", help="what to write")
    parser.add_argument("--most", type=int, metavar="N", help="no more recordings of each kind")
    parser.add_argument(
        "--jobs", type=int, default=available_cores(), metavar="N", help="processes"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
