"""What names of instruments say of the groups they may be of."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from isnmf_gui.session.document.document import Document, Run, make_run
from isnmf_gui.session.edits import factor_edits
from isnmf_gui.session.edits.guidance_edits import paint
from isnmf_gui.session.guidance.memberships import sharing_of
from isnmf_gui.session.guidance.name_hints import name_hints, traits_of
from isnmf_gui.session.project.guides import Guide, guided
from isnmf_gui.session.runs.separation import separate
from isnmf_gui.session.runs.settings import preset
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.spectral.strokes import Box

RATE = 16_000


@pytest.fixture(scope="module")
def run() -> Run:
    """A low tone, a high one, and bursts of noise, one after the other and together."""
    rng = np.random.default_rng(3)
    time_s = np.arange(4 * RATE) / RATE
    beat = time_s % 0.5
    low, high = (
        sum(np.sin(2 * np.pi * n * hz * time_s) / n for n in (1, 2, 3))
        * (np.floor(time_s / every_s) % 2)
        for hz, every_s in ((70.0, 1.0), (900.0, 0.75))
    )
    struck = rng.standard_normal(len(time_s)) * np.exp(-beat * 40)
    samples = (0.1 * (low + high) + 0.2 * struck)[:, None].astype(np.float32)
    settings = replace(preset("fast", RATE), n_bases=6)
    return make_run(Document(), separate(Recording(samples, RATE, Path("take.wav")), settings))


def test_words_are_known_by_how_they_begin() -> None:
    np.testing.assert_array_equal(traits_of("Drums"), traits_of("02 drum_kit"))
    np.testing.assert_array_equal(traits_of("hi-hat"), traits_of("Hats"))
    np.testing.assert_array_equal(traits_of("bassoon 2"), traits_of("cello"))  # no bass
    np.testing.assert_array_equal(traits_of("エレキギター"), traits_of("guitar"))
    np.testing.assert_array_equal(traits_of("ドラムス"), traits_of("drums"))
    np.testing.assert_allclose(
        traits_of("bass+drums"), (traits_of("bass") + traits_of("drums")) / 2
    )


@pytest.mark.parametrize("name", ["", "S1", "Source 1", "音源 1", "humanity", "hatch", "🎵"])
def test_other_names_say_nothing(name: str) -> None:
    assert not traits_of(name).any()


def test_nothing_speaks_for_names_that_say_nothing(run: Run) -> None:
    groups = np.eye(2)[np.arange(run.n_indices) % 2]
    hints = name_hints(run, groups, np.full(run.n_indices, 1 / run.n_indices), ["S1", "S2"])
    np.testing.assert_array_equal(hints, np.zeros((2, 2)))


@pytest.mark.parametrize(
    "names", [("drums", "bass", "flute"), ("flute", "drums", "bass"), ("ベース", "笛", "ドラム")]
)
def test_groups_get_the_names_that_they_sound_like(run: Run, names: tuple[str, ...]) -> None:
    named = guided(run, Guide(names))
    heights = {}
    for source in named.sources:
        columns = [it.index for it in named.members(source.id)]
        basis = run.separation.factorization.basis[:, columns]
        weights = basis * run.separation.factorization.activation[columns].sum(axis=1)
        spectrum = weights.sum(axis=1)
        heights[source.name] = float(spectrum @ np.arange(len(spectrum)) / spectrum.sum())
    assert heights[next(it for it in names if it in ("bass", "ベース"))] == min(heights.values())
    assert heights[next(it for it in names if it in ("drums", "ドラム"))] == max(heights.values())


def test_groups_whose_parts_were_edited_have_hints_too(run: Run) -> None:
    """There are more components than were fitted, or fewer, and they sound otherwise."""
    named = paint(guided(run, Guide(("drums", "bass"))), 1, Box(0.1, 0.5, 50.0, 400.0))
    assert sharing_of(named) is not None
    copied = factor_edits.duplicate(named, [0])
    merged = factor_edits.merge(copied, [0, 1, 2])
    for edited in (copied, merged, named):
        sharing = sharing_of(edited)
        assert sharing is not None
        assert sharing.memberships.shape == (edited.n_indices, 3)
        np.testing.assert_allclose(sharing.memberships.sum(axis=1), 1)
