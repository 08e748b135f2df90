"""From samples to spectrograms and back: STFT, masks, block-wise resynthesis, pictures."""

from isnmf_gui.spectral.factors import Factors, Mask, Masks
from isnmf_gui.spectral.levels import ComponentLevels
from isnmf_gui.spectral.mask_energies import ratio_energies, wiener_sums
from isnmf_gui.spectral.masks import (
    MASKS,
    gain_mask,
    gain_masks,
    model_mask,
    part_mask,
    residual_mask,
)
from isnmf_gui.spectral.resynthesis import Resynthesis
from isnmf_gui.spectral.stft import Stft
from isnmf_gui.spectral.streaming import Streaming

__all__ = [
    "MASKS",
    "ComponentLevels",
    "Factors",
    "Mask",
    "Masks",
    "Resynthesis",
    "Stft",
    "Streaming",
    "gain_mask",
    "gain_masks",
    "model_mask",
    "part_mask",
    "ratio_energies",
    "residual_mask",
    "wiener_sums",
]
