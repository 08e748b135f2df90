"""How stems are written as audio files, and what cannot be written that way."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from isnmf_gui.errors import ExportError
from isnmf_gui.session.export.stems.levels import Level
from isnmf_gui.session.sound_files.formats import FORMATS, AudioFormat
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.texts import tr


@dataclass(frozen=True)
class AudioOptions:
    """How stems are written.

    Attributes
    ----------
    format_name : str
        A key of `isnmf_gui.session.sound_files.formats.FORMATS`.
    sample_rate : int or None
        In Hz; None: the recording's.
    level : Level
        As they are in the recording, or brought to a level.
    """

    format_name: str = "wav"
    sample_rate: int | None = None
    level: Level = field(default_factory=Level)

    @property
    def form(self) -> AudioFormat:
        """The file format."""
        return FORMATS[self.format_name]

    def rate_for(self, recording: Recording) -> int:
        """Return the sample rate of the files, in Hz."""
        return self.sample_rate or recording.sample_rate


def check_order(
    recording: Recording, names: Iterable[str], folder: Path, options: AudioOptions
) -> None:
    """Refuse what cannot be written, or would overwrite the recording that it comes from.

    Parameters
    ----------
    recording : Recording
        What the stems come from.
    names : iterable of str
        Of the files.
    folder : Path
        Where they are to be.
    options : AudioOptions
        How they are to be written.

    Raises
    ------
    ExportError
        With the reason.
    """
    options.form.check(options.rate_for(recording), recording.n_channels)
    for path in (folder / name for name in names):
        with contextlib.suppress(OSError):  # one of them does not exist
            if path.samefile(recording.path):
                raise ExportError(
                    tr(
                        "“{name}” in “{folder}” is the recording itself and would be lost. Choose "
                        "another folder.",
                        name=path.name,
                        folder=folder,
                    )
                )
