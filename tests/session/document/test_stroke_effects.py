"""What each stroke does is what changes where it is left out."""

import numpy as np
import pytest

from isnmf_gui.errors import Stopped
from isnmf_gui.session.document.component_sounds import energies_of
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.document.guidance import Box
from isnmf_gui.session.document.memberships import memberships_without, sharing_of
from isnmf_gui.session.document.stroke_effects import Effect, effects_of
from isnmf_gui.session.edits import guidance_edits, source_edits
from isnmf_gui.session.runs.part_energies import SHARE
from tests.session.strokes import LOW, painted


def test_what_is_left_out_is_as_if_it_was_never_painted(run: Run) -> None:
    run = painted(run)
    found = list(memberships_without(run, [1, 3]))
    for stroke_id, memberships in zip((1, 3), found, strict=True):
        sharing = sharing_of(guidance_edits.remove_strokes(run, [stroke_id]))
        assert sharing is not None
        np.testing.assert_allclose(memberships, sharing.memberships)


def test_the_share_of_the_source_differs_by_the_stroke(run: Run) -> None:
    run = painted(run)
    effects = effects_of(run, [1, 2, 3, 4])
    assert sorted(effects) == [1, 2, 3]  # the last one is off
    without = sharing_of(guidance_edits.remove_strokes(run, [2]))
    assert without is not None
    share = float(energies_of(run, SHARE) @ without.memberships[:, 1])
    assert effects[2].without == pytest.approx(share)
    assert effects[2].share > effects[2].without
    assert effects[2].moved_db == pytest.approx(10 * np.log10(effects[2].share / share))


def test_the_only_stroke_is_measured_against_the_groups(run: Run) -> None:
    run = guidance_edits.paint(source_edits.group(run, [2]), 1, Box(0.0, 0.5, 0.0, 300.0))
    (effect,) = effects_of(run, [1]).values()
    assert effect.without == pytest.approx(float(energies_of(run, SHARE)[2]))


def test_labelled_bins_count_though_no_component_moves(run: Run) -> None:
    """Components put by hand hardly move; the place itself is the source's all the same."""
    run = source_edits.group(source_edits.group(run, [0]), [1, 2])
    before = energies_of(run, SHARE)[0]
    run = guidance_edits.paint(run, 1, Box(0.0, 1.0, 0.0, 30_000.0))
    assert effects_of(run, [1])[1].share > before + 0.1


def test_a_source_that_had_nothing_gets_a_number(run: Run) -> None:
    run = source_edits.add_source(run, "New")
    effect = effects_of(guidance_edits.paint(run, 1, LOW), [1])[1]
    assert effect.without == 0
    assert 0 < effect.moved_db <= 60
    assert Effect(0.0, 0.0).moved_db == 0


def test_strokes_that_do_not_count_have_no_effect(run: Run) -> None:
    assert effects_of(run, [1]) == {}
    locked = source_edits.lock_source(painted(run), 1, True)
    assert sorted(effects_of(locked, [1, 2, 3])) == [2, 3]
    assert effects_of(painted(run), []) == {}


def test_it_stops_when_nobody_waits_any_more(run: Run) -> None:
    with pytest.raises(Stopped):
        effects_of(painted(run), [1, 2], lambda: False)
