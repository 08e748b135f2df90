"""Levels of exported files, and the warning before they are cut off."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from isnmf_gui.session.document.document import Document, Run, make_run
from isnmf_gui.session.export.export_order import ExportOrder, Outcome, WouldClip, carry_out_export
from isnmf_gui.session.export.stems.audio_options import AudioOptions
from isnmf_gui.session.export.stems.export_stems import Exported
from isnmf_gui.session.export.stems.levels import Level, Measured
from isnmf_gui.session.export.stems.stems import component_stems
from isnmf_gui.session.runs.separation import separate
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import load_recording
from isnmf_gui.spectral.hearing.loudness import LoudnessMeter


@pytest.fixture(scope="module")
def loud_run(paths: dict[str, Path]) -> Run:
    recording = load_recording(paths["over full scale.wav"])
    assert recording is not None
    return make_run(Document(), separate(recording, Settings(n_bases=2, n_iterations=3)))


def order(run: Run, folder: Path, options: AudioOptions) -> ExportOrder:
    return ExportOrder(run, "wiener", folder, tuple(component_stems(run)), options)


def export(run: Run, folder: Path, options: AudioOptions) -> Exported:
    outcome = carry_out_export(order(run, folder, options), lambda share: True)
    assert isinstance(outcome, Outcome)
    return outcome.exported


def sounds(exported: Exported, folder: Path) -> list[tuple[np.ndarray, int]]:
    return [soundfile.read(folder / it.file, always_2d=True) for it in exported.stems]


def test_each_at_its_own_peak(run: Run, tmp_path: Path) -> None:
    level = Level("peak", -3.0, keeps_balance=False)
    exported = export(run, tmp_path, AudioOptions("wav", level=level))
    for sound, _ in sounds(exported, tmp_path):
        assert 20 * np.log10(np.abs(sound).max()) == pytest.approx(-3, abs=1e-4)
    assert exported.null_test_db is not None
    assert exported.null_test_db < -120  # the gains are undone


def test_one_gain_keeps_the_balance(run: Run, tmp_path: Path) -> None:
    plain = export(run, tmp_path / "plain", AudioOptions())
    raised = export(run, tmp_path / "raised", AudioOptions(level=Level("peak", -0.1)))
    ratios = [b.peak / a.peak for a, b in zip(plain.stems, raised.stems, strict=True)]
    assert ratios == pytest.approx([ratios[0]] * 3)
    assert 20 * np.log10(max(it.peak for it in raised.stems)) == pytest.approx(-0.1, abs=1e-4)
    assert [it.gain_db for it in raised.stems] == pytest.approx([20 * np.log10(ratios[0])] * 3)
    assert [it.energy_db for it in raised.stems] == [it.energy_db for it in plain.stems]


@pytest.mark.parametrize("rate", [None, 16_000])
def test_loudness(rate: int | None, run: Run, tmp_path: Path) -> None:
    for keeps_balance in (True, False):
        level = Level("loudness", -20.0, keeps_balance)
        exported = export(run, tmp_path, AudioOptions("wav", rate, level))
        found = []
        for sound, its_rate in sounds(exported, tmp_path):
            meter = LoudnessMeter(its_rate, sound.shape[1])
            meter.add(sound)
            found.append(meter.loudness_lufs)
        assert max(found) == pytest.approx(-20, abs=0.01)
        assert (min(found) == pytest.approx(-20, abs=0.01)) is not keeps_balance


def test_silence_stays_silent() -> None:
    silence, tone = Measured(0.0, -math.inf), Measured(0.5, -20.0)
    for kind in ("peak", "loudness"):
        level = Level(kind, -6.0, keeps_balance=False)
        assert level.gains([silence, tone])[0] == 1
        assert replace(level, keeps_balance=True).gains([silence, silence]) == [1, 1]
    assert Level().gains([silence, tone]) == [1, 1]


# -- the warning ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["wav24", "wav16", "flac", "ogg", "mp3"])
def test_it_is_asked_before_anything_is_cut_off(name: str, loud_run: Run, tmp_path: Path) -> None:
    wanted = replace(order(loud_run, tmp_path / "out", AudioOptions(name)), asks=True)
    answer = carry_out_export(wanted, lambda share: True)
    assert isinstance(answer, WouldClip)
    assert not (tmp_path / "out").exists()
    done = carry_out_export(answer.order, lambda share: True)
    assert isinstance(done, Outcome)
    clipped = [it.stem for it in done.exported.stems if it.clipped]
    assert clipped == list(answer.stems)
    highest = max(it.peak for it in done.exported.stems)
    assert answer.over_db == pytest.approx(20 * np.log10(highest), abs=1e-4)


def test_float_files_and_lowered_ones_need_no_question(loud_run: Run, tmp_path: Path) -> None:
    lowered = Level("peak", -0.1)
    for options in (AudioOptions("wav"), AudioOptions("wav16", level=lowered)):
        wanted = replace(order(loud_run, tmp_path, options), asks=True)
        done = carry_out_export(wanted, lambda share: True)
        assert isinstance(done, Outcome)
        assert not any(it.clipped for it in done.exported.stems)
