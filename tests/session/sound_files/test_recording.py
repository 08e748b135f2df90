"""Opening files: everything that can be opened is, and everything else is explained."""

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from isnmf_gui.errors import RecordingError
from isnmf_gui.session.sound_files.recording import LARGEST_SAMPLE, Recording, load_recording
from tests.incomplete import whole, write_incomplete_files
from tests.programs import DROP_PRIVILEGES, python_json
from tests.recordings import (
    TEST_SET,
    music,
    write_bad_files,
    write_endless_flac,
    write_endless_wav,
)
from tests.this_process import n_open_files

BAD_KINDS = (
    *(f"cut {form}" for form in ("wav", "flac", "aiff", "mp3", "ogg")),
    *("empty", "random bytes", "zero bytes", "text", "header then noise", "sample dump"),
    *("AC-3", "FLAC with 20 bits a sample", "FLAC with 32 bits a sample", "Windows Media"),
    "MPEG-4",
    *("NaN", "infinite", "minus infinite", "enormous"),
    *("zero samples", "17 channels", "4 kHz", "384 kHz"),
    *("folder", "missing", "below a file"),
)


def loaded(path: Path) -> Recording:
    recording = load_recording(path)
    assert recording is not None
    return recording


def refusal(path: str | Path) -> str:
    with pytest.raises(RecordingError) as caught:
        load_recording(path)
    assert str(caught.value) == caught.value.message
    return caught.value.message


@pytest.mark.parametrize("name", TEST_SET)
def test_every_file_of_the_test_set_is_loaded(name: str, paths: dict[str, Path]) -> None:
    specimen = TEST_SET[name]
    expected = specimen.sound()
    recording = loaded(paths[name])
    assert recording.samples.shape == expected.shape
    assert recording.samples.dtype == np.float32
    assert recording.sample_rate == specimen.rate
    assert (recording.n_samples, recording.n_channels) == expected.shape
    assert recording.duration_s == pytest.approx(len(expected) / specimen.rate)
    assert recording.name == name
    assert recording.is_silent == (name == "silence.wav")
    error = recording.samples - expected
    if specimen.tolerance is None:
        assert np.sum(error**2) < 0.02 * np.sum(expected**2)
    else:
        assert np.abs(error).max() <= specimen.tolerance * max(1, np.abs(expected).max())


def test_loudness_is_kept(paths: dict[str, Path]) -> None:
    assert np.abs(loaded(paths["quiet.wav"]).samples).max() == pytest.approx(1e-6, rel=1e-3)
    assert np.abs(loaded(paths["over full scale.wav"]).samples).max() == pytest.approx(4)


def test_samples_cannot_be_changed(recording: Recording) -> None:
    with pytest.raises(ValueError, match="read-only"):
        recording.samples[0] = 0


def test_kinds_are_all_tested(bad_files: dict[str, tuple[Path, str]]) -> None:
    assert set(BAD_KINDS) == set(bad_files)


@pytest.mark.parametrize("kind", BAD_KINDS)
def test_every_bad_file_gets_a_sentence(kind: str, bad_files: dict[str, tuple[Path, str]]) -> None:
    path, reason = bad_files[kind]
    message = refusal(path)
    assert f"“{path.name}”" in message
    assert re.search(reason, message)
    assert message.endswith(".")
    assert "\n" not in message


@pytest.mark.parametrize(("name", "words"), [(".", "“.” is a folder"), ("/", "“/” is a folder")])
def test_folders_without_a_name_are_named(name: str, words: str) -> None:
    assert words in refusal(name)


def test_the_content_decides_not_the_ending(paths: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "flac.wav"
    path.write_bytes(paths["16 bit.flac"].read_bytes())
    assert np.array_equal(loaded(path).samples, loaded(paths["16 bit.flac"]).samples)


@pytest.mark.parametrize("write", [write_endless_wav, write_endless_flac])
def test_files_that_left_a_pipe_do_not_know_their_length(write, tmp_path: Path) -> None:
    path = tmp_path / "piped"
    expected = write(path)
    samples = loaded(path).samples
    assert samples.shape == expected.shape
    assert np.allclose(samples, expected, atol=1e-6)


def test_large_values_are_kept_as_long_as_they_can_be_calculated_with(tmp_path: Path) -> None:
    path = tmp_path / "integers.wav"
    soundfile.write(path, np.array([2.0**31, -LARGEST_SAMPLE]), 44_100, "FLOAT")
    assert np.array_equal(loaded(path).samples[:, 0], np.float32([2.0**31, -LARGEST_SAMPLE]))


def test_a_named_pipe_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "pipe.wav"
    os.mkfifo(path)
    assert "“pipe.wav” is a device or a pipe" in refusal(path)


LOAD_WITHOUT_PERMISSION = f"""
import json, sys
from isnmf_gui.errors import RecordingError
from isnmf_gui.session.sound_files.recording import load_recording
load_recording("open.wav")
{DROP_PRIVILEGES}
load_recording("open.wav")
messages = []
for name in ("closed.wav", "closed folder/inside.wav"):
    try:
        load_recording(name)
    except RecordingError as error:
        messages.append(error.message)
print(json.dumps(messages))
"""


def test_a_file_without_permission(paths: dict[str, Path], tmp_path: Path) -> None:
    content = paths["8 kHz mono.wav"].read_bytes()
    tmp_path.chmod(0o755)
    folder = tmp_path / "closed folder"
    folder.mkdir()
    for name in ("open.wav", "closed.wav", "closed folder/inside.wav"):
        (tmp_path / name).write_bytes(content)
    (tmp_path / "open.wav").chmod(0o644)
    (tmp_path / "closed.wav").chmod(0)
    folder.chmod(0)
    try:
        messages = python_json(LOAD_WITHOUT_PERMISSION, cwd=tmp_path)
    finally:
        folder.chmod(0o755)
    lack = "may not be read: you lack the permission for it."
    assert messages == [f"“closed.wav” {lack}", f"“inside.wav” {lack}"]


def test_progress_rises_to_one_and_can_stop(paths: dict[str, Path], tmp_path: Path) -> None:
    long = tmp_path / "long.wav"
    soundfile.write(long, np.tile(music(8_000, 1), (80, 1)), 8_000)
    shares: list[float] = []

    def note(share: float) -> bool:
        shares.append(share)
        return True

    assert load_recording(long, note) is not None
    assert len(shares) > 2
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert load_recording(long, lambda share: False) is None
    assert load_recording(paths["stereo.mp3"], lambda share: False) is None
    endless = tmp_path / "endless.flac"
    write_endless_flac(endless)
    assert load_recording(endless, lambda share: False) is None


def test_no_descriptor_is_left_open(paths: dict[str, Path], tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    bad = write_bad_files(tmp_path / "bad")
    before = n_open_files()
    for path in paths.values():
        loaded(path)
        load_recording(path, lambda share: False)
    for path, _ in bad.values():
        refusal(path)
    for path in write_incomplete_files(tmp_path / "bad"):
        loaded(path)
        load_recording(path, lambda share: False)
    assert n_open_files() == before


@pytest.mark.parametrize("ending", ["mp3", "wav"])
def test_the_mp3_decoder_keeps_its_warnings_to_itself(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"cut.{ending}"
    path.write_bytes(whole("stereo.mp3")[:20_000] + bytes(5000) + whole("stereo.mp3")[30_000:])
    code = "import sys; from isnmf_gui.session.sound_files.recording import *\n"
    code += "print(load_recording(sys.argv[1]).notice.count('incomplete'))"
    done = subprocess.run(
        [sys.executable, "-c", code, path], capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("1\n", "")
