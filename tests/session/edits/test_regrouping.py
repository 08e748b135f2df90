"""Proposed sources where some were painted: names and strokes stay, and each finds its group."""

import numpy as np
import pytest

from isnmf_gui.nmf import Factorization
from isnmf_gui.session.document.document import UNASSIGNED, Document, Run, make_run
from isnmf_gui.session.document.guidance import Box
from isnmf_gui.session.edits import guidance_edits, source_edits
from isnmf_gui.session.edits.regrouping import painted_sources, regroup
from isnmf_gui.session.runs.separation import Separation, stft_of
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording

RATE, N = 8000, 8
# The band of a component is a tone in the middle of it, all the time.
BAND_HZ = RATE / 2 / N


@pytest.fixture(scope="module")
def separation(tmp_path_factory: pytest.TempPathFactory) -> Separation:
    """Eight tones, and eight components of which each has the band of one."""
    time_s = np.arange(2 * RATE) / RATE
    tones = [np.sin(2 * np.pi * (k + 0.5) * BAND_HZ * time_s) for k in range(N)]
    samples = 0.1 * np.sum(tones, axis=0, dtype=np.float32)[:, None]
    settings = Settings(n_bases=N, window_samples=256, hop_samples=64)
    stft = stft_of(settings)
    n_bins, n_frames = stft.n_bins, stft.n_frames(len(samples))
    hertz = np.arange(n_bins) * RATE / 256
    basis = np.array([abs(hertz - (k + 0.5) * BAND_HZ) <= BAND_HZ / 2 for k in range(N)]).T + 1e-6
    factors = Factorization(basis, np.ones((N, n_frames)), np.ones(1), "iterations")
    shares = np.full(N, 1 / N)
    energies = dict.fromkeys(("wiener", "ratio", "share"), shares)
    path = tmp_path_factory.mktemp("tones") / "tones.wav"
    return Separation(Recording(samples, RATE, path), settings, factors, 0.1, energies)


@pytest.fixture
def run(separation: Separation) -> Run:
    return make_run(Document(), separation)


def band(k: int) -> Box:
    return Box(0.2, 1.2, k * BAND_HZ, (k + 1) * BAND_HZ)


def members(run: Run) -> dict[str, list[int]]:
    return {it.name: [c.index for c in run.members(it.id)] for it in run.all_sources}


def named(run: Run, *titles: str) -> Run:
    for title in titles:
        run = source_edits.add_source(run, title)
    return run


def test_without_strokes_all_sources_are_new(run: Run) -> None:
    run = named(run, "Old")
    result = regroup(run, [0] * 4 + [1] * 4)
    assert members(result) == {"Source 1": [0, 1, 2, 3], "Source 2": [4, 5, 6, 7], "Unassigned": []}


@pytest.mark.parametrize("swapped", [False, True])
def test_painted_sources_take_the_group_that_their_strokes_are_on(run: Run, swapped) -> None:
    run = named(run, "Low", "Never painted", "High")
    low, _, high = run.sources
    run = source_edits.color_source(source_edits.set_source_gain(run, high.id, -3.0), high.id, 6)
    run = guidance_edits.paint(run, low.id, band(1))
    run = guidance_edits.paint(run, high.id, band(6))
    labels = [0] * 4 + [1] * 4
    result = regroup(run, [1 - it for it in labels] if swapped else labels)
    assert members(result) == {"Low": [0, 1, 2, 3], "High": [4, 5, 6, 7], "Unassigned": []}
    assert result.strokes == run.strokes
    assert [it.id for it in result.sources] == [low.id, high.id]
    assert (result.sources[1].gain_db, result.sources[1].color) == (-3.0, 6)
    assert not any(it.is_placed for it in result.components)
    assert painted_sources(result) == list(result.sources)


def test_groups_that_nobody_painted_are_new_sources(run: Run) -> None:
    run = named(run, "High")
    run = guidance_edits.paint(run, 1, band(7))
    result = regroup(run, [0, 0, 0, 1, 1, -1, 2, 2])
    found = members(result)
    assert found.pop("High") == [6, 7]
    assert found.pop("Unassigned") == [5]
    assert sorted(found.values()) == [[0, 1, 2], [3, 4]]
    assert len({it.color for it in result.sources}) == 3


def test_with_fewer_groups_painted_sources_stay_without_components(run: Run) -> None:
    run = named(run, "Low", "Middle", "High")
    for source, k in zip(run.sources, (0, 3, 7), strict=True):
        run = guidance_edits.paint(run, source.id, band(k))
    found = members(regroup(run, [0] * 8))
    assert sorted(map(len, found.values())) == [0, 0, 0, 8]
    assert list(found) == ["Low", "Middle", "High", "Unassigned"]


def test_many_sources_find_their_groups_too(run: Run) -> None:
    run = named(run, *(f"Tone {k}" for k in range(N)))
    for source, k in zip(run.sources, range(N), strict=True):
        run = guidance_edits.paint(run, source.id, band(k))
    order = [3, 5, 0, 7, 1, 6, 2, 4]
    found = members(regroup(run, order))
    assert found == {f"Tone {k}": [k] for k in range(N)} | {"Unassigned": []}


def test_strokes_on_what_is_unassigned_stay(run: Run) -> None:
    run = guidance_edits.paint(run, UNASSIGNED, band(2))
    result = regroup(run, [0] * 8)
    assert result.strokes == run.strokes
    off = guidance_edits.switch_strokes(named(run, "Off"), [1], False)
    off = guidance_edits.add_stroke(off, 1, off.strokes[0])
    assert [it.name for it in regroup(off, [0] * 8).sources] == ["Off"]
