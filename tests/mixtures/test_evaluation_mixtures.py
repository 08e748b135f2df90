"""Tests of the recordings that separation is measured on."""

from dataclasses import replace

import numpy as np
import pytest

from tests.mixtures.evaluation import (
    DEMO_NAME,
    NAMES,
    Mixture,
    evaluation_mixture,
    evaluation_mixtures,
)
from tests.mixtures.parts import Stem
from tests.mixtures.pieces import PIECES
from tests.mixtures.players import Player

# (channels, sample rate, reverberant) of every recording.
CLAIMS = {
    "demo": (2, 44_100, True),
    "trio": (1, 16_000, False),
    "chapel": (2, 44_100, True),
    "piano": (2, 44_100, False),
    "field": (1, 16_000, True),
    "duet": (1, 44_100, True),
    "kit": (2, 44_100, False),
    "band": (2, 16_000, True),
}


@pytest.fixture(scope="module")
def made() -> dict[str, Mixture]:
    return {DEMO_NAME: evaluation_mixture(DEMO_NAME), **evaluation_mixtures()}


@pytest.fixture(params=NAMES)
def mixture(request: pytest.FixtureRequest, made: dict[str, Mixture]) -> Mixture:
    return made[request.param]


def level_db(samples: np.ndarray) -> float:
    return float(10.0 * np.log10(np.mean(samples.astype(np.float64) ** 2)))


def test_the_recordings_are_what_they_claim_to_be(made: dict[str, Mixture]) -> None:
    found = {
        name: (mixture.n_channels, mixture.sample_rate, mixture.reverberation_s > 0)
        for name, mixture in made.items()
    }
    assert found == CLAIMS


def test_stems_add_up_to_the_mixture_exactly(mixture: Mixture) -> None:
    assert mixture.samples.dtype == np.float32
    for stems in (list(mixture.stems.values()), list(mixture.stems.values())[::-1]):
        assert np.array_equal(sum(stems), mixture.samples)
    assert all(stem.shape == mixture.samples.shape for stem in mixture.stems.values())


def test_mixture_uses_the_range_without_clipping(mixture: Mixture) -> None:
    peak_db = 20.0 * np.log10(np.abs(mixture.samples).max())
    assert -3.0 < peak_db < -1.0


def test_no_stem_is_buried(mixture: Mixture) -> None:
    assert 2 <= len(mixture.stems) <= 4
    levels_db = [level_db(stem) for stem in mixture.stems.values()]
    assert max(levels_db) - min(levels_db) < 12.0


def test_recordings_are_short_and_of_seconds(made: dict[str, Mixture]) -> None:
    for name in PIECES:
        assert 6.0 <= made[name].duration_s <= 12.0


def test_no_recording_is_mostly_silence(mixture: Mixture) -> None:
    n_tenths = int(10 * mixture.duration_s)
    tenths = np.array_split(mixture.samples, n_tenths)
    loud = [np.any(tenth) and level_db(tenth) > -50.0 for tenth in tenths]
    assert np.mean(loud) > 0.8


def test_stereo_recordings_have_two_different_channels(mixture: Mixture) -> None:
    if mixture.n_channels == 2:
        left, right = mixture.samples.T
        assert abs(level_db(left) - level_db(right)) < 6.0
        assert np.corrcoef(left, right)[0, 1] < 0.98


def test_a_dry_recording_without_dither_has_digital_silence(made: dict[str, Mixture]) -> None:
    kit = made["kit"].samples
    assert not PIECES["kit"].is_dithered
    assert 0.05 < np.mean(~kit.any(axis=1)) < 0.5
    assert np.mean(~made["trio"].samples.any(axis=1)) < 0.05


def test_a_room_makes_the_channels_differ(
    made: dict[str, Mixture], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PIECES, "chapel", replace(PIECES["chapel"], reverberation_s=0.0))
    dry, wet = evaluation_mixture("chapel"), made["chapel"]
    for name in wet.stems:
        assert np.corrcoef(*dry.stems[name].T)[0, 1] > 0.999  # panned from one channel
        assert np.corrcoef(*wet.stems[name].T)[0, 1] < 0.95


@pytest.mark.parametrize("name", PIECES)
def test_synthesis_is_deterministic(name: str, made: dict[str, Mixture]) -> None:
    again = evaluation_mixture(name)
    assert np.array_equal(again.samples, made[name].samples)
    for stem, audio in again.stems.items():
        assert np.array_equal(audio, made[name].stems[stem])


def player(sample_rate: int = 8000) -> Player:
    return Player(sample_rate, 0.5, np.random.RandomState(3), 0.25)


def test_a_line_is_played_in_time() -> None:
    def tone(frequency_hz: float, duration_s: float, *others: object) -> np.ndarray:
        return np.array([frequency_hz, duration_s])

    notes = list(player().play(tone, "A4/1 -/0.5 A3+A5/2", hold=1.5))
    assert [note.sound.tolist() for note in notes] == [[440, 0.75], [220, 1.5], [880, 1.5]]
    assert [note.start_s for note in notes] == pytest.approx([0.0, 0.75, 0.76], abs=0.015)
    assert {note.position for note in notes} == {0.25}


def test_a_pattern_is_struck_in_time_and_strength() -> None:
    def drum(sample_rate: int, rng: object, velocity: float) -> np.ndarray:
        return np.array([velocity])

    notes = list(player().strike(drum, "x--- -o--"))
    assert [note.start_s for note in notes] == pytest.approx([0.0, 0.625], abs=0.01)
    assert notes[0].sound[0] > notes[1].sound[0] > 0


def test_every_stem_of_every_piece_fits_into_it() -> None:
    for name, piece in PIECES.items():
        for index, stem in enumerate(piece.stems.values()):
            assert isinstance(stem, Stem)
            rng = np.random.RandomState(index)
            notes = list(stem.part(Player(16_000, piece.beat_s, rng, stem.position)))
            assert notes, name
            assert max(note.start_s for note in notes) < piece.duration_s
