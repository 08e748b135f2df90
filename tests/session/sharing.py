"""What the sources of a run take of every bin."""

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.session.document.document import Run
from isnmf_gui.session.export.stems.export_stems import parts_of
from isnmf_gui.session.export.stems.rendering import stem_masks
from isnmf_gui.session.export.stems.stems import Stem, component_stems, source_stems
from isnmf_gui.session.runs.separation import stft_of


def masks_of_sources(run: Run) -> list[NDArray[np.floating]]:
    """Return the masks of the sources, each of shape (n_frames, n_bins)."""
    return _masks(run, source_stems(run))


def sum_of_sources(run: Run) -> NDArray[np.floating]:
    """Return the sum of the masks of all sources, shape (n_frames, n_bins)."""
    return np.sum(_masks(run, source_stems(run)), axis=0)


def whole_of(run: Run) -> NDArray[np.floating]:
    """Return the sum of the masks of all components, shape (n_frames, n_bins)."""
    return np.sum(_masks(run, component_stems(run)), axis=0)


def _masks(run: Run, stems: list[Stem]) -> list[NDArray[np.floating]]:
    separation = run.separation
    power = stft_of(separation.settings).power(separation.recording.samples)
    n_frames = separation.factorization.activation.shape[1]
    masks = stem_masks(parts_of(run, "wiener"), stems)(0, n_frames, power)
    return [np.array(mask) for mask in masks]
