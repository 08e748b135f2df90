"""The rules: how an iteration is made of multipliers, walks, and what a rule remembers.

The letters are those of `divergence`. A rule works on a `State`, which holds the factors, and
the sums and the loss that belong to them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.nmf.blocks import Walker
from isnmf_gui.nmf.divergence import Divergence
from isnmf_gui.nmf.steps import Step, Sums, extrapolate
from isnmf_gui.nmf.updates import Multiplier, equalization, minimization, power

Array = NDArray[np.floating]

#: Names of the rules.
RULES = ("mm", "me", "fast")

RELAXATION = 1.4
LEAST_RELAXATION = 1.0
RELAXATION_CUT = 0.9
# Iterations of plain ME before the first extrapolation: the first steps are wild enough.
CAUTIOUS_ITERATIONS = 2
# So many iterations in a row without a lower loss mean that it is as low as the precision tells.
MOST_FRUITLESS = 30
# A rise of the loss by less than this share is rounding.
TOLERANCES = {np.dtype(np.float32): 1e-6, np.dtype(np.float64): 1e-12}


@dataclass
class State:
    """Where a run stands: all that the next iteration needs.

    Attributes
    ----------
    walker : Walker
        Holds X.
    divergence : Divergence
        What is minimized.
    T : ndarray, shape (n_bases, n_bins)
        Basis.
    V : ndarray, shape (n_frames, n_bases)
        Activation.
    factor_floor, denominator_floor : float
        Smallest element of the factors, and of what is divided by.
    sums : Sums
        At T and V.
    """

    walker: Walker
    divergence: Divergence
    T: Array
    V: Array
    factor_floor: float
    denominator_floor: float = 0.0
    sums: Sums = field(init=False)

    def __post_init__(self) -> None:
        self.sums = self.new_sums()

    def new_sums(self) -> Sums:
        """Return sums to be filled."""
        return Sums.like(self.T)

    def measure(self) -> None:
        """Make the sums for factors that have just been set."""
        self.walker.walk(self.divergence, self.T, self.V, self.sums)

    def step(self, T: Array, multiplier: Multiplier) -> Step:
        """Return the step that a multiplier takes with T, shape (n_bases, n_bins)."""
        return Step(T, multiplier, self.factor_floor, self.denominator_floor)


@dataclass
class Memory:
    """What the fast rule remembers.

    Attributes
    ----------
    T_plain : ndarray, shape (n_bases, n_bins)
        The basis before it was extrapolated.
    V_before : ndarray, shape (n_frames, n_bases)
        The activation one iteration ago.
    age : float
        t of Nesterov's sequence, 1 after a restart.
    extrapolation : float
        Share of the last rise by which V goes on in the next iteration; T already has.
    relaxation : float
        ω.
    cautious : int
        Iterations of plain ME still to do.
    fruitless : int
        Iterations in a row that did not lower the loss.
    restarts : int
        Iterations refused in all.
    best : tuple of (ndarray, ndarray, float), or None
        T, V and loss from before the loss rose by rounding; None while the last is the lowest.
    """

    T_plain: Array
    V_before: Array
    age: float = 1.0
    extrapolation: float = 0.0
    relaxation: float = RELAXATION
    cautious: int = CAUTIOUS_ITERATIONS
    fruitless: int = 0
    restarts: int = 0
    best: tuple[Array, Array, float] | None = None

    def copy(self) -> Memory:
        """Return a copy that iterations on this one leave alone; those of `best` never change."""
        return replace(self, T_plain=self.T_plain.copy(), V_before=self.V_before.copy())


class Rule(ABC):
    """Does iterations on a state; what it remembers between them lives as long as it does."""

    #: What it remembers, if anything.
    memory: Memory | None = None

    @abstractmethod
    def iterate(self, state: State) -> None:
        """Do one iteration: T, then V, then the sums at both."""

    @property
    def is_exhausted(self) -> bool:
        """Whether further iterations cannot lower the loss."""
        return False

    def lowest(self, state: State) -> float:
        """Return the loss of `best`."""
        return state.sums.loss

    def best(self, state: State) -> tuple[Array, Array]:
        """Return T (n_bases, n_bins) and V (n_frames, n_bases) with the lowest loss so far."""
        return state.T, state.V


class Plain(Rule):
    """MM or ME: the same multiplier in every iteration, and no memory.

    Parameters
    ----------
    multiplier : Multiplier
        Of MM or ME.
    """

    def __init__(self, multiplier: Multiplier) -> None:
        self.multiplier = multiplier

    def iterate(self, state: State) -> None:  # noqa: D102
        step = state.step(state.T, self.multiplier)
        step.update(state.T, state.sums.numerator, state.sums.denominator)
        state.walker.walk(state.divergence, state.T, state.V, state.sums, step)


class Fast(Rule):
    """Over-relaxed MM steps, extrapolated, and taken back where the loss would rise.

    The multiplier is c^(ω/q), beyond ME's for p = 2, and before each update a factor goes on by a
    share of its last rise, after Nesterov's sequence. Neither is proven for this divergence, so
    an iteration that raises the loss by more than rounding does is refused: the factors before it
    come back with their sums, the extrapolation begins anew, ω shrinks, and ME takes the next
    step, MM if that was refused too. What is returned is the pair with the lowest loss.

    Parameters
    ----------
    state : State
        What is to be iterated on.
    memory : Memory, optional
        Of the run to be continued.

    Notes
    -----
    Extrapolation with restarts: Ang and Gillis, "Accelerating nonnegative matrix factorization
    algorithms using extrapolation", Neural Computation 31(2), 2019, there for the Frobenius norm;
    here only rises are extrapolated, which keeps the factors positive.
    """

    def __init__(self, state: State, memory: Memory | None = None) -> None:
        q = state.divergence.q
        self.q, self.equalization, self.minimization = q, equalization(q), minimization(q)
        self.tolerance = TOLERANCES[state.T.dtype]
        self.memory: Memory = memory or Memory(state.T.copy(), state.V.copy())
        self._candidate = state.new_sums()

    @property
    def is_exhausted(self) -> bool:  # noqa: D102
        return self.memory.fruitless >= MOST_FRUITLESS

    def iterate(self, state: State) -> None:  # noqa: D102
        memory = self.memory
        multiplier = self._multiplier()
        age = 1.0 if memory.cautious else (1 + (1 + 4 * memory.age**2) ** 0.5) / 2
        extrapolation = min((memory.age - 1) / age, 1.0)
        T = state.T.copy()
        step = state.step(T, multiplier)
        step.update(T, state.sums.numerator.copy(), state.sums.denominator.copy())
        T_ahead = extrapolate(T, memory.T_plain, extrapolation)
        step = replace(step, V_before=memory.V_before, extrapolation=memory.extrapolation)
        state.walker.walk(state.divergence, T_ahead, state.V, self._candidate, step)
        lowest = self.lowest(state)
        memory.fruitless = 0 if self._candidate.loss < lowest else memory.fruitless + 1
        if not self._candidate.loss <= lowest + self.tolerance * abs(lowest):  # nor if it is NaN
            self._refuse(state)
            return
        if self._candidate.loss < lowest:
            memory.best = None
        elif memory.best is None and self._candidate.loss > lowest:
            memory.best = (state.T, memory.V_before.copy(), lowest)
        state.T, memory.T_plain = T_ahead, T
        state.sums, self._candidate = self._candidate, state.sums
        memory.age, memory.extrapolation = age, extrapolation
        memory.cautious = max(memory.cautious - 1, 0)

    def lowest(self, state: State) -> float:  # noqa: D102
        return self.memory.best[2] if self.memory.best else state.sums.loss

    def best(self, state: State) -> tuple[Array, Array]:  # noqa: D102
        return self.memory.best[:2] if self.memory.best else (state.T, state.V)

    def _multiplier(self) -> Multiplier:
        if not self.memory.cautious:
            return power(self.memory.relaxation / self.q)
        return self.minimization if self.memory.fruitless > 1 else self.equalization

    def _refuse(self, state: State) -> None:
        memory = self.memory
        state.V, memory.V_before = memory.V_before, state.V
        memory.T_plain = state.T
        memory.age, memory.extrapolation, memory.cautious = 1.0, 0.0, 1
        memory.relaxation = max(LEAST_RELAXATION, memory.relaxation * RELAXATION_CUT)
        memory.restarts += 1


def rule_named(name: str, state: State, memory: Memory | None) -> Rule:
    """Return a rule, ready for a state.

    Parameters
    ----------
    name : {"mm", "me", "fast"}
        Which.
    state : State
        What it is to work on.
    memory : Memory or None
        Of the run to be continued.

    Returns
    -------
    Rule
        Of the fast rule with that memory, or a new one.
    """
    makers: dict[str, Callable[[], Rule]] = {
        "mm": lambda: Plain(minimization(state.divergence.q)),
        "me": lambda: Plain(equalization(state.divergence.q)),
        "fast": lambda: Fast(state, memory),
    }
    return makers[name]()
