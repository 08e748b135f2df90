"""The bytes that stand for a recording in a project."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import soundfile

from isnmf_gui.session.sound_files.formats import FORMATS, write_samples
from isnmf_gui.session.sound_files.original import Original, OriginalLost
from isnmf_gui.session.sound_files.recording import Recording


def with_bytes_of(recording: Recording, folder: Path, write: Callable[[Original], None]) -> bool:
    """Write a recording's own bytes, or its samples if those are lost.

    Parameters
    ----------
    recording : Recording
        Which.
    folder : Path
        On a disk with room for the samples.
    write : callable
        Called with what to write; a second time, from the beginning, if the bytes turn out to be
        lost on the way.

    Returns
    -------
    bool
        Whether it was its own bytes.

    Raises
    ------
    OSError
        If the samples cannot be written.
    """
    if recording.original is not None:
        try:
            write(recording.original)
        except OriginalLost:
            pass
        else:
            return True
    write(samples_as_file(recording, folder))
    return False


def samples_as_file(recording: Recording, folder: Path) -> Original:
    """Return a nameless WAV file with the samples of a recording, exactly.

    Raises
    ------
    OSError
        If there is no room for it.
    """
    with tempfile.TemporaryFile(dir=folder) as file:
        form = recording.sample_rate, recording.n_channels, recording.n_samples
        try:
            with FORMATS["wav"].create(os.dup(file.fileno()), *form) as sound:
                write_samples(sound, recording.samples)
        except soundfile.LibsndfileError as error:  # which does not say why, as above
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        return Original(file.fileno(), os.fstat(file.fileno()))
