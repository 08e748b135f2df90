"""Cutting small matrices as finely as large ones are, so that threads share them."""

import pytest

from isnmf_gui.nmf import blocks, portable, steps


def finely_cut(patch: pytest.MonkeyPatch, least_frames: int = 1) -> None:
    """Cut frames into as many stretches as there may be, and those into blocks of a few frames."""
    patch.setattr(steps, "LEAST_STRETCH", least_frames)
    patch.setattr(blocks, "LEAST_WORK", 1)
    patch.setattr(portable, "BLOCK_BYTES", 1)
    patch.setattr(portable, "FEWEST_FRAMES", 3)
