"""When components are described anew, and when what is known of them will do."""

from dataclasses import replace

import pytest

from isnmf_gui.session.document.changes import find_run_changes
from isnmf_gui.session.document.component_sounds import Sounds, descriptors_of
from isnmf_gui.session.document.document import Document, Run, make_run
from isnmf_gui.session.runs.separation import separate
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording


@pytest.fixture(scope="module")
def runs(short: Recording) -> list[Run]:
    """Two states of a run that goes on, and how it ends."""
    made = []
    for n_iterations in (1, 2, 3):
        chosen = Settings(n_bases=3, n_iterations=n_iterations, window_samples=256, hop_samples=64)
        separation = separate(short, chosen, n_threads=1)
        goes_on = n_iterations < 3
        made.append(
            make_run(Document(), replace(separation, energies=None) if goes_on else separation)
        )
    return made


def test_of_a_run_that_goes_on_what_was_found_a_moment_ago_will_do(runs: list[Run]) -> None:
    first, second, end = runs
    sounds = Sounds()
    sounds.take(first, "wiener")
    known = sounds.descriptors()  # nothing is known yet: they are found now
    sounds.take(second, "wiener", find_run_changes(first, second))
    assert not sounds.is_known
    assert sounds.descriptors() is known
    later = descriptors_of(second)
    sounds.know(second, later)
    assert sounds.descriptors() is later
    sounds.take(end, "wiener", find_run_changes(second, end))
    assert sounds.descriptors() is not later  # it is what it will stay


def test_another_run_is_described_for_itself(runs: list[Run]) -> None:
    first, second, _ = runs
    sounds = Sounds()
    sounds.take(first, "wiener")
    known = sounds.descriptors()
    sounds.take(replace(second, id=2), "wiener")
    assert sounds.descriptors() is not known
