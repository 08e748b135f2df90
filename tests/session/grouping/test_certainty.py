"""How sure sources are, and what moved."""

import numpy as np
import pytest

from isnmf_gui.session.document.component_sounds import energies_of
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.document.guidance import Box, Stroke
from isnmf_gui.session.edits import source_edits
from isnmf_gui.session.edits.guidance_edits import add_stroke
from isnmf_gui.session.grouping.certainty import (
    PLACED,
    UNSURE,
    Certainty,
    certainty_of,
    memberships_of,
    moved_db,
    moved_share,
)
from isnmf_gui.session.grouping.proposing import likeness_of, propose
from isnmf_gui.session.grouping.suggesting import Likeness
from isnmf_gui.session.runs.part_energies import SHARE
from tests.session.grouping.scenes import SECONDS, TONES_HZ, run_of, tones


@pytest.fixture(scope="module")
def run() -> Run:
    return source_edits.group_as(run_of(tones()), [0, 1, 0, 1])


@pytest.fixture(scope="module")
def likeness(run: Run) -> Likeness:
    return likeness_of(run)


def painted(run: Run, component: int, source_id: int) -> Run:
    hertz = TONES_HZ[component]
    return add_stroke(run, source_id, Stroke(0, 0, Box(0.0, SECONDS, hertz * 0.9, hertz * 1.1)))


def test_without_strokes_it_goes_by_how_distinct_groups_are(run: Run) -> None:
    likeness = likeness_of(run)
    proposal = propose(run, 2)
    grouped = source_edits.group_as(run, proposal.labels)
    np.testing.assert_allclose(
        likeness.silhouettes(np.array(proposal.labels)), proposal.confidence, atol=1e-12
    )
    found = certainty_of(grouped, likeness).of_components
    assert np.argsort(found).tolist() == np.argsort(proposal.confidence).tolist()
    assert ((found > 0) & (found < 1)).all()


def test_what_was_painted_is_surer(run: Run, likeness: Likeness) -> None:
    before, after = (certainty_of(it, likeness) for it in (run, painted(run, 0, 1)))
    assert after.of_components[0] > before.of_components[0] + 0.05
    assert after.whole > before.whole
    weighed = after.of_components @ energies_of(run, SHARE) / energies_of(run, SHARE).sum()
    assert after.whole == pytest.approx(weighed)


def test_what_was_painted_as_two_things_is_not(run: Run, likeness: Likeness) -> None:
    once = painted(run, 0, 1)
    twice = painted(once, 0, 2)
    sure = [certainty_of(it, likeness).of_components[0] for it in (once, twice)]
    assert sure[1] < sure[0] - 0.1


def test_hands_are_sure_and_what_is_unassigned_is_nowhere(run: Run, likeness: Likeness) -> None:
    placed = source_edits.assign(run, [3], 1)
    assert certainty_of(placed, likeness).of_components[3] == PLACED
    freed = source_edits.ungroup(run, [3])
    assert certainty_of(freed, likeness).of_components[3] == 0
    told = painted(source_edits.group_as(run, [0, 1, 0, -1]), 3, 2)
    assert certainty_of(told, likeness).of_components[3] > 0.5


def test_without_sources_nothing_is_sure(likeness: Likeness) -> None:
    assert certainty_of(run_of(tones()), likeness).whole == 0


def test_where_it_is_unsure_it_says_so() -> None:
    assert Certainty(np.zeros(1), UNSURE - 0.01).is_unsure
    assert not Certainty(np.zeros(1), UNSURE).is_unsure


def test_what_moved_is_the_energy_that_changed_its_source(run: Run) -> None:
    shares = energies_of(run, SHARE)
    moved = source_edits.assign(run, [1], 1)
    assert moved_share(run, run) == 0
    assert moved_db(run, run) == -np.inf
    assert moved_share(run, moved) == pytest.approx(shares[1] / shares.sum())
    assert moved_share(moved, run) == pytest.approx(shares[1] / shares.sum())
    assert moved_db(run, moved) == pytest.approx(10 * np.log10(shares[1] / shares.sum()))


def test_what_a_stroke_moved_is_counted_in_parts(run: Run) -> None:
    after = painted(run, 1, 1)
    change = np.abs(memberships_of(after) - memberships_of(run)).sum(axis=1) / 2
    shares = energies_of(run, SHARE)
    assert moved_share(run, after) == pytest.approx(change @ shares / shares.sum())
    assert 0.5 * shares[1] < moved_share(run, after) < 1


def test_a_new_source_begins_empty(run: Run) -> None:
    third = source_edits.group(run, [1])
    assert len(third.sources) == 3
    shares = energies_of(run, SHARE)
    assert moved_share(run, third) == pytest.approx(shares[1] / shares.sum())
