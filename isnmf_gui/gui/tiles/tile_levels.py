"""The pictures that tiles show, many at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.session.document.component_factors import shapes_of, terms_of
from isnmf_gui.session.document.document import Component, Run
from isnmf_gui.session.document.scenes import (
    LOWEST_SHOWN_HZ,
    SHOWN_RANGE_DB,
    Region,
    component_scene,
)
from isnmf_gui.spectral.pictures.component_pictures import component_levels
from isnmf_gui.spectral.pictures.grid import to_levels


def tile_levels(
    run: Run, components: Sequence[Component], width: int, height: int, logarithmic: bool
) -> list[NDArray[np.uint8]]:
    """Return a picture of each component, shape (height, width), with one pooling of the factors.

    High frequencies first, as images have it; 255 is the loudest point of the component.
    """
    recording, grid = run.separation.recording, run.separation.grid
    low_hz, high_hz = LOWEST_SHOWN_HZ if logarithmic else 0.0, recording.sample_rate / 2
    levels = component_levels(
        *shapes_of(run, components),
        run.separation.settings.domain,
        grid.time(0, recording.duration_s, width),
        grid.frequency(low_hz, high_hz, height, logarithmic),
        SHOWN_RANGE_DB,
        recording.is_silent,
    )
    region = Region(0, recording.duration_s, low_hz, high_hz, width, height, logarithmic)
    return [
        picture if len(terms_of(run, component)) == 1 else _merged(run, component, region)
        for component, picture in zip(components, levels, strict=True)
    ]


def _merged(run: Run, component: Component, region: Region) -> NDArray[np.uint8]:
    """Return the picture of a component that was merged: a sum is no product of pooled factors."""
    shown = component_scene(run, component.index).render(region)
    return np.ascontiguousarray(to_levels(shown, -SHOWN_RANGE_DB, 0)[::-1])
