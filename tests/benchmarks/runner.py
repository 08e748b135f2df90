"""The command: `python3 run.py bench`, or here `python -m tests.benchmarks`.

A benchmark is a function that takes an `Effort` and yields `Figure`s. To add one, write it in a
module of its own and name it in `BENCHMARKS`.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from tests.benchmarks import (
    busy,
    edits,
    engine,
    export,
    machine,
    memory,
    others,
    pictures,
    problems,
    projects,
    run_memory,
    sound,
    splitting,
    start,
    strokes,
    tiles,
    window,
)
from tests.benchmarks.figures import HEADER, Benchmark, Figure, as_json

BENCHMARKS: dict[str, Benchmark] = {
    "engine": engine.figures,
    "libraries": others.figures,
    "memory": memory.figures,
    "run_memory": run_memory.figures,
    "busy": busy.figures,
    "pictures": pictures.figures,
    "tiles": tiles.figures,
    "sound": sound.figures,
    "export": export.figures,
    "edits": edits.figures,
    "splitting": splitting.figures,
    "strokes": strokes.figures,
    "start": start.figures,
    "window": window.figures,
    "projects": projects.figures,
}

# Cores that may be busy for others without spoiling the figures.
MOST_OTHERS = 0.1


def main(arguments: list[str]) -> int:
    """Measure, print a table, and write the JSON file if one is wanted.

    Parameters
    ----------
    arguments : list of str
        Those of the command line.

    Returns
    -------
    int
        0 whatever was found: this measures, it does not judge.
    """
    options = _options(arguments)
    effort = problems.QUICK if options.quick else problems.FULL
    names = options.only or BENCHMARKS
    began = time.perf_counter()
    described, neighbours = machine.describe(), machine.Neighbours()
    _say("\n".join(f"{name:<8}{value}" for name, value in described.items()))
    _say("\nThis takes some minutes, and nothing else should run meanwhile.\n\n" + HEADER)
    found = []
    for name in names:
        for figure in BENCHMARKS[name](effort):
            _say(figure.row)
            found.append(figure)
    described["others_cores"] = neighbours.cores()
    _say("\n" + _summary(found, time.perf_counter() - began))
    if (described["others_cores"] or 0) > MOST_OTHERS:
        _say(f"Do not trust it: {described['others_cores']:.1f} cores were busy for others.")
    if options.json is not None:
        text = json.dumps({**as_json(found), "machine": described}, indent=2, ensure_ascii=False)
        options.json.write_text(text + "\n", encoding="utf-8")
        _say(f"Written to {options.json}.")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="run.py bench", description="Measure how fast the program is, and how lean."
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    parser.add_argument("--only", action="append", choices=BENCHMARKS, help="one of the benchmarks")
    parser.add_argument("--quick", action="store_true", help="small matrices, fewer repetitions")
    options = parser.parse_args(arguments)
    if options.json is not None and not options.json.absolute().parent.is_dir():
        parser.error(f"there is no folder {options.json.absolute().parent}")
    return options


def _summary(found: list[Figure], seconds: float) -> str:
    bound = [figure for figure in found if figure.bound and figure.value is not None]
    n_met = sum(figure.bound.is_met_by(figure.value) for figure in bound)
    return f"{n_met} of {len(bound)} bounds are met. This took {seconds:.0f} s."


def _say(text: str) -> None:
    """Print at once, also into a pipe: a run takes minutes."""
    print(text, flush=True)
    sys.stdout.flush()
