"""Suggesting sources for the components of a run as they are now, edited or not."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.session.document.component_factors import column_of, shapes_of
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.files.progress import Meter, OnProgress
from isnmf_gui.session.grouping.suggesting import (
    Likeness,
    Suggestion,
    channel_shares,
    likeness,
    suggest,
)


def propose(
    run: Run,
    n_sources: int | None = None,
    with_activations: bool = True,
    on_progress: OnProgress | None = None,
) -> Suggestion:
    """Suggest which components of a run form a source.

    Parameters
    ----------
    run : Run
        With at least one component.
    n_sources : int, optional
        Number of sources; suggested too if not given.
    with_activations : bool, optional
        Whether the course of the activations counts, besides the sound of the bases.
    on_progress : callable, optional
        Called with the share done (0 to 1); False stops.

    Returns
    -------
    Suggestion
        With a label for each component, in the order of `run.components`.

    Raises
    ------
    SettingsError
        If there are fewer components than sources.
    Stopped
        If `on_progress` said so.
    """
    separation, meter = run.separation, Meter(on_progress, 2)
    balance = _balance(run, meter.within)
    meter.next_step()
    return suggest(
        *shapes_of(run, run.components),
        separation.settings.domain,
        separation.recording.sample_rate,
        n_sources,
        with_activations=with_activations,
        balance=balance,
        on_progress=meter.within,
    )


def likeness_of(run: Run, on_progress: OnProgress | None = None) -> Likeness:
    """Return how alike the components of a run sound, as `propose` compares them.

    Parameters
    ----------
    run : Run
        With at least one component.
    on_progress : callable, optional
        Called with the share done (0 to 1); False stops.

    Returns
    -------
    Likeness
        In the order of `run.components`.

    Raises
    ------
    Stopped
        If `on_progress` said so.
    """
    separation, meter = run.separation, Meter(on_progress, 2)
    balance = _balance(run, meter.within)
    meter.next_step()
    return likeness(
        *shapes_of(run, run.components),
        separation.settings.domain,
        separation.recording.sample_rate,
        with_activations=True,
        balance=balance,
        on_progress=meter.within,
    )


def _balance(run: Run, on_progress: OnProgress) -> NDArray[np.float64] | None:
    """Return each channel's share of each component; equal shares where it is not known."""
    fitted = channel_shares(run.separation, on_progress)
    if fitted is None:
        return None
    equal = np.full(fitted.shape[1], 1 / fitted.shape[1])
    columns = [column_of(run, component) for component in run.components]
    return np.array([equal if column is None else fitted[column] for column in columns])
