"""From samples to spectrograms and back: STFT, masks, block-wise resynthesis, pictures."""

from isnmf_gui.spectral.factors import Factors, Mask, Masks
from isnmf_gui.spectral.levels import ComponentLevels
from isnmf_gui.spectral.masks import (
    MASKS,
    energies_over_time,
    gain_mask,
    gain_masks,
    model_mask,
    part_energies,
    part_mask,
    part_shares,
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
    "energies_over_time",
    "gain_mask",
    "gain_masks",
    "model_mask",
    "part_energies",
    "part_mask",
    "part_shares",
    "residual_mask",
]
