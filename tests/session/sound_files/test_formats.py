"""Formats, sample rates and dither of exported files."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from isnmf_gui.errors import ExportError
from isnmf_gui.session.document.document import Document, Run, make_run
from isnmf_gui.session.export.export_order import ExportOrder, Outcome, carry_out_export
from isnmf_gui.session.export.stems.audio_options import AudioOptions
from isnmf_gui.session.export.stems.export_stems import Exported
from isnmf_gui.session.export.stems.stems import component_stems, mix_stem
from isnmf_gui.session.runs.separation import separate
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.formats import FORMATS, Dither, Encoder
from isnmf_gui.session.sound_files.recording import load_recording


def separated(path: Path) -> Run:
    recording = load_recording(path)
    assert recording is not None
    return make_run(Document(), separate(recording, Settings(n_bases=2, n_iterations=2)))


def export(run: Run, folder: Path, name: str, rate: int | None = None) -> Exported:
    stems = tuple(component_stems(run))
    order = ExportOrder(run, "wiener", folder, stems, AudioOptions(name, rate))
    outcome = carry_out_export(order, lambda share: True)
    assert isinstance(outcome, Outcome)
    return outcome.exported


@pytest.mark.parametrize(
    ("name", "least_db", "most_db"),
    [("wav16", -95, -50), ("flac16", -95, -50), ("ogg", -60, -3), ("mp3", -60, -3)],
)
def test_the_null_test_says_what_a_format_loses(
    name: str, least_db: float, most_db: float, run: Run, tmp_path: Path
) -> None:
    exported = export(run, tmp_path, name)
    assert exported.null_test_db is not None
    assert least_db < exported.null_test_db < most_db


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("rate", [8000, 48_000])
def test_another_rate(name: str, rate: int, run: Run, tmp_path: Path) -> None:
    exported = export(run, tmp_path, name, rate)
    recording = run.separation.recording
    for part in exported.stems:
        info = soundfile.info(tmp_path / part.file)
        assert info.samplerate == rate
        assert info.frames == round(recording.n_samples * rate / recording.sample_rate)
    assert exported.null_test_db is not None
    if name == "wav":
        assert exported.null_test_db < -120  # against the recording at that rate
        total = sum(soundfile.read(tmp_path / p.file, always_2d=True)[0] for p in exported.stems)
        whole = soxr.resample(recording.samples, recording.sample_rate, rate, "VHQ")
        assert np.abs(total - whole[: len(total)]).max() < 1e-5


@pytest.mark.parametrize("name", ["one sample.wav", "16 channels.wav", "192 kHz.wav"])
def test_unusual_recordings_at_another_rate(name: str, paths: dict, tmp_path: Path) -> None:
    exported = export(separated(paths[name]), tmp_path, "wav", 44_100)
    assert exported.null_test_db is not None
    assert exported.null_test_db < -100


def test_what_a_format_cannot_hold_is_said_before_anything_is_written(
    run: Run, paths: dict, tmp_path: Path
) -> None:
    surround = separated(paths["6 channels.flac"])
    cases = [
        (surround, "mp3", None, r"MP3 holds at most 2 channels and the recording has 6. Choose"),
        (run, "mp3", 96_000, r"MP3 cannot hold a sample rate of 96000 Hz. Choose another sample"),
    ]
    for its_run, name, rate, words in cases:
        with pytest.raises(ExportError, match=words):
            export(its_run, tmp_path / "new", name, rate)
    assert list(tmp_path.iterdir()) == []
    assert FORMATS["ogg"].holds(192_000, 16)


# -- dither -----------------------------------------------------------------------------------


def test_dither_is_noise_that_does_not_follow_the_sound() -> None:
    """A sine of half a step vanishes when it is rounded; with dither it is there, in noise."""
    sine = 0.5 / 2**15 * np.sin(np.arange(200_000) * 0.05)[:, None].astype(np.float32)
    assert not np.rint(sine * 2**15).any()
    written = Dither(1)(sine).astype(float)
    assert written[:, 0] @ sine[:, 0] / (sine[:, 0] @ sine[:, 0]) / 2**15 == pytest.approx(
        1, abs=0.05
    )
    error = written - sine * 2**15
    assert np.var(error) == pytest.approx(1 / 4, rel=0.02)  # of triangular noise and rounding
    assert abs(error.mean()) < 0.01


def test_dither_does_not_depend_on_the_blocks_and_stays_in_range() -> None:
    sound = np.random.default_rng(0).uniform(-1.2, 1.2, (5000, 2)).astype(np.float32)
    whole, dither = Dither(3)(sound), Dither(3)
    assert np.array_equal(np.concatenate([dither(sound[:777]), dither(sound[777:])]), whole)
    assert not np.array_equal(Dither(4)(sound), whole)
    assert (whole.min(), whole.max()) == (-(2**15), 2**15 - 1)
    assert np.abs(whole[np.abs(sound) < 0.99] - sound[np.abs(sound) < 0.99] * 2**15).max() <= 1.5


@pytest.mark.parametrize("name", ["wav24", "flac"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_24_bits_are_rounded_not_cut_off(name: str, dtype: type, tmp_path: Path) -> None:
    sound = np.random.default_rng(0).uniform(-1.1, 1.1, (20_000, 2)).astype(dtype)
    path = tmp_path / "sound"
    file = FORMATS[name].create(path, 44_100, 2, len(sound))
    encoder = Encoder(file, FORMATS[name], seed=0)
    encoder.write(sound)
    encoder.close()
    steps = 2**23 * (soundfile.read(path)[0] - np.clip(sound, -1, 1 - 2.0**-23))
    assert np.abs(steps).max() <= 0.5
    assert abs(steps.mean()) < 0.01


def test_the_same_export_gives_the_same_files(run: Run, tmp_path: Path) -> None:
    for name in ("wav16", "flac16"):
        folders = tmp_path / f"{name} 1", tmp_path / f"{name} 2"
        for folder in folders:
            export(run, folder, name)
        first, second = ([it.read_bytes() for it in sorted(f.iterdir())] for f in folders)
        assert first == second


def test_the_mix_alone_adds_up(run: Run, tmp_path: Path) -> None:
    order = ExportOrder(run, "wiener", tmp_path, (mix_stem(run),))
    outcome = carry_out_export(order, lambda share: True)
    assert isinstance(outcome, Outcome)
    assert list(outcome.exported.null_tests_db) == ["mix"]
    assert outcome.exported.null_tests_db["mix"] < -120
