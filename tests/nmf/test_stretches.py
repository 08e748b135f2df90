"""Any number of threads gives the same bits: sums are made over stretches of frames."""

import threading
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from isnmf_gui.nmf import RULES, STARTS, Factorization, blocks, factorize, refit
from isnmf_gui.nmf.blocks import Walker
from isnmf_gui.nmf.compiled import library
from isnmf_gui.nmf.divergence import ItakuraSaito
from isnmf_gui.nmf.steps import STRETCHES, Sums, bounds_of_stretches
from tests.nmf.stretches import finely_cut

THREADS = (2, 3, 4, 7)
# Bins, frames, bases: fewer frames than threads, one of everything, the ends of vectors, of blocks
# and of stretches.
SHAPES = [(1, 1, 1), (9, 1, 3), (7, 5, 1), (49, 47, 4), (24, 49, 5), (65, 401, 7)]
NAMES = ("basis", "activation", "loss")


@pytest.fixture(params=["best", "plain", "numpy"], autouse=True)
def path(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Compiled code in two widths of vectors, and numpy."""
    finely_cut(monkeypatch)
    loaded = library()
    assert loaded is not None
    if request.param == "plain":
        loaded.isnmf_limit_instructions(0)
    if request.param == "numpy":
        monkeypatch.setattr(blocks, "library", lambda: None)
    yield request.param
    loaded.isnmf_limit_instructions(2)


def noise(n_bins: int, n_frames: int) -> np.ndarray:
    random = np.random.RandomState(n_bins + n_frames)
    levels = 10 ** random.uniform(-4, 2, (n_bins, 1))
    return random.standard_exponential((n_bins, n_frames)) * levels


def assert_same(results: list[Factorization]) -> None:
    for other in results[1:]:
        for name in NAMES:
            np.testing.assert_array_equal(getattr(other, name), getattr(results[0], name))


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_any_number_of_threads_gives_the_same_bits(shape, rule, dtype) -> None:
    n_bins, n_frames, n_bases = shape
    power = noise(n_bins, n_frames)
    chosen = {"rule": rule, "dtype": dtype, "n_iterations": 5, "domain": 1.5}
    assert_same([factorize(power, n_bases, **chosen, n_threads=n) for n in (1, *THREADS)])


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("domain", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("floor", [1e-6, "absolute"])
def test_whatever_the_start_the_domain_and_the_floor(start, domain, floor) -> None:
    power = noise(33, 150)
    for dtype in (np.float32, np.float64):
        chosen = {"start": start, "domain": domain, "floor": floor, "dtype": dtype}
        runs = [factorize(power, 5, **chosen, n_iterations=4, n_threads=n) for n in (1, 2, 7)]
        assert_same(runs)


@pytest.mark.parametrize("rule", RULES)
def test_a_run_continued_with_other_threads(rule) -> None:
    power = noise(33, 150).astype(np.float32)
    whole = factorize(power, 4, rule=rule, n_iterations=9, n_threads=1)
    begun = factorize(power, 4, rule=rule, n_iterations=4, n_threads=3)
    ended = factorize(power, 4, rule=rule, n_iterations=5, n_threads=2, continue_from=begun)
    assert_same([whole, ended])


def test_bases_fitted_anew(monkeypatch) -> None:
    random = np.random.RandomState(1)
    X, Z = random.standard_exponential((2, 300, 33)).astype(np.float32)
    T, V = 0.1 + random.rand(3, 33), 0.1 + random.rand(300, 3)

    def refitted(n_cores: int) -> tuple[np.ndarray, ...]:
        for module in (blocks, refit):
            monkeypatch.setattr(module, "available_cores", lambda: n_cores)
        made = refit.refit(
            lambda first, last: (X[first:last], Z[first:last]),
            *(T, V, 1.5, 10, 1e-6),
            lambda *arrays: np.array([float(it.sum()) for it in arrays]),
        )
        return made.basis, made.activation, made.losses, made.measured, np.array(made.loss)

    one = refitted(1)
    for n_cores in THREADS:
        for its, expected in zip(refitted(n_cores), one, strict=True):
            np.testing.assert_array_equal(its, expected)


class Uneven(ItakuraSaito):
    """Keeps the first thread that comes until all others are done with the rest."""

    def __init__(self, n_others: int) -> None:
        super().__init__(1.0, 1e-13)
        self.n_others, self.done = n_others, threading.Semaphore(0)
        self.first = threading.Lock()

    def weigh(self, X, Z, A, scratch=None) -> float:
        if self.first.acquire(blocking=False):
            for _ in range(self.n_others):
                assert self.done.acquire(timeout=60)
        else:
            self.done.release()
        return super().weigh(X, Z, A, scratch)


def test_a_thread_that_is_held_up_changes_nothing() -> None:
    X = np.ascontiguousarray(noise(9, 48).T)
    T, V = np.ones((2, 9)), np.random.RandomState(0).rand(48, 2)
    sums = [Sums.like(T) for _ in range(2)]
    with Walker(X, 2, 1) as walker:
        walker.walk(ItakuraSaito(1.0, 1e-13), T, V, sums[0])
    with Walker(X, 2, 3) as walker:
        n_stretches = len(bounds_of_stretches(48, 9, 2, 3)) - 1
        assert (walker.n_threads, n_stretches) == (3, 12)
        walker.walk(Uneven(n_stretches - 1), T, V, sums[1])
    np.testing.assert_array_equal(sums[1].numerator, sums[0].numerator)
    np.testing.assert_array_equal(sums[1].denominator, sums[0].denominator)
    assert sums[1].loss == sums[0].loss


def test_threads_share_small_matrices_here() -> None:
    """Or the tests above would compare one thread with itself."""
    for n_threads in (1, *THREADS):
        for dtype in (np.float32, np.float64):
            assert Walker(np.ones((401, 65), dtype), 7, n_threads).n_threads == n_threads


def test_the_order_of_adding_is_part_of_the_result(monkeypatch) -> None:
    """Other stretches round otherwise: so equal bits say that the stretches were the same."""
    power = noise(65, 401)
    fine = factorize(power, 7, n_iterations=7)
    finely_cut(monkeypatch, least_frames=1000)
    coarse = factorize(power, 7, n_iterations=7)
    assert not np.array_equal(fine.loss, coarse.loss)
    np.testing.assert_allclose(fine.loss, coarse.loss, rtol=1e-9)


def test_stretches_hold_every_frame_once(monkeypatch) -> None:
    monkeypatch.undo()
    for n_frames in (1, 2, 95, 127, 128, 256, 2000, 5000, 15_500, 310_000):
        for n_bins, n_bases in ((1, 1), (513, 8), (1025, 48), (8193, 300)):
            bounds = bounds_of_stretches(n_frames, n_bins, n_bases)
            sizes = [end - begin for begin, end in pairwise(bounds)]
            assert (bounds[0], bounds[-1], len(sizes) in STRETCHES) == (0, n_frames, True)
            assert min(sizes) > 0
            assert max(sizes) - min(sizes) <= 1
            room = 2 * len(sizes) * n_bins * n_bases
            whole = bounds_of_stretches(n_frames, n_bins, n_bases, block=100)
            assert (whole[0], whole[-1]) == (0, n_frames)
            assert all(begin < end for begin, end in pairwise(whole))
            assert not any(begin % 100 for begin in whole[:-1])
            assert len(sizes) == 1 or room <= max(n_frames * n_bins // 4, 1 << 21)


def test_walks_repeated_many_times() -> None:
    """Who takes which stretch is left to chance; the sums are not."""
    X = np.ascontiguousarray(noise(65, 401).T.astype(np.float32))
    random = np.random.RandomState(3)
    T, V = (random.rand(*size).astype(np.float32) + 0.1 for size in ((7, 65), (401, 7)))
    divergence = ItakuraSaito(4 / 3, 1e-10)
    with Walker(X, 7, 1) as walker:
        expected = Sums.like(T)
        walker.walk(divergence, T, V, expected)
    with Walker(X, 7, 7) as walker:
        for _ in range(50):
            sums = Sums.like(T)
            walker.walk(divergence, T, V, sums)
            np.testing.assert_array_equal(sums.numerator, expected.numerator)
            np.testing.assert_array_equal(sums.denominator, expected.denominator)
            assert sums.loss == expected.loss
