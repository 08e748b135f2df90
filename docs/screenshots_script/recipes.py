"""The guide's recipes, carried out in the window and measured; the figures go into the page."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from docs.screenshots_script.recordings import recording
from docs.screenshots_script.stage import Stage
from isnmf_gui.session.edits.guidance_edits import paint
from isnmf_gui.session.export.export_order import ExportOrder
from isnmf_gui.session.export.stems.stems import component_stems, source_stems
from tests.benchmarks.painting.person import Person
from tests.metrics import oracle_grouping, si_sdr
from tests.mixtures.evaluation import Mixture

PAGE = Path(__file__).resolve().parents[1] / "guide" / "recipes.md"
#: Where nothing but noise is heard in the recording of that recipe, in seconds.
NOISE_ALONE_S = (0.1, 1.0)
Sound = NDArray[np.float32]


SEEDS = (1, 2, 3)
#: So often a simulated person paints after the suggestion.
N_STROKES = 4


@dataclass(frozen=True)
class Recipe:
    """What is set before a recording is separated.

    Attributes
    ----------
    name : str
        Of its recording.
    values : dict of str to object
        Settings that differ from *Quality*.
    """

    name: str
    values: dict[str, object] = field(default_factory=dict)


RECIPES = (
    Recipe("drums", {"n_bases": 16}),
    Recipe("voice", {"n_bases": 32}),
    Recipe(
        "noise",
        {"n_bases": 16, "start": "random", "n_iterations": 200}
        | {"window_samples": 4096, "hop_samples": 1024},
    ),
)


@dataclass(frozen=True)
class Outcome:
    """What came of a recipe with one seed.

    Attributes
    ----------
    after_db : dict of str to float
        SI-SDR of each suggested source against the stem that it suits best.
    painted_db : dict of str to float
        The same after `N_STROKES` strokes.
    best_db : dict of str to float
        The same for the best grouping of the components that there is.
    noise_fall_db : float
        Change of the level of the first stem where nothing but noise is heard.
    """

    after_db: dict[str, float]
    painted_db: dict[str, float]
    best_db: dict[str, float]
    noise_fall_db: float


def carry_out(stage: Stage) -> None:
    """Carry out every recipe, take its picture, and write its figures into the page."""
    text = PAGE.read_text(encoding="utf-8")
    for recipe in RECIPES:
        mixture = recording(recipe.name)
        outcomes = [_outcome(stage, recipe, mixture, seed) for seed in SEEDS]
        text = _with_figures(text, recipe.name, _table(mixture, outcomes))
    PAGE.write_text(text, encoding="utf-8")


def _outcome(stage: Stage, recipe: Recipe, mixture: Mixture, seed: int) -> Outcome:
    """Separate, suggest, take, export and measure; the picture shows the first seed."""
    window, folder = stage.window, Path(tempfile.mkdtemp())
    path = folder / f"{recipe.name}.wav"
    soundfile.write(path, mixture.samples, mixture.sample_rate, "PCM_16")
    stage.open(path)
    stage.set(preset="quality", seed=seed, **recipe.values)
    stage.separate()
    stage.suggest(len(mixture.stems)).take.click()
    window.panes.left.setCurrentWidget(window.panes.sources)
    if seed == SEEDS[0]:
        stage.select(0)
        stage.take(f"recipe-{recipe.name}", window)
    run = window.controller.document.current_run
    assert run is not None
    sources = _exported(stage, ExportOrder(run, "wiener", folder / "s", source_stems(run)))
    parts = _exported(stage, ExportOrder(run, "wiener", folder / "c", component_stems(run)))
    return _measured(mixture, sources, _painted(stage, mixture, sources, folder), parts)


def _painted(stage: Stage, mixture: Mixture, sources: list[Sound], folder: Path) -> list[Sound]:
    """Paint where the sources are most wrong, in the window; return what comes of them."""
    stems, controller = list(mixture.stems.values()), stage.window.controller
    person, order = Person(stems, mixture.sample_rate), _best_order(sources, stems)
    for number in range(N_STROKES):
        painted, run = person.paint([sources[it] for it in order]), controller.document.current_run
        if painted is None or run is None:
            break
        stem, box = painted
        controller.edit_run(paint(run, run.sources[order[stem]].id, box), "Paint")
        run = controller.document.run(run.id)
        into = folder / f"painted {number}"
        sources = _exported(stage, ExportOrder(run, "wiener", into, source_stems(run)))
    return sources


def _exported(stage: Stage, order: ExportOrder) -> list[Sound]:
    """Export, and read the files back."""
    controller = stage.window.controller
    controller.export(order)
    stage.wait(lambda: not controller.is_busy("export"))
    files = sorted(order.folder.glob("*.wav"))
    return [soundfile.read(file, dtype="float32", always_2d=True)[0] for file in files]


def _measured(
    mixture: Mixture, sources: list[Sound], painted: list[Sound], parts: list[Sound]
) -> Outcome:
    names, stems = list(mixture.stems), list(mixture.stems.values())
    order = _best_order(sources, stems)
    suggested, sorted_out = ([sounds[it] for it in order] for sounds in (sources, painted))
    groups = oracle_grouping(np.array(parts), np.array(stems))
    best = [np.sum(np.array(parts)[groups == n], axis=0) for n in range(len(stems))]
    after, painted_db, best_db = (
        dict(zip(names, map(si_sdr, sounds, stems), strict=True))
        for sounds in (suggested, sorted_out, best)
    )
    fall = _level_db(suggested[0], mixture) - _level_db(mixture.samples, mixture)
    return Outcome(after, painted_db, best_db, fall)


def _table(mixture: Mixture, outcomes: list[Outcome]) -> str:
    """Return SI-SDR in dB before and after: suggested, painted, and grouped at best."""
    lines = [
        "| stem | before, dB | after, dB | gain, dB | with seeds 2 and 3 | with four strokes "
        "| grouped at best |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, stem in mixture.stems.items():
        before = si_sdr(mixture.samples, stem)
        gains = [f"{it.after_db[name] - before:+.1f}" for it in outcomes]
        painted, best = (
            ", ".join(f"{of[name] - before:+.1f}" for of in every)
            for every in zip(*((it.painted_db, it.best_db) for it in outcomes), strict=True)
        )
        after = f"{before:.1f} | {outcomes[0].after_db[name]:.1f} | **{gains[0]}**"
        lines.append(f"| {name} | {after} | {', '.join(gains[1:])} | {painted} | {best} |")
    if "noise" in mixture.stems:
        falls = ", ".join(f"{-it.noise_fall_db:.0f}" for it in outcomes)
        lines += ["", f"Where only noise is heard, the guitar's source is softer by {falls} dB."]
    return "\n".join(lines).replace("-", "−").replace("|−−−", "|---")


def _best_order(sources: list[Sound], stems: list[Sound]) -> list[int]:
    """Return for each stem the source that suits it, so that they suit best together."""

    def match(order: tuple[int, ...]) -> float:
        return sum(si_sdr(sources[it], stem) for it, stem in zip(order, stems, strict=True))

    return list(max(permutations(range(len(stems))), key=match))


def _level_db(sound: Sound, mixture: Mixture) -> float:
    start, stop = (round(moment * mixture.sample_rate) for moment in NOISE_ALONE_S)
    return float(10 * np.log10(np.mean(np.square(sound[start:stop], dtype=np.float64))))


def _with_figures(text: str, name: str, table: str) -> str:
    """Put figures in their place: between two marks that do not show."""
    begin, end = f"<!-- figures: {name} -->\n", "\n<!-- end of figures -->"
    head, rest = text.split(begin)
    return head + begin + table + end + rest.split(end, 1)[1]
