"""Scenes of sources: what one is heard as, and which of them wins every place."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.session.document.component_factors import factors_of
from isnmf_gui.session.document.document import UNASSIGNED, Run, Source
from isnmf_gui.session.document.scenes import (
    LOWEST_SHOWN_HZ,
    OF_RECORDING,
    SHOWN_RANGE_DB,
    MaskedScene,
    RecordingScene,
    Region,
    extent,
    frequency_span,
    time_span,
)
from isnmf_gui.session.document.source_shares import grouping_of
from isnmf_gui.spectral.pictures.grid import Array, to_levels
from isnmf_gui.spectral.pictures.power_pictures import PowerPictures
from isnmf_gui.spectral.pictures.source_pictures import SourcePictures, Winners
from isnmf_gui.spectral.sharing import effective_gains
from isnmf_gui.texts import number, tr

# Below the loudest point of the recording.
LEAST_PEAK_DB = -50.0


class SourcesScene:
    """The recording, with the source that has most of each place.

    Parameters
    ----------
    run : Run
        Whose sources.
    pictures : PowerPictures
        The recording's.
    kind : {"wiener", "ratio"}
        The mask.

    Attributes
    ----------
    sources : tuple of Source
        All of them; the last is what is unassigned.
    n_sharing : int
        How many of them have anything.
    """

    zero = OF_RECORDING

    def __init__(self, run: Run, pictures: PowerPictures, kind: str) -> None:
        self.duration_s, self.highest_hz, self._grid = extent(run)
        self.slow_pixel_s = self._grid.frame_s / 2
        self.sources = run.all_sources
        sharing = grouping_of(run)
        present = [component.index for component in run.components]
        self.n_sharing = int(sharing.memberships[present].any(axis=0).sum())
        self._level = RecordingScene(run.separation.recording, pictures)
        self._pictures = pictures
        self._shares = SourcePictures(pictures, factors_of(run), self._grid, sharing, kind)

    def render(self, region: Region) -> Array:
        """Return levels of the recording in dB, shape (height, width), low ones first."""
        return self._level.render(region)

    def winners(self, region: Region) -> Winners:
        """Return which source has most of each pixel, and how much of it."""
        time = time_span(self._grid, region)
        return self._shares.render(time, frequency_span(self._pictures.grid, region))

    def text(self, column: int, share: float) -> str:
        """Say which source wins a place, and what it has of it; "" where none has anything."""
        if share <= 0:
            return ""
        percent = number(100 * share, ".0f")
        return tr("{name} {percent} %", name=self.sources[column].name, percent=percent)


def source_scene(run: Run, pictures: PowerPictures, source: Source, kind: str) -> MaskedScene:
    """Return the scene of what a source is heard as.

    Parameters
    ----------
    run : Run
        Whose source.
    pictures : PowerPictures
        The recording's.
    source : Source
        One of its own, or what is unassigned.
    kind : {"wiener", "ratio"}
        The mask.

    Returns
    -------
    MaskedScene
        Levels are relative to the loudest point of the recording.
    """
    sharing = grouping_of(run)
    pairs = np.zeros(sharing.memberships.shape)
    pairs[:, [it.id for it in run.all_sources].index(source.id)] = 1.0
    gains = effective_gains(pairs, sharing)
    return MaskedScene(run, pictures, gains, kind, shared=(pairs, sharing))


def small_levels(
    scene: MaskedScene, width: int, height: int, logarithmic: bool
) -> NDArray[np.uint8]:
    """Return a small picture of all of a scene.

    Parameters
    ----------
    scene : MaskedScene
        Of a source.
    width, height : int
        Pixels.
    logarithmic : bool
        Whether octaves are equally high.

    Returns
    -------
    ndarray of uint8, shape (height, width)
        High frequencies first, as images have it; 255 is the loudest point, unless next to nothing
        of the recording is in the source: then it stays dark.
    """
    low_hz = LOWEST_SHOWN_HZ if logarithmic else 0.0
    region = Region(0, scene.duration_s, low_hz, scene.highest_hz, width, height, logarithmic)
    levels = scene.render(region)
    peak_db = max(float(levels.max()), LEAST_PEAK_DB)
    return np.ascontiguousarray(to_levels(levels, peak_db - SHOWN_RANGE_DB, peak_db)[::-1])


def source_named(run: Run, source_id: int | None) -> Source:
    """Return a source of a run; without one of that id the first, or what is unassigned."""
    ids = [source.id for source in run.all_sources]
    return run.source(source_id) if source_id in ids else run.all_sources[0]


def is_unassigned(source: Source) -> bool:
    """Tell whether a source is what belongs to none."""
    return source.id == UNASSIGNED
