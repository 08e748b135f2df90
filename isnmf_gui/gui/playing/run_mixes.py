"""What is to be heard of a run: all of it, or only some components or a source."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from isnmf_gui.playback import Mix
from isnmf_gui.session.document.component_factors import factors_of
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.document.memberships import sharing_of
from isnmf_gui.session.edits.mix_edits import alone, linear_gains, pair_gains, pairs_alone
from isnmf_gui.session.runs.separation import stft_of
from isnmf_gui.spectral.sharing import effective_gains


def mix_of(run: Run, mask: str, output: str) -> Mix:
    """Return the mix of a run as its faders say.

    Parameters
    ----------
    run : Run
        Whose components.
    mask : {"wiener", "ratio"}
        How parts are cut out of the recording.
    output : {"mix", "recording", "residual", "model"}
        What of it.
    """
    stft, factors, gains = stft_of(run.separation.settings), factors_of(run), linear_gains(run)
    return Mix(output, stft, factors, gains, mask, sharing_of(run), pair_gains(run))


def only(mix: Mix, run: Run, indices: Collection[int], source_id: int | None) -> Mix:
    """Return the mix of a run in which only some components, or a source, are heard."""
    pairs, gains = pairs_alone(run, indices, source_id), alone(run, *indices)
    if mix.sharing is not None:
        gains = effective_gains(pairs, mix.sharing)
    return replace(mix, output="mix", gains=gains, pair_gains=pairs)
