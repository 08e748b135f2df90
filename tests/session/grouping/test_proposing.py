"""Suggested sources of a run as it is now: for what was edited too."""

from dataclasses import replace

import numpy as np
import pytest

from isnmf_gui.errors import SettingsError, Stopped
from isnmf_gui.session.document.document import Document, Run, make_run
from isnmf_gui.session.edits import factor_edits, source_edits
from isnmf_gui.session.grouping.proposing import propose
from isnmf_gui.session.runs.separation import separate
from isnmf_gui.session.runs.settings import preset
from isnmf_gui.session.sound_files.recording import Recording
from tests.mixtures.evaluation import evaluation_mixture

SECONDS = 4


@pytest.fixture(scope="module", params=[1, 2], ids=["mono", "stereo"])
def run(request: pytest.FixtureRequest) -> Run:
    """Piano and drums, in ten components."""
    mixture = evaluation_mixture("piano")
    samples = mixture.samples[: SECONDS * mixture.sample_rate, : request.param]
    recording = Recording(np.ascontiguousarray(samples), mixture.sample_rate, "piano.wav")
    settings = replace(preset("fast", mixture.sample_rate), n_bases=10)
    return make_run(Document(), separate(recording, settings, n_threads=1))


def test_a_copy_goes_with_its_original(run: Run) -> None:
    copied = factor_edits.duplicate(run, [0, 3, 7])
    labels = dict(
        zip([it.name for it in copied.components], propose(copied, 2).labels, strict=True)
    )
    assert set(labels.values()) == {0, 1}
    for number in (1, 4, 8):
        assert labels[f"Component {number} copy"] == labels[f"Component {number}"]


def test_what_is_proposed_can_be_taken_after_edits(run: Run) -> None:
    edited = factor_edits.delete(factor_edits.merge(run, [1, 2]), [5])
    proposal = propose(edited, 3)
    assert len(proposal.labels) == len(edited.components) == 8
    assert len(source_edits.group_as(edited, proposal.labels).sources) == 3


def test_grouping_and_mixing_do_not_change_a_proposal(run: Run) -> None:
    grouped = source_edits.group(run, [0, 1, 2])
    np.testing.assert_array_equal(propose(grouped, 2).labels, propose(run, 2).labels)


def test_more_sources_than_components_are_refused(run: Run) -> None:
    with pytest.raises(SettingsError):
        propose(factor_edits.delete(run, range(1, 10)), 2)


def test_it_can_be_stopped_at_any_moment(run: Run) -> None:
    shares: list[float] = []
    whole = propose(run, on_progress=lambda share: shares.append(share) is None)
    assert whole == propose(run)
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] <= 1
    for n_calls in (1, len(shares) // 2, len(shares)):
        left = iter(range(n_calls - 1))
        with pytest.raises(Stopped):
            propose(run, on_progress=lambda _, left=left: next(left, None) is not None)
