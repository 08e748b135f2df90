"""What sources have of the recording and of components, and how it is seen."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isnmf_gui.session.document.document import UNASSIGNED, Document, Run, make_run
from isnmf_gui.session.document.guidance import Box
from isnmf_gui.session.document.memberships import sharing_of
from isnmf_gui.session.document.scenes import Region
from isnmf_gui.session.document.source_scenes import (
    SourcesScene,
    small_levels,
    source_named,
    source_scene,
)
from isnmf_gui.session.document.source_shares import (
    components_in,
    grouping_of,
    shares_of_components,
    source_shares,
    whole_percents,
)
from isnmf_gui.session.edits import guidance_edits, source_edits
from isnmf_gui.session.export.stems.export_stems import parts_of
from isnmf_gui.session.export.stems.rendering import stem_masks
from isnmf_gui.session.export.stems.stems import source_stems
from isnmf_gui.session.runs.separation import Separation, separate, stft_of
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.spectral.pictures.power_pictures import PowerPictures
from tests.session.strokes import LOW, painted


@pytest.fixture(scope="session")
def separation(short: Recording) -> Separation:
    chosen = Settings(n_bases=4, n_iterations=20, window_samples=256, hop_samples=64)
    return separate(short, chosen, n_threads=1)


@pytest.fixture
def run(separation: Separation) -> Run:
    return make_run(Document(), separation)


@pytest.fixture
def pictures(separation: Separation) -> PowerPictures:
    recording = separation.recording
    return PowerPictures.of(recording.samples, recording.sample_rate, stft_of(separation.settings))


def real_masks(run: Run, kind: str = "wiener") -> np.ndarray:
    """The masks that export takes, of all sources, shape (n_sources, n_frames, n_bins)."""
    separation = run.separation
    power = stft_of(separation.settings).power(separation.recording.samples)
    stems = source_stems(run)  # only of those that have something
    given = stem_masks(parts_of(run, kind), stems)(0, len(power), power)
    made = {stem.name: np.array(mask) for stem, mask in zip(stems, given, strict=True)}
    return np.array([made.get(it.name, np.zeros(power.shape)) for it in run.all_sources])


def whole(run: Run) -> Region:
    """A pixel for every bin and frame."""
    factors, grid = run.separation.factors, run.separation.grid
    n_bins, n_frames = factors.basis.shape[1], len(factors.activation)
    return Region(
        -0.5 * grid.frame_s, (n_frames - 0.5) * grid.frame_s,
        -0.5 * grid.bin_hz, (n_bins - 0.5) * grid.bin_hz, n_frames, n_bins, False,
    )  # fmt: skip


def painted_only(run: Run) -> Run:
    """A run with a source that has a stroke, and no component."""
    run = source_edits.add_source(source_edits.group(run, [0, 1, 2, 3]), "Only painted")
    return guidance_edits.paint(run, run.sources[-1].id, LOW)


@pytest.mark.parametrize("is_painted", [False, True])
def test_shares_are_those_of_the_masks(run: Run, is_painted: bool) -> None:
    run = painted(run) if is_painted else source_edits.group_as(run, [0, 1, 1, -1])
    power = stft_of(run.separation.settings).power(run.separation.recording.samples)
    real = (real_masks(run) * power).sum(axis=(1, 2)) / power.sum()
    shares = source_shares(run)
    assert shares.sum() == pytest.approx(1)
    np.testing.assert_allclose(shares, real, atol=0.01)


def test_what_is_labelled_counts(run: Run) -> None:
    """Without it shares would be those of the memberships alone."""
    run = painted(run)
    sharing = grouping_of(run)
    power = stft_of(run.separation.settings).power(run.separation.recording.samples)
    real = (real_masks(run) * power).sum(axis=(1, 2)) / power.sum()
    assert run.separation.energies is not None
    plain = run.separation.energies["share"] @ sharing.memberships
    off = np.abs(plain - real).max()
    assert off > 0.01
    assert np.abs(source_shares(run) - real).max() < off / 4


def test_shares_of_a_region_and_of_a_run_that_goes_on_add_up(short: Recording) -> None:
    chosen = Settings(n_bases=4, n_iterations=5, window_samples=256, hop_samples=64)
    separation = separate(short, chosen, n_threads=1, region_s=(0.1, 0.7))
    live = replace(separation, energies=None)
    for each in (separation, live):
        assert source_shares(painted(make_run(Document(), each))).sum() == pytest.approx(1)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12).filter(lambda it: sum(it) > 0.01))
def test_percents_add_up(shares: list[float]) -> None:
    shares = [share / sum(shares) for share in shares]
    percents = whole_percents(shares)
    assert sum(percents) == 100
    assert all(abs(p - 100 * share) < 1 + 1e-9 for p, share in zip(percents, shares, strict=True))


def test_percents_of_three_alike() -> None:
    assert sorted(whole_percents([1 / 3] * 3)) == [33, 33, 34]
    assert whole_percents([0.0, 0.0]) == [0, 0]


def test_components_are_shared_by_strokes_only(run: Run) -> None:
    assert shares_of_components(source_edits.group(run, [0, 1])) == {}
    run = painted(run)
    sharing = sharing_of(run)
    assert sharing is not None
    shared = shares_of_components(run)
    assert shared
    for index, shares in shared.items():
        row = sharing.memberships[index]
        assert [share for _, share in shares] == sorted((x for x in row if x >= 0.01), reverse=True)
        ids = [source.id for source in run.all_sources]
        assert all(row[ids.index(source.id)] == share for source, share in shares)


def test_a_source_that_holds_nothing_has_what_strokes_give_it(run: Run) -> None:
    run = painted_only(run)
    first, second = run.sources
    assert components_in(run, first.id) == [0, 1, 2, 3]
    assert components_in(run, UNASSIGNED) == []
    held = components_in(run, second.id)
    assert held
    sharing = sharing_of(run)
    assert sharing is not None
    assert all(sharing.memberships[index, 1] > 0 for index in held)
    assert "Only painted" in [stem.name for stem in source_stems(run)]
    without = guidance_edits.remove_strokes(run, [1])
    assert components_in(without, second.id) == []


@pytest.mark.parametrize("kind", ["wiener", "ratio"])
def test_a_source_is_seen_as_it_is_exported(run: Run, pictures: PowerPictures, kind: str) -> None:
    for each in (source_edits.group_as(run, [0, 1, 1, -1]), painted(run), painted_only(run)):
        power = stft_of(run.separation.settings).power(run.separation.recording.samples)
        for source, heard in zip(each.all_sources, real_masks(each, kind), strict=True):
            levels = source_scene(each, pictures, source, kind).render(whole(each))
            expected = 10 * np.log10((heard**2 * power).T / power.max() + 1e-30)
            loud = expected > -60
            assert np.abs(levels - expected)[loud].max(initial=0) < 0.1
            assert levels[expected < -200].max(initial=-300) < -150


def test_the_winner_of_every_bin_is_told(run: Run, pictures: PowerPictures) -> None:
    run = painted(run)
    scene = SourcesScene(run, pictures, "wiener")
    won, real = scene.winners(whole(run)), real_masks(run)
    np.testing.assert_allclose(won.shares, real.max(axis=0).T, atol=1e-3)
    row, column = np.argwhere(won.shares > 0.9)[0]
    name = run.all_sources[int(real[:, column, row].argmax())].name
    text = scene.text(int(won.sources[row, column]), float(won.shares[row, column]))
    assert text == f"{name} {100 * won.shares[row, column]:.0f} %"
    assert scene.text(0, 0.0) == ""
    assert scene.n_sharing == 2  # nothing is unassigned any more
    np.testing.assert_allclose(scene.render(whole(run)).max(), 0, atol=0.01)


def test_only_sources_that_have_something_make_a_place_unsure(
    run: Run, pictures: PowerPictures
) -> None:
    run = source_edits.add_source(source_edits.group(run, [0, 1, 2, 3]))
    scene = SourcesScene(run, pictures, "wiener")
    assert scene.n_sharing == 1
    won = scene.winners(whole(run))
    np.testing.assert_allclose(won.shares, 1)
    assert not won.sources.any()


def test_a_small_picture_is_dark_where_there_is_next_to_nothing(
    run: Run, pictures: PowerPictures
) -> None:
    run = source_edits.group(run, [0, 1, 2, 3])
    first, rest = run.all_sources
    levels = small_levels(source_scene(run, pictures, first, "wiener"), 40, 20, True)
    assert levels.shape == (20, 40)
    assert levels.max() == 255
    assert not small_levels(source_scene(run, pictures, rest, "wiener"), 40, 20, False).any()


def test_a_source_that_is_gone_is_the_first_one(run: Run) -> None:
    assert source_named(run, 5).id == UNASSIGNED
    grouped = source_edits.group(run, [0])
    assert source_named(grouped, None).id == 1
    assert source_named(grouped, UNASSIGNED).id == UNASSIGNED


def test_a_stroke_outside_changes_no_share(run: Run) -> None:
    run = source_edits.group(run, [0, 1])
    far = guidance_edits.paint(run, 1, Box(50.0, 60.0, 100.0, 200.0))
    np.testing.assert_allclose(source_shares(far), source_shares(run), atol=1e-9)
