"""That the evaluation of strokes paints, measures and reads recordings as it says."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from isnmf_gui.session.document.document import Document, make_run
from isnmf_gui.session.document.guidance import Stroke
from isnmf_gui.session.project.guides import Guide, guided
from isnmf_gui.session.runs.separation import separate
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording
from tests.benchmarks import guidance, runner
from tests.benchmarks.painting import trials
from tests.benchmarks.painting.page import NO_CHOICE, TUNED_ON, write_page
from tests.benchmarks.painting.person import Person
from tests.benchmarks.painting.takes import Take, takes_in
from tests.benchmarks.painting.trials import Course, course
from tests.benchmarks.problems import QUICK
from tests.session.sharing import masks_of_sources

RATE = 8000
SMALL = Settings(n_bases=4, n_iterations=30, window_samples=512, hop_samples=128, rule="fast")


def tone(frequency_hz: float, start_s: float, stop_s: float) -> np.ndarray:
    time_s = np.arange(3 * RATE) / RATE
    sound = np.sin(2 * np.pi * frequency_hz * time_s) * ((time_s >= start_s) & (time_s < stop_s))
    return (0.3 * sound).astype(np.float32)[:, None]


@pytest.fixture
def take() -> Take:
    """Return a low and a high tone, of which each sounds alone for a while."""
    stems = {"low": tone(400.0, 0.0, 2.0), "high": tone(1500.0, 1.0, 3.0)}
    return Take(Recording(sum(stems.values()), RATE, Path("tones.wav")), stems)


def test_the_person_paints_what_is_wrong_and_nothing_twice(take: Take) -> None:
    low, high = take.stems.values()
    person = Person([low, high], RATE)
    swapped = [high, low]
    first = person.paint(swapped)
    assert first is not None
    seen = [first]
    while (again := person.paint(swapped)) is not None and len(seen) < 6:
        seen.append(again)
    for owner, box in seen:
        tone_hz, others_hz = [(400.0, 1500.0), (1500.0, 400.0)][owner]
        alone = (box.stop_s < 1.1, box.start_s > 1.9)[owner]
        assert box.low_hz < tone_hz < box.high_hz
        assert alone or not box.low_hz < others_hz < box.high_hz
    assert len({box for _, box in seen}) == len(seen)


def test_the_person_looks_where_an_estimate_is_wrong(take: Take) -> None:
    low, high = take.stems.values()
    person = Person([low, high], RATE)
    missing = high.copy()
    missing[round(2.5 * RATE) :] = 0
    painted = person.paint([low, missing])
    assert painted is not None
    owner, box = painted
    assert owner == 1
    assert box.stop_s > 2.5


def test_nobody_paints_what_no_stem_dominates() -> None:
    noise = np.random.default_rng(1).standard_normal((2 * RATE, 1)).astype(np.float32)
    assert Person([noise, noise], RATE).paint([noise, 0 * noise]) is None


@pytest.mark.parametrize("n_runs", [1, 2])
def test_strokes_make_a_swapped_separation_right(
    take: Take, n_runs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trials, "preset", lambda name, sample_rate: SMALL)
    found = course(take, n_runs, (0, 4))
    assert (found.name, found.n_stems, list(found.gains_db)) == ("tones", 2, [0, 4])
    assert found.gains_db[4] > 15
    turned = Take(take.recording, dict(reversed(take.stems.items())))
    other = course(turned, n_runs, (0, 4))
    assert other.gains_db[0] == pytest.approx(found.gains_db[0], abs=1e-3)  # names mean nothing
    assert other.gains_db[4] > 15
    for names in (("S1", "S2"), ("flute", "bass"), ("bass", "flute")):  # whatever names say
        stems = dict(zip(names, turned.stems.values(), strict=True))
        named = course(Take(take.recording, stems), n_runs, (0, 1, 4), is_named=True)
        assert named.gains_db[0] == pytest.approx(found.gains_db[0], abs=1e-3)
        assert named.gains_db[1] > 15  # no name is wrong
        assert named.gains_db[4] > 15


def test_strokes_added_to_groups_give_what_a_guide_that_has_them_gives(take: Take) -> None:
    """The evaluation groups once; names that are open do not depend on what they were before."""
    run = make_run(Document(), separate(take.recording, SMALL, n_threads=1))
    _, box = Person(list(take.stems.values()), RATE).paint([*take.stems.values()][::-1]) or (
        0,
        None,
    )
    assert box is not None
    for place in (0, 1):
        guide = Guide(tuple(take.stems), (Stroke(1, place, box),))
        at_once = guided(run, guide)
        one_by_one = guided(guided(run, replace(guide, strokes=())), guide)
        by_name = [
            dict(zip([it.name for it in made.sources], masks_of_sources(made), strict=False))
            for made in (at_once, one_by_one)
        ]
        for name in take.stems:
            np.testing.assert_allclose(by_name[0][name], by_name[1][name], atol=1e-5)


def write_take(folder: Path, take: Take, name: str) -> Path:
    inside = folder / name
    inside.mkdir(parents=True)
    soundfile.write(inside / "mix.wav", take.recording.samples, RATE, "FLOAT")
    for stem, samples in take.stems.items():
        soundfile.write(inside / f"stem_{stem}.wav", samples, RATE, "FLOAT")
    return inside


def test_recordings_are_read_from_a_folder(take: Take, tmp_path: Path) -> None:
    write_take(tmp_path, take, "one")
    (tmp_path / "empty").mkdir()
    (found,) = takes_in(tmp_path)
    assert found.name == "one"
    assert list(found.stems) == ["high", "low"]
    np.testing.assert_array_equal(found.recording.samples, take.recording.samples)
    with pytest.raises(ValueError, match="no folder with mix"):
        list(takes_in(tmp_path / "empty"))
    soundfile.write(tmp_path / "one" / "stem_low.wav", np.zeros((10, 1)), RATE)
    with pytest.raises(ValueError, match="differs from"):
        list(takes_in(tmp_path))


COURSES = [Course("trio", 3, {0: 1.0, 4: 2.0}), Course("kit", 2, {0: 2.0, 4: 5.0})]


def test_figures_are_means_and_real_recordings_have_bounds(
    monkeypatch: pytest.MonkeyPatch, take: Take, tmp_path: Path
) -> None:
    write_take(tmp_path, take, "one")
    monkeypatch.setattr(guidance, "COUNTS", (0, 4))
    monkeypatch.setattr(guidance, "_courses", lambda takes, n_runs, is_named, jobs: COURSES)
    free = list(guidance.figures(QUICK))
    assert [(it.key, it.value) for it in free[:2]] == [
        ("guided_1_run_open_0_db", 1.5),
        ("guided_1_run_open_4_db", 3.5),
    ]
    assert all(it.bound is None for it in free)
    bound = list(guidance.figures(replace(QUICK, recordings=tmp_path)))
    assert [str(it.bound or "") for it in bound] == [
        "", "at least 8", "", "", "", "at least 8.9"
    ]  # fmt: skip


def test_the_page_says_what_was_tuned_on_and_keeps_what_people_wrote(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    write_page(page, {("Mixtures", 1, False): COURSES})
    assert NO_CHOICE in page.read_text(encoding="utf-8")
    text = page.read_text(encoding="utf-8").replace(NO_CHOICE, "Because.")
    page.write_text(text, encoding="utf-8")
    tuned = [Course(min(TUNED_ON), 2, {0: -1.0, 4: 8.25})]
    write_page(page, {("Mixtures", 1, False): COURSES, ("Real", 3, True): tuned})
    text = page.read_text(encoding="utf-8")
    assert "Because." in text
    assert "| **mean** |  | 1.5 | 3.5 |" in text
    assert "| lowest |  | 1.0 | 2.0 |" in text
    assert "Nothing that strokes do was tuned on these" in text
    assert "**Tuned on:** 1 of these 1 recordings" in text
    assert "## Real, 3 runs of different seeds as one set, names known" in text


@pytest.mark.parametrize("main", [runner.main, guidance.main])
def test_a_folder_that_is_not_there_is_refused(main, capsys, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as refusal:
        main(["--recordings", str(tmp_path / "none")])
    assert refusal.value.code == 2
    assert "there is no folder" in capsys.readouterr().err
