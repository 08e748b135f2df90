"""The numbers behind plots, as tables for spreadsheets and scripts."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isnmf_gui.errors import Stopped
from isnmf_gui.session.document.component_factors import shape_of
from isnmf_gui.session.document.document import Component, Run

Array = NDArray[np.float64]

#: Rows between two looks whether to go on.
ROWS_AT_ONCE = 64
#: Digits of decibels: more than any plot can show.
DB_DIGITS = 2


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of numbers with names; shorter columns end in empty cells.

    Attributes
    ----------
    names : tuple of str
        With units.
    columns : tuple of ndarray of float64
        One for each name.
    """

    names: tuple[str, ...]
    columns: tuple[Array, ...]

    def rows(self) -> Iterator[list[str]]:
        """Return the cells, row by row."""
        for n in range(max((len(column) for column in self.columns), default=0)):
            yield [f"{column[n]:.10g}" if n < len(column) else "" for column in self.columns]


def write_csv(table: Table, file: IO[str], keep_on: Callable[[float], bool]) -> None:
    """Write a table as comma-separated values, with a line of names.

    Parameters
    ----------
    table : Table
        What to write.
    file : text file
        Where to.
    keep_on : callable
        Told now and then which share is done; False stops.

    Raises
    ------
    Stopped
        If `keep_on` said so.
    """
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(table.names)
    n_rows = max((len(column) for column in table.columns), default=0)
    for n, row in enumerate(table.rows()):
        if n % ROWS_AT_ONCE == 0 and not keep_on(n / n_rows):
            raise Stopped
        writer.writerow(row)


def loss_table(curves: Sequence[tuple[str, ArrayLike]]) -> Table:
    """Return losses over iterations: a column for each run, by its name.

    Parameters
    ----------
    curves : sequence of (str, array_like of shape (n_iterations,))
        Name and losses of each run.

    Returns
    -------
    Table
        As long as the longest run; others end before.
    """
    losses = tuple(np.asarray(loss, np.float64) for _, loss in curves)
    longest = max((len(loss) for loss in losses), default=0)
    iterations = np.arange(1, longest + 1, dtype=np.float64)
    return Table(("Iteration", *(f"Loss of {name}" for name, _ in curves)), (iterations, *losses))


def spectrogram_table(levels_db: ArrayLike, times_s: ArrayLike, frequencies_hz: ArrayLike) -> Table:
    """Return a picture in numbers: a row for each time, a column for each frequency.

    Parameters
    ----------
    levels_db : array_like, shape (n_frequencies, n_times)
        Levels.
    times_s, frequencies_hz : array_like
        Of its columns and rows.

    Returns
    -------
    Table
        Its first column holds the times.
    """
    levels = _rounded(np.asarray(levels_db, np.float64))
    names = (f"{hertz:.6g} Hz (dB)" for hertz in np.asarray(frequencies_hz))
    return Table(("Time (s)", *names), (np.asarray(times_s, np.float64), *levels))


def basis_table(run: Run, components: Sequence[Component]) -> Table:
    """Return the power of bases over frequency, in dB: a column for each component."""
    separation = run.separation
    n_bins = len(separation.factorization.basis)
    hertz = separation.grid.bin_hz * np.arange(n_bins, dtype=np.float64)
    bases = (shape_of(run, it)[0] for it in components)
    columns = (_decibels(basis, separation.settings.domain) for basis in bases)
    return Table(("Frequency (Hz)", *(f"{it.name} (dB)" for it in components)), (hertz, *columns))


def activation_table(run: Run, components: Sequence[Component]) -> Table:
    """Return the power of activations over time, in dB: a column for each component."""
    separation = run.separation
    n_frames = separation.factorization.activation.shape[1]
    times_s = separation.grid.frame_s * np.arange(n_frames, dtype=np.float64)
    activations = (shape_of(run, it)[1] for it in components)
    columns = (_decibels(activation, separation.settings.domain) for activation in activations)
    return Table(("Time (s)", *(f"{it.name} (dB)" for it in components)), (times_s, *columns))


def _decibels(factor: Array, domain: float) -> Array:
    levels: Array = 20 / domain * np.log10(np.maximum(factor, np.finfo(np.float64).tiny))
    return _rounded(levels)


def _rounded(levels_db: Array) -> Array:
    return np.asarray(np.round(levels_db, DB_DIGITS), np.float64)
