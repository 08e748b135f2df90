"""Measure what answers to the program's questions are worth, and write the page of the docs.

Run from the root of the repository::

    python -m tests.benchmarks.asking_quality                       # the project's own recordings
    python -m tests.benchmarks.asking_quality --recordings FOLDER   # of folders: mix.*, stem_*.*

The person is simulated: whoever knows the stems says which one a place is of, if it is 6 dB above
all the others together, and "mixed" otherwise.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from isnmf_gui.nmf import available_cores
from isnmf_gui.session.runs.separation import separate
from isnmf_gui.session.runs.settings import Settings, preset
from tests.benchmarks.painting.takes import Take, mixtures, takes_in
from tests.benchmarks.quality.answering import State, asked
from tests.benchmarks.quality.asking_page import Result, table, write_page

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "asking.md"
#: After so many questions it is looked how far one has come.
COUNTS = (0, 4, 8, 16, 24, 32)
N_BASES = 48


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask about the recordings that the command line names.

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
    try:
        takes = list(takes_in(options.recordings) if options.recordings else mixtures())
    except (OSError, ValueError) as error:
        parser.error(str(error))
    results = []
    for take in takes:
        settings = replace(
            preset("quality", take.recording.sample_rate),
            n_bases=options.bases,
            n_iterations=options.iterations,
        )
        results.append(Result(take.name, *_both_ways(take, settings, options.questions)))
        print(table(results[-1:]), flush=True)
    title = options.recordings.name if options.recordings else "own"
    print(write_page(options.page, title, results))
    return 0


def _both_ways(take: Take, settings: Settings, counts: Sequence[int]) -> Iterator[dict[int, State]]:
    """Yield what comes of questions with sources named by ear, and named by answers alone."""
    separation = separate(take.recording, settings, n_threads=available_cores())
    for by_ear in (True, False):
        yield asked(separation, take, counts, by_ear)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.asking_quality",
        description="Measure what answers to the program's questions are worth.",
    )
    parser.add_argument(
        "--recordings", type=Path, metavar="FOLDER", help="of folders with mix.* and stem_*.*"
    )
    parser.add_argument("--questions", nargs="+", type=int, default=list(COUNTS), metavar="N")
    parser.add_argument("--bases", type=int, default=N_BASES, metavar="N")
    parser.add_argument("--iterations", type=int, default=100, metavar="N")
    parser.add_argument("--page", type=Path, default=PAGE, metavar="FILE", help="what to write")
    return parser


if __name__ == "__main__":
    sys.exit(main())
