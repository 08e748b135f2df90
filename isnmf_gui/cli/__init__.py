"""`isnmf`: the same work without a window."""

from __future__ import annotations

import argparse
import io
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from isnmf_gui.cli.arguments import BAD_INPUT, check, parser
from isnmf_gui.cli.work import work_on
from isnmf_gui.errors import IsnmfError
from isnmf_gui.nmf import single_threaded_blas
from isnmf_gui.session.files.safe_names import safe, unique

__all__ = ["main"]

#: Windows has no SIGHUP, the others no SIGBREAK.
END_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, or 2 for bad arguments or input."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # the terminal may lack a name's letters
    arguments = parser().parse_args(argv)
    try:
        _stop_cleanly()
        check(arguments)
        out = None if arguments.out is None else Path(arguments.out)
        folders = _folders(arguments.recordings, out)
        with single_threaded_blas():  # its sums are others with other numbers of threads
            failed = [not _try(path, folder, arguments) for path, folder in folders]
        return BAD_INPUT if any(failed) else 0
    except IsnmfError as error:
        print(f"isnmf: {error}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print("isnmf: stopped; nothing unfinished was left behind", file=sys.stderr)
        return 130
    except MemoryError:
        print("isnmf: not enough memory; try a shorter recording or fewer bases", file=sys.stderr)
        return BAD_INPUT


def _try(path: Path, folder: Path | None, arguments: argparse.Namespace) -> bool:
    """Work on a recording, or say why not: one bad file does not keep others from their turn."""
    try:
        work_on(path, folder, arguments)
    except IsnmfError as error:
        print(f"isnmf: {error}", file=sys.stderr)
        return False
    return True


def _stop_cleanly() -> None:
    """Clean up when asked to end or when the terminal closes, as on Ctrl+C.

    A second signal does not interrupt the cleaning up. What is ignored, as `nohup` has it, stays
    so.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    numbers = [getattr(signal, name) for name in END_SIGNALS if hasattr(signal, name)]
    heeded = [it for it in numbers if signal.getsignal(it) is not signal.SIG_IGN]

    def stop(*_: object) -> None:
        for number in heeded:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in heeded:
        signal.signal(number, stop)


def _folders(recordings: list[str], out: Path | None) -> list[tuple[Path, Path | None]]:
    """Pair each recording with its folder: `out` itself for a single one, or none."""
    if len(recordings) == 1 or out is None:
        return [(Path(recordings[0]), out)]
    paths = [Path(recording) for recording in recordings]
    names = unique(safe(path.stem) for path in paths)
    return [(path, out / name) for path, name in zip(paths, names, strict=True)]
