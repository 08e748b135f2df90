"""What names of instruments say of how they sound: which group is likely to be the drums."""

from __future__ import annotations

import re
from collections.abc import Sequence
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.session.document.component_sounds import descriptors_of
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.runs.separation import Separation
from isnmf_gui.spectral.hearing.kinds import NOISE, STROKE

Array = NDArray[np.float64]

#: What a name that suits a group entirely counts, in squares of strokes, see `nmf.naming`: a
#: stroke or two outweigh it.
WEIGHT = 1.0
#: How high the centre of the spectrum is, and how much of it is struck or noise, each from −1 for
#: less than other groups to 1 for more; by how words for it begin.
TRAITS: dict[tuple[float, float, float], tuple[str, ...]] = {
    (0.0, 1.0, 0.3): ("drum", "kit", "perc", "beat", "ドラム", "打楽器", "パーカッション"),
    (-1.0, 0.5, 0.0): ("kick", "bassdrum", "bd", "キック", "バスドラム"),
    (0.0, 0.3, 0.5): ("snare", "sd", "clap", "スネア"),
    (1.0, 0.3, 0.3): (
        "hat",
        "hihat",
        "hh",
        "cymbal",
        "ride",
        "crash",
        "shaker",
        "ハイハット",
        "シンバル",
    ),
    (-1.0, -0.3, -0.3): ("bass", "tuba", "contrabass", "ベース", "コントラバス"),
    (-0.3, -0.5, -0.3): ("cello", "trombone", "bassoon", "viola", "チェロ", "ビオラ"),
    (0.3, -0.5, 0.0): (
        "vocal",
        "voice",
        "vox",
        "sing",
        "speech",
        "speaker",
        "歌",
        "声",
        "ボーカル",
        "ヴォーカル",
    ),
    (0.5, -0.7, 0.0): (
        "violin",
        "flute",
        "piccolo",
        "string",
        "バイオリン",
        "ヴァイオリン",
        "フルート",
    ),
    (1.0, -0.2, -0.3): ("bell", "glock", "triangle", "ベル", "鈴", "鐘"),
    (0.0, -0.3, -0.3): ("guitar", "piano", "harp", "ギター", "ピアノ", "ハープ"),
    (0.0, -0.6, -0.2): (
        "sax",
        "clarinet",
        "trumpet",
        "horn",
        "oboe",
        "organ",
        "synth",
        "harm",
        "melod",
        "lead",
        "サックス",
    ),
    (-0.3, 0.0, 0.0): ("accomp", "backing", "伴奏"),
    (0.0, 0.0, 1.0): (
        "noise",
        "hiss",
        "wind",
        "rain",
        "air",
        "breath",
        "sea",
        "ノイズ",
        "雑音",
        "風",
        "雨",
    ),
    (-1.0, -0.5, 0.0): ("hum", "ハム"),
}
#: Shorter words have to be there as they are, but for an s: "hat", not "hatch".
LEAST_LETTERS = 4
_BEGINNINGS = {start: traits for traits, starts in TRAITS.items() for start in starts}


def traits_of(name: str) -> Array:
    """Return what a name says of a sound.

    Parameters
    ----------
    name : str
        English or Japanese, of one word or several.

    Returns
    -------
    ndarray of float64, shape (3,)
        Height, struck and noise as in `TRAITS`; of several words that say something the mean,
        zeros if none does.
    """
    words = re.findall(r"[^\W\d_]+", name.replace("-", "").lower())
    found = [_BEGINNINGS[start] for word in words if (start := _beginning(word)) is not None]
    return np.mean(found, axis=0) if found else np.zeros(3)


def _beginning(word: str) -> str | None:
    """Return the longest word that we know of those that a word begins with."""
    fitting = [it for it in _BEGINNINGS if _fits(it, word)]
    return max(fitting, key=len, default=None)


def _fits(start: str, word: str) -> bool:
    if not start.isascii():  # there words are written together
        return start in word
    if len(start) < LEAST_LETTERS:
        return word in (start, start + "s")
    return word.startswith(start)


def name_hints(run: Run, groups: Array, energies: Array, names: Sequence[str]) -> Array:
    """Return what speaks for each name of each group by how groups sound.

    Parameters
    ----------
    run : Run
        Whose components they are.
    groups : ndarray, shape (n_components, n_groups)
        One-hot; zeros for components of no group.
    energies : ndarray, shape (n_components,)
        Each component's share of the energy.
    names : sequence of str
        One for each group, in any order.

    Returns
    -------
    ndarray of float64, shape (n_groups, n_groups)
        A row for each group, a column for each name; to be added to `name_scores`.
    """
    wanted = np.array([traits_of(name) for name in names])
    if not wanted.any():
        return np.zeros((groups.shape[1], len(names)))
    shares = groups * energies[:, None]
    shares = shares / np.maximum(shares.sum(axis=0), 1e-12)
    sounds = shares.T @ _sounds(run)
    apart = sounds - sounds.mean(axis=0)
    found: Array = WEIGHT * np.tanh(apart) @ wanted.T
    return found


#: What was found last for each result, and of which parts.
_known: WeakKeyDictionary[Separation, tuple[object, Array]] = WeakKeyDictionary()


def _sounds(run: Run) -> Array:
    """Return height in octaves, struck and noise of each component, shape (n_indices, 3)."""
    parts = tuple((it.index, it.terms) for it in run.components)
    known = _known.get(run.separation)
    if known is None or known[0] != parts:
        found = descriptors_of(run)
        height = np.log2(np.maximum(np.nan_to_num(found.brightness_hz), 20.0))
        kinds = [2.0 * (found.kind == kind) for kind in (STROKE, NOISE)]
        known = _known[run.separation] = parts, np.stack([height, *kinds], axis=1)
    return known[1]
