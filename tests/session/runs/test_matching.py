"""Components of two runs that are the same sound get the same colour and order, and are told."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isnmf_gui.nmf import Factorization
from isnmf_gui.session.document.adopting import adopt
from isnmf_gui.session.document.document import Document, Like, Run, add_run, make_run
from isnmf_gui.session.document.numbers import fitting, free
from isnmf_gui.session.edits.mix_edits import rename_component, set_muted
from isnmf_gui.session.runs.matching import Pair, find_pairs, similarities
from isnmf_gui.session.runs.separation import Separation, separate
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording

RATE, SECONDS = 16_000, 8
N_BASES = 6


@pytest.fixture(scope="module")
def silence(tmp_path_factory) -> Recording:
    path = tmp_path_factory.mktemp("matching") / "sound.wav"
    return Recording(np.zeros((RATE * SECONDS, 1), np.float32), RATE, path)


def parts(n_parts: int, window: int, hop: int, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """Return spectra and gains of notes with partials, as functions of Hz and seconds."""
    rng = np.random.default_rng(seed)
    hertz = np.arange(window // 2 + 1) * RATE / window
    seconds = np.arange(RATE * SECONDS // hop + 1) * hop / RATE
    basis, activation = [], []
    for pitch, onset, decay in zip(
        rng.uniform(150, 900, n_parts),
        rng.uniform(0, 6, n_parts),
        rng.uniform(0.3, 2, n_parts),
        strict=True,
    ):
        partials = pitch * np.arange(1, 8)
        lobes = np.exp(-(((hertz[:, None] - partials) / 60) ** 2)) @ (0.5 ** np.arange(7))
        basis.append(1e-5 + lobes)
        again = (seconds - onset) % 2.7
        activation.append(1e-4 + np.exp(-again / decay))
    return np.array(basis).T, np.array(activation)


def made(
    recording: Recording, basis: np.ndarray, activation: np.ndarray, **values: object
) -> Separation:
    chosen = Settings(n_bases=basis.shape[1], **values)  # type: ignore[arg-type]
    result = Factorization(basis, activation, np.array([2.0, 1.0]), "iterations")
    return Separation(recording, chosen, result, 0.1)


def run_of(separation: Separation, document: Document | None = None) -> Run:
    return make_run(document or Document(), separation)


def pairs_of(separation: Separation, reference: Separation) -> dict[int, int]:
    return {pair.index: pair.reference for pair in find_pairs(separation, reference)}


@given(order=st.permutations(range(N_BASES)), seed=st.integers(0, 1000))
@settings(max_examples=20, deadline=None)
def test_parts_in_another_order_and_with_noise_are_recognised(silence, order, seed) -> None:
    basis, activation = parts(N_BASES, 1024, 256)
    rng = np.random.default_rng(seed)
    noisy = [
        factor * np.exp(0.4 * rng.standard_normal(factor.shape))
        for factor in (basis[:, order], activation[order])
    ]
    gains = rng.uniform(0.01, 100, N_BASES)  # the scale between the factors says nothing
    reference = made(silence, basis, activation, window_samples=1024, hop_samples=256)
    other = made(
        silence, noisy[0] * gains, noisy[1] / gains[:, None], window_samples=1024, hop_samples=256
    )
    assert pairs_of(other, reference) == dict(enumerate(order))
    first = run_of(reference)
    run = adopt(run_of(other), first, find_pairs(other, reference))
    assert [it.index for it in run.components] == [order.index(n) for n in range(N_BASES)]
    for before, now in zip(first.components, run.components, strict=True):
        assert (now.number, now.color) == (before.number, before.color)


@pytest.mark.parametrize(("window", "hop"), [(512, 256), (2048, 512), (4096, 1024)])
def test_other_windows_and_hops_are_no_obstacle(silence, window, hop) -> None:
    reference = made(silence, *parts(N_BASES, 1024, 256), window_samples=1024, hop_samples=256)
    basis, activation = parts(N_BASES, window, hop)
    order = [3, 0, 5, 1, 4, 2]
    values = {"window_samples": window, "hop_samples": hop, "domain": 1.0}
    # With p = 1 factors stand for amplitudes.
    other = made(silence, basis[:, order] ** 0.5, activation[order] ** 0.5, **values)
    assert pairs_of(other, reference) == dict(enumerate(order))


def test_more_parts_than_the_reference_get_numbers_of_their_own(silence) -> None:
    basis, activation = parts(N_BASES, 1024, 256)
    size = {"window_samples": 1024, "hop_samples": 256}
    reference = made(silence, basis[:, 2:], activation[2:], **size)
    other = made(silence, basis, activation, **size)
    run = adopt(run_of(other), run_of(reference), find_pairs(other, reference))
    assert [it.index for it in run.components] == [2, 3, 4, 5, 0, 1]
    assert [it.number for it in run.components] == [1, 2, 3, 4, 5, 6]
    assert [it.color for it in run.components] == [0, 1, 2, 3, 4, 5]
    likes = [it.like and it.like.number for it in run.components]
    assert likes == [1, 2, 3, 4, None, None]


def test_fewer_components_than_the_reference_are_numbered_from_one(silence) -> None:
    size = {"window_samples": 1024, "hop_samples": 256}
    basis, activation = parts(24, 1024, 256)
    reference = made(silence, basis, activation, **size)
    chosen = [23, 12, 1, 10]
    other = made(silence, basis[:, chosen], activation[chosen], **size)
    first = run_of(reference)
    pairs = tuple(Pair(n, column, 1.0) for n, column in enumerate(chosen))
    run = adopt(run_of(other), first, pairs)
    assert [it.index for it in run.components] == [2, 3, 1, 0]
    assert [it.name for it in run.components] == [f"Component {n}" for n in (1, 2, 3, 4)]
    assert [it.like for it in run.components] == [Like(1, n) for n in (2, 11, 13, 24)]
    assert [it.color for it in run.components] == [1, 10, 12, 23]
    run = adopt(run_of(other), first, pairs[2:])  # the two others are like nothing
    assert [(it.number, it.like and it.like.number) for it in run.components] == [
        (1, None), (2, 2), (3, None), (4, 11),
    ]  # fmt: skip


@given(numbers=st.sets(st.integers(1, 99), max_size=20), n_more=st.integers(0, 20))
def test_numbers_that_fit_stay_and_the_others_keep_their_order(numbers, n_more) -> None:
    before = sorted(numbers)
    n = len(before) + n_more
    now = fitting(before, n)
    assert now == sorted(set(now))
    assert all(1 <= number <= n for number in now)
    if not before or before[-1] <= n:
        assert now == before


def test_the_lowest_free_number() -> None:
    assert [free(used) for used in ([], [1, 2], [2, 3], [1, 3, 3])] == [1, 3, 1, 2]


def test_another_sound_is_not_taken_for_one_that_is_there(silence) -> None:
    size = {"window_samples": 1024, "hop_samples": 256}
    basis, activation = parts(2, 1024, 256)
    reference = made(silence, basis[:, :1], activation[:1], **size)
    rng = np.random.default_rng(1)
    noise = rng.uniform(0.5, 1, (basis.shape[0], 1)), rng.uniform(0, 1, (1, activation.shape[1]))
    other = made(silence, *noise, **size)
    assert similarities(other, reference)[0, 0] < 0.3
    assert pairs_of(other, reference) == {}
    run = adopt(run_of(other), run_of(reference), ())
    assert [(it.number, it.color, it.like) for it in run.components] == [(1, 1, None)]


def test_faders_and_titles_stay(silence) -> None:
    size = {"window_samples": 1024, "hop_samples": 256}
    reference = made(silence, *parts(3, 1024, 256), **size)
    first = rename_component(rename_component(run_of(reference), 0, "Flute"), 1, "Bass")
    first = set_muted(first, [0, 1, 2], True)
    own = rename_component(run_of(reference), 1, "Bassoon")
    run = adopt(own, first, find_pairs(reference, reference))
    assert [it.name for it in run.components] == ["Component 1", "Bassoon", "Component 3"]
    assert not any(it.is_muted for it in run.components)
    assert [it.id for it in run.components] == [it.id for it in own.components]


def test_order_follows_what_the_person_sees(silence) -> None:
    """Not the columns of the reference but its components' numbers count."""
    size = {"window_samples": 1024, "hop_samples": 256}
    reference = made(silence, *parts(4, 1024, 256), **size)
    first = run_of(reference)
    turned = tuple(replace(it, number=4 - it.index) for it in first.components)
    run = adopt(run_of(reference), replace(first, components=turned), find_pairs(*[reference] * 2))
    assert [(it.index, it.number) for it in run.components] == [(3, 1), (2, 2), (1, 3), (0, 4)]


def test_nothing_is_alike_in_another_recording(silence) -> None:
    one = made(silence, *parts(3, 1024, 256), window_samples=1024, hop_samples=256)
    other = replace(one, recording=replace(silence))
    assert find_pairs(other, one) == ()


@pytest.mark.parametrize("value", [0.0, 1e-300, 1.0])
def test_constant_factors_are_like_nothing_and_no_fault(silence, value) -> None:
    size = {"window_samples": 1024, "hop_samples": 256}
    basis, activation = parts(2, 1024, 256)
    flat = made(silence, np.full_like(basis, value), np.full_like(activation, value), **size)
    assert find_pairs(flat, made(silence, basis, activation, **size)) == ()
    assert find_pairs(flat, flat) == ()


def test_runs_of_different_rules_from_one_start_agree(recording) -> None:
    """The real thing: of the same start MM and ME make much the same of a recording."""
    shared = {"n_bases": 4, "n_iterations": 60, "seed": 2, "start": "tempered"}
    mm, me = (separate(recording, Settings(rule=rule, **shared)) for rule in ("mm", "me"))
    found = pairs_of(me, mm)
    assert len(found) >= 3
    assert all(index == reference for index, reference in found.items())


def test_sixty_four_long_components(tmp_path) -> None:
    rng = np.random.default_rng(2)
    long = Recording(np.zeros((512 * 10_000, 1), np.float32), 44_100, tmp_path / "long.wav")
    factors = rng.uniform(0, 1, (1025, 64)) ** 4, rng.uniform(0, 1, (64, 10_001)) ** 4
    one = made(long, *factors)
    assert pairs_of(one, one) == {n: n for n in range(64)}


def test_ids_stay_unique_in_the_document(silence) -> None:
    size = {"window_samples": 1024, "hop_samples": 256}
    one = made(silence, *parts(3, 1024, 256), **size)
    document = add_run(Document(), run_of(one))
    run = adopt(make_run(document, one), document.runs[0], find_pairs(one, one))
    document = add_run(document, run)
    ids = [it.id for each in document.runs for it in each.components]
    assert len(set(ids)) == 6
