"""The process that opens spoiled files: its memory is limited, and a crash ends only it."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import random
import resource
import sys
import time
import traceback
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

import numpy as np

from isnmf_gui.errors import ProjectError, RecordingError
from isnmf_gui.session.document.document import Document
from isnmf_gui.session.project import is_project_file, open_project, save_project
from isnmf_gui.session.sound_files.recording import LARGEST_SAMPLE, Recording, load_recording
from isnmf_gui.session.sound_files.refusals import HIGHEST_RATE_HZ, LOWEST_RATE_HZ, MOST_CHANNELS
from tests.fuzz.originals import Originals
from tests.this_process import memory_bytes

#: What all of the process may take beyond what it has when it begins.
MOST_BYTES = 2 << 30
#: The process ends if a file takes longer.
LONGEST_S = 20
#: The share of projects that open which are saved and opened again.
SAVED_AGAIN = 0.2


def main(arguments: Sequence[str]) -> int:
    """Take a folder, a seed, and the numbers of the first file and that after the last.

    For each file a line is written into `outcomes` before it is opened, and one with what came of
    it; into `stacks` goes what the process was at when it ended.
    """
    folder, seed, start, stop = Path(arguments[0]), *map(int, arguments[1:])
    originals = Originals(folder)
    with (folder / "outcomes").open("w", buffering=1) as outcomes, _Said(folder / "said") as said:
        warnings.simplefilter("error")
        _limit_memory()
        for number in range(start, stop):
            dice = random.Random(f"{seed}/{number}")
            name, content = originals.spoiled(dice)
            path = folder / f"{number} {name}"
            path.write_bytes(content)
            outcomes.write(f"begin\t{number}\t{name}\n")
            with _limited_time(said.stacks):
                began_s = time.process_time()
                told = _outcome(path, dice)
                took_s = time.process_time() - began_s
            outcomes.write(f"end\t{number}\t{took_s:.3f}\t{said.by_now() or told}\n")
            path.unlink()
        outcomes.write(f"peak\t{memory_bytes('VmHWM') / 2**20:.0f}\n")
    return 0


class _Said:
    """What libraries print, past Python: nobody should have to read it.

    Parameters
    ----------
    path : Path
        Where it goes, from standard output and error.
    """

    def __init__(self, path: Path) -> None:
        self.stacks = path.with_name("stacks").open("w")
        faulthandler.enable(self.stacks)
        self._file = path.open("wb+")
        for descriptor in (1, 2):
            os.dup2(self._file.fileno(), descriptor)

    def by_now(self) -> str:
        """Return what was printed since the last time, as a fault, or ""."""
        self._file.seek(0)
        text = self._file.read()
        os.ftruncate(self._file.fileno(), 0)
        os.lseek(self._file.fileno(), 0, os.SEEK_SET)
        return f"fault: printed {text[:300].decode('utf-8', 'replace')!r}" if text else ""

    def __enter__(self) -> _Said:
        return self

    def __exit__(self, *_: object) -> None:
        faulthandler.disable()
        self.stacks.close()


@contextlib.contextmanager
def _limited_time(stacks: TextIO) -> Iterator[None]:
    """End the process if something takes too long, and write down what it was."""
    faulthandler.dump_traceback_later(LONGEST_S, exit=True, file=stacks)
    yield
    faulthandler.cancel_dump_traceback_later()


def _limit_memory() -> None:
    most = memory_bytes("VmSize") + MOST_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _outcome(path: Path, dice: random.Random) -> str:
    """Open a file; return "opened", "refused: …" or "fault: …"."""
    try:
        _opened(path, dice)
    except (ProjectError, RecordingError) as error:
        sentence = error.message
        is_good = sentence.endswith(".") and len(sentence) < 500 and "\n" not in sentence
        return f"refused: {sentence}" if is_good else f"fault: says {sentence!r}"
    except BaseException:  # noqa: BLE001 - all of them are faults
        return f"fault: {traceback.format_exc()!r}"
    return "opened"


def _opened(path: Path, dice: random.Random) -> None:
    """Open a file as the window does, and look at what came of it."""
    if is_project_file(path):
        _check_project(open_project(path), path, dice)
    else:
        _check_recording(load_recording(path))


def _check_recording(recording: Recording | None) -> None:
    assert recording is not None
    samples = recording.samples
    assert samples.dtype == np.float32
    assert samples.ndim == 2
    assert samples.size > 0
    assert samples.shape[1] <= MOST_CHANNELS
    assert LOWEST_RATE_HZ <= recording.sample_rate <= HIGHEST_RATE_HZ
    assert np.abs(samples).max() <= LARGEST_SAMPLE


def _check_project(document: Document | None, path: Path, dice: random.Random) -> None:
    """See that what opens can be saved, and opens again."""
    assert document is not None
    if document.recording is not None:
        _check_recording(document.recording)
    if dice.random() < SAVED_AGAIN:
        save_project(document, path)
        open_project(path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
