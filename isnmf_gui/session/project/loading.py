"""Making a document of what lies in a store: a project file, or a folder for recovery."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import numpy as np
from numpy.typing import DTypeLike, NDArray

from isnmf_gui.session.document.document import Document
from isnmf_gui.session.files.progress import Meter, OnProgress
from isnmf_gui.session.project.arrays import array_name, checked, read_array
from isnmf_gui.session.project.decoding import decode
from isnmf_gui.session.project.encoding import FORMAT
from isnmf_gui.session.project.fields import Damaged, Fields, parse
from isnmf_gui.session.project.limits import MOST_DRIFT_S, MOST_NAME_BYTES, MOST_SAMPLES
from isnmf_gui.session.project.migrations import SCHEMA, migrate
from isnmf_gui.session.sound_files.recording import Recording, read_recording
from isnmf_gui.session.sound_files.refusals import HIGHEST_RATE_HZ, LOWEST_RATE_HZ, MOST_CHANNELS
from isnmf_gui.texts import tr

# Copying a recording takes less time than decoding it, and arrays are smaller.
COPIED, DECODED = 0.3, 0.8


class Newer(Exception):  # noqa: N818 - becomes a ProjectError once the file's name is known
    """The project was written by a newer version of the program."""

    def __init__(self, schema: int) -> None:
        super().__init__(schema)
        self.schema = schema


class Store(Protocol):
    """Where the JSON, the arrays and the recording lie."""

    def text(self) -> bytes:
        """Return the JSON."""

    def size(self, name: str) -> int:
        """Return the length of a file in bytes; `Damaged` if there is none of that name."""

    def blocks(self, name: str) -> Iterator[bytes]:
        """Yield what a file holds."""


def load(
    store: Store, folder: Path, on_progress: OnProgress | None, values: dict[str, Any] | None = None
) -> Document:
    """Read a document.

    Parameters
    ----------
    store : Store
        From where.
    folder : Path
        The recording is said to come from there; it need not exist.
    on_progress : callable, optional
        Called with the share done; False stops.
    values : dict, optional
        The JSON, if it was read before.

    Returns
    -------
    Document
        With its recording.

    Raises
    ------
    Damaged
        If there is no project in the store that could have been written by this program.
    Newer
        If it is one that this version does not know.
    RecordingError
        If its recording cannot be read.
    Stopped
        If `on_progress` said so.
    OSError
        If there is no room for a copy of the recording.
    """
    project = _up_to_date(parse(store.text()) if values is None else values)
    recording, meter = None, Meter(on_progress, 1)
    if project.has("recording"):
        recording = _recording(store, project.fields("recording"), folder, meter)
    return decode(project, recording, _array_reader(store, meter))


def _up_to_date(values: dict[str, Any]) -> Fields:
    project = Fields(values)
    if values.get("format") != FORMAT:
        raise Damaged(tr("its JSON holds no project"))
    schema = project.whole("schema", 1)
    if schema > SCHEMA:
        raise Newer(schema)
    return Fields(migrate(values, schema))


def _recording(store: Store, entry: Fields, folder: Path, meter: Meter) -> Recording:
    """Copy the recording out of the store, so that this may be replaced, and decode it."""
    name, n_samples = _safe_name(entry), entry.whole("n_samples", 1, MOST_SAMPLES)
    rate = entry.whole("sample_rate", LOWEST_RATE_HZ, HIGHEST_RATE_HZ)
    n_channels = entry.whole("n_channels", 1, MOST_CHANNELS)
    with tempfile.TemporaryFile() as copy:
        _copy(store, entry.text("file"), copy, meter)

        def decoded(share: float) -> bool:
            return meter.within(COPIED + share * (DECODED - COPIED))

        recording = read_recording(copy.fileno(), folder / name, decoded)
    assert recording is not None  # `decoded` raises where others return False
    same = (recording.sample_rate, recording.n_channels) == (rate, n_channels)
    # It may be longer: earlier versions did not find all of what joined files hold.
    n_missing = n_samples - recording.n_samples
    if not same or n_missing > MOST_DRIFT_S * rate:
        raise Damaged(tr("its recording is not the one that the work was done on"))
    return replace(recording, samples=_of_length(recording.samples, n_samples))


def _of_length(samples: NDArray[np.float32], n_samples: int) -> NDArray[np.float32]:
    """Cut or pad what another decoder or version has made longer, or a little shorter."""
    if len(samples) < n_samples:
        samples = np.pad(samples, ((0, n_samples - len(samples)), (0, 0)))
    return samples[:n_samples] if len(samples) > n_samples else samples


def _safe_name(entry: Fields) -> str:
    """Return the file name of the recording, which is only shown and never opened."""
    name = entry.text("name", MOST_NAME_BYTES)
    entry.refuse_unless(name not in ("", ".", "..") and not set(name) & set("/\0"), "name")
    name = name.replace(os.sep, "_")  # elsewhere a backslash is a letter like others
    with contextlib.suppress(UnicodeEncodeError):  # letters that this system's names cannot have
        os.fsencode(name)
        return name
    return name.encode(errors="replace").decode()


def _copy(store: Store, name: str, target: BinaryIO, meter: Meter) -> None:
    size = store.size(name)
    for block in store.blocks(name):
        target.write(block)
        meter(COPIED * target.tell() / size)
    target.flush()
    target.seek(0)


def _array_reader(
    store: Store, meter: Meter
) -> Callable[[int, tuple[int, ...], DTypeLike], NDArray[Any]]:
    """Return what reads arrays, each once however often it is named."""
    read: dict[int, NDArray[Any]] = {}

    def reader(number: int, shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
        meter(DECODED)
        if number not in read:
            name = array_name(number)
            read[number] = read_array(store.blocks(name), store.size(name), shape, dtype)
        return checked(read[number], shape, dtype)

    return reader
