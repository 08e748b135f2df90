"""Measure how well every way to separate does, and write the page of the documentation.

Run from the root of the repository::

    python -m tests.benchmarks.separation_quality            # what the presets are chosen by
    python -m tests.benchmarks.separation_quality --presets  # the presets themselves

Results are kept in a JSON file as they come, and ``--resume`` goes on with it. They are worth
nothing for another version of the mathematics: remove the file then.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from isnmf_gui.nmf import available_cores
from tests.benchmarks.quality import designs
from tests.benchmarks.quality.page import Page
from tests.benchmarks.quality.records import Store, carry_out
from tests.benchmarks.quality.summaries import ranked_combinations
from tests.mixtures.evaluation import NAMES

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "separation-quality.md"
RESULTS = ROOT / "test-output" / "separation-quality.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the evaluation that the command line asks for.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the process if not given.

    Returns
    -------
    int
        Exit code: 0, 2 for bad arguments, 130 if it was interrupted.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.json.exists() and not options.resume:
        parser.error(f"{options.json} exists: go on with it (--resume), or remove it")
    seeds = range(1, options.seeds + 1)
    store = Store(options.json)
    try:
        if options.presets:
            trials = designs.preset_trials(options.mixtures, seeds)
            carry_out(trials, store, options.jobs, "presets")
        else:
            _try_combinations(store, options.design, options.mixtures, seeds, options.jobs)
    except KeyboardInterrupt:
        print(f"Interrupted; what was found is in {options.json}.", file=sys.stderr)
        return 130
    _write_page(store, options.page, options.mixtures, seeds)
    return 0


def _try_combinations(
    store: Store, design: str, mixtures: Sequence[str], seeds: Sequence[int], n_processes: int
) -> None:
    """Try all combinations of a design, then the best of them with other numbers of bases."""
    trials = designs.grid_trials(designs.DESIGNS[design], mixtures, seeds)
    carry_out(trials, store, n_processes, "combinations")
    if design == "reduced":
        ranked = ranked_combinations(store.of(trials), mixtures, seeds)
        further = designs.with_other_bases(designs.best_of_each(ranked))
        more = designs.grid_trials(further, mixtures, seeds)
        carry_out(more, store, n_processes, "numbers of bases")


def _write_page(store: Store, page: Path, mixtures: Sequence[str], seeds: Sequence[int]) -> None:
    """Write the page from what is known about the designs and presets as they are now."""
    current = [
        *designs.grid_trials(designs.DESIGNS["full"], mixtures, seeds),
        *designs.preset_trials(mixtures, seeds),
    ]
    Page(store.of(current), mixtures, seeds).write(page)
    print(page)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.separation_quality",
        description="Measure how well every way to separate does.",
    )
    parser.add_argument("--seeds", type=_positive, default=5, metavar="N", help="default: 5")
    parser.add_argument(
        "--mixtures", nargs="+", choices=NAMES, default=list(NAMES), metavar="NAME",
        help=f"of {', '.join(NAMES)}; default: all",
    )  # fmt: skip
    parser.add_argument(
        "--design", choices=tuple(designs.DESIGNS), default="reduced",
        help="coarse: few combinations; reduced: all at 16 bases, the best at others; "
        "full: all at all; default: reduced",
    )  # fmt: skip
    parser.add_argument("--presets", action="store_true", help="try the presets only")
    parser.add_argument(
        "--json", type=Path, default=RESULTS, metavar="FILE", help="where results are kept"
    )
    parser.add_argument("--resume", action="store_true", help="go on with the results kept")
    parser.add_argument("--page", type=Path, default=PAGE, metavar="FILE", help="what to write")
    parser.add_argument(
        "--jobs", type=_positive, default=available_cores(), metavar="N",
        help="processes, each on a core of its own; default: one for every core",
    )  # fmt: skip
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


if __name__ == "__main__":
    sys.exit(main())
