"""From samples to spectrograms and back: STFT, masks, block-wise resynthesis, pictures."""

from isnmf_gui.spectral.factors import Factors, Mask, Masks
from isnmf_gui.spectral.levels import ComponentLevels
from isnmf_gui.spectral.masks import (
    MASKS,
    gain_mask,
    gain_masks,
    model_mask,
    part_energies,
    part_mask,
    residual_mask,
    summed_energies,
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
    "part_energies",
    "part_mask",
    "residual_mask",
    "summed_energies",
]
