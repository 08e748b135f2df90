"""What parts have: tile, report and file say the same, and the shares add up."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from isnmf_gui.paths import demo_recording
from isnmf_gui.session.document.component_sounds import Sounds
from isnmf_gui.session.document.document import Document, Run, make_run
from isnmf_gui.session.edits import factor_edits
from isnmf_gui.session.edits.source_edits import group
from isnmf_gui.session.export.export_order import ExportOrder, carry_out_export
from isnmf_gui.session.export.extras.report import report
from isnmf_gui.session.export.stems.export_stems import Exported
from isnmf_gui.session.export.stems.stems import (
    component_stems,
    mix_stem,
    residual_stem,
    source_stems,
)
from isnmf_gui.session.runs.part_energies import sampled
from isnmf_gui.session.runs.separation import separate
from isnmf_gui.session.runs.settings import Settings, preset
from isnmf_gui.session.sound_files.recording import Recording, load_recording

#: Parts with less of the recording's energy than this are written as 0.0 %.
LEAST = 1e-4


@pytest.fixture(scope="module")
def demo() -> Run:
    recording = load_recording(demo_recording())
    assert recording is not None
    settings = replace(preset("quality", recording.sample_rate), n_bases=24, n_iterations=30)
    return make_run(Document(recording), separate(recording, settings))


def export(run: Run, folder: Path, mask: str, *, with_sources: bool = False) -> Exported:
    stems = source_stems(run) if with_sources else component_stems(run)
    order = ExportOrder(run, mask, folder, (*stems, residual_stem(run)))
    return carry_out_export(order, lambda share: True).exported


def decibels(ratio: np.ndarray) -> np.ndarray:
    return 10 * np.log10(np.maximum(ratio, 1e-30))


@pytest.mark.parametrize("mask", ["wiener", "ratio"])
def test_tile_report_and_file_agree_on_the_demo(demo: Run, mask: str, tmp_path: Path) -> None:
    sounds = Sounds()
    sounds.take(demo, mask)
    energies, shares = sounds.energies(), sounds.shares()
    assert shares.sum() == pytest.approx(1, abs=1e-12)
    told = report(demo, mask, export(demo, tmp_path, mask))
    samples = demo.separation.recording.samples.astype(np.float64)
    total = np.sum(samples**2)
    for part, energy, share in zip(told["components"], energies, shares, strict=True):
        written = soundfile.read(tmp_path / part["file"])[0]
        by_file = decibels(np.sum(written**2) / total)
        assert part["energy_db"] == pytest.approx(by_file, abs=0.01)
        assert part["share"] == pytest.approx(share, abs=1e-6)
        if energy > LEAST:
            assert decibels(energy) == pytest.approx(by_file, abs=0.1)
        if mask == "wiener" and share > LEAST:  # what the file explains of the recording
            explained = np.sum(written * samples) / total
            assert decibels(share) == pytest.approx(decibels(explained), abs=0.1)
    assert sum(part["share"] for part in told["components"]) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize(
    ("domain", "hop_samples", "region_s"), [(2.0, 256, None), (1.0, 128, None), (1.5, 256, (1, 3))]
)
def test_the_energies_are_those_of_the_files(
    demo: Run, domain: float, hop_samples: int, region_s: tuple, tmp_path: Path
) -> None:
    """Whatever the settings; of few frames, and of a region, which all figures are relative to."""
    whole = demo.separation.recording
    recording = replace(whole, samples=whole.samples[: 4 * whole.sample_rate, :1])
    settings = Settings(
        n_bases=3, n_iterations=10, domain=domain, window_samples=1024, hop_samples=hop_samples
    )
    made = separate(recording, settings, region_s=region_s)
    run = make_run(Document(recording), made)
    for mask in ("wiener", "ratio"):
        exported = export(run, tmp_path / mask, mask)
        found = decibels(made.energies[mask])
        np.testing.assert_allclose(found, [it.energy_db for it in exported.stems][:3], atol=0.03)
    assert made.energies["share"].sum() == pytest.approx(1)


def test_shares_of_sources_and_the_residual_add_up(demo: Run, tmp_path: Path) -> None:
    """After edits too; masks that do not share out leave no share to the residual."""
    edited = factor_edits.delete(group(demo, [0, 1, 5]), [2, 7])
    stems = export(edited, tmp_path / "a", "wiener", with_sources=True).stems
    assert [it.stem.kind for it in stems] == ["source", "unassigned", "residual"]
    assert sum(it.share for it in stems) == pytest.approx(1)
    gone = demo.separation.energies["share"][[2, 7]].sum()
    assert stems[-1].share == pytest.approx(gone)
    order = ExportOrder(demo, "ratio", tmp_path / "b", (mix_stem(demo), residual_stem(demo)))
    assert [it.share for it in carry_out_export(order, lambda share: True).exported.stems] == [
        None,
        None,
    ]


def test_a_share_follows_an_edit_as_the_sound_does(demo: Run) -> None:
    sounds, quieter = Sounds(), factor_edits.scale_stretch(demo, [0], (0.0, 100.0), -20.0)
    sounds.take(quieter, "wiener")
    before = demo.separation.energies
    assert sounds.shares()[0] == pytest.approx(before["share"][0] / 10)
    assert sounds.energies()[0] == pytest.approx(before["wiener"][0] / 100)


def test_silence_has_neither_energy_nor_share() -> None:
    silent = Recording(np.zeros((9000, 1), np.float32), 8000, Path("silent.wav"))
    made = separate(silent, Settings(n_bases=2, n_iterations=1))
    assert all((each == 0).all() for each in made.energies.values())


def test_places_are_chosen_by_their_chance_and_stand_for_all() -> None:
    chances = np.random.default_rng(1).gamma(0.3, size=500)
    places, weights = sampled(chances, 60)
    assert (np.diff(places) > 0).all()
    assert weights @ chances[places] == pytest.approx(chances.sum())
    assert [len(it) for it in sampled(np.zeros(5), 3)] == [0, 0]
