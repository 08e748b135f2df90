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
from isnmf_gui.nmf.steps import Step, Sums, cut
from isnmf_gui.nmf.updates import TABLE_OCTAVES, TABLE_STEPS

Array = NDArray[np.floating]

#: Set to anything, this variable keeps to numpy: to compare the two, or should the library fail.
PORTABLE_VARIABLE = "ISNMF_PORTABLE"
# Sums in single precision are begun anew after so many frames: a long row of additions would
# lose digits, 6e-4 of them after an hour of sound.
PIECE_FRAMES = 2048
LIBRARY = Path(__file__).with_name(LIBRARY_NAME)
INSTRUCTIONS = ("plain", "AVX2", "AVX-512")
# The order of the names in walk.h.
POWER, AMPLITUDE, ANY, KULLBACK_LEIBLER = range(4)


class Job(ctypes.Structure):
    """What a walk is given: `struct job` of walk.h."""

    _fields_ = (
        *((name, c_int64) for name in ("n_frames", "n_bins", "n_bases")),
        *((name, c_void_p) for name in ("X", "fixed", "T_before", "T_after", "V", "V_before")),
        *((name, c_void_p) for name in ("numerator", "denominator", "workspace", "table")),
        ("loss", POINTER(c_double)),
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
    loaded.isnmf_walk.argtypes = [POINTER(Job)]
    loaded.isnmf_walk.restype = None
    loaded.isnmf_sum_of_logs.argtypes = [c_void_p, c_int64]
    loaded.isnmf_sum_of_logs.restype = c_double
    return loaded


def instructions() -> str | None:
    """Return the instruction set that compiled code uses here, or None where there is none."""
    loaded = library()
    return None if loaded is None else INSTRUCTIONS[loaded.isnmf_instructions()]


class CompiledWorker:
    """The buffers of one thread, and the frames it owns.

    Parameters
    ----------
    X : ndarray of float32, shape (n_frames, n_bins), C-contiguous
        The power spectrogram of all frames.
    frames : range
        Those of this worker.
    n_bases : int
        Number of rows of T.
    fixed : ndarray, optional
        Like X: what Z has besides T V.
    """

    def __init__(self, X: Array, frames: range, n_bases: int, fixed: Array | None = None) -> None:
        loaded = library()
        assert loaded is not None
        self._library = loaded
        self._X, self._fixed = X, fixed
        self._pieces = cut(frames, PIECE_FRAMES)
        own = X[frames.start : frames.stop]
        self._constant = loaded.isnmf_sum_of_logs(own.ctypes.data, own.size) + own.size
        n_bins = X.shape[1]
        self._workspace = np.empty(loaded.isnmf_workspace_floats(n_bins, n_bases), np.float32)
        self._loss = (c_double * 2)()
        self._job = Job(0, n_bins, n_bases)
        self._job.workspace = self._workspace.ctypes.data
        self._job.loss = self._loss
        self._job.table_octaves, self._job.table_steps = TABLE_OCTAVES, TABLE_STEPS
        self._part = Sums.like(np.empty((n_bases, n_bins), np.float32))  # untouched memory is free

    def walk(
        self, divergence: Divergence, T: Array, V: Array, step: Step | None, sums: Sums
    ) -> None:
        """Update V over the worker's frames (if there is a step), and sum up for T.

        Parameters
        ----------
        divergence : Divergence
            What is minimized.
        T : ndarray, shape (n_bases, n_bins)
            Basis.
        V : ndarray, shape (n_frames, n_bases)
            Activation; the worker's frames are updated in place if there is a step.
        step : Step or None
            How V is updated; None: only the sums are made.
        sums : Sums
            Filled with what the worker's frames add to them.
        """
        self._walk_piece(self._pieces[0], divergence, T, V, step, sums)
        for piece in self._pieces[1:]:
            self._walk_piece(piece, divergence, T, V, step, self._part)
            sums.add(self._part)
        sums.loss -= self._constant

    def _walk_piece(
        self,
        piece: slice,
        divergence: Divergence,
        T: Array,
        V: Array,
        step: Step | None,
        sums: Sums,
    ) -> None:
        job, q = self._job, divergence.q
        job.n_frames, job.X = piece.stop - piece.start, self._X[piece].ctypes.data
        job.fixed = None if self._fixed is None else self._fixed[piece].ctypes.data
        job.divergence, job.q, job.model_floor = _kind(divergence), q, divergence.model_floor
        job.T_after, job.V = T.ctypes.data, V[piece].ctypes.data
        job.numerator, job.denominator = sums.numerator.ctypes.data, sums.denominator.ctypes.data
        job.T_before = job.V_before = job.table = None
        if step is not None:
            job.T_before, job.factor_floor = step.T.ctypes.data, step.floor
            if step.multiplier.exponent is None:
                job.table = step.multiplier.table.ctypes.data
            else:
                job.exponent = step.multiplier.exponent
            if step.V_before is not None:
                job.V_before = step.V_before[piece].ctypes.data
                job.extrapolation = step.extrapolation
        self._library.isnmf_walk(byref(job))  # other Python threads run meanwhile
        ratios, logs = self._loss
        sums.loss = ratios + q * logs


def _kind(divergence: Divergence) -> int:
    """Return what walk.c calls a divergence."""
    if not isinstance(divergence, ItakuraSaito):
        return KULLBACK_LEIBLER
    if divergence.q == 1:
        return POWER
    return AMPLITUDE if divergence.q == 2 else ANY
