"""The walk in compiled code: loading the library, and calling it.

`walk.c` does in single precision what `portable` does in numpy, several times as fast: Z never
leaves the registers, and the loss costs no logarithms. The library is built when the package is
installed (`build_hook`); where there is none, or an outdated one, numpy does the work.
"""

from __future__ import annotations

import ctypes
import os
from ctypes import POINTER, byref, c_double, c_float, c_int64, c_void_p
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.nmf.compiled.build import LIBRARY_NAME, interface
from isnmf_gui.nmf.divergence import Divergence, ItakuraSaito
from isnmf_gui.nmf.steps import Step, Sums
from isnmf_gui.nmf.updates import TABLE_OCTAVES, TABLE_STEPS

Array = NDArray[np.floating]

#: Set to anything, this variable keeps to numpy: to compare the two, or should the library fail.
PORTABLE_VARIABLE = "ISNMF_PORTABLE"
LIBRARY = Path(__file__).with_name(LIBRARY_NAME)
INSTRUCTIONS = ("plain", "AVX2", "AVX-512")
# The order of the names in walk.h.
POWER, AMPLITUDE, ANY, KULLBACK_LEIBLER = range(4)


class Job(ctypes.Structure):
    """What a walk is given: `struct job` of walk.h."""

    _fields_ = (
        *((name, c_int64) for name in ("n_bins", "n_bases", "n_stretches", "first_stretch")),
        ("bounds", c_void_p),
        *((name, c_void_p) for name in ("X", "fixed", "T_before", "T_after", "V", "V_before")),
        *((name, c_void_p) for name in ("numerator", "denominator", "workspace", "parts")),
        *((name, c_void_p) for name in ("taken", "met", "losses", "table")),
        ("divergence", c_int64),
        *((name, c_float) for name in ("q", "exponent", "extrapolation")),
        *((name, c_float) for name in ("model_floor", "factor_floor")),
        *((name, c_float) for name in ("table_octaves", "table_steps")),
    )


@cache
def library() -> ctypes.CDLL | None:
    """Return the library, or None where numpy has to do."""
    if os.environ.get(PORTABLE_VARIABLE):
        return None
    try:
        loaded = ctypes.CDLL(str(LIBRARY))
        loaded.isnmf_interface.restype = c_int64
        if loaded.isnmf_interface() != interface():
            return None
    except (OSError, AttributeError):
        return None
    loaded.isnmf_workspace_floats.argtypes = [c_int64, c_int64]
    loaded.isnmf_workspace_floats.restype = loaded.isnmf_instructions.restype = c_int64
    loaded.isnmf_parts_floats.argtypes = [c_int64, c_int64, c_int64]
    loaded.isnmf_parts_floats.restype = c_int64
    loaded.isnmf_walk.argtypes = [POINTER(Job)]
    loaded.isnmf_walk.restype = None
    loaded.isnmf_sum_of_logs.argtypes = [c_void_p, c_int64]
    loaded.isnmf_sum_of_logs.restype = c_double
    return loaded


def instructions() -> str | None:
    """Return the instruction set that compiled code uses here, or None where there is none."""
    loaded = library()
    return None if loaded is None else INSTRUCTIONS[loaded.isnmf_instructions()]


class CompiledParts:
    """The frames, and the sums of every stretch of them: what threads share in a walk.

    Parameters
    ----------
    X : ndarray of float32, shape (n_frames, n_bins), C-contiguous
        The power spectrogram.
    bounds : list of int
        Of the stretches, see `steps.bounds_of_stretches`.
    n_bases : int
        Number of rows of T.
    fixed : ndarray, optional
        Like X: what Z has besides T V.
    """

    def __init__(
        self, X: Array, bounds: list[int], n_bases: int, fixed: Array | None = None
    ) -> None:
        loaded = library()
        assert loaded is not None
        self.library, self.n_bases, self.n_bins = loaded, n_bases, X.shape[1]
        self._constant = loaded.isnmf_sum_of_logs(X.ctypes.data, X.size) + X.size
        n_stretches = len(bounds) - 1
        self._bounds = np.array(bounds, np.int64)
        self._losses, self._flags = np.empty((n_stretches, 2)), np.empty((2, n_stretches), np.int32)
        n_floats = loaded.isnmf_parts_floats(self.n_bins, n_bases, n_stretches)
        self._parts = np.empty(n_floats, np.float32)  # untouched memory is free
        self._X, self._fixed = X, fixed

    def begin(self) -> None:
        """Make ready for a walk."""
        self._flags.fill(0)

    def job(self) -> Job:
        """Return what every walk is given, and every thread."""
        job = Job(self.n_bins, self.n_bases, len(self._losses))
        job.bounds, job.losses = self._bounds.ctypes.data, self._losses.ctypes.data
        job.X, job.parts = self._X.ctypes.data, self._parts.ctypes.data
        job.fixed = None if self._fixed is None else self._fixed.ctypes.data
        job.taken, job.met = (flags.ctypes.data for flags in self._flags)
        job.table_octaves, job.table_steps = TABLE_OCTAVES, TABLE_STEPS
        return job

    def finish(self, divergence: Divergence, sums: Sums) -> None:
        """Put the loss to the sums of all stretches, once all threads are done."""
        ratios, logs = self._losses.sum(axis=0).tolist()
        sums.loss = ratios + divergence.q * logs - self._constant


class CompiledWorker:
    """The buffers of one thread.

    Parameters
    ----------
    parts : CompiledParts
        Shared among threads.
    first : int
        The stretch to begin with.
    """

    def __init__(self, parts: CompiledParts, first: int) -> None:
        self._parts, self._library = parts, parts.library
        n_floats = self._library.isnmf_workspace_floats(parts.n_bins, parts.n_bases)
        self._workspace = np.empty(n_floats, np.float32)
        self._job = parts.job()
        self._job.first_stretch, self._job.workspace = first, self._workspace.ctypes.data

    def walk(
        self, divergence: Divergence, T: Array, V: Array, step: Step | None, sums: Sums
    ) -> None:
        """Update V over the stretches that are left (if there is a step), and sum up for T.

        Parameters
        ----------
        divergence : Divergence
            What is minimized.
        T : ndarray, shape (n_bases, n_bins)
            Basis.
        V : ndarray, shape (n_frames, n_bases)
            Activation, updated in place if there is a step.
        step : Step or None
            How V is updated; None: only the sums are made.
        sums : Sums
            Those of all stretches are written to it by the thread that ends the last.
        """
        job, q = self._job, divergence.q
        job.divergence, job.q, job.model_floor = _kind(divergence), q, divergence.model_floor
        job.T_after, job.V = T.ctypes.data, V.ctypes.data
        job.numerator, job.denominator = sums.numerator.ctypes.data, sums.denominator.ctypes.data
        job.T_before = job.V_before = job.table = None
        if step is not None:
            job.T_before, job.factor_floor = step.T.ctypes.data, step.floor
            if step.multiplier.exponent is None:
                job.table = step.multiplier.table.ctypes.data
            else:
                job.exponent = step.multiplier.exponent
            if step.V_before is not None:
                job.V_before = step.V_before.ctypes.data
                job.extrapolation = step.extrapolation
        self._library.isnmf_walk(byref(job))  # other Python threads run meanwhile


def _kind(divergence: Divergence) -> int:
    """Return what walk.c calls a divergence."""
    if not isinstance(divergence, ItakuraSaito):
        return KULLBACK_LEIBLER
    if divergence.q == 1:
        return POWER
    return AMPLITUDE if divergence.q == 2 else ANY
