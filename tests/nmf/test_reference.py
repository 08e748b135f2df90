from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import scipy.signal

from isnmf_gui.nmf import DEFAULT_FLOOR, Factorization, blocks, factorize, portable, steps
from isnmf_gui.session.runs.separation import Parts, Separation, separate
from isnmf_gui.session.runs.settings import preset
from isnmf_gui.session.sound_files.recording import Recording
from tests.benchmarks.published import FLOOR, iterate

RATE = 8000
N_ITERATIONS = 30
CASES = {
    "mm_p2": ("mm", 2.0),
    "mm_p1_5": ("mm", 1.5),
    "mm_p1": ("mm", 1.0),
    "me_p2": ("me", 2.0),
}
# Elements below this share of the largest lie at the floor, which the reference does not have.
VISIBLE = 1e-12

every_case = pytest.mark.parametrize("case", CASES)
every_floor = pytest.mark.parametrize("floor", [DEFAULT_FLOOR, "absolute"])


@cache
def reference() -> dict[str, np.ndarray]:
    with np.load(Path(__file__).with_name("reference.npz")) as file:
        return dict(file)


def factorize_reference(case: str, **settings) -> Factorization:
    rule, domain = CASES[case]
    given = reference()
    return factorize(
        given["power"],
        given["basis0"].shape[1],
        rule=rule,
        domain=domain,
        n_iterations=len(given[f"{case}_loss"]),
        basis=given["basis0"],
        activation=given["activation0"],
        **settings,
    )


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    # The reference would fit into one block, and one block is not shared by threads.
    monkeypatch.setattr(portable, "BLOCK_BYTES", 1)
    monkeypatch.setattr(steps, "LEAST_STRETCH", 1)


@every_case
@every_floor
@pytest.mark.parametrize("n_threads", [1, 2])
@pytest.mark.usefixtures("small_blocks")
def test_losses_are_those_of_the_reference(case, floor, n_threads) -> None:
    result = factorize_reference(case, floor=floor, n_threads=n_threads)
    np.testing.assert_allclose(result.loss, reference()[f"{case}_loss"], rtol=1e-8)


@every_case
@every_floor
@pytest.mark.parametrize("n_threads", [1, 2])
@pytest.mark.usefixtures("small_blocks")
def test_factors_are_those_of_the_reference(case, floor, n_threads) -> None:
    result = factorize_reference(case, floor=floor, n_threads=n_threads)
    for name in ("basis", "activation"):
        expected = reference()[f"{case}_{name}"]
        least = VISIBLE * expected.max()
        np.testing.assert_allclose(getattr(result, name), expected, rtol=1e-6, atol=least)
    expected_model = reference()[f"{case}_basis"] @ reference()[f"{case}_activation"]
    np.testing.assert_allclose(result.basis @ result.activation, expected_model, rtol=1e-6)


@every_case
@every_floor
def test_single_precision_stays_near_the_reference(case, floor) -> None:
    result = factorize_reference(case, floor=floor, dtype=np.float32)
    np.testing.assert_allclose(result.loss, reference()[f"{case}_loss"], rtol=1e-4)
    expected_model = reference()[f"{case}_basis"] @ reference()[f"{case}_activation"]
    np.testing.assert_allclose(result.basis @ result.activation, expected_model, rtol=1e-4)


def test_small_blocks_are_shared_by_two_threads(small_blocks) -> None:
    power = np.ascontiguousarray(reference()["power"].T)
    assert blocks.Walker(power, 5, 2).n_threads == 2


def melody_with_digital_silence() -> np.ndarray:
    seconds = np.arange(int(1.6 * RATE)) / RATE
    random = np.random.RandomState(5)
    samples = np.zeros(len(seconds))
    for onset, frequency in ((0.05, 220.0), (0.3, 330.0), (0.55, 275.0), (1.2, 220.0)):
        since = np.maximum(seconds - onset, 0)
        struck = (seconds >= onset) * np.exp(-9 * since)
        samples += 0.3 * struck * np.sin(2 * np.pi * frequency * since)
        samples += 0.1 * struck * np.sin(4 * np.pi * frequency * since)
        samples += 0.05 * (seconds >= onset) * np.exp(-60 * since) * random.randn(len(seconds))
    samples[int(0.85 * RATE) : int(1.15 * RATE)] = 0
    return samples.astype(np.float32).astype(np.float64)


class PublishedExample:
    """The published example, written down anew with scipy and plain loops."""

    def __init__(self, samples: np.ndarray, n_bases: int = 6) -> None:
        _, _, spectrum = scipy.signal.stft(samples, nperseg=1024, noverlap=768)
        amplitude, phase = np.abs(spectrum), np.exp(1j * np.angle(spectrum))
        power = amplitude**2
        self.power = power
        random = np.random.RandomState(111)
        basis = random.rand(power.shape[0], n_bases)
        activation = random.rand(n_bases, power.shape[1])
        basis, activation, self.loss = iterate(power, basis, activation, N_ITERATIONS)
        self.basis, self.activation, self.parts = basis, activation, []
        for k in range(n_bases):
            mask = np.sqrt(np.outer(basis[:, k], activation[k])) / np.maximum(amplitude, FLOOR)
            _, part = scipy.signal.istft(mask * amplitude * phase, nperseg=1024, noverlap=768)
            self.parts.append(part[: len(samples)] / np.abs(part[: len(samples)]).max())


@cache
def published() -> PublishedExample:
    return PublishedExample(melody_with_digital_silence())


@cache
def separated() -> Separation:
    samples = melody_with_digital_silence().astype(np.float32)[:, None]
    recording = Recording(samples, RATE, Path("melody.wav"))
    return separate(recording, replace(preset("notebook", RATE), n_iterations=N_ITERATIONS))


def test_the_published_example_is_met_by_digital_silence() -> None:
    silent_frames = (published().power == 0).all(axis=0)
    assert 1 <= silent_frames.sum() < len(silent_frames) / 2


def test_losses_are_those_of_the_published_example() -> None:
    np.testing.assert_allclose(separated().factorization.loss, published().loss, rtol=1e-6)


@pytest.mark.parametrize("name", ["basis", "activation"])
def test_factors_are_those_of_the_published_example(name: str) -> None:
    result = getattr(separated().factorization, name)
    expected = getattr(published(), name)
    np.testing.assert_allclose(result, expected, rtol=1e-6, atol=1e-6 * expected.max())


def test_signals_are_those_of_the_published_example() -> None:
    parts = Parts(separated())
    n_samples = parts.recording.n_samples
    for k, expected in enumerate(published().parts):
        part = parts.resynthesis.render(0, n_samples, parts.mask([k]))[:, 0]
        np.testing.assert_allclose(part / np.abs(part).max(), expected, atol=1e-6)
