"""What the sources of a run take of every bin."""

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.session.document.document import Run
from isnmf_gui.session.export.stems.export_stems import parts_of
from isnmf_gui.session.export.stems.rendering import stem_masks
from isnmf_gui.session.export.stems.stems import Stem, component_stems, source_stems
from isnmf_gui.session.runs.separation import stft_of


def sum_of_sources(run: Run) -> NDArray[np.floating]:
    """Return the sum of the masks of all sources, shape (n_frames, n_bins)."""
    return _sum(run, source_stems(run))


def whole_of(run: Run) -> NDArray[np.floating]:
    """Return the sum of the masks of all components, shape (n_frames, n_bins)."""
    return _sum(run, component_stems(run))


def _sum(run: Run, stems: list[Stem]) -> NDArray[np.floating]:
    separation = run.separation
    power = stft_of(separation.settings).power(separation.recording.samples)
    n_frames = separation.factorization.activation.shape[1]
    masks = stem_masks(parts_of(run, "wiener"), stems)(0, n_frames, power)
    return np.sum([np.array(mask) for mask in masks], axis=0)
