"""Exporting: files that add up and are whole, or none at all."""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from isnmf_gui.errors import ExportError, Stopped
from isnmf_gui.session.export.export_order import Outcome, carry_out_export
from isnmf_gui.session.export.stems import tracks
from isnmf_gui.session.export.stems.levels import SILENCE_DB, Level
from isnmf_gui.session.runs.separation import Separation, separate
from isnmf_gui.session.sound_files.formats import FORMATS
from isnmf_gui.session.sound_files.recording import Recording
from tests.session.exports import (
    NAMES,
    QUICK,
    contents,
    export,
    order_for,
    refuse_to_go_on,
    separated,
)

# -- what is written --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("format_name", "suffix", "container", "subtype"),
    [
        ("wav", ".wav", "WAV", "FLOAT"),
        ("wav24", ".wav", "WAV", "PCM_24"),
        ("wav16", ".wav", "WAV", "PCM_16"),
        ("flac", ".flac", "FLAC", "PCM_24"),
        ("flac16", ".flac", "FLAC", "PCM_16"),
        ("ogg", ".ogg", "OGG", "VORBIS"),
        ("mp3", ".mp3", "MP3", "MPEG_LAYER_III"),
    ],
)
def test_files_have_their_format_and_the_recordings_form(
    format_name: str, suffix: str, container: str, subtype: str, paths: dict, tmp_path: Path
) -> None:
    separation = separated(paths["48 kHz stereo.wav"])
    exported = export(separation, tmp_path / "out", format_name)
    names = [part.file for part in exported.stems]
    assert names == [f"component-{number:02d}{suffix}" for number in (1, 2, 3)]
    assert sorted(contents(tmp_path / "out")) == names
    for name in names:
        info = soundfile.info(tmp_path / "out" / name)
        assert (info.format.removesuffix("EX"), info.subtype) == (container, subtype)
        assert (info.samplerate, info.channels) == (48_000, 2)
        assert info.frames == separation.recording.n_samples


def test_every_format_is_tested() -> None:
    assert list(FORMATS) == ["wav", "wav24", "wav16", "flac", "flac16", "ogg", "mp3"]


@pytest.mark.parametrize("name", ["float.wav", "one sample.wav", "16 channels.wav", "quiet.wav"])
@pytest.mark.parametrize("format_name", ["wav", "wav24"])
def test_the_null_test_is_what_the_files_say(
    name: str, format_name: str, paths: dict, tmp_path: Path
) -> None:
    separation = separated(paths[name])
    exported = export(separation, tmp_path, format_name)
    samples = separation.recording.samples.astype(float)
    read = [soundfile.read(tmp_path / n, dtype="float64", always_2d=True)[0] for n in NAMES]
    residual = np.sum((samples - sum(read)) ** 2)
    energy = np.sum(samples**2)
    expected = 10 * np.log10(residual / energy) if residual else SILENCE_DB
    assert exported.null_test_db == pytest.approx(expected, abs=1e-6)
    if format_name == "wav":
        assert exported.null_test_db < -120
        for part, sound in zip(exported.stems, read, strict=True):
            assert part.peak == pytest.approx(np.abs(sound).max())
            share = np.sum(sound**2) / energy
            assert part.energy_db == pytest.approx(10 * np.log10(share), abs=1e-3)


def test_24_bit_files_add_up_as_far_as_24_bits_go(separation: Separation, tmp_path: Path) -> None:
    for format_name in ("wav24", "flac"):
        exported = export(separation, tmp_path, format_name)
        assert exported.null_test_db is not None
        assert exported.null_test_db < -115


def test_silence_is_exported_with_finite_figures(paths: dict, tmp_path: Path) -> None:
    exported = export(separated(paths["silence.wav"]), tmp_path)
    assert exported.null_test_db == SILENCE_DB
    assert [(part.energy_db, part.peak) for part in exported.stems] == [(SILENCE_DB, 0.0)] * 3


def test_some_components_alone_keep_their_numbers(separation: Separation, tmp_path: Path) -> None:
    outcome = carry_out_export(order_for(separation, tmp_path, "wav", (2, 0)), lambda share: True)
    assert isinstance(outcome, Outcome)
    assert [part.stem.index for part in outcome.exported.stems] == [0, 2]
    assert sorted(contents(tmp_path)) == ["component-01.wav", "component-03.wav"]
    assert outcome.exported.null_test_db is None


@pytest.mark.parametrize("format_name", ["wav", "wav24", "flac"])
def test_parts_can_be_brought_to_full_scale(
    format_name: str, recording: Recording, tmp_path: Path
) -> None:
    separation = separate(recording, replace(QUICK, mask="ratio"))
    exported = export(separation, tmp_path, format_name, Level("peak", 0.0, keeps_balance=False))
    for part in exported.stems:
        sound, _ = soundfile.read(tmp_path / part.file, dtype="float64")
        assert np.abs(sound).max() == pytest.approx(1, abs=2e-6)
        assert part.peak == pytest.approx(1, abs=2e-6)
        assert not part.clipped


def test_clipping_is_reported_and_float_files_do_not_clip(paths: dict, tmp_path: Path) -> None:
    separation = separated(paths["over full scale.wav"])
    whole = export(separation, tmp_path, "wav")
    assert not any(part.clipped for part in whole.stems)
    assert max(part.peak for part in whole.stems) > 1
    assert whole.null_test_db is not None
    assert whole.null_test_db < -120
    for format_name in ("wav24", "flac"):
        cut = export(separation, tmp_path, format_name)
        assert [part.clipped for part in cut.stems] == [part.peak > 1 for part in whole.stems]
        for part in cut.stems:
            assert np.abs(soundfile.read(tmp_path / part.file)[0]).max() <= 1


def test_flac_cannot_hold_16_channels(paths: dict, tmp_path: Path) -> None:
    separation = separated(paths["16 channels.wav"])
    with pytest.raises(ExportError, match=r"at most 8 channels and the recording has 16. Choose"):
        export(separation, tmp_path / "out", "flac")
    assert contents(tmp_path) == {}
    assert len(export(separated(paths["6 channels.flac"]), tmp_path, "flac").stems) == 3


def test_names_need_not_be_latin(separation: Separation, tmp_path: Path) -> None:
    folder = tmp_path / "分離した音" / "🎸 à la carte"
    export(separation, folder)
    assert sorted(contents(folder)) == NAMES


# -- all or nothing ---------------------------------------------------------------------------


def test_names_appear_together_at_the_end(separation: Separation, tmp_path: Path) -> None:
    seen: list[set[str]] = []
    shares: list[float] = []

    def look(share: float) -> bool:
        shares.append(share)
        seen.append(set(os.listdir(tmp_path)))
        return True

    order = order_for(separation, tmp_path, "wav", (0, 1, 2))
    assert carry_out_export(order, look) is not None
    assert all(name.startswith(".") for names in seen for name in names)
    assert max(map(len, seen)) == 3
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)
    assert sorted(contents(tmp_path)) == NAMES


@pytest.mark.parametrize("after", [0.0, 0.3, 0.6, 0.99])
def test_a_cancel_leaves_nothing(after: float, separation: Separation, tmp_path: Path) -> None:
    order = order_for(separation, tmp_path / "new" / "newer", "flac", (0, 1, 2))
    with pytest.raises(Stopped):
        carry_out_export(order, refuse_to_go_on(after))
    assert contents(tmp_path) == {}


def test_a_cancel_keeps_what_was_there(separation: Separation, tmp_path: Path) -> None:
    (tmp_path / "component-02.wav").write_text("dear to me")
    before = contents(tmp_path)
    with pytest.raises(Stopped):
        carry_out_export(order_for(separation, tmp_path, "wav", (0, 1, 2)), refuse_to_go_on(0.7))
    assert contents(tmp_path) == before


def test_folders_made_stay_if_somebody_else_uses_them(
    separation: Separation, tmp_path: Path
) -> None:
    def stop_after_another(share: float) -> bool:
        (tmp_path / "new" / "notes.txt").write_text("mine")
        return False

    order = order_for(separation, tmp_path / "new", "wav", (0, 1, 2))
    with pytest.raises(Stopped):
        carry_out_export(order, stop_after_another)
    assert contents(tmp_path / "new") == {"notes.txt": b"mine"}


def test_existing_files_are_replaced_by_a_whole_export(
    separation: Separation, tmp_path: Path
) -> None:
    (tmp_path / "component-02.wav").write_text("old")
    export(separation, tmp_path)
    assert soundfile.info(tmp_path / "component-02.wav").frames == separation.recording.n_samples


def test_a_folder_in_the_way_of_one_file_stops_all(separation: Separation, tmp_path: Path) -> None:
    (tmp_path / "component-01.wav").write_text("dear to me")
    (tmp_path / "component-03.wav").mkdir()
    before = contents(tmp_path)
    with pytest.raises(ExportError, match=r"“component-03.wav” in “.*” is a folder. Move it"):
        export(separation, tmp_path)
    assert contents(tmp_path) == before


def test_the_recording_is_not_overwritten(separation: Separation, tmp_path: Path) -> None:
    path = tmp_path / "component-02.wav"
    path.write_bytes(separation.recording.path.read_bytes())
    before = contents(tmp_path)
    with pytest.raises(ExportError, match=r"“component-02.wav” in .* is the recording itself"):
        export(separated(path), tmp_path)
    assert contents(tmp_path) == before


def test_ctrl_c_at_the_very_end_leaves_nothing(
    separation: Separation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        export(separation, tmp_path / "out")
    assert contents(tmp_path) == {}


def test_a_file_that_lost_its_end_is_noticed(separation: Separation, tmp_path: Path) -> None:
    def cut(share: float) -> bool:
        if share > 0.3:
            first = next((tmp_path / "out").glob(".component-01*"))
            os.truncate(first, min(first.stat().st_size, 10_000))
        return True

    order = order_for(separation, tmp_path / "out", "wav", (0, 1, 2))
    with pytest.raises(ExportError, match=r"not enough space in .*Nothing was written"):
        carry_out_export(order, cut)
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("fault", [AssertionError("wrong"), OSError("no number"), ValueError("no")])
def test_a_fault_of_the_program_is_no_full_disk(
    fault: Exception, separation: Separation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise fault

    monkeypatch.setattr(tracks, "n_resampled", fail)
    with pytest.raises(type(fault)) as raised:
        export(separation, tmp_path / "out")
    assert raised.value is fault
    assert contents(tmp_path) == {}


def test_a_short_write_is_a_full_disk(separation: Separation, tmp_path: Path, monkeypatch) -> None:
    """Soundfile says it by an assertion of its own."""

    def short(file: soundfile.SoundFile, samples: np.ndarray) -> None:
        raise AssertionError

    monkeypatch.setattr(soundfile.SoundFile, "write", short)
    with pytest.raises(ExportError, match="not enough space"):
        export(separation, tmp_path / "out")
    assert contents(tmp_path) == {}
