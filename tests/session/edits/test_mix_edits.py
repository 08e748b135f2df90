"""The mix of a run, and the document's list of runs: pure edits, ids that never come back."""

from dataclasses import replace

import numpy as np
import pytest

from isnmf_gui.nmf import Factorization
from isnmf_gui.session.document import document as edits
from isnmf_gui.session.document.document import Document, Run, add_run, make_run
from isnmf_gui.session.edits import mix_edits, source_edits
from isnmf_gui.session.runs.separation import Separation
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording

N_BASES = 4


@pytest.fixture
def separation(tmp_path) -> Separation:
    recording = Recording(np.zeros((100, 1), np.float32), 8_000, tmp_path / "sound.wav")
    factors = np.ones((9, N_BASES)), np.ones((N_BASES, 5))
    result = Factorization(*factors, np.array([3.0, 2.0]), "iterations")
    return Separation(recording, Settings(n_bases=N_BASES), result, 0.1)


def test_everything_is_heard_as_it_is_at_first(run: Run) -> None:
    np.testing.assert_array_equal(mix_edits.linear_gains(run), np.ones(N_BASES))


def test_solo_mute_and_gain_act_together(run: Run) -> None:
    run = mix_edits.set_gain(run, [0, 1], -20)
    np.testing.assert_allclose(mix_edits.linear_gains(run), [0.1, 0.1, 1, 1])
    run = mix_edits.set_soloed(run, [1, 2], True)
    np.testing.assert_allclose(mix_edits.linear_gains(run), [0, 0.1, 1, 0])
    muted = mix_edits.set_muted(run, [2, 3], True)
    np.testing.assert_allclose(mix_edits.linear_gains(muted), [0, 0.1, 0, 0])
    run = mix_edits.set_soloed(muted, range(N_BASES), False)
    np.testing.assert_allclose(mix_edits.linear_gains(run), [0.1, 0.1, 0, 0])
    np.testing.assert_array_equal(
        mix_edits.linear_gains(mix_edits.reset_mix(run)), np.ones(N_BASES)
    )


@pytest.mark.parametrize(
    ("asked", "gain"), [(-60, 0), (-90, 0), (-59.9, 10 ** (-59.9 / 20)), (30, 10**0.6)]
)
def test_a_fader_has_ends(run: Run, asked: float, gain: float) -> None:
    assert mix_edits.linear_gains(mix_edits.set_gain(run, [3], asked))[3] == pytest.approx(gain)


def test_alone_is_alone_whatever_the_faders_say(run: Run) -> None:
    run = mix_edits.set_soloed(mix_edits.set_muted(run, [2], True), [1], True)
    np.testing.assert_array_equal(mix_edits.alone(run, 2), [0, 0, 1, 0])


def test_components_go_by_their_column_in_whatever_order_they_stand(run: Run) -> None:
    turned = replace(run, components=run.components[::-1])
    turned = mix_edits.set_gain(turned, [0], -20)
    np.testing.assert_allclose(mix_edits.linear_gains(turned), [0.1, 1, 1, 1])
    assert turned.component(0).name == "Component 1"


def test_names(run: Run) -> None:
    named = mix_edits.rename_component(run, 2, "  Flute ")
    assert [it.name for it in named.components] == [
        "Component 1", "Component 2", "Flute", "Component 4",
    ]  # fmt: skip
    assert mix_edits.rename_component(named, 2, " ").component(2).name == "Component 3"


def test_a_component_belongs_to_one_source_and_empty_sources_go(run: Run) -> None:
    one = source_edits.group(run, [0, 1])
    two = source_edits.group(one, [1, 2], "Drums")
    assert [source.name for source in two.sources] == ["Source 1", "Drums"]
    assert [two.source(it.source_id).name for it in two.components] == [
        "Source 1", "Drums", "Drums", "Unassigned",
    ]  # fmt: skip
    left = source_edits.ungroup(two, [0])
    assert [source.name for source in left.sources] == ["Drums"]
    renamed = source_edits.rename_source(left, 2, "Percussion")
    assert renamed.sources[0].name == "Percussion"
    assert source_edits.group(renamed, [1, 2], "All").sources[0].id == 3
    assert source_edits.ungroup(renamed, range(N_BASES)).sources == ()


def test_edits_leave_the_run_as_it_was(run: Run) -> None:
    before = run.components
    source_edits.group(mix_edits.set_muted(run, [0], True), [0])
    assert run.components is before
    assert run.sources == ()


# -- the list of runs -------------------------------------------------------------------------


@pytest.fixture
def three(separation: Separation) -> Document:
    document = Document(recording=separation.recording)
    for _ in range(3):
        document = add_run(document, make_run(document, separation))
    return document


@pytest.mark.parametrize(
    ("deleted", "chosen", "current"), [(3, 3, 2), (1, 1, 2), (2, 2, 3), (1, 3, 3), (3, 1, 1)]
)
def test_deleting_a_run_chooses_its_neighbour(
    three: Document, deleted: int, chosen: int, current: int
) -> None:
    document = edits.delete_run(edits.choose_run(three, chosen), deleted)
    assert [run.id for run in document.runs] == [it for it in (1, 2, 3) if it != deleted]
    assert document.current_run_id == current


def test_a_number_never_comes_back(three: Document, separation: Separation) -> None:
    document = edits.delete_run(edits.delete_run(three, 3), 2)
    document = add_run(document, make_run(document, separation))
    assert [run.id for run in document.runs] == [1, 4]
    used = {it.id for run in three.runs for it in run.components}
    assert used.isdisjoint(it.id for it in document.runs[1].components)
    assert edits.delete_run(edits.delete_run(document, 1), 4).current_run is None


def test_renaming_a_run(three: Document) -> None:
    document = edits.rename_run(three, 2, " Take with ME ")
    assert document.run(2).name == "Take with ME"
    assert edits.rename_run(document, 2, "").run(2).name.startswith("2: ME, p = 2")
    assert three.run(2).title == ""


def test_the_mask_outlasts_the_recording(three: Document) -> None:
    document = edits.set_mask(three, "ratio")
    assert three.recording is not None
    assert edits.open_recording(document, three.recording).mask == "ratio"
