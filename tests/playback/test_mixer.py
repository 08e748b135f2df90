"""Any mix of components, by its properties: rendered offline, by the code that plays it."""

from dataclasses import replace

import numpy as np
import pytest
import soxr
from numpy.typing import DTypeLike, NDArray

from isnmf_gui.playback import OUTPUTS, Mix, MixSource, render, render_for_device
from isnmf_gui.spectral import Factors, Resynthesis, Stft, gain_mask, model_mask

RATE = 44100
FADE = 441  # samples in 10 ms

Samples = NDArray[np.float32]


def noise(n_samples: int, n_channels: int = 2) -> Samples:
    random = np.random.default_rng(n_samples + n_channels)
    return random.uniform(-0.5, 0.5, (n_samples, n_channels)).astype(np.float32)


def tones(n_samples: int) -> Samples:
    """Low tones: neighbouring samples are nearly equal, so that a click stands out."""
    time_s = np.arange(n_samples) / RATE
    waves = [0.2 * np.sin(2 * np.pi * f * time_s) for f in (110, 170, 230)]
    return np.repeat(np.sum(waves, axis=0)[:, None], 2, axis=1).astype(np.float32)


def mix_of(
    samples: NDArray[np.floating],
    output: str = "mix",
    *,
    n_bases: int = 5,
    stft: Stft | None = None,
    dtype: DTypeLike = np.float32,
    seed: int = 0,
    mask: str = "wiener",
    domain: float = 2.0,
) -> Mix:
    """A mix with random factors, about as loud as the recording, and random gains."""
    stft = stft or Stft(1024, 256)
    random = np.random.default_rng(seed)
    power = stft.power(samples).mean()
    basis = random.random((stft.n_bins, n_bases)) * power ** (domain / 2) * 4 / n_bases
    activation = random.random((n_bases, stft.n_frames(len(samples))))
    factors = Factors.of(basis, activation, domain, dtype)
    return Mix(output, stft, factors, random.uniform(0.2, 1.5, n_bases), mask)


def solos(mix: Mix) -> list[Mix]:
    assert mix.gains is not None
    return [replace(mix, gains=gains) for gains in np.diag(mix.gains)]


def heard(samples: Samples, mix: Mix) -> Samples:
    return render(MixSource(samples, RATE, mix))


def read_all(source: MixSource, n_block: int, changes: dict[int, Mix]) -> Samples:
    """Read block by block, setting mixes at blocks that begin where `changes` says, or later."""
    blocks = []
    waiting = sorted(changes.items(), key=lambda change: change[0])
    for start in range(0, source.n_samples, n_block):
        while waiting and waiting[0][0] <= start:
            source.mix = waiting.pop(0)[1]
        blocks.append(source.read(start, min(start + n_block, source.n_samples)).copy())
    return np.concatenate(blocks)


def error_db(found: NDArray[np.floating], wanted: NDArray[np.floating]) -> float:
    error = np.sum((found.astype(np.float64) - wanted) ** 2)
    return float(10 * np.log10(max(error, 1e-300) / np.sum(wanted.astype(np.float64) ** 2)))


# -- what a mix is -----------------------------------------------------------------------------


@pytest.mark.parametrize("mask", ["wiener", "ratio"])
@pytest.mark.parametrize("domain", [1.0, 2.0])
@pytest.mark.parametrize("n_channels", [1, 2, 6])
def test_the_sum_of_solos_is_the_mix(mask: str, domain: float, n_channels: int) -> None:
    samples = noise(9000, n_channels)
    mix = mix_of(samples, mask=mask, domain=domain)
    parts = [heard(samples, solo).astype(np.float64) for solo in solos(mix)]
    assert error_db(np.sum(parts, axis=0), heard(samples, mix)) < -120
    assert min(np.abs(part).max() for part in parts) > 0


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_all_on_is_the_recording(dtype: DTypeLike) -> None:
    samples = noise(9000)
    mix = replace(mix_of(samples, dtype=dtype), gains=np.ones(5))
    assert error_db(heard(samples, mix), samples) < -120
    parts = [heard(samples, solo).astype(np.float64) for solo in solos(mix)]
    assert error_db(np.sum(parts, axis=0), samples) < -120
    # The masks themselves say so too, not just the way around them.
    nearly = replace(mix, gains=np.array([1, 1, 1, 1, 1 + 1e-7]))
    assert nearly.plain_gain is None
    assert error_db(heard(samples, nearly), samples) < -120


@pytest.mark.parametrize("mask", ["wiener", "ratio"])
@pytest.mark.parametrize("gains", [None, np.full(5, 0.5), np.arange(5) / 3, np.zeros(5)])
def test_mix_and_residual_are_the_recording(mask: str, gains: NDArray[np.float64] | None) -> None:
    samples = noise(9000)
    mix = replace(mix_of(samples, mask=mask), gains=gains)
    both = heard(samples, mix) + heard(samples, replace(mix, output="residual"))
    assert error_db(both, samples) < -120


def test_the_recording_is_played_bit_by_bit() -> None:
    samples = noise(9000)
    np.testing.assert_array_equal(heard(samples, mix_of(samples, "recording")), samples)
    for output in OUTPUTS:  # nothing has been separated yet
        np.testing.assert_array_equal(heard(samples, Mix(output)), samples)


@pytest.mark.parametrize("domain", [1.0, 2.0])
def test_the_model_is_what_its_mask_says(domain: float) -> None:
    samples = noise(9000)
    mix = mix_of(samples, "model", domain=domain)
    assert mix.factors is not None
    assert mix.stft is not None
    wanted = Resynthesis(samples, mix.stft).render(0, 9000, model_mask(mix.factors))
    np.testing.assert_allclose(heard(samples, mix), wanted, rtol=1e-3, atol=1e-5)


@pytest.mark.parametrize("n_channels", [1, 2, 16])
@pytest.mark.parametrize(
    ("n_samples", "stft"),
    [
        (1, Stft(64, 16)),
        (50, Stft(2048, 512)),
        (3000, Stft(2, 1)),
        (3000, Stft(63, 16)),
        (5000, Stft(512, 8)),
        (9000, Stft(1000, 300)),
        (70_001, Stft(4096, 1024)),
        (30_000, Stft(65536, 16384)),
    ],
    ids=str,
)
def test_a_stream_is_the_whole_at_once(n_samples: int, stft: Stft, n_channels: int) -> None:
    samples = noise(n_samples, n_channels)
    mix = mix_of(samples, n_bases=3, stft=stft)
    assert mix.factors is not None
    assert mix.gains is not None
    mask = gain_mask(mix.factors, mix.gains, "wiener")
    wanted = Resynthesis(samples, stft).render(0, n_samples, mask)
    np.testing.assert_allclose(heard(samples, mix), wanted, atol=1e-6)


def test_double_precision_is_kept() -> None:
    samples = noise(9000)
    mix = mix_of(samples, dtype=np.float64)
    assert mix.factors is not None
    assert mix.stft is not None
    assert mix.gains is not None
    mask = gain_mask(mix.factors, mix.gains, "wiener")
    wanted = Resynthesis(samples, mix.stft, np.float64).render(0, 9000, mask)
    np.testing.assert_allclose(heard(samples, mix), wanted, rtol=0, atol=3.1e-8)


@pytest.mark.parametrize("output", OUTPUTS)
def test_silence_stays_silent(output: str) -> None:
    samples = np.zeros((5000, 2), np.float32)
    for mask in ("wiener", "ratio"):
        assert not heard(samples, mix_of(samples, output, mask=mask)).any()


@pytest.mark.parametrize("mask", ["wiener", "ratio"])
def test_factors_of_a_region_are_silent_elsewhere(mask: str) -> None:
    samples = noise(40_000)
    mix = mix_of(samples, mask=mask)
    assert mix.factors is not None
    regional = replace(mix, factors=replace(mix.factors, frames=(40, 80)))
    part, whole = heard(samples, regional), heard(samples, mix)
    first, last = 40 * 256 - 512, 79 * 256 + 512
    assert not part[:first].any()
    assert not part[last:].any()
    inside = slice(first + 1024, last - 1024)
    np.testing.assert_allclose(part[inside], whole[inside], atol=1e-6)
    residual = heard(samples, replace(regional, output="residual"))
    assert error_db(part + residual, samples) < -120


def test_a_mix_of_something_else_is_refused() -> None:
    samples = noise(9000)
    mix = mix_of(samples)
    source = MixSource(samples, RATE, mix)
    with pytest.raises(ValueError, match="another recording"):
        source.mix = mix_of(noise(5000))
    assert source.mix is mix
    with pytest.raises(ValueError, match="transform"):
        replace(mix, stft=Stft(2048, 512))
    with pytest.raises(ValueError, match="5 gains"):
        replace(mix, gains=np.ones(4))
    with pytest.raises(ValueError, match="no output"):
        Mix("everything")


# -- how it is read ----------------------------------------------------------------------------


@pytest.mark.parametrize("output", ["mix", "residual", "model"])
def test_samples_do_not_depend_on_blocks_or_on_where_reading_begins(output: str) -> None:
    samples = noise(40_000)
    mix = mix_of(samples, output)
    whole = heard(samples, mix)
    for n_block in (1000, 7777, 40_000):
        blocks = read_all(MixSource(samples, RATE, mix), n_block, {})
        np.testing.assert_allclose(blocks, whole, atol=1e-6)
    source = MixSource(samples, RATE, mix)
    for start, stop in [(30_000, 31_000), (0, 10), (10, 20_000), (39_999, 40_000), (7, 7)]:
        np.testing.assert_allclose(source.read(start, stop), whole[start:stop], atol=1e-6)


@pytest.mark.parametrize("rate", [48000, 96000])
@pytest.mark.parametrize("n_channels", [1, 2, 6])
def test_a_device_gets_the_mix_resampled(rate: int, n_channels: int) -> None:
    samples = noise(20_000)
    mix = mix_of(samples)
    wanted = soxr.resample(heard(samples, mix), RATE, rate)
    if n_channels == 1:
        wanted = wanted.mean(axis=1, keepdims=True)
    found = render_for_device(MixSource(samples, RATE, mix), rate, n_channels)
    assert found.shape == (len(wanted), n_channels)
    np.testing.assert_allclose(found[:, :2], wanted, atol=1e-4)
    assert not found[:, 2:].any()


@pytest.mark.parametrize("n_block", [100, 500, 1323, 8000])
@pytest.mark.parametrize("output", OUTPUTS)
def test_a_change_is_heard_from_the_next_sample_on(n_block: int, output: str) -> None:
    samples = noise(40_000)
    old = mix_of(samples, seed=1)
    new = mix_of(samples, output, seed=2, stft=Stft(512, 128))
    at = 16_000
    found = read_all(MixSource(samples, RATE, old), n_block, {at: new})
    at = -(-at // n_block) * n_block
    before, after = heard(samples, old), heard(samples, new)
    np.testing.assert_allclose(found[:at], before[:at], atol=1e-6)
    np.testing.assert_allclose(found[at + FADE :], after[at + FADE :], atol=1e-6)
    ramp = np.arange(1, FADE + 1)[:, None] / FADE
    fade = slice(at, at + FADE)
    np.testing.assert_allclose(
        found[fade], before[fade] * (1 - ramp) + after[fade] * ramp, atol=1e-5
    )


@pytest.mark.parametrize("n_block", [64, 441, 1323])
def test_no_change_leaves_a_step(n_block: int) -> None:
    samples = tones(20_000)
    mix = mix_of(samples)
    silent, loud = replace(mix, gains=np.zeros(5)), replace(mix, gains=np.full(5, 1.0))
    changes: dict[int, Mix] = {}
    for i in range(18):  # faders dragged, mutes, all outputs, another run; also within fades
        at = 2000 + 700 * i
        changes[at] = [
            silent,
            loud,
            replace(mix, output="residual"),
            mix_of(samples, seed=i, stft=Stft(2048, 512)),
            replace(mix, output="recording"),
            replace(mix, output="model", gains=None),
        ][i % 6]
        changes[at + 150] = mix_of(samples, seed=i + 100, stft=Stft(512, 128))
    found = read_all(MixSource(samples, RATE, mix), n_block, changes)
    own_step = max(
        np.abs(np.diff(heard(samples, each), axis=0)).max() for each in [*changes.values(), mix]
    )
    loudest = max(np.abs(heard(samples, each)).max() for each in changes.values())
    assert np.abs(np.diff(found, axis=0)).max() <= own_step + 2 * loudest / FADE + 1e-6


def test_the_newest_of_many_changes_is_heard_in_the_end() -> None:
    samples = noise(40_000)
    changes = {8000 + 20 * i: mix_of(samples, seed=i) for i in range(100)}
    found = read_all(MixSource(samples, RATE, mix_of(samples, seed=99)), 10, changes)
    wanted = heard(samples, mix_of(samples, seed=99))
    end = 10_000 + 2 * FADE
    np.testing.assert_allclose(found[end:], wanted[end:], atol=1e-6)


def test_a_change_that_takes_long_to_make_is_heard_when_it_is_ready() -> None:
    samples = noise(200_000)
    stft = Stft(65536, 1024)
    old = mix_of(samples, n_bases=2)
    new = mix_of(samples, n_bases=2, stft=stft)
    found = read_all(MixSource(samples, RATE, old), 1323, {40_000: new})
    before, after = heard(samples, old), heard(samples, new)
    # Where it begins to differ from the old: some blocks later, with none of them cut short.
    at = int(np.flatnonzero(np.abs(found - before).max(axis=1) > 1e-5)[0])
    assert 40_000 <= at < 40_000 + RATE / 2
    np.testing.assert_allclose(found[at + FADE :], after[at + FADE :], atol=1e-5)


def test_after_a_jump_nothing_of_the_old_mix_is_left() -> None:
    samples = noise(40_000)
    source = MixSource(samples, RATE, mix_of(samples, seed=1))
    source.read(0, 1000)
    source.mix = mix_of(samples, seed=2)
    source.read(1000, 1100)  # within the fade
    wanted = heard(samples, source.mix)
    np.testing.assert_allclose(source.read(20_000, 21_000), wanted[20_000:21_000], atol=1e-6)
