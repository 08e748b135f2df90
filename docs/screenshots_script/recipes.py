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
from isnmf_gui.session.exporting import ExportOrder
from isnmf_gui.session.stems import component_stems, source_stems
from tests.metrics import oracle_grouping, si_sdr
from tests.mixtures.evaluation import Mixture

PAGE = Path(__file__).resolve().parents[1] / "guide" / "recipes.md"
#: Where nothing but noise is heard in the recording of that recipe, in seconds.
NOISE_ALONE_S = (0.1, 1.0)
Sound = NDArray[np.float32]


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
    Recipe("noise", {"n_bases": 8}),
)


def carry_out(stage: Stage) -> None:
    """Carry out every recipe, take its picture, and write its figures into the page."""
    text = PAGE.read_text(encoding="utf-8")
    for recipe in RECIPES:
        text = _with_figures(text, recipe.name, _table(*_done(stage, recipe)))
    PAGE.write_text(text, encoding="utf-8")


def _done(stage: Stage, recipe: Recipe) -> tuple[Mixture, list[Sound], list[Sound]]:
    """Separate, suggest, take, export; return the recording, its sources and its components."""
    mixture, window = recording(recipe.name), stage.window
    folder = Path(tempfile.mkdtemp())
    path = folder / f"{recipe.name}.wav"
    soundfile.write(path, mixture.samples, mixture.sample_rate, "PCM_16")
    stage.open(path)
    stage.set(preset="quality", **recipe.values)
    stage.separate()
    stage.suggest(len(mixture.stems)).take.click()
    window.panes.left.setCurrentWidget(window.panes.sources)
    stage.select(0)
    stage.take(f"recipe-{recipe.name}", window)
    run = window.controller.document.current_run
    assert run is not None
    sources = _exported(stage, ExportOrder(run, "wiener", folder / "s", source_stems(run)))
    parts = _exported(stage, ExportOrder(run, "wiener", folder / "c", component_stems(run)))
    return mixture, sources, parts


def _exported(stage: Stage, order: ExportOrder) -> list[Sound]:
    """Export, and read the files back."""
    controller = stage.window.controller
    controller.export(order)
    stage.wait(lambda: not controller.is_busy("export"))
    files = sorted(order.folder.glob("*.wav"))
    return [soundfile.read(file, dtype="float32", always_2d=True)[0] for file in files]


def _table(mixture: Mixture, sources: list[Sound], parts: list[Sound]) -> str:
    """Return SI-SDR in dB before and after, for suggested groups and for the best there are."""
    stems = list(mixture.stems.values())
    suggested = _best_order(sources, stems)
    groups = oracle_grouping(np.array(parts), np.array(stems))
    best = [sum(it for it, group in zip(parts, groups, strict=True) if group == n)
            for n in range(len(stems))]  # fmt: skip
    lines = ["| | before | suggested sources | gain | best grouping | gain |"]
    lines.append("|---|---|---|---|---|---|")
    for name, stem, one, other in zip(mixture.stems, stems, suggested, best, strict=True):
        before = si_sdr(mixture.samples, stem)
        after = [si_sdr(it, stem) for it in (one, other)]
        cells = [f"{before:.1f}", *(f"{it:.1f} | **{it - before:+.1f}**" for it in after)]
        lines.append(f"| {name} | {' | '.join(cells)} |".replace("-", "−"))
    if "noise" in mixture.stems:
        kept = suggested[list(mixture.stems).index("guitar")]
        fall = _level_db(kept, mixture) - _level_db(mixture.samples, mixture)
        lines += ["", f"Where only noise is heard, its level changes by **{fall:.0f} dB**."]
        lines[-1] = lines[-1].replace("-", "−")
    return "\n".join(lines)


def _best_order(sources: list[Sound], stems: list[Sound]) -> list[Sound]:
    """Return the sources in the order of the stems that they suit best."""

    def match(order: tuple[Sound, ...]) -> float:
        return sum(si_sdr(one, stem) for one, stem in zip(order, stems, strict=True))

    return list(max(permutations(sources), key=match))


def _level_db(sound: Sound, mixture: Mixture) -> float:
    start, stop = (round(moment * mixture.sample_rate) for moment in NOISE_ALONE_S)
    return float(10 * np.log10(np.mean(np.square(sound[start:stop], dtype=np.float64))))


def _with_figures(text: str, name: str, table: str) -> str:
    """Put figures in their place: between two marks that do not show."""
    begin, end = f"<!-- figures: {name} -->\n", "\n<!-- end of figures -->"
    head, rest = text.split(begin)
    return head + begin + table + end + rest.split(end, 1)[1]
