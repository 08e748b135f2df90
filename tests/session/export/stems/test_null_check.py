"""Whatever was done to the parts: what is written adds up to the recording."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from isnmf_gui.session.document.document import Document, Run, make_run
from isnmf_gui.session.edits import factor_edits, source_edits
from isnmf_gui.session.edits.mix_edits import set_gain
from isnmf_gui.session.export.export_order import ExportOrder, Outcome, carry_out_export
from isnmf_gui.session.export.stems.audio_options import AudioOptions
from isnmf_gui.session.export.stems.export_stems import Exported
from isnmf_gui.session.export.stems.stems import (
    Stem,
    component_stems,
    mix_stem,
    residual_stem,
    source_stems,
)
from isnmf_gui.session.runs.separation import Separation

EDITS = {
    "as it was": lambda run: run,
    "merged": lambda run: factor_edits.merge(run, [0, 2]),
    "duplicated": lambda run: factor_edits.duplicate(run, [1]),
    "deleted": lambda run: factor_edits.delete(run, [1]),
    "scaled": lambda run: factor_edits.scale_stretch(run, [0], (0.2, 0.6), -12.0),
    "smoothed": lambda run: factor_edits.smooth_activations(run, [0, 1, 2], 0.5),
    "drawn": lambda run: factor_edits.draw_activation(run, 1, 0, np.full(99, 400.0)),
    "band removed": lambda run: factor_edits.remove_band(run, [2], 200.0, 900.0),
}


@pytest.fixture
def run(separation: Separation) -> Run:
    return source_edits.group(make_run(Document(), separation), [0])


def export(
    run: Run, folder: Path, stems: list[Stem], mask: str = "wiener", rate: int | None = None
) -> Exported:
    options = AudioOptions("wav", rate)
    order = ExportOrder(run, mask, folder, tuple(stems), options, pattern="{kind}")
    outcome = carry_out_export(order, lambda share: True)
    assert isinstance(outcome, Outcome)
    return outcome.exported


@pytest.mark.parametrize("mask", ["wiener", "ratio"])
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_stems_and_residual_add_up(edit, mask: str, run: Run, tmp_path: Path) -> None:
    edited = edit(run)
    for make in (component_stems, source_stems):
        folder = tmp_path / make.__name__
        stems = [*make(edited), residual_stem(edited)]
        exported = export(edited, folder, stems, mask)
        assert exported.null_test_db is not None
        assert exported.null_test_db < -120
        read = [soundfile.read(folder / it.file, always_2d=True)[0] for it in exported.stems]
        samples = run.separation.recording.samples
        assert np.sum((sum(read) - samples) ** 2) < 1e-12 * np.sum(samples.astype(float) ** 2)
        keeps_all = edit in (EDITS["merged"], EDITS["as it was"]) and mask == "wiener"
        assert exported.residual_is_empty is keeps_all
        assert (folder / "residual.wav").exists() is not exported.residual_is_empty


def test_every_balance_has_its_own_null_test(run: Run, tmp_path: Path) -> None:
    quieter = set_gain(run, [1], -6)
    stems = [*source_stems(quieter), *component_stems(quieter, [0]), mix_stem(quieter)]
    assert list(export(quieter, tmp_path, stems).null_tests_db) == ["source"]
    both = export(run, tmp_path, [*source_stems(run), *component_stems(run), mix_stem(run)])
    assert list(both.null_tests_db) == ["source", "component", "mix"]
    assert both.null_test_db == max(both.null_tests_db.values())
    assert both.null_test_db < -120


def test_a_residual_asked_for_alone_is_written_though_it_is_empty(run: Run, tmp_path: Path) -> None:
    exported = export(run, tmp_path, [residual_stem(run)])
    assert [it.file for it in exported.stems] == ["residual.wav"]
    assert exported.stems[0].energy_db < -100
    assert (exported.null_test_db, exported.residual_is_empty) == (None, False)


@pytest.mark.parametrize("mask", ["wiener", "ratio"])
def test_at_another_rate(mask: str, run: Run, tmp_path: Path) -> None:
    stems = [*component_stems(run), residual_stem(run)]
    exported = export(run, tmp_path, stems, mask, 48_000)
    assert exported.null_test_db is not None
    assert exported.null_test_db < -120


def test_parts_far_louder_than_the_recording_add_up_as_well(
    separation: Separation, tmp_path: Path
) -> None:
    """Ratio masks do that where the model is above the recording: here by 20 dB everywhere."""
    result = separation.factorization
    louder = replace(result, activation=100 ** (separation.settings.domain / 2) * result.activation)
    run = make_run(Document(), replace(separation, factorization=louder))
    exported = export(run, tmp_path, [*component_stems(run), residual_stem(run)], "ratio")
    assert exported.stems[-1].energy_db > 15
    assert exported.null_test_db is not None
    assert exported.null_test_db < -125


def test_more_stems_than_one_pass_takes(
    separation: Separation, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr("isnmf_gui.session.export.stems.rendering.STEMS_AT_ONCE", 2)
    run = make_run(Document(), separation)
    shares: list[float] = []
    order = ExportOrder(run, "wiener", tmp_path, tuple(component_stems(run)))
    outcome = carry_out_export(order, lambda share: not shares.append(share))
    assert isinstance(outcome, Outcome)
    assert outcome.exported.null_test_db is not None
    assert outcome.exported.null_test_db < -120
    assert shares == sorted(shares)
    assert shares[-1] == 1
