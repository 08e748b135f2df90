"""Writing can be read: 4.5:1 or more against its ground (WCAG 2.1, 1.4.3), light and dark."""

from itertools import product

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget

from isnmf_gui.gui.appearance.theme import DARK, LIGHT, Choice, Scheme

LEAST = 4.5


def luminance(rgb: np.ndarray) -> np.ndarray:
    """Return the relative luminance of colours 0..255, shape (..., 3), after WCAG 2.1."""
    share = np.asarray(rgb, float) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def ratios(ink: np.ndarray, ground: np.ndarray) -> np.ndarray:
    one, other = luminance(ink), luminance(ground)
    return (np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05)


def rgb(name: str) -> np.ndarray:
    return np.array([int(name[place : place + 2], 16) for place in (1, 3, 5)])


def test_the_measure_is_that_of_the_standard() -> None:
    assert ratios(rgb("#000000"), rgb("#ffffff")) == pytest.approx(21)
    assert ratios(rgb("#767676"), rgb("#ffffff")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_of_a_theme(scheme: Scheme) -> None:
    grounds = (scheme.window, scheme.base, scheme.raised)
    pairs = [
        *product((scheme.text, scheme.dim, scheme.accent, *scheme.curves), grounds),
        *product((scheme.meter, scheme.alarm), (scheme.base, scheme.window)),
        (scheme.on_accent, scheme.accent),
    ]
    low = {pair: float(ratios(*map(rgb, pair))) for pair in pairs}
    assert {pair: ratio for pair, ratio in low.items() if ratio < LEAST} == {}


def pixels(widget: QWidget) -> np.ndarray:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(-1, 3)


def measured(widget: QWidget) -> float:
    """Return the contrast of the writing on a widget: its ground is its most common colour."""
    seen, counts = np.unique(pixels(widget), axis=0, return_counts=True)
    return float(ratios(seen, seen[counts.argmax()]).max())


def written(window: QWidget) -> list[QWidget]:
    """Return what has writing on it and can be used."""
    kinds = (QLabel, QAbstractButton, QComboBox)
    widgets = [it for kind in kinds for it in window.findChildren(kind)]
    return [
        it
        for it in widgets
        if it.isVisible() and it.isEnabled() and min(it.width(), it.height()) > 6
        and (it.currentText() if isinstance(it, QComboBox) else it.text())
    ]  # fmt: skip


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK])
def test_the_window_as_it_is_painted(separated, theme, choice, qtbot) -> None:
    theme.choose(choice)
    separated.selection.select([0, 1], 0)
    separated.panes.components.group_selection()
    low = {}
    try:
        for tab in range(separated.panes.left.count()):
            separated.panes.left.setCurrentIndex(tab)
            qtbot.wait(30)
            widgets = written(separated)
            assert len(widgets) > 15
            low |= {
                f"{type(it).__name__} {it.text() if hasattr(it, 'text') else ''}": measured(it)
                for it in widgets
                if measured(it) < LEAST
            }
    finally:
        theme.choose(Choice.SYSTEM)
    assert low == {}
