"""The window as a whole: theme, keys, memory of settings, faults."""

import gc
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QMenu,
    QMessageBox,
    QWidget,
)

from isnmf_gui.errors import IsnmfError
from isnmf_gui.gui.actions.action_entries import ENTRIES
from isnmf_gui.gui.app import keep_collections_short
from isnmf_gui.gui.appearance.theme import DARK, LIGHT, Choice
from isnmf_gui.gui.control.jobs import NICENESS, JobThread
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.widgets.message import show_error
from isnmf_gui.gui.window import main_window
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.texts import N_


@pytest.fixture
def restored_theme(theme):
    yield theme
    theme.choose(Choice.SYSTEM)


@pytest.mark.parametrize(("choice", "scheme"), [(Choice.LIGHT, LIGHT), (Choice.DARK, DARK)])
def test_theme_reaches_every_plot(separated, restored_theme, choice, scheme) -> None:
    menu = separated.actions_.menus[N_("&View")].actions()[-2].menu()
    next(action for action in menu.actions() if action.data() == choice).trigger()
    assert QApplication.palette().window().color() == QColor(scheme.window)
    assert separated.panes.spectrogram.plot.backgroundBrush().color() == QColor(scheme.window)
    assert separated.panes.loss.plot.backgroundBrush().color() == QColor(scheme.base)
    image = separated.grab().toImage()
    assert image.pixelColor(3, image.height() // 2) == QColor(scheme.window)
    assert Preferences().theme is choice


def test_every_action_has_menu_tip_and_unique_shortcut(window) -> None:
    shortcuts = [entry.shortcut for entry in ENTRIES if entry.shortcut]
    assert len(shortcuts) == len(set(shortcuts))
    for entry in ENTRIES:
        action = window.actions_[entry.name]
        menu = window.actions_.menus[entry.menu]
        if entry.submenu is not None:
            title = str(entry.submenu)
            (menu,) = [it.menu() for it in menu.actions() if it.menu() and it.text() == title]
        assert action in menu.actions()
        assert action.toolTip()


def test_every_entry_of_a_menu_says_what_it_does(separated) -> None:
    def silent(menu: QMenu) -> list[str]:
        menu.aboutToShow.emit()
        here = [it for it in menu.actions() if not it.isSeparator()]
        inside = [name for it in here if it.menu() for name in silent(it.menu())]
        return inside + [it.text() for it in here if not it.menu() and not it.statusTip()]

    menus = separated.actions_.menus.values()
    assert [name for menu in menus for name in silent(menu)] == []


def test_every_control_has_a_name_and_a_tip(separated) -> None:
    for kind in (QAbstractButton, QComboBox):
        for widget in separated.findChildren(kind):
            if not widget.isVisible() or widget.objectName().startswith("qt_"):
                continue
            named = widget.accessibleName() or getattr(widget, "text", lambda: "")()
            assert named, widget
    for widget in separated.panes.settings._fields.values():
        assert widget.toolTip()
        assert widget.accessibleName()


def test_space_plays_unless_a_button_has_the_focus(separated, qtbot, monkeypatch) -> None:
    played = []
    monkeypatch.setattr(separated.controller.player, "play", lambda *_: played.append(1))
    button = separated.panes.spectrogram.scale_button
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert not button.isChecked()
    assert not played
    separated.panes.components.tiles[0].setFocus()
    qtbot.keyClick(separated.panes.components.tiles[0], Qt.Key.Key_Space)
    assert played


def test_layout_and_volume_are_remembered(window, theme, qtbot, monkeypatch) -> None:
    window.panes.transport.volume.setValue(35)
    window.panes._columns.setSizes([330, 640, 388])
    sizes = window.panes._columns.sizes()
    window.close()
    # The offscreen screen has no room for columns of different widths.
    monkeypatch.setattr(main_window, "restore_place", lambda *_: None)
    other = MainWindow(theme, Preferences())
    qtbot.addWidget(other)
    other.show()
    qtbot.waitExposed(other)
    qtbot.wait(50)
    assert other.panes.transport.volume.value() == 35
    assert other.panes._columns.sizes() == pytest.approx(sizes, abs=3)
    other.close()
    other.deleteLater()


def test_small_window_keeps_every_control_inside(separated, qtbot) -> None:
    separated.resize(1024, 640)
    qtbot.wait(50)
    assert separated.width() == 1024
    inside = separated.rect()
    for widget in (separated.panes.transport.volume, separated.panes.runs.view):
        corner = widget.mapTo(separated, widget.rect().bottomRight())
        assert inside.contains(corner)


@pytest.mark.parametrize("error", [ValueError("x"), MemoryError(), IsnmfError("A sentence.")])
def test_failing_job_reports_one_error(qapp, wait, error) -> None:
    def work(report):
        raise error

    owner = QWidget()
    job = JobThread(work, owner)
    errors = []
    job.failed.connect(errors.append)
    job.start()
    wait(lambda: job.isFinished() and errors)
    assert isinstance(errors[0], IsnmfError)
    owner.deleteLater()


@pytest.mark.skipif(sys.platform != "linux", reason="threads have no niceness of their own")
@pytest.mark.parametrize("stands_back", [True, False])
def test_a_job_that_stands_back_takes_its_threads_along(qapp, wait, stands_back: bool) -> None:
    def niceness() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    def work(report) -> tuple[int, int]:
        with ThreadPoolExecutor(1) as pool:
            return niceness(), pool.submit(niceness).result()

    owner, before, found = QWidget(), niceness(), []
    job = JobThread(work, owner, stands_back)
    job.succeeded.connect(found.append)
    job.start()
    wait(lambda: job.isFinished() and found)
    expected = min(before + NICENESS, 19) if stands_back else before
    assert found == [(expected, expected)]
    assert niceness() == before
    owner.deleteLater()


def test_another_theme_reaches_labels_and_dialogs(window, theme) -> None:
    show_error(window, IsnmfError("A sentence."))
    (box,) = window.findChildren(QMessageBox)
    labels = [it for it in window.findChildren(QLabel) if it.property("role") == "dim"]
    try:
        for choice, scheme in ((Choice.DARK, DARK), (Choice.LIGHT, LIGHT)):
            theme.choose(choice)
            assert {it.palette().windowText().color().name() for it in labels} == {scheme.dim}
            assert box.palette().window().color().name() == scheme.window
    finally:
        theme.choose(Choice.SYSTEM)


def test_collections_leave_out_what_is_there_already() -> None:
    there = [[n] for n in range(1000)]
    before = gc.get_freeze_count()
    keep_collections_short()
    assert gc.get_freeze_count() >= before + len(there)
    after = [0]
    assert any(it is after for it in gc.get_objects())
    assert not any(it is there[0] for it in gc.get_objects())


def test_no_two_controls_share_a_key(window) -> None:
    texts = [str(menu) for menu in window.actions_.menus]
    texts += [label.text() for label in window.panes.settings.findChildren(QLabel)]
    letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert len(letters) > 15
    assert len(letters) == len(set(letters))


def test_the_wheel_scrolls_and_changes_nothing(opened, qtbot) -> None:
    field = opened.panes.settings._fields["n_bases"]
    field.clearFocus()
    value = field.value()
    place = QPointF(5, 5)
    wheel = QWheelEvent(
        place, field.mapToGlobal(place), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field, wheel)
    assert field.value() == value


def test_a_fault_that_keeps_coming_is_shown_once(window) -> None:
    for _ in range(5):
        show_error(window, IsnmfError("Again."))
    assert len(window.findChildren(QMessageBox)) == 1
