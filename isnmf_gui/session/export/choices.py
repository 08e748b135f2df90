"""What a person chose when exporting, as it is remembered."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, replace
from typing import Any

from isnmf_gui.errors import ExportError
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.export.extras.extras import EXTRAS
from isnmf_gui.session.export.file_names import DEFAULT_PATTERN, check_pattern
from isnmf_gui.session.export.stems.audio_options import AudioOptions
from isnmf_gui.session.export.stems.levels import (
    LEAST_TARGET_DB,
    LEVELS,
    LOUDNESS_LUFS,
    MOST_TARGET_DB,
    PEAK_DBFS,
    Level,
)
from isnmf_gui.session.sound_files.formats import FORMATS, SAMPLE_RATES

#: What was stored before the pattern had names in it, and that one.
FORMER, FORMER_PATTERN = 1, "{kind}-{number}"
VERSION = 2


@dataclass(frozen=True)
class ExportChoices:
    """All but what depends on the run: which of its stems, and the folder.

    Attributes
    ----------
    format_name : str
        A key of `FORMATS`.
    sample_rate : int or None
        In Hz; None: the recording's.
    level : {"original", "peak", "loudness"}
        What files are brought to.
    peak_dbfs, loudness_lufs : float
        The targets.
    keeps_balance : bool
        Whether all files get one gain.
    pattern : str
        Of the names.
    with_mix, with_residual : bool
        Whether these are written as well.
    extras : tuple of str
        Keys of `EXTRAS`.
    """

    format_name: str = "wav"
    sample_rate: int | None = None
    level: str = "original"
    peak_dbfs: float = PEAK_DBFS
    loudness_lufs: float = LOUDNESS_LUFS
    keeps_balance: bool = True
    pattern: str = DEFAULT_PATTERN
    with_mix: bool = False
    with_residual: bool = False
    extras: tuple[str, ...] = ()

    @property
    def options(self) -> AudioOptions:
        """How stems are written."""
        target_db = self.peak_dbfs if self.level == "peak" else self.loudness_lufs
        level = Level(self.level, target_db, self.keeps_balance)
        if self.level == "original":
            level = Level()
        return AudioOptions(self.format_name, self.sample_rate, level)

    def at_full_scale(self) -> ExportChoices:
        """Return the choices that bring each file to full scale, as the published example does."""
        return replace(self, level="peak", peak_dbfs=0.0, keeps_balance=False)

    def for_run(self, run: Run) -> ExportChoices:
        """Return the choices at full scale if the run's settings bring its parts there."""
        return self.at_full_scale() if run.separation.settings.part_gain == "peak" else self

    def with_level_of(self, other: ExportChoices) -> ExportChoices:
        """Return these choices with the level of other ones."""
        return replace(
            self,
            level=other.level,
            peak_dbfs=other.peak_dbfs,
            loudness_lufs=other.loudness_lufs,
            keeps_balance=other.keeps_balance,
        )

    def as_text(self) -> str:
        """Return the choices as they are stored."""
        return json.dumps({"version": VERSION} | asdict(self))

    @classmethod
    def from_text(cls, text: str) -> ExportChoices:
        """Return what was stored; whatever is wrong in it is as at first."""
        try:
            stored = json.loads(text)
        except ValueError:
            return cls()
        if not isinstance(stored, dict):
            return cls()
        known = {name: value for name, value in stored.items() if _is_valid(name, value)}
        if stored.get("version", FORMER) == FORMER and known.get("pattern") == FORMER_PATTERN:
            del known["pattern"]  # which nobody chose: it was what there was
        if "extras" in known:
            known["extras"] = tuple(known["extras"])
        return cls(**known)


def _is_valid(name: str, value: Any) -> bool:
    if name in ("keeps_balance", "with_mix", "with_residual"):
        return isinstance(value, bool)
    if name in ("peak_dbfs", "loudness_lufs"):
        is_number = isinstance(value, float | int) and math.isfinite(value)
        return is_number and LEAST_TARGET_DB <= value <= MOST_TARGET_DB
    if name == "extras":
        return isinstance(value, list) and all(it in list(EXTRAS) for it in value)
    if name == "pattern":
        return isinstance(value, str) and _is_pattern(value)
    allowed: dict[str, list[Any]] = {
        "format_name": list(FORMATS),
        "sample_rate": [None, *SAMPLE_RATES],
        "level": list(LEVELS),
    }
    return name in allowed and value in allowed[name]


def _is_pattern(text: str) -> bool:
    try:
        check_pattern(text)
    except ExportError:
        return False
    return True
