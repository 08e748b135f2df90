"""A project with strokes: opened again it plays, is exported and saved, and its sources add up."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from isnmf_gui.playback import Mix, MixSource, render
from isnmf_gui.session.document.component_factors import factors_of
from isnmf_gui.session.document.document import Document, Run, add_run, make_run, replace_run
from isnmf_gui.session.edits import factor_edits, mix_edits, source_edits
from isnmf_gui.session.export.export_order import ExportOrder, Outcome, carry_out_export
from isnmf_gui.session.export.stems.audio_options import AudioOptions
from isnmf_gui.session.export.stems.stems import (
    Stem,
    chosen_stems,
    component_stems,
    is_complete,
    mix_stem,
    residual_stem,
    source_stems,
)
from isnmf_gui.session.guidance.memberships import sharing_of
from isnmf_gui.session.project import open_project, save_project
from isnmf_gui.session.runs.separation import Separation, stft_of
from tests.session.comparing import same_document
from tests.session.strokes import painted

Samples = np.ndarray


@pytest.fixture
def opened(separation: Separation, tmp_path: Path) -> Document:
    """What comes of a project with strokes that was saved and opened."""
    document = Document(separation.recording)
    document = add_run(document, painted(make_run(document, separation)))
    again = open_project(save_project(document, tmp_path / "song.isnmf").path)
    assert [it.shape for it in again.run(1).strokes] == [it.shape for it in document.run(1).strokes]
    return again


def played(run: Run, source_id: int | None = None) -> Samples:
    """Return the mix as the window plays it, or a source alone."""
    pairs = mix_edits.pair_gains(run)
    if source_id is not None:
        pairs = mix_edits.pairs_alone(run, (), source_id)
    separation, gains = run.separation, mix_edits.linear_gains(run)
    stft, factors = stft_of(separation.settings), factors_of(run)
    mix = Mix("mix", stft, factors, gains, "wiener", sharing_of(run), pairs)
    recording = separation.recording
    return render(MixSource(recording.samples, recording.sample_rate, mix))


def exported(run: Run, folder: Path, stems: list[Stem]) -> tuple[list[Samples], Outcome]:
    order = ExportOrder(run, "wiener", folder, tuple(stems), AudioOptions())
    outcome = carry_out_export(order, lambda share: True)
    assert isinstance(outcome, Outcome)
    files = [folder / it.file for it in outcome.exported.stems]
    return [soundfile.read(it, always_2d=True)[0] for it in files], outcome


def error_db(found: Samples, wanted: Samples) -> float:
    return float(10 * np.log10(np.sum((found - wanted) ** 2) / np.sum(wanted**2) + 1e-30))


def test_what_is_exported_adds_up(opened: Document, tmp_path: Path) -> None:
    run = opened.run(1)
    samples = run.separation.recording.samples
    for stems in (source_stems(run), component_stems(run)):
        assert is_complete(stems, run)
        parts, outcome = exported(run, tmp_path / stems[0].kind, stems)
        assert error_db(np.sum(parts, axis=0), samples) < -120
        assert outcome.exported.null_test_db is not None
        assert outcome.exported.null_test_db < -120


def test_what_edits_took_is_in_the_residual(opened: Document, tmp_path: Path) -> None:
    run = factor_edits.scale_stretch(opened.run(1), [0, 2], (0.2, 0.7), -15.0)
    stems = chosen_stems(run)
    assert residual_stem(run).kind in {it.kind for it in stems}
    parts, _ = exported(run, tmp_path, stems)
    assert error_db(np.sum(parts, axis=0), run.separation.recording.samples) < -120


def test_what_is_played_is_what_is_exported(opened: Document, tmp_path: Path) -> None:
    run = source_edits.set_source_gain(opened.run(1), 1, -20.0)
    ((mixed,), _) = exported(run, tmp_path / "mix", [mix_stem(run)])
    assert error_db(played(run), mixed) < -100
    parts, _ = exported(run, tmp_path / "sources", source_stems(run))
    assert [it.number for it in source_stems(run)][:2] == [1, 2]
    for source_id, part in zip((1, 2), parts, strict=False):
        assert error_db(played(run, source_id), part) < -100
        soloed = source_edits.set_source_soloed(opened.run(1), source_id, True)
        assert error_db(played(soloed), part) < -100
    assert error_db(played(run), sum(parts[1:]) + 0.1 * parts[0]) < -100


def test_all_faders_at_rest_are_the_recording_itself(opened: Document) -> None:
    samples = opened.run(1).separation.recording.samples
    assert np.array_equal(played(opened.run(1)), samples)
    quieter = source_edits.set_source_muted(opened.run(1), 1, True)
    assert error_db(played(quieter), samples) > -60


def test_strokes_are_heard(opened: Document, tmp_path: Path) -> None:
    """Not the groups alone, nor the gains of components: labelled bins are otherwise too."""
    run = opened.run(1)
    unpainted = mix_edits.alone(run, *(it.index for it in run.members(1)))
    with_strokes, without = source_stems(run)[0], Stem("source", "Drums", unpainted, 1)
    (one, other), _ = exported(run, tmp_path, [with_strokes, without])
    assert error_db(one, other) > -30


def test_it_is_saved_as_it_is(opened: Document, tmp_path: Path) -> None:
    edited = replace_run(opened, source_edits.lock_source(opened.run(1), 2, True))
    again = open_project(save_project(edited, tmp_path / "again.isnmf").path)
    assert same_document(again, edited)
    assert again.run(1).sources[1].is_locked
    assert [it.is_placed for it in again.run(1).components] == [False, True, False]
    assert [it.is_on for it in again.run(1).strokes] == [True, True, True, False]
    assert again.run(1).strokes[1].erased == opened.run(1).strokes[1].erased != ()
