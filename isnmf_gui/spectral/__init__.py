"""From samples to spectrograms and back: STFT, masks, block-wise resynthesis, pictures."""

from isnmf_gui.spectral.masks import MASKS, Factors, Mask, part_energies, part_mask
from isnmf_gui.spectral.resynthesis import Resynthesis
from isnmf_gui.spectral.stft import Stft

__all__ = ["MASKS", "Factors", "Mask", "Resynthesis", "Stft", "part_energies", "part_mask"]
