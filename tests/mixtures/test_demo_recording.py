"""Tests of the demonstration recording that the program ships, and of the script behind it."""

import numpy as np
import pytest
import soundfile

from tests.mixtures import demo

FULL_SCALE = 32768.0


@pytest.fixture(scope="module")
def mixture() -> np.ndarray:
    """Read the shipped mixture."""
    return soundfile.read(demo.DEMO_FOLDER / "demo.flac", dtype="int16")[0]


@pytest.fixture(scope="module")
def stems() -> dict[str, np.ndarray]:
    """Read the shipped stems."""
    folder = demo.DEMO_FOLDER / "stems"
    return {name: soundfile.read(folder / f"{name}.flac", dtype="int16")[0] for name in demo.STEMS}


@pytest.fixture(scope="module")
def synthesised() -> dict[str, np.ndarray]:
    """Synthesise the stems anew."""
    return demo.synthesise()


def level_db(samples: np.ndarray) -> float:
    """Give the root mean square in dB relative to full scale."""
    return float(10.0 * np.log10(np.mean((samples / FULL_SCALE) ** 2)))


@pytest.mark.parametrize("name", ["demo.flac", *(f"stems/{name}.flac" for name in demo.STEMS)])
def test_files_are_stereo_of_cd_quality(name: str) -> None:
    info = soundfile.info(demo.DEMO_FOLDER / name)
    assert (info.format, info.subtype) == ("FLAC", "PCM_16")
    assert (info.channels, info.samplerate) == (2, 44100)
    assert 15.0 < info.duration < 25.0


def test_files_are_small() -> None:
    assert sum(path.stat().st_size for path in demo.DEMO_FOLDER.rglob("*.flac")) < 9e6


def test_stems_add_up_to_the_mixture_exactly(
    mixture: np.ndarray, stems: dict[str, np.ndarray]
) -> None:
    total = sum(stem.astype(np.int32) for stem in stems.values())
    assert np.array_equal(total, mixture)


def test_mixture_uses_the_range_without_clipping(mixture: np.ndarray) -> None:
    peak_db = 20.0 * np.log10(np.max(np.abs(mixture.astype(np.int32))) / FULL_SCALE)
    assert -3.0 < peak_db < -1.0


def test_no_stem_is_buried(stems: dict[str, np.ndarray]) -> None:
    levels_db = [level_db(stem) for stem in stems.values()]
    assert max(levels_db) - min(levels_db) < 12.0


def test_mixture_starts_at_once_is_never_silent_and_rings_out(mixture: np.ndarray) -> None:
    tenths = mixture[: mixture.shape[0] // 4410 * 4410].reshape(-1, 4410, 2)
    levels_db = np.array([level_db(tenth) for tenth in tenths])
    last_second, music = levels_db[-10:], levels_db[1:-30]
    assert music.min() > -40.0
    assert last_second[-1] < -70.0
    # Nothing is cut: the end falls from tenth to tenth of a second.
    assert np.all(np.diff(last_second) < 3.0)


def test_both_channels_are_in_balance_but_differ(mixture: np.ndarray) -> None:
    left, right = mixture[:, 0], mixture[:, 1]
    assert abs(level_db(left) - level_db(right)) < 2.0
    assert np.corrcoef(left, right)[0, 1] < 0.95


@pytest.mark.parametrize("name", demo.STEMS)
def test_script_reproduces_the_stems(
    name: str, stems: dict[str, np.ndarray], synthesised: dict[str, np.ndarray]
) -> None:
    shipped, anew = stems[name], synthesised[name]
    assert shipped.shape == anew.shape
    # Not equality: another version of a library may round differently.
    assert np.corrcoef(shipped.ravel(), anew.ravel())[0, 1] > 0.999
    assert abs(level_db(shipped) - level_db(anew)) < 0.1


def test_synthesis_is_deterministic(synthesised: dict[str, np.ndarray]) -> None:
    again = demo.synthesise()
    assert all(np.array_equal(again[name], synthesised[name]) for name in demo.STEMS)


def test_other_sample_rates_and_seeds_play_the_same_piece() -> None:
    low_rate, varied = demo.synthesise(16000), demo.synthesise(16000, seed=1)
    for name in demo.STEMS:
        assert low_rate[name].shape == varied[name].shape
        assert not np.array_equal(low_rate[name], varied[name])
        assert abs(level_db(low_rate[name]) - level_db(varied[name])) < 3.0


def test_mix_refuses_to_clip() -> None:
    loud = np.full((10, 2), 20000, dtype=np.int16)
    with pytest.raises(ValueError, match="clips"):
        demo.mix([loud, loud])
