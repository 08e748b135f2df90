"""Sound that is there is opened, exactly; and what is missing is said once."""

import io
import re
import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile

from isnmf_gui.errors import RecordingError
from isnmf_gui.session.sound_files.recording import Recording, load_recording
from tests.incomplete import (
    FORMS,
    LENGTHS,
    ODD,
    Incomplete,
    decoded,
    odd,
    put,
    whole,
    with_flac_length,
    with_length,
)
from tests.recordings import TEST_SET

RATE = 44_100
#: What a form may lose of a file that ends too soon, at most: one block, frame or packet.
MOST_LOST = {"PCM_16": 0, "PCM_24": 0, "IMA_ADPCM": 2041, "MS_ADPCM": 2036, "MPEG_LAYER_III": 3000}


def opened(content: bytes, folder: Path) -> Recording:
    path = folder / "sound"
    path.write_bytes(content)
    recording = load_recording(path)
    assert recording is not None
    return recording


def check(file: Incomplete, folder: Path) -> None:
    recording = load_recording(file.write(folder))
    assert recording is not None
    assert np.array_equal(recording.samples, file.sound)
    if file.notice:
        assert re.search(file.notice, recording.notice)
        assert f"“{file.name}”" in recording.notice
    else:
        assert recording.notice == ""


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("share", [None, 0.9, 0.5])
def test_what_is_there_of_a_cut_file(name: str, share: float | None, tmp_path: Path) -> None:
    content, sound = whole(name), decoded(whole(name))
    n_bytes = len(content) - 1 if share is None else round(share * len(content))
    recording = opened(content[:n_bytes], tmp_path)
    n_there = recording.n_samples
    assert np.array_equal(recording.samples, sound[:n_there])
    assert 0 < n_there < len(sound)
    most_lost = MOST_LOST.get(FORMS[name][1], 4096)
    at_least = (share or 1) * len(sound) - most_lost
    if FORMS[name][1] not in ("MPEG_LAYER_III", "VORBIS", "OPUS", "ALAC_16") and "flac" not in name:
        assert n_there >= at_least - 0.02 * len(sound)  # headers are not of the same length
    words = r"is incomplete: .* of .* are there|promises \d+ samples? .* more|breaks off after"
    assert re.search(words, recording.notice)
    assert recording.notice.count("“sound”") == 1


def test_how_much_is_missing_is_said(tmp_path: Path) -> None:
    for name in ("16 bit.wav", "16 bit.aiff", "16 bit.w64", "16 bit.caf", "16 bit.au"):
        content = whole(name)
        n_missing = 4 * RATE
        assert opened(content[:-n_missing], tmp_path).notice == (
            "“sound” is incomplete: 2.0 s of 3.0 s are there and were opened; 1.0 s are missing."
        )
    assert opened(whole("16 bit.wav")[:-2], tmp_path).notice == (
        "The header of “sound” promises 1 sample (0.0227 ms) more than the file holds: 3.000 s of "
        "3.000 s are there and were opened."
    )


def test_minutes_are_told_as_such(tmp_path: Path) -> None:
    content = whole("16 bit.wav")
    at = content.index(b"data") + 4
    longer = put(content, at, struct.pack("<I", 4 * RATE * 3700))
    assert (
        "3.0 s of 1:01:40.0 are there and were opened; 1:01:37.0 are"
        in opened(longer, tmp_path).notice
    )


@pytest.mark.parametrize("name", LENGTHS)
@pytest.mark.parametrize("change", [None, 36, 400])
def test_a_header_with_a_wrong_length(name: str, change: int | None, tmp_path: Path) -> None:
    check(with_length(name, change), tmp_path)


@pytest.mark.parametrize("size", [0xFFFF_FFFF, 0x7FFF_F000, 0x8000_0000])
def test_a_header_with_the_largest_length(size: int, tmp_path: Path) -> None:
    content = whole("16 bit.wav")
    at = content.index(b"data") + 4
    recording = opened(put(content, at, struct.pack("<I", size)), tmp_path)
    assert np.array_equal(recording.samples, decoded(content))
    assert "does not say how long it is" in recording.notice


def test_lengths_that_may_be_unknown_need_no_notice(tmp_path: Path) -> None:
    caf, au, flac = whole("16 bit.caf"), whole("16 bit.au"), whole("lossless.flac")
    at = caf.rindex(b"data\0", 0, 6000) + 4
    for content, original in (
        (put(caf, at, struct.pack(">q", -1)), caf),
        (put(au, 8, b"\xff\xff\xff\xff"), au),
        (with_flac_length(flac, 0), flac),
    ):
        recording = opened(content, tmp_path)
        assert np.array_equal(recording.samples, decoded(original))
        assert recording.notice == ""


def test_an_empty_chunk_with_others_behind_it_is_empty(tmp_path: Path) -> None:
    content = whole("16 bit.wav")
    at = content.index(b"data") + 4
    comment = b"LIST" + struct.pack("<I", 12) + b"INFOICMT" + struct.pack("<I", 0)
    empty = content[:at] + bytes(4) + comment
    with pytest.raises(RecordingError, match="zero samples"):
        opened(empty, tmp_path)


def test_no_kind_is_left_out() -> None:
    made = {kind for make in set(ODD.values()) for kind in make()}
    assert made == set(ODD)


@pytest.mark.parametrize("kind", ODD)
def test_joined_changed_and_spoiled_files(kind: str, tmp_path: Path) -> None:
    check(odd(kind), tmp_path)


def test_the_test_set_has_nothing_to_tell(paths: dict[str, Path]) -> None:
    for name in TEST_SET:
        recording = load_recording(paths[name])
        assert recording is not None
        assert recording.notice == ""


def test_a_file_by_a_newer_name(tmp_path: Path) -> None:
    """BW64 is RF64 with a description of objects."""
    content = whole("long.rf64")
    recording = opened(b"BW64" + content[4:], tmp_path)
    assert np.array_equal(recording.samples, decoded(content))


def _frame_bytes(mp3: bytes) -> int:
    """Return the length of the first frame, which is the one without sound."""
    return mp3.index(b"\xff\xfb", 4)


@pytest.mark.parametrize("order", [1, -1])
def test_mp3_that_does_not_count_its_frames(order: int, tmp_path: Path) -> None:
    """The decoder guesses from the first frame, and ends there: half of it was lost."""
    noise = 0.3 * np.random.default_rng(0).standard_normal((2 * RATE, 2))
    sound = np.concatenate([np.zeros((6 * RATE, 2)), noise])[::order]
    file = io.BytesIO()
    options = {"format": "MP3", "bitrate_mode": "VARIABLE", "compression_level": 0.3}
    with soundfile.SoundFile(file, "w", RATE, 2, "MPEG_LAYER_III", **options) as mp3:
        mp3.write(sound)
    content = file.getvalue()
    recording = opened(content[_frame_bytes(content) :], tmp_path)
    assert abs(recording.n_samples - len(sound)) < 4 * 1152
    assert recording.notice == ""
    delay = 576 + 529  # what the encoder and the decoder put before it
    assert np.array_equal(recording.samples[delay:][:350_000], decoded(content)[:350_000])
    cut = opened(content[_frame_bytes(content) : len(content) - 100], tmp_path)
    assert re.search(r"breaks off after [78]\.\d s, which were opened", cut.notice)


def test_mp3_with_a_wrong_count(tmp_path: Path) -> None:
    mp3 = whole("stereo.mp3")
    at = re.search(b"Xing|Info", mp3).start() + 8  # type: ignore[union-attr]
    fewer = opened(put(mp3, at, struct.pack(">I", 10)), tmp_path)
    assert np.array_equal(fewer.samples[: 3 * RATE], decoded(mp3))
    assert fewer.notice == ""
    more = opened(put(mp3, at, struct.pack(">I", 10_000)), tmp_path)
    assert np.array_equal(more.samples[: 3 * RATE], decoded(mp3))
    assert "is incomplete: " in more.notice
    assert "4:21.2" in more.notice


def test_a_flac_file_that_promises_more_than_fits_into_memory(tmp_path: Path) -> None:
    flac = whole("lossless.flac")
    recording = opened(with_flac_length(flac, 2**36 - 1), tmp_path)
    assert np.array_equal(recording.samples, decoded(flac))
    assert "are missing" in recording.notice


def test_progress_and_stopping_in_a_joined_file(tmp_path: Path) -> None:
    shares: list[float] = []
    path = odd("joined lossless.flac").write(tmp_path)
    assert load_recording(path, lambda share: not shares.append(share)) is not None
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert load_recording(path, lambda share: False) is None
