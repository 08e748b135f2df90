"""What a person may be asked about: places that a component nearly owns."""

from collections.abc import Iterator

import numpy as np
import pytest

from isnmf_gui.errors import Stopped
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.document.guidance import Box, Stroke
from isnmf_gui.session.edits import factor_edits, source_edits
from isnmf_gui.session.edits.guidance_edits import add_stroke
from isnmf_gui.session.grouping import cells as cells_of
from isnmf_gui.session.grouping import places as places_of
from isnmf_gui.session.grouping.cells import Cells, pooled
from isnmf_gui.session.grouping.places import PLACES_EACH, Places, find_places
from isnmf_gui.session.grouping.spoken_for import spoken_for
from isnmf_gui.session.guidance.memberships import counting
from isnmf_gui.session.runs.separation import stft_of
from isnmf_gui.spectral import Resynthesis
from tests.session.grouping.scenes import RATE, SECONDS, SETTINGS, TONES_HZ, run_of, tones


@pytest.fixture(scope="module")
def run() -> Run:
    return source_edits.group_as(run_of(tones()), [0, 1, 0, 1])


@pytest.fixture(scope="module")
def places(run: Run) -> Places:
    return find_places(run)


def cells_within(run: Run) -> tuple[Cells, Resynthesis]:
    stft = stft_of(SETTINGS)
    recording = Resynthesis(run.separation.recording.samples, stft)
    n_frames = run.separation.factorization.activation.shape[1]
    return Cells.of(run.separation.grid, (0, n_frames), stft.n_bins), recording


def test_every_component_has_places_of_its_own(places: Places) -> None:
    owners = places.shares.argmax(axis=1)
    assert set(owners) == {0, 1, 2, 3}
    assert np.bincount(owners).max() <= 4 * PLACES_EACH
    assert (places.shares.max(axis=1) > 0.9).sum() >= 8
    for owner, hertz in enumerate(TONES_HZ):
        best = places.boxes[int(np.where(owners == owner, places.energies[:, owner], 0).argmax())]
        assert best.low_hz <= hertz * 1.02
        assert best.high_hz >= hertz / 1.02


def test_places_are_as_long_and_as_high_as_promised(places: Places, run: Run) -> None:
    frame_s, bin_hz = run.separation.grid.frame_s, run.separation.grid.bin_hz
    for box in places.boxes:
        assert 0.2 - frame_s <= box.stop_s - box.start_s <= 1.0 + frame_s
        assert box.start_s >= 0
        assert box.stop_s <= SECONDS + frame_s
        assert 50.0 - bin_hz <= box.low_hz < box.high_hz <= RATE / 2 + bin_hz
        assert (box.high_hz - bin_hz) / (box.low_hz + bin_hz) <= 4.0


def test_what_a_place_says_is_what_a_stroke_there_says(places: Places, run: Run) -> None:
    for place in range(0, len(places.boxes), 7):
        painted = add_stroke(run, 1, Stroke(0, 1, places.boxes[place]))
        said = spoken_for(painted, counting(painted))
        np.testing.assert_allclose(said.shares[0], places.shares[place], atol=1e-2)
        np.testing.assert_allclose(said.energies[0], places.energies[place], atol=1e-2)


def test_cells_hold_what_their_bins_hold(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells_of, "STRETCH_CELLS", 7)
    cells, recording = cells_within(run)
    stretches = list(pooled(run.separation.factors, recording, cells))
    assert [first for first, _ in stretches] == list(range(0, cells.n_cells, 7))
    energies = np.concatenate([it for _, it in stretches])
    assert energies.shape == (cells.n_cells, cells.n_bands, 4)
    for cell, band in ((0, 3), (11, 8), (40, 20)):
        frames = np.arange(*cells.frames[cell : cell + 2])
        bins = np.arange(*cells.bins[band : band + 2])
        at = np.repeat(frames, len(bins)), np.tile(bins, len(frames))
        power = recording.power(0, int(cells.frames[-1]))[at].astype(np.float64)
        expected = power @ run.separation.factors.shares_at(*at)
        np.testing.assert_allclose(energies[cell, band], expected, rtol=1e-3, atol=1e-9)


def test_short_stretches_find_as_good_places(
    places: Places, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cells_of, "STRETCH_CELLS", 13)
    pieces = find_places(run)
    np.testing.assert_allclose(pieces.overlap, places.overlap, rtol=1e-5)
    for owner in range(4):
        best, whole = (
            np.max(it.energies[:, owner] * it.shares[:, owner] ** 2) for it in (pieces, places)
        )
        assert best == pytest.approx(whole, rel=1e-3)


def test_places_of_one_component_are_apart(run: Run) -> None:
    rng = np.random.default_rng(1)
    start, low = rng.integers(0, 40, (2, 300))
    corners = np.stack([start, start + rng.integers(2, 9, 300), low, low + 3], axis=1)
    scores = rng.random(300)
    chosen = places_of.apart(corners, scores)
    assert len(chosen) == PLACES_EACH
    assert chosen[0] == scores.argmax()
    for one in chosen:
        for other in set(chosen) - {one}:
            a, b = corners[one], corners[other]
            assert a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2]


def test_nothing_outside_the_region_is_asked_about() -> None:
    places = find_places(run_of(tones(), (2.0, 4.0)))
    assert places.boxes
    assert min(it.start_s for it in places.boxes) >= 1.95
    assert max(it.stop_s for it in places.boxes) <= 4.05


def test_silence_and_the_shortest_recordings_have_no_places() -> None:
    assert find_places(run_of([0 * it for it in tones()])).boxes == ()
    assert find_places(run_of([it[:300] for it in tones()])).boxes == ()


def test_edited_parts_have_places_too(run: Run) -> None:
    merged = factor_edits.merge(run, [0, 2])
    found = find_places(merged)
    assert found.shares.shape[1] == merged.n_indices
    assert (found.shares.max(axis=1) > 0.9).any()


@pytest.mark.parametrize("after", [0, 3, 40])
def test_the_search_can_be_stopped(run: Run, after: int) -> None:
    calls: Iterator[int] = iter(range(10_000))
    with pytest.raises(Stopped):
        find_places(run, lambda share: next(calls) < after)


def test_boxes_that_touch_do_not_overlap(places: Places) -> None:
    box = places.boxes[0]
    assert places.overlapping(box)[0]
    assert not places.overlapping(Box(box.stop_s, box.stop_s + 1, box.low_hz, box.high_hz))[0]
    assert not places.overlapping(Box(box.start_s, box.stop_s, box.high_hz, 4000.0))[0]
