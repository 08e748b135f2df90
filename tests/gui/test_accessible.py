"""What a screen reader gets to know: names of all that can be used, and news of runs."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QScrollBar,
    QWidget,
)

from isnmf_gui.errors import IsnmfError
from isnmf_gui.gui import announcer
from tests.gui.run_tools import begin, end, separate


@pytest.fixture
def said(monkeypatch) -> list[tuple[str, bool]]:
    """What is announced, and whether it is urgent."""
    heard: list[tuple[str, bool]] = []

    class Listener:
        AnnouncementPoliteness = QAccessible.AnnouncementPoliteness

        @staticmethod
        def updateAccessibility(event) -> None:
            heard.append((event.message(), event.politeness() == announcer.URGENT))

    monkeypatch.setattr(announcer, "QAccessible", Listener)
    return heard


def test_runs_are_announced(opened, wait, said) -> None:
    separate(opened, wait)
    assert said == [
        ("Separation started: Fast, 3 bases.", False),
        ("Separation finished after 20 iterations: 3 components.", False),
    ]


def test_pause_and_cancel_are_announced(opened, wait, said) -> None:
    begin(opened, wait)
    opened.controller.running.pause()
    opened.controller.running.pause(False)
    end(opened, wait)
    words = [text.split()[1] for text, _ in said]
    assert words == ["started:", "paused.", "goes", "cancelled"]


def test_errors_are_urgent(window, said) -> None:
    window.controller.jobs.failed.emit(IsnmfError("The disk is full.", ""))
    assert said == [("The disk is full.", True)]


def usable(window: QWidget) -> list[QWidget]:
    """Return what gets the focus by keyboard or mouse."""
    return [
        it
        for it in window.findChildren(QWidget)
        if it.isVisible()
        and it.focusPolicy() != Qt.FocusPolicy.NoFocus
        # What lies inside of a control that has a name.
        and not it.objectName().startswith("qt_")
        and not (isinstance(area := it.parent(), QAbstractScrollArea) and it is area.viewport())
    ]


def test_everything_that_gets_the_focus_has_a_name(separated, qtbot) -> None:
    separated.panes.components.select([0, 1], 0)
    separated.panes.components.group_selection()
    nameless = []
    for tab in range(separated.panes.left.count()):
        separated.panes.left.setCurrentIndex(tab)
        qtbot.wait(20)
        for widget in usable(separated):
            interface = QAccessible.queryAccessibleInterface(widget)
            if interface is not None and not interface.text(QAccessible.Text.Name):
                nameless.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    assert sorted(set(nameless)) == []


def test_plots_say_in_words_what_they_show(separated, qtbot, wait) -> None:
    panes = separated.panes
    panes.components.select([1], 1)
    qtbot.wait(30)
    loss = panes.loss.plot.accessibleDescription()
    assert loss.startswith("Run 1 · Fast: from ")
    assert loss.endswith("in 20 iterations")
    for plot, unit in ((panes.parts.basis, "Hz"), (panes.parts.activation, " s")):
        text = plot.plot.accessibleDescription()
        assert text.startswith("Component 2: peak at ")
        assert unit in text
    panes.spectrogram._read_out(None)
    text = panes.spectrogram.plot.accessibleDescription()
    assert text.startswith("Component 2. 0.0 to 3.0 seconds, 30 to 11025 Hz, −80 to 0 dB")


def test_every_control_says_what_it_does(opened, wait, qtbot) -> None:
    window, silent = opened, set()
    separate(window, wait)
    window.panes.components.select([0, 1], 0)
    window.panes.components.group_selection()
    kinds = (QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox)
    for tab in range(window.panes.left.count()):
        window.panes.left.setCurrentIndex(tab)
        qtbot.wait(20)
        controls = [it for kind in kinds for it in window.findChildren(kind) if it.isVisible()]
        assert len(controls) > 30
        silent |= {
            f"{type(it).__name__} {it.accessibleName()}"
            for it in controls
            if not it.toolTip()
            and not isinstance(it, QHeaderView | QScrollBar)
            and not it.objectName().startswith("qt_")
        }
    assert silent == set()


def test_the_empty_window_says_what_its_buttons_do(window) -> None:
    for button in window.panes.welcome.findChildren(QAbstractButton):
        assert button.toolTip()
