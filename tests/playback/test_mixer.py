"""The mixer: exact sums, changes without clicks, the same samples however they are asked for."""

from dataclasses import replace

import numpy as np
import pytest

from isnmf_gui.playback import ArraySource, Mix, MixSource, render, render_for_device
from isnmf_gui.playback.mixer import FADE_S
from isnmf_gui.spectral import Factors, Stft
from tests.playback.conftest import FakeCard

RATE, N_SAMPLES, N_BASES = 44_100, 40_000, 4
STFT = Stft(1024, 256)


@pytest.fixture
def samples() -> np.ndarray:
    rng = np.random.default_rng(3)
    time_s = np.arange(N_SAMPLES) / RATE
    tones = [np.sin(2 * np.pi * hertz * time_s) for hertz in (220, 331)]
    sound = 0.3 * np.column_stack(tones) + 0.02 * rng.standard_normal((N_SAMPLES, 2))
    return sound.astype(np.float32)


@pytest.fixture(params=[np.float32, np.float64])
def mix(request: pytest.FixtureRequest) -> Mix:
    rng = np.random.default_rng(4)
    basis = rng.random((STFT.n_bins, N_BASES)) ** 4
    activation = rng.random((N_BASES, STFT.n_frames(N_SAMPLES)))
    factors = Factors.of(basis, activation, 1.5, request.param)
    return Mix("mix", STFT, factors, np.array([1.0, 0.5, 0.0, 2.0]))


def level_db(signal: np.ndarray, reference: np.ndarray) -> float:
    ratio = (signal.astype(float) ** 2).sum() / (reference.astype(float) ** 2).sum()
    return float(10 * np.log10(ratio + 1e-30))


def rendered(samples: np.ndarray, mix: Mix, **changes: object) -> np.ndarray:
    return render(MixSource(samples, RATE, replace(mix, **changes)))


@pytest.mark.parametrize("mask", ["wiener", "ratio"])
def test_solos_at_their_gains_add_up_to_the_mix(samples, mix, mask) -> None:
    assert mix.gains is not None
    whole = rendered(samples, mix, mask=mask)
    solos = [rendered(samples, mix, mask=mask, gains=row) for row in np.diag(mix.gains)]
    assert level_db(sum(solos) - whole, whole) < -120
    assert level_db(whole, samples) > -20


def test_all_on_is_the_recording_also_when_it_is_computed(samples, mix) -> None:
    np.testing.assert_array_equal(rendered(samples, mix, gains=np.ones(N_BASES)), samples)
    solos = [rendered(samples, mix, gains=row) for row in np.eye(N_BASES)]
    assert level_db(sum(solos) - samples, samples) < -120


@pytest.mark.parametrize("mask", ["wiener", "ratio"])
def test_mix_and_residual_are_the_recording(samples, mix, mask) -> None:
    parts = [rendered(samples, mix, mask=mask, output=output) for output in ("mix", "residual")]
    loudest = max(parts, key=lambda part: np.abs(part).max())  # its rounding is what is left
    assert level_db(sum(parts) - samples, max(loudest, samples, key=np.ptp)) < -120


def test_the_recording_is_untouched_and_the_model_is_neither(samples, mix) -> None:
    np.testing.assert_array_equal(rendered(samples, mix, output="recording"), samples)
    model = rendered(samples, mix, output="model")
    assert np.isfinite(model).all()
    assert level_db(model - samples, samples) > -40
    doubled = replace(mix.factors, basis=mix.factors.basis * np.float32(4**0.75))
    louder = rendered(samples, mix, output="model", factors=doubled)
    assert level_db(louder - 2 * model, model) < -100


def test_blocks_do_not_matter(samples, mix) -> None:
    whole = MixSource(samples, RATE, mix).read(0, N_SAMPLES)
    source, rng, start, pieces = MixSource(samples, RATE, mix), np.random.default_rng(1), 0, []
    while start < N_SAMPLES:
        stop = min(N_SAMPLES, start + int(rng.integers(1, 3000)))
        pieces.append(source.read(start, stop))
        start = stop
    assert level_db(np.concatenate(pieces) - whole, whole) < -120
    elsewhere = source.read(17_003, 21_000)
    assert level_db(elsewhere - whole[17_003:21_000], whole) < -120


@pytest.mark.parametrize(
    "change", [{"gains": np.zeros(N_BASES)}, {"output": "recording"}, {"output": "residual"}]
)
def test_a_change_is_heard_at_once_and_does_not_click(samples, mix, change) -> None:
    before, after = rendered(samples, mix), rendered(samples, mix, **change)
    source, place = MixSource(samples, RATE, mix), 9001
    first = source.read(0, place)
    source.mix = replace(mix, **change)
    heard = np.concatenate([first, source.read(place, place + 900), source.read(9901, 20_000)])
    n_fade = round(FADE_S * RATE)
    assert level_db(heard[:place] - before[:place], before) < -120
    assert level_db(heard[place + n_fade :] - after[place + n_fade : 20_000], samples) < -110
    own_step = max(np.abs(np.diff(it, axis=0)).max() for it in (before, after))
    most = np.abs(before - after).max() / n_fade
    assert np.abs(np.diff(heard, axis=0)).max() <= own_step + most
    assert np.abs(heard[place + 20 : place + 40] - before[place + 20 : place + 40]).max() > 1e-4


def test_many_changes_do_not_click_either(samples, mix) -> None:
    source, pieces = MixSource(samples, RATE, mix), []
    for index, start in enumerate(range(0, N_SAMPLES, 200)):
        source.mix = replace(mix, gains=np.eye(N_BASES)[index % N_BASES])
        pieces.append(source.read(start, min(start + 200, N_SAMPLES)))
    heard = np.concatenate(pieces)
    solos = [rendered(samples, mix, gains=row) for row in np.eye(N_BASES)]
    own_step = max(np.abs(np.diff(solo, axis=0)).max() for solo in solos)
    most = 2 * max(np.abs(solo).max() for solo in solos) / (FADE_S * RATE)
    assert np.abs(np.diff(heard, axis=0)).max() <= own_step + most


def test_what_is_played_is_what_is_rendered(card: FakeCard, samples, mix) -> None:
    card.transport.play(MixSource(samples, RATE, mix))
    heard = card.pull(N_SAMPLES)
    np.testing.assert_array_equal(heard, render(MixSource(samples, RATE, mix)))


@pytest.mark.parametrize(("rate", "n_channels"), [(48_000, 2), (96_000, 6), (44_100, 1)])
def test_any_device_gets_the_mix_at_its_rate(samples, mix, rate, n_channels) -> None:
    sound = render_for_device(MixSource(samples, RATE, mix), rate, n_channels)
    plain = rendered(samples, mix)
    expected = render_for_device(ArraySource(plain, RATE), rate, n_channels)
    assert sound.shape == (pytest.approx(N_SAMPLES * rate / RATE, abs=2), n_channels)
    assert level_db(sound - expected, expected) < -110


def test_factors_of_a_region_are_silent_elsewhere(samples, mix) -> None:
    regional = replace(mix.factors, frames=(40, 80))
    part = rendered(samples, mix, factors=regional, gains=np.ones(N_BASES))
    half = STFT.window_samples // 2
    first, last = 40 * STFT.hop_samples - half, 79 * STFT.hop_samples + half
    assert not part[:first].any()
    assert not part[last:].any()
    inside = slice(first + 2 * half, last - 2 * half)
    assert level_db(part[inside] - samples[inside], samples[inside]) < -110


@pytest.mark.parametrize("wrong", [{"output": "sum"}, {"mask": "soft"}, {"gains": np.ones(3)}])
def test_a_mix_that_does_not_fit_is_refused(mix, wrong) -> None:
    with pytest.raises(ValueError, match=r"output|mask|gains"):
        replace(mix, **wrong)


def test_factors_of_another_recording_are_refused(samples, mix) -> None:
    with pytest.raises(ValueError, match="another recording"):
        MixSource(samples[:1000], RATE, mix)
