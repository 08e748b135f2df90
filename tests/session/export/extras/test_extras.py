"""What is written beside the sound."""

import base64
import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import soundfile
from PIL import Image

from isnmf_gui.errors import Stopped
from isnmf_gui.session.document.component_factors import shapes_of, terms_of
from isnmf_gui.session.document.document import Document, Run, make_run
from isnmf_gui.session.edits import factor_edits
from isnmf_gui.session.edits.mix_edits import rename_component
from isnmf_gui.session.edits.source_edits import group
from isnmf_gui.session.export.export_order import ExportOrder, carry_out_export
from isnmf_gui.session.export.extras import html_report, page_media, picture_files
from isnmf_gui.session.export.extras.extras import EXTRAS
from isnmf_gui.session.export.extras.html_report import loss_curve, write_page
from isnmf_gui.session.export.extras.page_media import (
    downmixed,
    encoded,
    look_at,
    sound_uri,
    spectrogram_uri,
)
from isnmf_gui.session.export.extras.picture_files import write_component_picture
from isnmf_gui.session.export.extras.report import files_reported
from isnmf_gui.session.export.stems.export_stems import Exported, ExportedStem
from isnmf_gui.session.export.stems.stems import component_stems, residual_stem, source_stems
from isnmf_gui.session.files.file_set import FileSet
from isnmf_gui.session.files.progress import Meter
from isnmf_gui.session.runs.separation import Separation, separate
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.runs.terms import Term
from isnmf_gui.session.sound_files.formats import FORMATS
from isnmf_gui.session.sound_files.recording import load_recording
from isnmf_gui.spectral.pictures.colormap import color_table
from tests.benchmarks.memory import traced_bytes
from tests.incomplete import whole

VOID = {"meta", "img"}


@pytest.fixture(scope="module")
def run(separation: Separation) -> Run:
    run = group(make_run(Document(), separation), [0, 1], "Guitar <b>&</b>")
    return rename_component(run, 2, 'Bass "low"')


def export(run: Run, folder: Path, *extras: str, pattern: str = "{kind}-{number}") -> None:
    stems = (*source_stems(run), residual_stem(run))
    order = ExportOrder(run, "wiener", folder, stems, pattern=pattern, extras=extras)
    carry_out_export(order, lambda share: True)


class Page(HTMLParser):
    """Reads a page, and notes every element that is not closed in its place."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def decoded(uri: str) -> tuple[str, bytes]:
    kind, data = re.fullmatch(r"data:([a-z/]+);base64,(.*)", uri).groups()
    return kind, base64.b64decode(data)


def page_of(folder: Path) -> Page:
    return Page((folder / "report.html").read_text(encoding="utf-8"))


# -- numbers ----------------------------------------------------------------------------------


def test_all_at_once(run: Run, tmp_path: Path) -> None:
    export(run, tmp_path, *EXTRAS)
    assert sorted(it.name for it in tmp_path.iterdir()) == [
        "component-01.png",
        "component-02.png",
        "component-03.png",
        "factors.npz",
        "loss.csv",
        "report.html",
        "report.json",
        "source-01.wav",
        "unassigned.wav",
    ]


def test_factors_are_as_they_are_now_and_hold_no_code(run: Run, tmp_path: Path) -> None:
    edited = factor_edits.delete(factor_edits.scale_stretch(run, [2], (0.1, 0.3), -20.0), [0])
    export(edited, tmp_path, "factors")
    with np.load(tmp_path / "factors.npz", allow_pickle=False) as file:
        found = dict(file)
    basis, activation = shapes_of(edited, edited.components)
    assert list(found["component"]) == [0, 1]
    assert np.array_equal(found["basis"], basis)
    assert np.array_equal(found["activation"], activation)
    assert list(found["names"]) == ["Component 2", 'Bass "low"']
    assert list(found["sources"]) == ["Guitar <b>&</b>", "Unassigned"]
    settings, recording = run.separation.settings, run.separation.recording
    assert (found["domain"], found["window"]) == (settings.domain, "hann")
    assert found["hop_samples"] == settings.hop_samples
    assert found["window_samples"] == settings.window_samples
    assert found["sample_rate"] == recording.sample_rate


def test_factors_of_a_merged_component_add_up_to_what_is_shown(run: Run, tmp_path: Path) -> None:
    merged = factor_edits.merge(run, [0, 2])
    export(merged, tmp_path, "factors")
    with np.load(tmp_path / "factors.npz", allow_pickle=False) as file:
        found = dict(file)
    for place, component in enumerate(merged.components):
        mine = found["component"] == place
        made = found["basis"][:, mine] @ found["activation"][mine]
        terms = terms_of(merged, component)
        expected = sum(np.outer(term.basis, term.activation) for term in terms)
        np.testing.assert_allclose(made, expected, rtol=1e-12)
    assert len(found["names"]) == 2
    export(factor_edits.delete(run, range(3)), tmp_path, "factors")
    with np.load(tmp_path / "factors.npz", allow_pickle=False) as file:
        assert file["basis"].shape == (len(run.separation.factorization.basis), 0)


def test_the_loss_and_the_report(run: Run, tmp_path: Path) -> None:
    export(run, tmp_path, "loss", "report")
    with (tmp_path / "loss.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    loss = run.separation.factorization.loss
    assert [float(row[1]) for row in rows[1:]] == pytest.approx(list(loss))
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report["components"] == []
    assert [(it["kind"], it["file"]) for it in report["other_stems"]] == [
        ("source", "source-01.wav"),
        ("unassigned", "unassigned.wav"),
    ]
    assert report["null_tests_db"] == {"source": report["null_test_db"]}
    assert report["residual_is_empty"] is True
    assert report["other_files"] == ["loss.csv"]
    assert files_reported(tmp_path / "report.json") == [
        "source-01.wav",
        "unassigned.wav",
        "loss.csv",
    ]


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"components": 3, "other_stems": []}', "[" * 100_000,
             '{"components": [{"file": "../x"}], "other_stems": [{"file": 3}]}']
)  # fmt: skip
def test_whatever_stands_in_for_a_report_tells_of_no_files(text: str, tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text(text)
    assert files_reported(tmp_path / "report.json") == []
    assert files_reported(tmp_path / "none.json") == []


def test_pictures_of_every_component_by_the_pattern(run: Run, tmp_path: Path) -> None:
    export(run, tmp_path / "a", "pictures", pattern="{number} {name}")
    names = sorted(it.name for it in (tmp_path / "a").glob("*.png"))
    assert names == ["01 Component 01.png", "02 Component 02.png", "03 Bass _low_.png"]
    quiet = factor_edits.remove_band(run, [2], 0.0, 2000.0)
    export(quiet, tmp_path / "b", "pictures", pattern="{number} {name}")
    files = [tmp_path / it / "03 Bass _low_.png" for it in "ab"]
    assert files[0].read_bytes() != files[1].read_bytes()  # as edited


def test_a_name_that_the_font_lacks_is_no_fault(run: Run, tmp_path: Path) -> None:
    export(rename_component(run, 0, "ギター🎸\n"), tmp_path, "pictures")
    with Image.open(tmp_path / "component-01.png") as image:
        image.load()


def test_the_picture_of_a_merged_component_is_the_sum_of_its_terms(
    run: Run, tmp_path: Path
) -> None:
    """A low tone first and a high one then: one basis for both would draw four rectangles."""
    factors = run.separation.factorization
    n_bins, n_frames = len(factors.basis), factors.activation.shape[1]
    bases, activations = np.full((2, n_bins), 1e-12), np.full((2, n_frames), 1e-12)
    bases[0, : n_bins // 2] = bases[1, n_bins // 2 :] = 1.0
    activations[0, : n_frames // 2] = activations[1, n_frames // 2 :] = 1.0
    terms = tuple(Term(t, v) for t, v in zip(bases, activations, strict=True))
    component = replace(run.component(0), terms=terms)
    merged = replace(run, components=(component, *run.components[1:]))
    write_component_picture(tmp_path / "a.png", merged, component)
    with Image.open(tmp_path / "a.png") as image:
        pixels = np.asarray(image)[picture_files.TOP :, picture_files.LEFT :].astype(int)
    height, width = picture_files.HEIGHT, picture_files.WIDTH
    bright, dark = color_table()[[255, 0]].astype(int)
    for row, column, color in ((1, 1, dark), (3, 1, bright), (1, 3, bright), (3, 3, dark)):
        np.testing.assert_array_equal(pixels[row * height // 4, column * width // 4], color)


# -- the page ---------------------------------------------------------------------------------


def test_the_page_stands_alone_and_names_are_no_markup(run: Run, tmp_path: Path) -> None:
    export(run, tmp_path, "page")
    page = page_of(tmp_path)
    text = "".join(page.texts)
    assert "Guitar <b>&</b>" in text
    assert not page.all("b")
    assert not page.all("script")
    assert not page.all("link")
    sources = [value for _, its in page.elements for key, value in its.items() if key == "src"]
    assert all(value.startswith("data:") for value in sources)
    assert "http" not in text
    assert "prefers-color-scheme: dark" in text
    assert page.all("html") == [{"lang": "en"}]
    assert "float.wav" in text
    assert re.search(
        r"the sum of all sources differs from the recording by −1[2-9]\d\.\d\sdB", text
    )
    assert "the residual is empty" in text


def test_the_page_plays_and_shows_everything_written(run: Run, tmp_path: Path) -> None:
    export(run, tmp_path, "page")
    page = page_of(tmp_path)
    players, pictures = page.all("audio"), page.all("img")
    assert [it["aria-label"] for it in players] == ["Guitar <b>&</b>", "Unassigned"]
    for player, name in zip(players, ("source-01.wav", "unassigned.wav"), strict=True):
        assert "controls" in player
        kind, data = decoded(player["src"])
        heard, rate = soundfile.read(io.BytesIO(data), always_2d=True)
        written, its_rate = soundfile.read(tmp_path / name, always_2d=True)
        assert kind == "audio/mpeg"
        assert (rate, heard.shape) == (its_rate, written.shape)
        assert np.corrcoef(heard[:, 0], written[:, 0])[0, 1] > 0.9
    for picture in pictures:
        assert "Spectrogram of" in picture["alt"]
        with Image.open(io.BytesIO(decoded(picture["src"])[1])) as image:
            assert image.format == "PNG"
            assert np.asarray(image).std() > 10


@pytest.mark.parametrize(
    "name", ["16 channels.wav", "192 kHz.wav", "one sample.wav", "silence.wav"]
)
def test_pages_of_unusual_recordings(name: str, paths: dict, tmp_path: Path) -> None:
    recording = load_recording(paths[name])
    assert recording is not None
    run = make_run(Document(), separate(recording, Settings(n_bases=2, n_iterations=2)))
    stems = tuple(component_stems(run))
    order = ExportOrder(run, "wiener", tmp_path, stems, extras=("page",))
    carry_out_export(order, lambda share: True)
    text = "".join(page_of(tmp_path).texts)
    assert ("stereo downmix of 16 channels" in text) is (name == "16 channels.wav")
    assert ("at 44100 Hz" in text) is (name == "192 kHz.wav")
    assert ("silent" in text) is (name == "silence.wav")


def test_other_formats_where_there_is_no_mp3(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = written(tmp_path, np.zeros((2000, 2)), 22_050)
    kinds, left = [], dict(FORMATS)
    monkeypatch.setattr(page_media, "FORMATS", left)
    for name in ("mp3", "ogg", "wav16"):
        with encoded(look_at(path), tmp_path) as file:
            kinds.append(decoded("".join(sound_uri(file)))[0])
        del left[name]
    assert kinds == ["audio/mpeg", "audio/ogg", "audio/wav"]


def test_a_player_stays_within_full_scale(tmp_path: Path) -> None:
    sound = look_at(written(tmp_path, np.array([[2.0], [-0.5]]), 44_100))
    np.testing.assert_allclose(np.concatenate(list(sound.played())), [[1.0], [-0.25]])
    assert sound.notes == ("6.0 dB lower than the file",)
    six = np.arange(6, dtype=np.float32)[None]
    assert np.array_equal(downmixed(six), [[2, 3]])


def written(folder: Path, samples: np.ndarray, rate: int) -> Path:
    path = folder / "sound.wav"
    soundfile.write(path, samples, rate, "FLOAT")
    return path


def test_a_long_sound_takes_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    peaks = []
    for seconds in (15, 60):
        noise = rng.uniform(-0.5, 0.5, (seconds * 44_100, 2)).astype(np.float32)
        path = written(tmp_path, noise, 44_100)
        del noise

        def page(path: Path = path) -> None:
            sound = look_at(path)
            spectrogram_uri(sound)
            with encoded(sound, tmp_path) as file:
                assert sum(map(len, sound_uri(file))) > 100_000

        peaks.append(traced_bytes(page))
    assert peaks[1] < 1.2 * peaks[0]
    assert peaks[1] < 44_100 * 60 * 8  # the sound itself


def test_many_stems_are_not_all_encoded_at_once(run: Run, tmp_path: Path, monkeypatch) -> None:
    open_files, most = set(), []

    def watched(*args: object) -> object:
        file = encoded(*args)
        open_files.add(file)
        most.append(sum(not it.closed for it in open_files))
        return file

    monkeypatch.setattr(html_report, "encoded", watched)
    monkeypatch.setattr(html_report, "available_cores", lambda: 2)
    stems = tuple(component_stems(run)) * 5
    names = [f"{n}.wav" for n in range(len(stems))]
    files = FileSet(tmp_path)
    with files:
        for name in names:
            samples = np.random.default_rng(1).uniform(-0.1, 0.1, (22_050, 1))
            soundfile.write(files.new(name), samples, 22_050, "FLOAT", format="WAV")
        exported = Exported(
            tuple(
                ExportedStem(s, n, -3.0, 0.5, 0.1, False) for s, n in zip(stems, names, strict=True)
            ),
            {},
        )
        write_page(files.new("report.html"), run, "wiener", exported, files, Meter(None, 1))
    assert len(open_files) == len(stems)
    assert max(most) <= 4
    assert all(it.closed for it in open_files)
    assert len(page_of(tmp_path).all("audio")) == len(stems)


def test_loss_curves() -> None:
    for loss in ([5.0], [3.0, 2.0, 1.0], [1.0, 0.0], [2.0, 2.0], list(np.geomspace(9, 1, 5000))):
        figure = ElementTree.fromstring(loss_curve(np.array(loss)))
        points = figure.find("svg/polyline").get("points").split()
        values = np.array([[float(n) for n in point.split(",")] for point in points])
        assert len(points) <= 1300
        assert (np.diff(values[:, 0]) > 0).all()
        assert (np.diff(values[:, 1]) >= 0).all()  # downwards is larger
    assert "No iteration" in loss_curve(np.zeros(0))


def test_a_cancel_among_the_extras_leaves_nothing(run: Run, tmp_path: Path) -> None:
    for extra in EXTRAS:
        stems = tuple(source_stems(run))
        order = ExportOrder(run, "wiener", tmp_path / "new", stems, extras=(extra,))
        with pytest.raises(Stopped):
            carry_out_export(order, lambda share: share < 0.9)
        assert list(tmp_path.iterdir()) == []


def test_the_page_says_what_is_missing_of_the_recording(tmp_path: Path) -> None:
    path = tmp_path / "half.wav"
    path.write_bytes(whole("16 bit.wav")[:-100_000])
    recording = load_recording(path)
    assert recording is not None
    separation = separate(recording, Settings(n_bases=2, n_iterations=2))
    export(make_run(Document(), separation), tmp_path / "out", "page")
    page = Page((tmp_path / "out" / "report.html").read_text("utf-8"))
    assert recording.notice in page.texts
