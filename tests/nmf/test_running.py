import _thread
import itertools
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from isnmf_gui.errors import SettingsError
from isnmf_gui.nmf import RULES, STARTS, factorize, portable, steps
from isnmf_gui.nmf.blocks import single_threaded_blas

NOISE = np.random.RandomState(7).standard_exponential((9, 14))


@pytest.mark.parametrize("rule", RULES)
def test_progress_is_told_after_every_iteration(rule) -> None:
    told = []

    def on_progress(progress) -> bool:
        told.append(progress)
        return True

    result = factorize(NOISE, 2, rule=rule, n_iterations=7, on_progress=on_progress)
    assert [progress.iteration for progress in told] == list(range(1, 8))
    assert {progress.n_iterations for progress in told} == {7}
    for progress in told:
        np.testing.assert_array_equal(progress.loss, result.loss[: progress.iteration])
    seconds = [progress.seconds for progress in told]
    assert seconds == sorted(seconds)
    assert result.stopped == "iterations"
    assert result.n_iterations == 7


def test_progress_is_told_while_the_start_is_tempered() -> None:
    told = []
    factorize(
        NOISE,
        2,
        start="tempered",
        n_iterations=3,
        on_progress=lambda progress: told.append(progress.iteration) or True,
    )
    assert told[-3:] == [1, 2, 3]
    assert len(told) > 3
    assert set(told[:-3]) == {0}


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("stop_after", [1, 4])
def test_cancelling_keeps_what_was_reached(start, stop_after) -> None:
    result = factorize(
        NOISE,
        2,
        start=start,
        n_iterations=50,
        on_progress=lambda progress: progress.iteration < stop_after,
    )
    expected = factorize(NOISE, 2, start=start, n_iterations=stop_after)
    assert result.stopped == "cancelled"
    np.testing.assert_array_equal(result.loss, expected.loss)
    np.testing.assert_array_equal(result.basis, expected.basis)
    np.testing.assert_array_equal(result.activation, expected.activation)


def test_one_refusal_while_the_start_is_tempered_cancels() -> None:
    answers = itertools.chain([True, False], itertools.repeat(True))
    result = factorize(
        NOISE, 2, start="tempered", n_iterations=50, on_progress=lambda _: next(answers)
    )
    assert result.stopped == "cancelled"
    assert result.n_iterations == 1
    assert np.isfinite(result.basis).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_last_snapshot_is_the_result(dtype) -> None:
    snapshots = []

    def on_progress(progress) -> bool:
        snapshots.append(progress.snapshot())
        return True

    result = factorize(NOISE * 1e6, 2, n_iterations=5, dtype=dtype, on_progress=on_progress)
    np.testing.assert_array_equal(snapshots[-1][0], result.basis)
    np.testing.assert_array_equal(snapshots[-1][1], result.activation)
    # Copies: an earlier one still shows an earlier state.
    two = factorize(NOISE * 1e6, 2, n_iterations=2, dtype=dtype)
    np.testing.assert_array_equal(snapshots[1][0], two.basis)
    np.testing.assert_array_equal(snapshots[1][1], two.activation)


def test_changing_a_snapshot_changes_nothing() -> None:
    def on_progress(progress) -> bool:
        for factor in progress.snapshot():
            factor.fill(np.nan)
        return True

    disturbed = factorize(NOISE, 2, n_iterations=5, on_progress=on_progress)
    np.testing.assert_array_equal(disturbed.basis, factorize(NOISE, 2, n_iterations=5).basis)


def test_a_tolerance_stops_early() -> None:
    tolerance = 1e-4
    result = factorize(NOISE, 2, n_iterations=2000, tolerance=tolerance)
    assert result.stopped == "tolerance"
    assert 11 <= result.n_iterations < 2000
    before, now = result.loss[-11], result.loss[-1]
    assert (before - now) / before / 10 < tolerance
    earlier = (result.loss[:-11] - result.loss[10:-1]) / result.loss[:-11] / 10
    assert np.all(earlier >= tolerance)


def test_without_a_tolerance_it_goes_on_to_the_end() -> None:
    result = factorize(np.full((9, 14), 3.0), 1, n_iterations=300)
    assert (result.stopped, result.n_iterations) == ("iterations", 300)


class OutOfPaperError(Exception):
    pass


def fail(progress) -> bool:
    raise OutOfPaperError


def engine_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("nmf")]


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portable, "BLOCK_BYTES", 1)
    monkeypatch.setattr(steps, "LEAST_STRETCH", 1)


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.usefixtures("small_blocks")
def test_an_error_in_progress_comes_through_and_leaves_no_thread(start) -> None:
    power = np.tile(NOISE, 10)
    seen = []

    def look(progress) -> bool:
        seen.extend(engine_threads())
        return True

    factorize(power, 2, n_threads=3, n_iterations=2, start=start, on_progress=look)
    assert seen
    with pytest.raises(OutOfPaperError):
        factorize(power, 2, n_threads=3, start=start, on_progress=fail)
    assert engine_threads() == []


def blas_threads() -> list[int]:
    return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]


@pytest.fixture
def blas_threads_before() -> list[int]:
    before = blas_threads()
    if max(before, default=1) < 2:
        pytest.skip("BLAS has one thread here")
    return before


def blas_threads_during_a_run() -> set[int]:
    during: set[int] = set()
    factorize(NOISE, 2, n_iterations=1, on_progress=lambda _: not during.update(blas_threads()))
    return during


def test_blas_has_one_thread_during_a_run_and_its_own_number_after(blas_threads_before) -> None:
    assert blas_threads_during_a_run() == {1}
    assert blas_threads() == blas_threads_before
    with pytest.raises(OutOfPaperError):
        factorize(NOISE, 2, on_progress=fail)
    assert blas_threads() == blas_threads_before


def test_blas_is_limited_in_any_thread_after_another(blas_threads_before) -> None:
    # A thread that Python did not start, such as Qt's, looks alive to it for ever.
    for _ in range(3):
        during: list[set[int]] = []
        ended = threading.Event()

        def run(during=during, ended=ended) -> None:
            threading.current_thread()
            during.append(blas_threads_during_a_run())
            ended.set()

        _thread.start_new_thread(run, ())
        assert ended.wait(20)
        assert during == [{1}]
        assert blas_threads() == blas_threads_before


def test_blas_has_its_own_number_of_threads_after_runs_that_overlap(blas_threads_before) -> None:
    second_began, first_ended = threading.Event(), threading.Event()

    def first(progress) -> bool:
        return second_began.wait(10)

    def second(progress) -> bool:
        second_began.set()
        return first_ended.wait(10)

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(factorize, NOISE, 2, n_iterations=1, on_progress=first)
        other = pool.submit(factorize, NOISE, 2, n_iterations=1, on_progress=second)
        assert one.result(20).stopped == "iterations"
        first_ended.set()
        assert other.result(20).stopped == "iterations"
    assert blas_threads() == blas_threads_before


def test_runs_at_the_same_time_do_not_disturb_one_another() -> None:
    expected = [factorize(NOISE, 3, seed=seed, n_iterations=20) for seed in range(4)]
    with ThreadPoolExecutor(4) as pool:
        runs = [
            pool.submit(factorize, NOISE, 3, seed=seed, n_iterations=20, n_threads=2)
            for seed in range(4)
        ]
    for run, result in zip(runs, expected, strict=True):
        np.testing.assert_array_equal(run.result().basis, result.basis)


def assert_the_same(result, expected) -> None:
    for name in ("basis", "activation", "loss"):
        np.testing.assert_array_equal(getattr(result, name), getattr(expected, name))
    assert (result.stopped, result.restarts) == (expected.stopped, expected.restarts)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("domain", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("floor", [1e-9, "absolute"])
@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_n_iterations_and_then_m_are_n_plus_m(rule, domain, floor, start, dtype) -> None:
    settings = {"rule": rule, "domain": domain, "floor": floor, "dtype": dtype}
    power = NOISE * 1e-3
    whole = factorize(power, 3, n_iterations=20, start=start, **settings)
    # Twelve are before the fast rule's first restart here, and seventeen after it.
    for first in (1, 12, 17):
        part = factorize(power, 3, n_iterations=first, start=start, **settings)
        kept = part.basis.copy()
        rest = factorize(power, 3, n_iterations=20 - first, continue_from=part, **settings)
        assert_the_same(rest, whole)
        again = factorize(power, 3, n_iterations=20 - first, continue_from=part, **settings)
        assert_the_same(again, whole)  # continuing a run does not change it
        np.testing.assert_array_equal(part.basis, kept)


def test_a_cancelled_run_continues() -> None:
    settings = {"rule": "fast", "start": "tempered"}
    whole = factorize(NOISE, 3, n_iterations=30, **settings)
    part = factorize(
        NOISE, 3, n_iterations=30, on_progress=lambda told: told.iteration < 9, **settings
    )
    assert part.stopped == "cancelled"
    told = []
    rest = factorize(
        NOISE,
        3,
        n_iterations=21,
        continue_from=part,
        on_progress=lambda progress: told.append(progress) or True,
        **settings,
    )
    assert_the_same(rest, whole)
    assert [progress.iteration for progress in told] == list(range(10, 31))
    assert {progress.n_iterations for progress in told} == {30}


@pytest.mark.parametrize(
    "other",
    [
        {"rule": "me"},
        {"domain": 1.5},
        {"floor": 1e-4},
        {"dtype": np.float32},
        {"n_bases": 3},
        {"power": NOISE * 2},
        {"power": NOISE[:, :7]},
        {"power": NOISE[::-1, ::-1]},
    ],
    ids=lambda other: next(iter(other)),
)
def test_a_run_does_not_continue_as_another_one(other) -> None:
    arguments = {"power": NOISE, "n_bases": 2, "rule": "mm"}
    part = factorize(**arguments, n_iterations=3)
    with pytest.raises(SettingsError, match="continued"):
        factorize(**{**arguments, **other}, continue_from=part)


@pytest.mark.parametrize("rule", ["mm", "me"])
@pytest.mark.parametrize("domain", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("floor", [1e-9, "absolute"])
@pytest.mark.parametrize("start", STARTS)
def test_given_factors_start_where_a_run_ended(rule, domain, floor, start) -> None:
    settings = {"rule": rule, "domain": domain, "floor": floor, "start": start}
    power = NOISE * 1e-3
    whole = factorize(power, 3, n_iterations=20, **settings)
    half = factorize(power, 3, n_iterations=12, **settings)
    rest = factorize(
        power, 3, n_iterations=8, basis=half.basis, activation=half.activation, **settings
    )
    np.testing.assert_allclose(rest.loss, whole.loss[12:], rtol=1e-6)
    largest = whole.basis.max()
    np.testing.assert_allclose(rest.basis, whole.basis, rtol=1e-6, atol=1e-12 * largest)
    np.testing.assert_allclose(rest.activation, whole.activation, rtol=1e-6, atol=1e-12)


def test_blas_stays_limited_until_its_last_user_leaves(blas_threads_before) -> None:
    entered, may_leave = threading.Event(), threading.Event()

    def first() -> None:
        with single_threaded_blas():
            entered.set()
            may_leave.wait(10)

    thread = threading.Thread(target=first)
    thread.start()
    assert entered.wait(10)
    with single_threaded_blas():
        may_leave.set()
        thread.join()
        assert set(blas_threads()) == {1}
    assert blas_threads() == blas_threads_before


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_power_that_is_not_needed_any_more_takes_the_place_of_the_engine_s(dtype) -> None:
    power = np.random.default_rng(0).exponential(3, (40, 30)).astype(dtype)  # frames in rows
    settings = {"n_bases": 2, "n_iterations": 3, "n_threads": 1}
    expected = factorize(power.T, **settings)
    given = power.copy()
    made = factorize(given.T, overwrite_power=True, **settings)
    np.testing.assert_array_equal(made.basis, expected.basis)
    np.testing.assert_array_equal(made.activation, expected.activation)
    assert given.mean() == pytest.approx(1)
    otherwise = np.asfortranarray(power)
    factorize(otherwise.T, overwrite_power=True, **settings)
    np.testing.assert_array_equal(otherwise, power)
    factorize(given.T, **settings)
    assert given.mean() == pytest.approx(1)
