"""A place as a sound file: what it holds, all or nothing, and what is refused."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from isnmf_gui.errors import ExportError, Stopped
from isnmf_gui.session.export import box_export
from isnmf_gui.session.export.box_export import BoxOrder, format_of, write_box
from isnmf_gui.session.sound_files import formats
from isnmf_gui.session.sound_files.recording import Recording


def order_of(recording: Recording, path: Path, form: str = "wav", gain: float = 1.0) -> BoxOrder:
    samples = recording.samples * np.float32(gain)
    return BoxOrder(recording, lambda a, b: samples[a:b], 1000, 3000, path, form)


def go_on(_share: float) -> bool:
    return True


@pytest.mark.parametrize(("form", "error"), [("wav", 0), ("wav24", 1e-6), ("flac16", 1e-4)])
def test_the_file_holds_these_samples(
    recording: Recording, tmp_path: Path, form: str, error: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(box_export, "BLOCK_SAMPLES", 300)
    path, shares = tmp_path / f"box{formats.FORMATS[form].suffix}", []
    written = write_box(order_of(recording, path, form), lambda it: bool(shares.append(it)) or True)
    found, rate = soundfile.read(path, dtype="float32", always_2d=True)
    np.testing.assert_allclose(found, recording.samples[1000:3000], atol=error)
    assert rate == recording.sample_rate
    assert (written.path, written.clipped) == (path, False)
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_cut_off_is_told(recording: Recording, tmp_path: Path) -> None:
    loud = 2.0 / np.abs(recording.samples[1000:3000]).max()
    assert write_box(order_of(recording, tmp_path / "a.flac", "flac", loud), go_on).clipped
    assert not write_box(order_of(recording, tmp_path / "a.wav", "wav", loud), go_on).clipped


def test_stopped_it_leaves_what_was_there(recording: Recording, tmp_path: Path) -> None:
    path = tmp_path / "box.wav"
    path.write_bytes(b"before")
    with pytest.raises(Stopped):
        write_box(order_of(recording, path), lambda _share: False)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_the_recording_itself_is_not_replaced(recording: Recording) -> None:
    with pytest.raises(ExportError, match="is the recording itself"):
        write_box(order_of(recording, recording.path), go_on)


def test_a_full_disk_gets_a_sentence(
    recording: Recording, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise soundfile.LibsndfileError(2, "no room ")

    monkeypatch.setattr(formats.soundfile.SoundFile, "write", full)
    with pytest.raises(ExportError):
        write_box(order_of(recording, tmp_path / "box.wav"), go_on)
    assert list(tmp_path.iterdir()) == []


def test_formats_go_by_the_ending() -> None:
    assert [format_of(Path(f"a{end}")) for end in (".WAV", ".flac", ".txt", "")] == [
        "wav", "flac", None, None,
    ]  # fmt: skip
