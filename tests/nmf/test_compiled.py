"""The compiled walk against the one in numpy, in every width of vectors."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from isnmf_gui.nmf import RULES, STARTS, blocks, factorize
from isnmf_gui.nmf.blocks import Walker
from isnmf_gui.nmf.compiled import build, instructions, library
from isnmf_gui.nmf.divergence import ItakuraSaito, KullbackLeibler
from isnmf_gui.nmf.steps import Step, Sums
from isnmf_gui.nmf.updates import Multiplier, equalization, minimization, power
from tests.nmf.stretches import finely_cut

# Around the widths of vectors and tiles, the frames of a block and the groups of bases.
SHAPES = [(1, 1, 1), (9, 14, 2), (23, 47, 3), (24, 48, 4), (25, 49, 5), (48, 96, 6), (49, 101, 7)]
LARGE = [(513, 130, 13), (1025, 97, 33)]
FLOOR = 1e-13


@pytest.fixture(scope="session")
def wide_library(tmp_path_factory: pytest.TempPathFactory) -> ctypes.CDLL:
    """The library with sixteen lanes, as on machines with AVX-512, made of the compiler's own."""
    folder = tmp_path_factory.mktemp("wide")
    functions = ("walk", "workspace_floats", "sum_of_logs")
    same = [f"-D{it}_{isa}={it}_plain" for it in functions for isa in build.X86_SETS]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CC", " ".join([*build.compiler(), "-DGENERIC=16", *same]))
        patch.setattr(build, "X86_SETS", {})  # they would all be the same code
        patch.setattr(build, "FLAGS", ("-O0", *build.FLAGS[1:]))  # a fifth of the time of -O1
        path = build.build(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("isnmf_gui.nmf.compiled.loading.LIBRARY", path)
        return library.__wrapped__()


@pytest.fixture(params=["best", "plain", "wide"])
def width(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    loaded = library()
    if request.param == "plain":
        loaded.isnmf_limit_instructions(0)
    if request.param == "wide":
        wide = request.getfixturevalue("wide_library")
        monkeypatch.setattr("isnmf_gui.nmf.compiled.loading.library", lambda: wide)
    yield request.param
    loaded.isnmf_limit_instructions(2)


def test_the_library_is_built_and_used() -> None:
    assert instructions() is not None
    assert Walker(np.ones((5, 7), np.float32), 2).is_compiled
    assert not Walker(np.ones((5, 7)), 2).is_compiled
    assert not Walker(np.ones((5, 7), np.float32), 2, compiled=False).is_compiled


def matrices(shape: tuple[int, int, int], seed: int = 0) -> list[np.ndarray]:
    n_bins, n_frames, n_bases = shape
    random = np.random.RandomState(seed)
    X = random.standard_exponential((n_frames, n_bins)) * 10 ** random.uniform(-4, 2, n_bins)
    factors = (0.01 + random.rand(*size) for size in ((n_bases, n_bins), (n_frames, n_bases)))
    return [matrix.astype(np.float32) for matrix in (X, *factors)]


def walk(X, T, V, divergence, step, compiled: bool) -> tuple[Sums, np.ndarray]:
    V, sums = V.copy(), Sums.like(T)
    with Walker(X, len(T), 2, compiled) as walker:
        assert walker.is_compiled == compiled
        walker.walk(divergence, T, V, sums, step)
    return sums, V


def assert_walks_agree(X, T, V, divergence, step=None, before=None, relative=2e-6) -> None:
    def stepping() -> Step | None:
        if step is None or before is None:
            return step
        return Step(step.T, step.multiplier, step.floor, 0.0, before.copy(), 0.7)

    steps = [stepping(), stepping()]
    sums, activation = walk(X, T, V, divergence, steps[0], compiled=True)
    double = [m.astype(np.float64) for m in (X, T, V)]
    if step is not None:
        kept = None if before is None else before.astype(np.float64)
        share = 0.0 if before is None else 0.7
        step = Step(step.T.astype(np.float64), step.multiplier, step.floor, 0.0, kept, share)
    expected, expected_activation = walk(*double, divergence, step, compiled=False)
    np.testing.assert_allclose(activation, expected_activation, rtol=relative)
    np.testing.assert_allclose(sums.numerator, expected.numerator, rtol=relative)
    np.testing.assert_allclose(sums.denominator, expected.denominator, rtol=relative)
    if isinstance(divergence, ItakuraSaito):
        # The whole is known to as many digits as its largest terms.
        size = X.size + np.abs(np.log(X.astype(np.float64))).sum()
        assert sums.loss == pytest.approx(expected.loss, rel=1e-6, abs=1e-7 * size)
    if before is not None:
        np.testing.assert_array_equal(steps[0].V_before, V)


@pytest.mark.parametrize("shape", SHAPES + LARGE, ids=str)
@pytest.mark.parametrize("q", [1.0, 4 / 3, 2.0])
@pytest.mark.parametrize("kind", [ItakuraSaito, KullbackLeibler])
def test_walks_agree(shape, q, kind, width) -> None:
    X, T, V = matrices(shape)
    divergence = kind(q, FLOOR ** (1 / q))
    assert_walks_agree(X, T, V, divergence)
    other = matrices(shape, seed=1)[1]
    assert_walks_agree(X, T, V, divergence, Step(other, minimization(q), 1e-15))


@pytest.mark.parametrize("kind", [ItakuraSaito, KullbackLeibler])
def test_sums_of_many_stretches_agree(kind, width, monkeypatch) -> None:
    finely_cut(monkeypatch)
    for shape in (*SHAPES, (25, 130, 3)):
        X, T, V = matrices(shape)
        assert_walks_agree(X, T, V, kind(4 / 3, 1e-9), Step(T, minimization(4 / 3), 1e-15))


@pytest.mark.parametrize("q", [1.0, 1.2, 4 / 3, 1.7, 2.0])
@pytest.mark.parametrize("made", [minimization, equalization, lambda q: power(1.4 / q)])
def test_every_rule_is_the_same_in_both(q, made, width) -> None:
    X, T, V = matrices((25, 49, 5))
    step = Step(T, made(q), 1e-15)
    divergence = ItakuraSaito(q, FLOOR ** (1 / q))
    assert_walks_agree(X, T, V, divergence, step, relative=4e-6)
    before = matrices((25, 49, 5), seed=2)[2]
    assert_walks_agree(X, T, V, divergence, step, before, relative=4e-6)


def test_the_table_holds_any_rule_over_the_whole_range(width) -> None:
    """One bin and one basis: c is X R^q, whatever one wants it to be."""
    c = np.logspace(-29, 29, 2000, dtype=np.float32)
    T = np.ones((1, 1), np.float32)
    for q in (1.3, 2.0):
        rule = equalization(q)
        V = np.ones((len(c), 1), np.float32)
        _, activation = walk(
            c[:, None], T, V, ItakuraSaito(q, 1e-9), Step(T, rule, 1e-37), compiled=True
        )
        expected = rule(c.astype(np.float64))
        np.testing.assert_allclose(activation[:, 0], expected, rtol=2e-5)


def test_a_rule_of_ones_own_needs_no_compiled_code(width) -> None:
    X, T, V = matrices((25, 49, 5))
    rule = Multiplier(lambda c: (1 + c) / 2)
    assert_walks_agree(X, T, V, ItakuraSaito(1.0, FLOOR), Step(T, rule, 1e-15), relative=4e-6)


def test_long_recordings_lose_no_digits() -> None:
    """Sums over very many frames."""
    X, T, V = matrices((24, 200_000, 2))
    divergence = ItakuraSaito(1.0, FLOOR)
    assert_walks_agree(X, T, V, divergence, Step(T, minimization(1.0), 1e-15), relative=5e-6)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("domain", [1.0, 1.5, 2.0])
def test_runs_agree(rule, start, domain, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through a whole run, where differences of rounding may grow."""
    power = matrices((49, 101, 4))[0].T
    settings = {"rule": rule, "start": start, "domain": domain, "n_iterations": 30}
    compiled = factorize(power, 4, **settings)
    monkeypatch.setattr(blocks, "library", lambda: None)
    portable = factorize(power, 4, **settings)
    assert not np.array_equal(portable.loss, compiled.loss)  # it was another code
    double = factorize(power, 4, dtype=np.float64, **settings)
    for single in (compiled, portable):
        assert single.loss[-1] == pytest.approx(double.loss[-1], rel=1e-3)


def test_the_sum_of_logs(width) -> None:
    for size in (1, 15, 16, 17, 1000, 100_003):
        x = (10 ** np.random.RandomState(size).uniform(-12, 12, size)).astype(np.float32)
        X = np.ascontiguousarray(x[:, None])
        ones = np.ones((1, 1), np.float32)
        sums, _ = walk(X, ones, np.ones((size, 1), np.float32), ItakuraSaito(1, FLOOR), None, True)
        exact = x.astype(np.float64)
        expected = exact.sum() - np.log(exact).sum() - size
        assert sums.loss == pytest.approx(expected, rel=1e-6)


def test_walks_leave_what_lies_around_alone(width) -> None:
    """Frames and factors between guards: nothing is read from them, nothing written."""
    for shape in SHAPES:
        guarded = []
        for matrix in matrices(shape):
            room = np.full(matrix.size + 64, np.nan, np.float32)
            inner = room[32 : 32 + matrix.size].reshape(matrix.shape)
            inner[:] = matrix
            guarded.append((room, inner))
        X, T, V = (inner for _, inner in guarded)
        before = V.copy()
        sums = Sums.like(T)
        with Walker(X, len(T), 2) as walker:
            step = Step(T, equalization(1.5), 1e-15, 0.0, before, 0.5)
            walker.walk(ItakuraSaito(1.5, FLOOR), T, V, sums, step)
        assert np.isfinite(V).all()
        assert np.isfinite(sums.numerator).all()
        assert np.isfinite(sums.loss)
        for room, _ in guarded:
            assert np.isnan(room[:32]).all()
            assert np.isnan(room[-32:]).all()


# -- building and loading -----------------------------------------------------------------------


def test_without_a_compiler_nothing_is_built(monkeypatch, tmp_path) -> None:
    monkeypatch.delenv("CC", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(build.BuildError, match="compiler"):
        build.build(tmp_path)


@pytest.mark.parametrize("compiler", ["/nowhere/cc", "false"])
def test_a_compiler_that_fails_is_an_error_that_says_so(compiler, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("CC", compiler)
    with pytest.raises(build.BuildError, match=compiler):
        build.build(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_an_error_that_says_so(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("CC", "true")
    with pytest.raises(build.BuildError):
        build.build(tmp_path / "missing")


def test_a_build_that_fails_leaves_no_older_library(monkeypatch, tmp_path) -> None:
    (tmp_path / build.LIBRARY_NAME).write_bytes(b"of other sources")
    monkeypatch.setenv("CC", "false")
    with pytest.raises(build.BuildError):
        build.build(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_only_a_library_of_these_very_sources_is_kept(monkeypatch, tmp_path) -> None:
    assert build.current(tmp_path) is None
    path = tmp_path / build.LIBRARY_NAME
    path.write_bytes(b"not a library")
    assert build.current(tmp_path) is None
    shutil.copy(build.FOLDER / build.LIBRARY_NAME, path)
    assert build.current(tmp_path) == path
    os.utime(path, (0, 0))
    assert build.current(tmp_path) is None  # older than the options of the compiler
    os.utime(path)
    monkeypatch.setattr(build, "interface", lambda: -1)
    assert build.current(tmp_path) is None


@pytest.mark.parametrize("content", [b"", b"not a library", None])
def test_a_library_that_cannot_be_loaded_is_done_without(content, monkeypatch, tmp_path) -> None:
    path = tmp_path / build.LIBRARY_NAME
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setattr("isnmf_gui.nmf.compiled.loading.LIBRARY", path)
    assert library.__wrapped__() is None


def test_an_outdated_library_is_done_without(monkeypatch) -> None:
    monkeypatch.setattr("isnmf_gui.nmf.compiled.loading.interface", lambda: -1)
    assert library.__wrapped__() is None


def test_a_variable_keeps_to_numpy() -> None:
    text = (
        "import numpy as np; from isnmf_gui.nmf import factorize; "
        "from isnmf_gui.nmf.compiled import instructions; "
        "print(instructions(), factorize(np.ones((3, 4), np.float32), 1).n_iterations)"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", text],
        cwd=root,
        env={"ISNMF_PORTABLE": "1", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "None 100\n"
