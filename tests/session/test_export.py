"""Exporting: files that add up and are whole, or none at all."""

import errno
import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from isnmf_gui.errors import ExportError, Stopped
from isnmf_gui.session.audio_options import AudioOptions
from isnmf_gui.session.document import Document, make_run
from isnmf_gui.session.export import Exported
from isnmf_gui.session.exporting import ExportOrder, Outcome, carry_out
from isnmf_gui.session.fileset import FileSet, write_error
from isnmf_gui.session.formats import FORMATS
from isnmf_gui.session.levels import SILENCE_DB, Level
from isnmf_gui.session.recording import Recording, load_recording
from isnmf_gui.session.separation import Separation, separate
from isnmf_gui.session.settings import Settings
from isnmf_gui.session.stems import component_stems
from tests.programs import DROP_PRIVILEGES, SMALL_FILES, n_open_files, python_json

QUICK = Settings(n_bases=3, n_iterations=3)
NAMES = ["component-01.wav", "component-02.wav", "component-03.wav"]


def separated(path: Path, settings: Settings = QUICK) -> Separation:
    recording = load_recording(path)
    assert recording is not None
    return separate(recording, settings)


def export(
    separation: Separation, folder: Path, format_name: str = "wav", level: Level | None = None
) -> Exported:
    components = tuple(range(separation.settings.n_bases))
    order = order_for(separation, folder, format_name, components, level)
    outcome = carry_out(order, lambda share: True)
    assert isinstance(outcome, Outcome)
    return outcome.exported


def order_for(
    separation: Separation,
    folder: Path,
    format_name: str,
    components: tuple[int, ...],
    level: Level | None = None,
) -> ExportOrder:
    run = make_run(Document(), separation)
    stems = tuple(component_stems(run, components))
    options = AudioOptions(format_name, level=level or Level())
    return ExportOrder(run, separation.settings.mask, folder, stems, options)


def contents(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder, hidden ones too."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b"folder"
        for path in folder.rglob("*")
    }


def refuse_to_go_on(after: float) -> Any:
    return lambda share: share < after


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
    outcome = carry_out(order_for(separation, tmp_path, "wav", (2, 0)), lambda share: True)
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
    assert carry_out(order, look) is not None
    assert all(name.startswith(".") for names in seen for name in names)
    assert max(map(len, seen)) == 3
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)
    assert sorted(contents(tmp_path)) == NAMES


@pytest.mark.parametrize("after", [0.0, 0.3, 0.6, 0.99])
def test_a_cancel_leaves_nothing(after: float, separation: Separation, tmp_path: Path) -> None:
    order = order_for(separation, tmp_path / "new" / "newer", "flac", (0, 1, 2))
    with pytest.raises(Stopped):
        carry_out(order, refuse_to_go_on(after))
    assert contents(tmp_path) == {}


def test_a_cancel_keeps_what_was_there(separation: Separation, tmp_path: Path) -> None:
    (tmp_path / "component-02.wav").write_text("dear to me")
    before = contents(tmp_path)
    with pytest.raises(Stopped):
        carry_out(order_for(separation, tmp_path, "wav", (0, 1, 2)), refuse_to_go_on(0.7))
    assert contents(tmp_path) == before


def test_folders_made_stay_if_somebody_else_uses_them(
    separation: Separation, tmp_path: Path
) -> None:
    def stop_after_another(share: float) -> bool:
        (tmp_path / "new" / "notes.txt").write_text("mine")
        return False

    order = order_for(separation, tmp_path / "new", "wav", (0, 1, 2))
    with pytest.raises(Stopped):
        carry_out(order, stop_after_another)
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
        carry_out(order, cut)
    assert contents(tmp_path) == {}


# -- folders that cannot be written to --------------------------------------------------------

EXPORT = """
import json, os, sys
from pathlib import Path
from isnmf_gui.errors import ExportError
from isnmf_gui.session.document import Document, make_run
from isnmf_gui.session.audio_options import AudioOptions
from isnmf_gui.session.exporting import ExportOrder, carry_out
from isnmf_gui.session.recording import load_recording
from isnmf_gui.session.separation import separate
from isnmf_gui.session.settings import Settings
from isnmf_gui.session.stems import component_stems
separation = separate(load_recording("sound.wav"), Settings(n_bases=3, n_iterations=2))
run = make_run(Document(), separation)
{conditions}
answers = []
for folder, format_name in json.loads(sys.argv[1]):
    try:
        stems, options = tuple(component_stems(run)), AudioOptions(format_name)
        order = ExportOrder(run, "wiener", Path(folder), stems, options)
        carry_out(order, lambda share: True)
        answers.append("done")
    except ExportError as error:
        answers.append(error.message)
print(json.dumps([answers, sorted(os.listdir(sys.argv[2]))]))
"""


def exports(
    conditions: str, orders: list[tuple[str, str]], look_at: str, cwd: Path, **options: Any
) -> tuple[list[str], list[str]]:
    """Export `sound.wav` to folders in formats, under conditions, in a process of its own.

    Returns what was said to each, and the names in a folder afterwards.
    """
    code = EXPORT.format(conditions=conditions)
    answers, names = python_json(code, json.dumps(orders), look_at, cwd=cwd, **options)
    return answers, names


@pytest.fixture
def workplace(recording: Recording, tmp_path: Path) -> Path:
    """A folder with a recording, which others may read but not write to."""
    (tmp_path / "sound.wav").write_bytes(recording.path.read_bytes())
    (tmp_path / "sound.wav").chmod(0o644)
    tmp_path.chmod(0o755)
    return tmp_path


def test_a_full_disk_gets_a_sentence_and_costs_no_file(workplace: Path) -> None:
    (workplace / "old").mkdir()
    (workplace / "old" / "component-01.wav").write_text("dear to me")
    before = contents(workplace)
    large = [name for name, form in FORMATS.items() if form.container in ("WAV", "FLAC")]
    orders = [(folder, name) for folder in ("new", "old") for name in large]
    answers, _ = exports(SMALL_FILES, orders, ".", workplace)
    assert answers == [
        f"There is not enough space in “{folder}”. Nothing was written." for folder, _ in orders
    ]
    assert contents(workplace) == before


def small_disk(folder: Path) -> tuple[str, ...]:
    """Return words before a command that give it a disk of 600 kB, if this system can."""
    folder.mkdir()
    script = f'mount -t tmpfs -o size=600k,mode=777 tmpfs "{folder}" && exec "$@"'
    for unshare in (("unshare", "--mount"), ("unshare", "--mount", "--map-root-user")):
        prefix = (*unshare, "sh", "-c", script, "sh")
        try:
            if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0:
                return prefix
        except OSError:
            break
    return ()


def test_a_disk_that_fills_up_after_the_first_file(workplace: Path) -> None:
    """A component takes 350 kB, so that the second does not fit on 600 kB."""
    prefix = small_disk(workplace / "disk")
    conditions = "" if prefix else SMALL_FILES  # where nothing may be mounted
    orders = [("disk", "wav"), ("disk", "wav24")]
    answers, left = exports(conditions, orders, "disk", workplace, prefix=prefix)
    assert answers == ["There is not enough space in “disk”. Nothing was written."] * 2
    assert left == []


def test_folders_without_permission(workplace: Path) -> None:
    (workplace / "closed").mkdir(mode=0)
    workplace.chmod(0o555)
    folders = (".", "new", "new/newer", "closed", "closed/inside")
    orders = [(folder, name) for folder in folders for name in ("wav", "flac")]
    try:
        answers, beside = exports(DROP_PRIVILEGES, orders, ".", workplace)
    finally:
        workplace.chmod(0o755)
        (workplace / "closed").chmod(0o755)
    assert answers == [
        f"“{folder}” may not be written to. Choose another folder." for folder, _ in orders
    ]
    assert beside == ["closed", "sound.wav"]
    assert os.listdir(workplace / "closed") == []


@pytest.mark.parametrize("below", ["sound.wav", "sound.wav/sub", "sound.wav/sub/sub"])
def test_a_file_instead_of_a_folder(below: str, separation: Separation, workplace: Path) -> None:
    before = contents(workplace)
    with pytest.raises(ExportError, match=f"“{workplace / below}” is not a folder. Choose"):
        export(separation, workplace / below)
    assert contents(workplace) == before


@pytest.mark.parametrize(
    "folder", ["/proc/self/new", "/dev/null", "/dev/null/new", "/proc/self/fd"]
)
def test_places_that_hold_no_files(folder: str, separation: Separation) -> None:
    with pytest.raises(ExportError) as caught:
        export(separation, Path(folder))
    assert f"“{folder}”" in caught.value.message
    assert caught.value.message.endswith(".")


def test_a_name_that_is_too_long(separation: Separation, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="File name too long"):
        export(separation, tmp_path / ("long" * 100))
    assert contents(tmp_path) == {}


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "not enough space"),
        (errno.EDQUOT, "not enough space"),
        (errno.EFBIG, "not enough space"),
        (errno.EACCES, "may not be written to"),
        (errno.EPERM, "may not be written to"),
        (errno.EROFS, "may not be written to"),
        (errno.ENOTDIR, "is not a folder"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_every_reason_has_its_sentence(number: int, words: str) -> None:
    error = write_error(Path("/music/out"), OSError(number, os.strerror(number)))
    assert words in error.message
    assert "“/music/out”" in error.message
    assert os.strerror(number) in error.details


def test_no_descriptor_is_left_open(separation: Separation, paths: dict, tmp_path: Path) -> None:
    many = separated(paths["16 channels.wav"])
    before = n_open_files()
    for format_name in FORMATS:
        export(separation, tmp_path / "out", format_name)
        for after in (0.0, 0.5, 0.95):
            order = order_for(separation, tmp_path, format_name, (0, 1, 2))
            with pytest.raises(Stopped):
                carry_out(order, refuse_to_go_on(after))
    with pytest.raises(ExportError):
        export(many, tmp_path, "flac")
    with pytest.raises(ExportError):
        export(separation, tmp_path / "out" / "component-01.wav")
    assert n_open_files() == before


def test_a_rename_that_fails_brings_back_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text(f"old {name}")
    rename = Path.replace

    def fail_for_c(self: Path, target: Path) -> Path:
        if target.name == "c":
            raise PermissionError(errno.EPERM, "refused")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", fail_for_c)

    def write_all() -> None:
        with FileSet(tmp_path) as files:
            for name in ("a", "b", "c"):
                files.new(name).write_text(f"new {name}")

    with pytest.raises(ExportError, match="may not be written"):
        write_all()
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "a": "old a",
        "b": "old b",
    }
