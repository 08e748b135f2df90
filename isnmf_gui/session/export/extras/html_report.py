"""A report on an export as one HTML page that any browser opens, without network or scripts."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from html import escape
from itertools import islice
from pathlib import Path
from threading import Event
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from isnmf_gui import __version__
from isnmf_gui.nmf import available_cores
from isnmf_gui.session.document.component_sounds import LEAST_SHARE, percent_text
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.document.scenes import SHOWN_RANGE_DB
from isnmf_gui.session.export.extras.page_media import (
    PAGE_LOWEST_HZ,
    encoded,
    look_at,
    sound_uri,
    spectrogram_uri,
)
from isnmf_gui.session.export.stems.export_stems import Exported, ExportedStem
from isnmf_gui.session.files.file_set import FileSet
from isnmf_gui.session.files.progress import Meter, OnProgress
from isnmf_gui.session.runs.settings import LABELS
from isnmf_gui.texts import N_, number, signed, tr

STYLE = """
:root { color-scheme: light dark; --ink: #1f2328; --dim: #59636e; --paper: #fff; --line: #d1d9e0;
  --accent: #0b6bcb; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --dim: #9198a1; --paper: #15181c;
  --line: #3d444d; --accent: #6cb6ff; } }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 50rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.2rem; }
h3 { font-size: 1rem; margin: 0 0 .3rem; }
p, dl { margin: .4rem 0; } .dim, dt, figcaption { color: var(--dim); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1.2rem; } dd { margin: 0; }
article { border-top: 1px solid var(--line); padding: 1.2rem 0; }
figure { margin: .6rem 0; } img { width: 100%; height: auto; display: block; border-radius: 4px; }
audio { width: 100%; display: block; }
svg { width: 100%; height: auto; }
svg text { fill: var(--dim); font: 13px system-ui, sans-serif; }
svg polyline { fill: none; stroke: var(--accent); stroke-width: 2; }
svg path { stroke: var(--line); }
"""
# Of the loss curve, in units of the drawing.
WIDTH, HEIGHT, LEFT, BOTTOM, MARGIN = 720, 220, 90, 30, 12
MOST_POINTS = 1000
# Between two looks at how far the players are, and whether to go on.
WAIT_S = 0.05
# What is said of the files of one balance, alone and together with the residual.
READ_BACK = {
    "component": N_("Read back, the sum of all components differs from the recording by {level}."),
    "source": N_("Read back, the sum of all sources differs from the recording by {level}."),
    "mix": N_("Read back, the mix differs from the recording by {level}."),
}
# What a figure of a file is relative to: all of the recording, or what was separated of it.
OF_RECORDING = N_("{share} of the recording's energy")
OF_REGION = N_("{share} of the region's energy")
TO_RECORDING = N_("by itself {level} relative to the recording")
TO_REGION = N_("by itself {level} relative to the region")
WITH_RESIDUAL = {
    "component": N_(
        "Read back, the sum of all components with the residual differs from the recording by "
        "{level}."
    ),
    "source": N_(
        "Read back, the sum of all sources with the residual differs from the recording by {level}."
    ),
    "mix": N_("Read back, the mix with the residual differs from the recording by {level}."),
}


def write_page(
    path: Path, run: Run, mask: str, exported: Exported, files: FileSet, meter: Meter
) -> None:
    """Write the page, with a player and a spectrogram of everything that was written.

    Parameters
    ----------
    path : Path
        The page.
    run : Run
        What was exported.
    mask : {"wiener", "ratio"}
        How parts were cut out of the recording.
    exported : Exported
        What was written.
    files : FileSet
        Holds the sound.
    meter : Meter
        Told the share done.
    """
    name, language = _text(run.separation.recording.name), tr("en", "code of this language")
    title = tr("{name} – separated", name=name)
    with path.open("w", encoding="utf-8") as page:  # bit by bit: it may be large
        page.write(f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n')
        page.write('<meta name="viewport" content="width=device-width, initial-scale=1">\n')
        page.write(f"<title>{title}</title>\n")
        page.write(f"<style>{STYLE}</style>\n</head>\n<body>\n")
        page.write(f"<main>\n<h1>{name}</h1>\n{_overview(run)}")
        page.write(_heading(tr("What was written")) + _null_tests(exported))
        for article in _articles(exported, files, run.separation.region_s is not None, meter):
            page.write(article)
        page.write(_heading(tr("Loss")) + loss_curve(run.separation.factorization.loss))
        page.write(_heading(tr("Settings")) + _settings(run, mask))
        page.write(f'<p class="dim">isnmf-gui {__version__}</p>\n</main>\n</body>\n</html>\n')


def _text(value: object) -> str:
    """Return text as HTML; old file names are no UTF-8."""
    return escape(str(value).encode(errors="replace").decode())


def _heading(text: str) -> str:
    return f"<h2>{_text(text)}</h2>\n"


def _listed(pairs: dict[str, object]) -> str:
    rows = "".join(f"<dt>{_text(k)}</dt><dd>{_text(v)}</dd>" for k, v in pairs.items())
    return f"<dl>{rows}</dl>\n"


def _overview(run: Run) -> str:
    recording, result = run.separation.recording, run.separation.factorization
    length, channels = number(recording.duration_s, ".2f"), _channels(recording.n_channels)
    pairs: dict[str, object] = {
        tr("Recording"): f"{length} s, {channels}, {recording.sample_rate} Hz",
        tr("Run"): run.name,
        tr("Iterations"): tr(
            "{n} in {seconds:.1f} s", n=result.n_iterations, seconds=run.separation.seconds
        ),
    }
    if recording.notice:
        pairs[tr("Notice")] = recording.notice
    if run.separation.region_s is not None:
        start, stop = run.separation.region_s
        pairs[tr("Region")] = tr("{start:g} to {stop:g} s", start=start, stop=stop)
    return _listed(pairs)


def _channels(n_channels: int) -> str:
    return {1: tr("mono"), 2: tr("stereo")}.get(n_channels, tr("{n} channels", n=n_channels))


def _null_tests(exported: Exported) -> str:
    has_residual = any(it.stem.is_residual for it in exported.stems)
    said = [
        (WITH_RESIDUAL if has_residual else READ_BACK)[balance].filled(level=_decibels(level))
        for balance, level in exported.null_tests_db.items()
    ]
    if exported.residual_is_empty:
        said.append(tr("Nothing is left over: the residual is empty and was not written."))
    return "".join(f"<p>{_text(sentence)}</p>\n" for sentence in said)


def _decibels(level_db: float) -> str:
    return f"{signed(level_db, '.1f')}\N{NO-BREAK SPACE}dB"


def _articles(exported: Exported, files: FileSet, of_region: bool, meter: Meter) -> Iterator[str]:
    """Yield bit by bit what the page says of each stem.

    Several are encoded side by side, on the disk; at most one more than there are cores.
    """
    shares, stopped = [0.0] * len(exported.stems), Event()

    def keep_on(place: int, share: float) -> bool:
        shares[place] = share
        return not stopped.is_set()

    pool, ahead = ThreadPoolExecutor(available_cores(), "page"), deque[Future[_Article]]()
    left = enumerate(exported.stems)
    try:
        while True:
            for place, stem in islice(left, available_cores() + 1 - len(ahead)):
                path = files.written(stem.file)
                ahead.append(pool.submit(_article, stem, path, of_region, partial(keep_on, place)))
            if not ahead:
                break
            while not ahead[0].done():
                meter(sum(shares) / len(shares))
                wait([ahead[0]], WAIT_S)
            yield from ahead.popleft().result().pieces()
    finally:
        stopped.set()
        pool.shutdown(cancel_futures=True)
        for article in ahead:
            if not article.cancelled() and article.exception() is None:
                article.result().player.close()


@dataclass(frozen=True, eq=False)
class _Article:
    """What the page says of a stem: up to its sound, the sound in a file, and what follows."""

    beginning: str
    player: BinaryIO
    end: str

    def pieces(self) -> Iterator[str]:
        """Yield it bit by bit, and remove the file."""
        with self.player:
            yield self.beginning
            yield from sound_uri(self.player)
            yield self.end


def _article(stem: ExportedStem, path: Path, of_region: bool, on_progress: OnProgress) -> _Article:
    """Return a stem with its figures, its spectrogram and its player."""
    sound = look_at(path)
    name, top = _text(stem.stem.name), f"{number(sound.sample_rate / 2, 'g')} Hz"
    alt = tr(
        "Spectrogram of {name}: time to the right, frequency upwards to {top}", name=name, top=top
    )
    caption = tr(
        "0 to {seconds:.2f} s, {lowest} Hz to {top}, each octave as high as the others; "
        "colours over {range_db} dB",
        seconds=sound.n_samples / sound.sample_rate,
        lowest=PAGE_LOWEST_HZ,
        top=top,
        range_db=int(SHOWN_RANGE_DB),
    )
    figures = _text(" · ".join(_figures(stem, of_region)))
    notes = _text(tr("Player: {notes}.", notes=", ".join(sound.notes))) if sound.notes else ""
    noted = f'<p class="dim">{notes}</p>\n' if notes else ""
    beginning = (
        f'<article>\n<h3>{name}</h3>\n<p class="dim">{figures}</p>\n'
        f'<figure><img src="{spectrogram_uri(sound)}" alt="{alt}">'
        f"<figcaption>{caption}</figcaption>\n</figure>\n"
        f'<audio controls preload="metadata" aria-label="{name}" src="'
    )
    player = encoded(sound, path.parent, on_progress)
    return _Article(beginning, player, f'"></audio>\n{noted}</article>\n')


def _figures(stem: ExportedStem, of_region: bool) -> list[str]:
    figures = [stem.file]
    if stem.peak > 0:
        if stem.share is not None and stem.share >= LEAST_SHARE:
            share = OF_REGION if of_region else OF_RECORDING
            figures.append(share.filled(share=percent_text(stem.share)))
        energy = TO_REGION if of_region else TO_RECORDING
        figures.append(energy.filled(level=_decibels(stem.energy_db)))
        figures.append(
            tr("peak {level} relative to full scale", level=_decibels(20 * math.log10(stem.peak)))
        )
    else:
        figures.append(tr("silent"))
    if stem.gain_db:
        figures.append(tr("changed by {level}", level=_decibels(stem.gain_db)))
    if stem.clipped:
        figures.append(tr("cut off at full scale"))
    return figures


def _settings(run: Run, mask: str) -> str:
    settings = run.separation.settings.as_dict() | {"mask": mask}
    return _listed({str(LABELS[key]).capitalize(): value for key, value in settings.items()})


def loss_curve(loss: NDArray[np.float64]) -> str:
    """Return the loss over iterations as SVG, on a logarithmic scale where it can be.

    Parameters
    ----------
    loss : ndarray, shape (n_iterations,)
        After each iteration.

    Returns
    -------
    str
        An element to put into a page.
    """
    loss = np.asarray(loss, np.float64)
    if not len(loss):
        return "<p>" + tr("No iteration was done.") + "</p>\n"
    step = max(1, len(loss) // MOST_POINTS)
    iterations = np.unique(np.append(np.arange(0, len(loss), step), len(loss) - 1))
    is_logarithmic = loss.min() > 0
    heights = np.log10(loss[iterations]) if is_logarithmic else loss[iterations]
    low, high = float(heights.min()), float(heights.max())
    x = LEFT + (WIDTH - LEFT - MARGIN) * iterations / max(len(loss) - 1, 1)
    y = MARGIN + (HEIGHT - BOTTOM - MARGIN) * (high - heights) / ((high - low) or 1.0)
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))
    floor = HEIGHT - BOTTOM
    label = tr("Loss falling from {first:.4g} to {last:.4g}", first=loss[0], last=loss[-1])
    scale = tr("Logarithmic scale") if is_logarithmic else tr("Linear scale")
    count = tr("%n iteration(s)", "", len(loss))
    least, most = number(loss.min(), ".4g"), number(loss.max(), ".4g")
    return (
        f'<figure><svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">'
        f'<path d="M{LEFT} {MARGIN}V{floor}H{WIDTH - MARGIN}" fill="none"/>'
        f'<text x="{LEFT - 8}" y="{MARGIN + 8}" text-anchor="end">{most}</text>'
        f'<text x="{LEFT - 8}" y="{floor}" text-anchor="end">{least}</text>'
        f'<text x="{LEFT}" y="{HEIGHT - 8}">1</text>'
        f'<text x="{WIDTH - MARGIN}" y="{HEIGHT - 8}" text-anchor="end">{count}'
        f'</text><polyline points="{points}"/></svg>'
        f"<figcaption>{scale}</figcaption></figure>\n"
    )
