"""Reading what there is of the sound in a file, and noticing what is not there."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from isnmf_gui.session.files.progress import OnProgress
from isnmf_gui.session.sound_files.codings import coding_of
from isnmf_gui.session.sound_files.notices import Noticed
from isnmf_gui.session.sound_files.refusals import (
    NotRead,
    check_form,
    no_sound,
    refusal,
    too_long,
)
from isnmf_gui.session.sound_files.streams.file_bytes import FileBytes, Stitched
from isnmf_gui.session.sound_files.streams.layout import (
    is_cut_by_log,
    is_mpeg,
    promise_in_log,
    stretches_behind_garbage,
    stretches_of,
)
from isnmf_gui.session.sound_files.streams.stretches import Stretch

BLOCK_SAMPLES = 1 << 18
#: After so many damaged places nothing more of a file is read.
MOST_FAULTS = 1_000
#: Bytes of a sample as it is stored.
SAMPLE_BYTES = {
    "PCM_S8": 1,
    "PCM_U8": 1,
    "ULAW": 1,
    "ALAW": 1,
    "PCM_16": 2,
    "PCM_24": 3,
    "PCM_32": 4,
    "FLOAT": 4,
    "DOUBLE": 8,
}


class Halted(Exception):  # noqa: N818 - no error: somebody wanted it
    """The one who was told of the progress said not to go on."""


@dataclass
class Sound:
    """What was read.

    Attributes
    ----------
    samples : ndarray of float32, shape (n_samples, n_channels)
        Full scale is 1.
    sample_rate : int
        In Hz.
    noticed : Noticed
        What is not as it should be.
    """

    samples: NDArray[np.float32]
    sample_rate: int
    noticed: Noticed


@dataclass
class _Plan:
    """A stretch that libsndfile opens: its form, its room, and how long it should be."""

    stretch: Stretch
    rate: int
    n_channels: int
    n_most: int
    n_promised: int
    frame_bytes: int
    is_cut: bool


class _Straight(soundfile.SoundFile):  # type: ignore[misc]  # it has no types
    """Reads from front to end without seeking to where it is after every block.

    That fails at the end of FLAC files that do not say how long they are, or say too much.
    """

    def seekable(self) -> bool:
        return False


class SoundReader:
    """Reads a file.

    Parameters
    ----------
    descriptor : int
        Of the file; its position is moved.
    path : Path
        What it is called, for errors.
    on_progress : callable, optional
        Called with the share read so far (0 to 1); returns whether to go on.
    """

    def __init__(self, descriptor: int, path: Path, on_progress: OnProgress | None) -> None:
        self._descriptor, self._path, self._on_progress = descriptor, path, on_progress
        self._file = FileBytes(descriptor)
        self._is_noisy = is_mpeg(self._file)

    def read(self) -> Sound:
        """Read everything that is there.

        Raises
        ------
        RecordingError
            With a sentence saying what is wrong with the file.
        Halted
            If `on_progress` said so.
        """
        try:
            plans, noticed = self._plans(stretches_of(self._file) or [Stretch()])
        except NotRead as error:
            plans, noticed = self._plans_behind_garbage(error)
        samples = self._room(plans)
        n_read = 0
        for plan in plans:
            n_read += self._fill(plan, samples, n_read, noticed)
        if n_read == 0:
            raise no_sound(self._path, noticed.n_promised > 0)
        noticed.n_read = n_read
        if n_read < 0.9 * len(samples):
            samples = samples[:n_read].copy()  # or the room for the rest would be kept
        return Sound(samples[:n_read], plans[0].rate, noticed)

    # -- planning -----------------------------------------------------------------------------

    def _plans(self, stretches: list[Stretch]) -> tuple[list[_Plan], Noticed]:
        """Look at stretches, as far as they have the form of the first that can be opened."""
        plans: list[_Plan] = []
        noticed, error = Noticed(0, 0, []), None
        for stretch in stretches:
            try:
                plan = self._plan(stretch, is_first=not plans)
            except NotRead as its_error:
                error = error or its_error
                continue
            first = plans[0] if plans else plan
            forms = (first.rate, first.n_channels), (plan.rate, plan.n_channels)
            if forms[0] != forms[1]:
                noticed.change = forms
                break
            plans.append(plan)
        if not plans and error is not None:
            raise error
        last = plans[-1]
        noticed.is_cut = (last.is_cut or error is not None) and noticed.change is None
        noticed.is_unsaid = last.stretch.is_unsaid
        return plans, noticed

    def _plans_behind_garbage(self, error: NotRead) -> tuple[list[_Plan], Noticed]:
        """Look for sound that begins later in the file than it should."""
        coding = coding_of(self._file)
        stretches = [] if coding else stretches_behind_garbage(self._file)
        if not stretches:
            raise refusal(self._path, error, coding) from error
        self._is_noisy = True
        try:
            return self._plans(stretches)
        except NotRead:
            raise refusal(self._path, error, None) from error

    def _plan(self, stretch: Stretch, is_first: bool) -> _Plan:
        with self._opened(stretch.source) as file:
            if is_first:
                check_form(file, self._path)
            n_frames = max(0, file.frames)
            n_most = n_frames if stretch.n_samples is None else min(n_frames, stretch.n_samples)
            promised = stretch.promised
            if promised is None:
                promised = promise_in_log(file) or n_frames
            frame_bytes = SAMPLE_BYTES.get(file.subtype, 0) * file.channels
            is_cut = stretch.is_cut or is_cut_by_log(file)
            rate, n_channels = int(file.samplerate), int(file.channels)
        return _Plan(stretch, rate, n_channels, n_most, promised, frame_bytes, is_cut)

    def _room(self, plans: list[_Plan]) -> NDArray[np.float32]:
        """Return room for all samples, if there is as much memory; some systems promise any."""
        shape = sum(plan.n_most for plan in plans), plans[0].n_channels
        n_bytes = 4 * shape[0] * shape[1]
        try:
            if n_bytes > physical_memory_bytes():
                raise MemoryError
            return np.empty(shape, np.float32)
        except (MemoryError, ValueError) as error:
            raise too_long(self._path, shape[0] / plans[0].rate, n_bytes) from error

    # -- reading ------------------------------------------------------------------------------

    def _fill(self, plan: _Plan, samples: NDArray[np.float32], start: int, noticed: Noticed) -> int:
        """Read a stretch; return how many samples it has."""
        out = samples[start : start + plan.n_most]
        n_read, is_damaged = self._decode(plan.stretch.source, out, 0, samples, start)
        for _ in range(MOST_FAULTS):
            later = plan.stretch.after(n_read) if is_damaged and plan.stretch.after else None
            if later is None:
                break
            first, source = later
            out[n_read:first] = 0
            if first > n_read:
                noticed.silent.append((start + n_read, first - n_read))
            n_read, is_damaged = self._decode(source, out, first, samples, start)
        noticed.n_promised += _promised(plan, n_read)
        return n_read

    def _decode(
        self,
        source: Stitched | None,
        out: NDArray[np.float32],
        at: int,
        samples: NDArray[np.float32],
        start: int,
    ) -> tuple[int, bool]:
        """Fill an array from a place on; return where it ends, and whether there is damage."""
        try:
            with self._opened(source) as file:
                while at < len(out):
                    n_read, is_damaged = _block(file, out[at : at + BLOCK_SAMPLES])
                    at += n_read
                    self._tell((start + at) / len(samples))
                    if is_damaged or n_read == 0:
                        return at, is_damaged
        except NotRead:
            return at, True
        return at, False

    def _tell(self, share: float) -> None:
        if self._on_progress is not None and not self._on_progress(share):
            raise Halted

    @contextlib.contextmanager
    def _opened(self, source: Stitched | None) -> Iterator[soundfile.SoundFile]:
        """Open by descriptor: no file name has to survive libsndfile's encoding."""
        with _quiet_decoder(self._is_noisy and self._descriptor > 2):
            try:
                if source is None:
                    os.lseek(self._descriptor, 0, os.SEEK_SET)
                    file = _Straight(os.dup(self._descriptor), closefd=True)
                else:
                    source.seek(0)
                    file = _Straight(source)
            except soundfile.LibsndfileError as error:
                raise NotRead(error.code, error.error_string) from error
            with file:
                yield file


def _block(file: soundfile.SoundFile, out: NDArray[np.float32]) -> tuple[int, bool]:
    """Read the next samples; return how many there are, and whether there is damage after them.

    What was decoded before it is in the array, though libsndfile only says that it failed.
    """
    out.fill(np.nan)
    try:
        return len(file.read(out=out)), False
    except soundfile.LibsndfileError:
        is_empty = np.isnan(out).all(axis=1)
        return (int(is_empty.argmax()) if is_empty.any() else len(out)), True


def _promised(plan: _Plan, n_read: int) -> int:
    """Return how many samples a stretch should have."""
    if plan.stretch.stored is None or plan.stretch.promised is not None:
        return max(n_read, plan.n_promised)
    there, promised = plan.stretch.stored
    if plan.frame_bytes:
        return n_read + max(0, promised // plan.frame_bytes - there // plan.frame_bytes)
    return max(n_read, round(n_read * promised / there)) if there > 0 else n_read


@contextlib.contextmanager
def _quiet_decoder(is_noisy: bool) -> Iterator[None]:
    """Keep mpg123 from printing its warnings: what matters is said in a notice."""
    try:
        saved = os.dup(2) if is_noisy else None
    except OSError:
        saved = None  # there is no standard error: nothing can be printed
    if saved is None:
        yield
        return
    sink = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(sink, 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(sink)


def physical_memory_bytes() -> float:
    """Return the memory of this computer; infinite where the system does not tell."""
    try:
        return float(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    except (AttributeError, ValueError, OSError):
        return float("inf")
