"""Who gets what of the components: strokes sort them, and never change the sum."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isnmf_gui.session.document.document import Document, Run, make_run
from isnmf_gui.session.document.guidance import Box
from isnmf_gui.session.edits import factor_edits, source_edits
from isnmf_gui.session.edits.guidance_edits import (
    add_stroke,
    erase,
    remove_strokes,
    repaint,
)
from isnmf_gui.session.edits.mix_edits import linear_gains, pair_gains
from isnmf_gui.session.guidance import stroke_ledger
from isnmf_gui.session.guidance.memberships import counting, sharing_of, silent_strokes
from isnmf_gui.session.runs.separation import Separation, separate
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.spectral.sharing import Sharing
from tests.session.sharing import sum_of_sources, whole_of
from tests.session.strokes import HIGH, LOW, painted, stroke_of


@pytest.fixture(scope="session")
def short_separation(short: Recording) -> Separation:
    chosen = Settings(n_bases=4, n_iterations=5, window_samples=256, hop_samples=64)
    return separate(short, chosen, n_threads=1)


@pytest.fixture
def run(short_separation: Separation) -> Run:
    return make_run(Document(), short_separation)


def test_without_strokes_nothing_is_shared(run: Run) -> None:
    grouped = source_edits.group(run, [0, 1])
    assert sharing_of(grouped) is None
    off = add_stroke(grouped, 1, stroke_of(LOW, is_on=False))
    assert sharing_of(off) is None
    locked = source_edits.lock_source(add_stroke(grouped, 1, stroke_of(LOW)), 1, True)
    assert sharing_of(locked) is None


def test_strokes_move_components_and_label_bins(run: Run) -> None:
    sharing = sharing_of(painted(run))
    assert sharing is not None
    assert sharing.memberships.shape == (4, 3)
    np.testing.assert_allclose(sharing.memberships.sum(axis=1), 1)
    assert (sharing.memberships >= 0).all()
    groups = np.eye(3)[[0, 0, 1, 2]]
    assert np.abs(sharing.memberships - groups).max() > 0.05
    assert len(sharing.labels) > 100


def test_what_is_erased_and_taken_back_labels_as_if_it_had_been_so_from_the_first(run: Run) -> None:
    """Only what an eraser takes is counted anew."""
    whole = painted(run)
    once = erase(whole, Box(0.2, 0.55, 300.0, 2000.0))
    twice = erase(once, Box(0.25, 0.7, 150.0, 1500.0))
    other = repaint(twice, [1], whole.sources[1].id)
    gone = remove_strokes(once, [2])
    assert len({len(sharing_of(it).labels) for it in (whole, once, twice, gone)}) == 4
    for state in (whole, once, twice, once, whole, twice, other, whole, gone, once):
        sharing = sharing_of(replace(state, separation=replace(state.separation)))  # solved anew
        stroke_ledger._labelled.clear()
        fresh = stroke_ledger.labels_of(state, counting(state))
        for found, expected in zip(
            sharing.labels.within(0, 10_000), fresh.within(0, 10_000), strict=True
        ):
            np.testing.assert_array_equal(found, expected)
        sharing_of(replace(state, separation=replace(state.separation)))


def test_what_was_found_is_remembered_until_something_differs(run: Run) -> None:
    run = painted(run)
    sharing = sharing_of(run)
    assert sharing_of(replace(run, title="Other")) is sharing
    other = sharing_of(source_edits.lock_source(run, 1, True))
    assert other is not sharing
    assert other is not None
    np.testing.assert_allclose(other.memberships[:, 0], [1, 1, 0, 0])  # it keeps what it has


def test_strokes_that_say_nothing_change_nothing_and_are_told(run: Run) -> None:
    run = source_edits.group(run, [0, 1])
    outside = add_stroke(run, 1, stroke_of(Box(50.0, 60.0, 100.0, 200.0)))
    assert silent_strokes(outside) == list(outside.strokes)
    sharing = sharing_of(outside)
    assert sharing is not None
    np.testing.assert_allclose(sharing.memberships, np.eye(2)[[0, 0, 1, 1]], atol=1e-9)
    assert silent_strokes(painted(run)) == []


def test_open_names_are_shared_until_strokes_tell_them(run: Run) -> None:
    """A stroke of the second source over all that is heard: nothing tells which group is which."""
    grouped = source_edits.group_as(run, [0, 0, 1, 1])
    everywhere = stroke_of(Box(0.0, 2.0, 0.0, 8000.0))
    few = add_stroke(grouped, 2, everywhere)
    settled, opened = sharing_of(few), sharing_of(replace(few, has_open_names=True))
    assert settled is not None
    assert opened is not None
    np.testing.assert_allclose(opened.memberships.sum(axis=1), 1)
    away = np.abs(opened.memberships - settled.memberships).max()
    swapped = source_edits.group_as(run, [1, 1, 0, 0])
    swapped = source_edits.move_source(swapped, 2, 0)
    other = sharing_of(add_stroke(swapped, 2, everywhere))
    assert other is not None
    assert 0.05 < away < np.abs(other.memberships - settled.memberships).max()


def test_what_was_put_by_hand_or_locked_keeps_its_name(run: Run) -> None:
    grouped = source_edits.group_as(run, [0, 0, 1, 1])
    opened = replace(add_stroke(grouped, 2, stroke_of(LOW)), has_open_names=True)
    by_hand = sharing_of(source_edits.assign(opened, [3], 2))
    assert by_hand is not None
    assert by_hand.memberships[3, 1] > 0.9
    locked = sharing_of(source_edits.lock_source(opened, 1, True))
    assert locked is not None
    np.testing.assert_array_equal(locked.memberships[:, 0], [1, 1, 0, 0])


def test_gains_of_shared_components_are_what_their_sources_make_of_them(run: Run) -> None:
    run = source_edits.set_source_gain(painted(run), 1, -20.0)
    sharing = sharing_of(run)
    assert sharing is not None
    expected = sharing.memberships @ [0.1, 1.0, 1.0]
    np.testing.assert_allclose(linear_gains(run), expected)
    np.testing.assert_allclose(pair_gains(run), np.tile([0.1, 1.0, 1.0], (4, 1)))


BOXES = st.builds(
    lambda start_s, length_s, low_hz, octaves: Box(
        start_s, start_s + length_s, low_hz, low_hz * 2**octaves
    ),
    st.floats(-0.1, 1.1),
    st.floats(0, 0.5),
    st.floats(0, 3000),
    st.floats(0.1, 4),
)
PAINTED = st.lists(st.tuples(st.sampled_from([0, 1, 2]), BOXES), min_size=1, max_size=8)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(strokes=PAINTED, locked=st.sets(st.sampled_from([0, 1, 2]), max_size=2))
def test_labels_never_change_the_sum(
    short_separation: Separation, strokes: list[tuple[int, Box]], locked: set[int]
) -> None:
    run = make_run(Document(), short_separation)
    run = source_edits.group(source_edits.group(run, [0, 1]), [2])
    for source_id, box in strokes:
        run = add_stroke(run, source_id, stroke_of(box))
    for source_id in locked:
        run = source_edits.lock_source(run, source_id, True)
    np.testing.assert_allclose(sum_of_sources(run), 1, atol=2e-6)


@pytest.mark.parametrize("shape", [LOW, HIGH])
def test_nor_where_parts_were_edited(run: Run, shape: Box) -> None:
    """What edits took away is the residual's, with strokes as without."""
    edited = factor_edits.delete(painted(run), [1])
    edited = factor_edits.scale_stretch(edited, [2], (0.2, 0.5), -12.0)
    unpainted = replace(edited, strokes=())
    painted_more = add_stroke(edited, 1, stroke_of(shape))
    whole = whole_of(unpainted)
    assert whole.min() < 0.5
    np.testing.assert_allclose(sum_of_sources(painted_more), whole, atol=1e-9)


def _same(one: Sharing | None, other: Sharing | None) -> None:
    assert one is not None
    assert other is not None
    np.testing.assert_allclose(one.memberships, other.memberships, atol=1e-9)
    for mine, its in zip(one.labels.within(0, 999), other.labels.within(0, 999), strict=True):
        np.testing.assert_array_equal(mine, its)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(strokes=PAINTED, gone=st.sets(st.integers(0, 7)), order=st.randoms())
def test_strokes_may_come_and_go_in_any_order(
    short_separation: Separation, strokes: list[tuple[int, Box]], gone: set[int], order: Random
) -> None:
    """What was summed up step by step is what is summed up at once."""
    start = make_run(Document(), short_separation)
    start = source_edits.group(source_edits.group(start, [0, 1]), [2])
    run = start
    for source_id, box in strokes:
        run = add_stroke(run, source_id, stroke_of(box))
        sharing_of(run)
    for number in order.sample(sorted(gone), len(gone)):
        run = remove_strokes(run, [number + 1])
        sharing_of(run)
    reordered = replace(run, sources=run.sources[::-1])
    at_once = replace(run, separation=replace(run.separation))  # nothing is known of it yet
    if not run.strokes:
        assert sharing_of(run) is None
        return
    _same(sharing_of(run), sharing_of(at_once))
    mine, other = sharing_of(run), sharing_of(reordered)
    assert mine is not None
    assert other is not None
    np.testing.assert_allclose(other.memberships, mine.memberships[:, [1, 0, 2]], atol=1e-9)


def test_a_run_that_goes_on_is_asked_less(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its factors are others many times a second."""
    monkeypatch.setattr(stroke_ledger, "MOST_ASKED_LIVE", 16 * 20)
    monkeypatch.setattr(stroke_ledger, "MOST_STROKES_LIVE", 2)
    done = painted(run)
    live = replace(done, separation=replace(done.separation, energies=None))
    full, less = sharing_of(done), sharing_of(live)
    assert full is not None
    assert less is not None
    assert len(less.labels) == len(full.labels)
    assert not np.allclose(full.memberships, less.memberships)
    assert np.abs(full.memberships - less.memberships).max() < 0.5
