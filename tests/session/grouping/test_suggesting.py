"""Suggested sources: families of timbres are told apart, whatever their order and levels."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isnmf_gui.errors import SettingsError
from isnmf_gui.session.document.document import Document, make_run
from isnmf_gui.session.grouping.proposing import propose
from isnmf_gui.session.grouping.suggesting import (
    Suggestion,
    channel_shares,
    suggest,
)
from isnmf_gui.session.runs.separation import separate
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording
from tests.benchmarks.quality.trials import Products, Reference
from tests.mixtures.evaluation import evaluation_mixture

RATE, N_BINS, N_FRAMES = 16_000, 513, 300
HERTZ = np.linspace(0, RATE / 2, N_BINS)
#: Which of the components of `families` are notes; the others are noises.
IS_NOTE = np.array([True, False, True, True, False, False, True, False])


def note(pitch_hz: float) -> np.ndarray:
    partials = pitch_hz * np.arange(1, 12)
    return 1e-6 + np.exp(-(((HERTZ[:, None] - partials) / 25) ** 2)) @ (0.6 ** np.arange(11))


def noise(centre_hz: float, rng: np.random.Generator) -> np.ndarray:
    return (1e-6 + np.exp(-(((HERTZ - centre_hz) / 1500) ** 2))) * rng.exponential(1.0, N_BINS)


def families(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return basis and activation of low notes that swell, and high noises that strike."""
    rng = np.random.default_rng(seed)
    frames = np.arange(N_FRAMES)
    basis, activation = [], []
    for is_note in IS_NOTE:
        onset = rng.uniform(20, 200)
        if is_note:
            basis.append(note(rng.uniform(120, 240)))
            activation.append(1e-4 + np.exp(-(((frames - onset) / 40) ** 2)))
        else:
            basis.append(noise(rng.uniform(4500, 6500), rng))
            activation.append(1e-4 + (rng.random(N_FRAMES) < 0.1) * rng.random(N_FRAMES))
    return np.array(basis).T, np.array(activation)


def grouped(
    basis: np.ndarray, activation: np.ndarray, n_sources: int | None = None, **others: object
) -> Suggestion:
    return suggest(basis, activation, 2.0, RATE, n_sources, **others)  # type: ignore[arg-type]


def numbered(labels: np.ndarray) -> tuple[int, ...]:
    """Number groups in the order in which they appear."""
    known: dict[int, int] = {}
    return tuple(known.setdefault(int(label), len(known)) for label in labels)


@pytest.mark.parametrize("with_activations", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_two_families_are_told_apart_and_are_two(seed: int, with_activations: bool) -> None:
    found = grouped(*families(seed), with_activations=with_activations)
    assert found.n_sources == 2
    assert found.labels == numbered(~IS_NOTE)
    assert min(found.confidence) > 0.2


@given(order=st.permutations(range(8)), n_sources=st.sampled_from([None, 2, 3, 5]))
@settings(max_examples=8, deadline=None)
def test_another_order_gives_the_same_groups(order: list[int], n_sources: int | None) -> None:
    basis, activation = families()
    straight = grouped(basis, activation, n_sources, with_activations=True)
    other = grouped(basis[:, order], activation[order], n_sources, with_activations=True)
    assert other.labels == numbered(np.array(straight.labels)[order])
    assert other.confidence == pytest.approx(np.array(straight.confidence)[order])


@given(gain=st.floats(1e-9, 1e9), seed=st.integers(0, 99))
@settings(max_examples=8, deadline=None)
def test_neither_gains_nor_where_the_scale_lies_matter(gain: float, seed: int) -> None:
    basis, activation = families()
    scales = np.random.default_rng(seed).uniform(0.01, 100, len(IS_NOTE))
    straight = grouped(basis, activation, 3, with_activations=True)
    other = grouped(gain * basis * scales, activation / scales[:, None], 3, with_activations=True)
    assert other.labels == straight.labels


def test_the_same_call_gives_the_same_suggestion() -> None:
    basis, activation = families()
    assert grouped(basis, activation, 4) == grouped(basis, activation, 4)
    single = grouped(basis.astype(np.float32), activation.astype(np.float32), 2)
    assert single.labels == grouped(basis, activation, 2).labels


@pytest.mark.parametrize("n_sources", range(1, 9))
def test_every_source_gets_a_component(n_sources: int) -> None:
    found = grouped(*families(), n_sources)
    assert found.n_sources == n_sources
    assert found.labels == numbered(np.array(found.labels))
    assert set(found.labels) == set(range(n_sources))
    assert all(-1 <= one <= 1 for one in found.confidence)


def test_place_between_the_channels_separates_what_sounds_alike() -> None:
    rng = np.random.default_rng(2)
    basis = np.array([note(200.0)] * 6).T * rng.uniform(0.9, 1.1, (N_BINS, 6))
    activation = np.ones((6, N_FRAMES))
    is_left = np.array([True, False, False, True, True, False])
    balance = np.where(is_left[:, None], [0.8, 0.2], [0.2, 0.8])
    found = grouped(basis, activation, balance=balance)
    assert (found.n_sources, found.labels) == (2, numbered(~is_left))


def test_one_component_is_one_source() -> None:
    basis, activation = families()
    found = grouped(basis[:, :1], activation[:1])
    assert (found.labels, found.n_sources, found.confidence) == ((0,), 1, (0.0,))


@pytest.mark.parametrize("n_sources", [None, 1, 2, 4])
def test_identical_bases(n_sources: int | None) -> None:
    basis = np.tile(note(200.0)[:, None], 4)
    found = grouped(basis, np.ones((4, N_FRAMES)), n_sources, with_activations=True)
    assert found.n_sources == (n_sources or 1)
    assert set(found.labels) == set(range(n_sources or 1))


def test_silent_components_leave_the_others_as_they_were() -> None:
    basis, activation = families()
    basis, activation = np.pad(basis, ((0, 0), (0, 2))), np.pad(activation, ((0, 2), (0, 0)))
    basis[:, -1] = 1.0  # never played
    activation[-2] = 1.0  # plays nothing
    found = grouped(basis, activation, with_activations=True)
    assert found.labels[:-2] == numbered(~IS_NOTE)
    assert found.confidence[-2:] == (0.0, 0.0)
    assert grouped(basis, activation, 10).n_sources == 10
    nothing = grouped(np.zeros((N_BINS, 3)), np.zeros((3, N_FRAMES)), 2, with_activations=True)
    assert nothing.n_sources == 2


def test_what_cannot_be_is_refused_with_a_sentence() -> None:
    basis, activation = families()
    with pytest.raises(SettingsError, match="8 components cannot be grouped into 9 sources"):
        grouped(basis, activation, 9)
    with pytest.raises(SettingsError, match="one source at least"):
        grouped(basis, activation, 0)


def test_shares_of_the_channels() -> None:
    rng = np.random.default_rng(1)
    seconds = np.arange(RATE) / RATE
    tones = np.sin(2 * np.pi * np.array([300.0, 3000.0])[:, None] * seconds)
    tones *= np.array([seconds < 0.6, seconds > 0.4])
    samples = tones.T @ np.array([[0.3, 0.1], [0.0, 0.3]]) + 1e-4 * rng.standard_normal((RATE, 2))
    chosen = Settings(n_bases=2, n_iterations=30, window_samples=512, hop_samples=128)
    stereo = separate(Recording(samples.astype(np.float32), RATE, None), chosen)  # type: ignore[arg-type]
    shares = channel_shares(stereo)
    assert shares is not None
    low = int(stereo.factorization.basis[:60].sum(axis=0).argmax())
    assert shares[low] == pytest.approx([0.9, 0.1], abs=0.02)
    assert shares.sum(axis=1) == pytest.approx([1.0, 1.0])
    mono = separate(Recording(samples[:, :1].astype(np.float32), RATE, None), chosen)  # type: ignore[arg-type]
    assert channel_shares(mono) is None


def test_a_mixture_is_grouped_almost_as_well_as_by_an_oracle() -> None:
    mixture = evaluation_mixture("piano")
    material = Reference.of(mixture)
    chosen = Settings(
        n_bases=12, rule="fast", n_iterations=30, start="tempered", floor=1e-6, seed=1
    )
    separation = separate(material.recording, chosen)
    products = Products.of(separation, material)
    suggestion = propose(make_run(Document(), separation), len(mixture.stems))
    reached = (products.si_sdr(suggestion.labels) - material.before_db).mean()
    best = (products.oracle_si_sdr() - material.before_db).mean()
    assert best > 5
    assert reached > best - 1.5
