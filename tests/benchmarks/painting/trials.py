"""How near sources come to the stems, stroke by stroke."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy
from numpy.typing import NDArray

from isnmf_gui.session.document.document import Document, Run, make_run
from isnmf_gui.session.document.guidance import Stroke
from isnmf_gui.session.edits import source_edits
from isnmf_gui.session.export.stems.export_stems import parts_of
from isnmf_gui.session.export.stems.rendering import stem_masks
from isnmf_gui.session.export.stems.stems import Stem, source_stems
from isnmf_gui.session.grouping.run_sets import RunSet
from isnmf_gui.session.project.guides import Guide, guided
from isnmf_gui.session.runs.separation import separate, stft_of
from isnmf_gui.session.runs.settings import preset
from isnmf_gui.spectral import Masks, Resynthesis
from tests.benchmarks.painting.person import Person
from tests.benchmarks.painting.takes import Take
from tests.metrics import si_sdr

#: What a source that came out empty counts.
LEAST_DB = -30.0

Samples = NDArray[np.floating]
#: Makes the masks of the sources of a guide, in its order.
Way = Callable[[Guide], Masks]


@dataclass(frozen=True)
class Course:
    """What a recording gained.

    Attributes
    ----------
    name : str
        Of the recording.
    n_stems : int
        How many sources it has.
    gains_db : dict of int to float
        The improvement of the SI-SDR as the mean over the stems, by the number of strokes. With
        none, sources have no names: the best matching counts.
    """

    name: str
    n_stems: int
    gains_db: dict[int, float]


def course(take: Take, n_runs: int, counts: Sequence[int], is_named: bool = False) -> Course:
    """Let the simulated person paint a recording.

    Parameters
    ----------
    take : Take
        The recording and its stems.
    n_runs : int
        How many runs of different seeds are sorted as one set; 1: as the program does.
    counts : sequence of int
        After how many strokes to look, ascending.
    is_named : bool, optional
        Whether groups have the names that suit them best from the start, as in a window in which
        a person heard them; else strokes have to tell the names too.

    Returns
    -------
    Course
        Where there is nothing left to paint, the last figure stays.
    """
    way, person = (
        _way(take, n_runs, is_named),
        Person(list(take.stems.values()), take.recording.sample_rate),
    )
    stems = list(take.stems.values())
    before = np.mean([_si_sdr(take.recording.samples, stem) for stem in stems])
    guide, gains, reached = Guide(tuple(take.stems)), {}, 0.0
    for n_strokes in range(counts[-1] + 1):
        sounds = _sounds(take, way(guide))
        if n_strokes in counts:
            reached = float(_mean_si_sdr(sounds, stems, n_strokes > 0) - before)
            gains[n_strokes] = reached
        painted = person.paint(sounds) if n_strokes < counts[-1] else None
        if painted is None:
            break
        stroke = Stroke(n_strokes + 1, *painted)
        guide = replace(guide, strokes=(*guide.strokes, stroke))
    return Course(take.name, len(stems), {n: gains.get(n, reached) for n in counts})


def _way(take: Take, n_runs: int, is_named: bool) -> Way:
    settings = preset("quality", take.recording.sample_rate)
    runs = [
        make_run(Document(), separate(take.recording, replace(settings, seed=seed)))
        for seed in range(settings.seed, settings.seed + n_runs)
    ]
    bare = Guide(tuple(take.stems))
    grouped = [guided(run, bare) for run in runs]  # as every guide groups them anew
    if is_named:
        grouped[0] = _named(take, grouped[0])
    if n_runs == 1:
        return lambda guide: _of_one(grouped[0], guide)
    together = RunSet.of(grouped)
    return lambda guide: together.masks(guided(together.run, guide).strokes)


def _named(take: Take, run: Run) -> Run:
    """Give the groups of a run the names of the stems that they suit best, in their order."""
    sounds = _sounds(take, _of_one(run, Guide(tuple(take.stems))))
    order = _best_order(_figures(sounds, list(take.stems.values())))
    by_name = {source.name: source.id for source in run.sources}
    ids = [by_name[name] for name in take.stems]
    for place, (name, group) in enumerate(zip(take.stems, order, strict=True)):
        run = source_edits.rename_source(run, ids[group], name)
        run = source_edits.move_source(run, ids[group], place)
    return replace(run, has_open_names=False)


def _of_one(run: Run, guide: Guide) -> Masks:
    """Return the masks as they are exported, in the order of the guide."""
    made = guided(run, guide)
    by_title = {stem.title: stem for stem in source_stems(made)}
    nothing = Stem("source", "", np.zeros(run.n_indices))  # of a source that came out empty
    return stem_masks(parts_of(made, "wiener"), [by_title.get(it, nothing) for it in guide.sources])


def _sounds(take: Take, masks: Masks) -> list[Samples]:
    settings = preset("quality", take.recording.sample_rate)
    samples = take.recording.samples
    return Resynthesis(samples, stft_of(settings)).render_each(0, len(samples), masks)


def _mean_si_sdr(sounds: Sequence[Samples], stems: Sequence[Samples], has_names: bool) -> float:
    figures = _figures(sounds, stems)
    order = range(len(stems)) if has_names else _best_order(figures)
    return float(np.mean([figures[group, stem] for stem, group in enumerate(order)]))


def _figures(sounds: Sequence[Samples], stems: Sequence[Samples]) -> NDArray[np.float64]:
    return np.array([[_si_sdr(sound, stem) for stem in stems] for sound in sounds])


def _best_order(figures: NDArray[np.float64]) -> list[int]:
    """Return for each stem the sound that suits it, so that they suit best together."""
    order: list[int] = scipy.optimize.linear_sum_assignment(figures.T, maximize=True)[1].tolist()
    return order


def _si_sdr(estimate: Samples, stem: Samples) -> float:
    return max(LEAST_DB, si_sdr(estimate, stem))
