"""What turns a picture of levels into one of sources: who wins each pixel, and in which colour."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.session.document.document import Source
from isnmf_gui.session.document.scenes import Region, Scene
from isnmf_gui.session.document.source_scenes import SourcesScene, is_unassigned
from isnmf_gui.spectral.pictures.source_colors import (
    Color,
    is_on_paper,
    source_table,
    table_places,
)
from isnmf_gui.spectral.pictures.source_pictures import Winners


class SourcePainting:
    """Holds who wins what is seen, where a scene tells it.

    Parameters
    ----------
    theme : Theme
        Has the colours of the sources.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._scene: SourcesScene | None = None
        self._winners: Winners | None = None

    @property
    def is_on(self) -> bool:
        """Whether sources are seen."""
        return self._winners is not None

    def render(self, scene: Scene, region: Region) -> None:
        """Find out who wins in a region, if that is what a scene shows."""
        self._scene = scene if isinstance(scene, SourcesScene) else None
        self._winners = self._scene.winners(region) if self._scene else None

    def table(self, map_name: str) -> NDArray[np.uint8]:
        """Return the colours of `places`, as bright and dark as those of a colour map."""
        assert self._scene is not None
        colors = tuple(color_of(self._theme, source) for source in self._scene.sources)
        return source_table(colors, is_on_paper(map_name))

    def places(self, levels: NDArray[np.uint8]) -> NDArray[np.uint32]:
        """Return where in the table the colour of each pixel of some level is."""
        assert self._scene is not None
        assert self._winners is not None
        return table_places(self._winners, levels, self._scene.n_sharing)

    def text_at(self, row: int, column: int) -> str:
        """Say who wins a pixel; "" where nobody does."""
        if self._scene is None or self._winners is None:
            return ""
        place = row, column
        return self._scene.text(
            int(self._winners.sources[place]), float(self._winners.shares[place])
        )

    @staticmethod
    def ramp(scene: Scene | None, map_name: str) -> str:
        """Return the colour map of levels: where hues are sources, levels have none."""
        if not isinstance(scene, SourcesScene):
            return map_name
        return "ink" if is_on_paper(map_name) else "grey"


def color_of(theme: Theme, source: Source) -> Color | None:
    """Return red, green and blue of a source; None for what is unassigned."""
    if is_unassigned(source):
        return None
    color = theme.curve(source.color)
    return color.red(), color.green(), color.blue()
