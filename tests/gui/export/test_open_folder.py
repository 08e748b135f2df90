"""After an export its folder can be opened: by a button beside the sentence, and from the menu."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices

from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.texts import N_
from tests.gui.export.test_export import answer, export


@pytest.fixture
def shown(monkeypatch) -> list[QUrl]:
    """What the system was asked to show."""
    asked: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url) or True)
    return asked


@pytest.fixture
def folder(separated: MainWindow, wait, tmp_path, monkeypatch) -> Path:
    """Of an export that has just ended."""
    assert not separated.actions_["open_folder"].isEnabled()
    assert not separated.status.folder_button.isVisible()
    folder = tmp_path / "Mélodie #1 – 100 %"
    answer(monkeypatch, folder)
    export(separated, wait)
    return folder


def test_the_button_opens_the_folder(separated, folder, shown, qtbot) -> None:
    button = separated.status.folder_button
    assert button.isVisible()
    assert button.text() == "Open folder"
    assert button.accessibleName() == f"Open the folder {folder}"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert [url.toLocalFile() for url in shown] == [str(folder)]
    assert "3 files written" in separated.status.text
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert len(shown) == 2
    assert not separated.controller.player.is_playing


def test_the_button_goes_with_its_sentence_and_the_menu_stays(separated, folder, shown) -> None:
    separated.status.show_message("Something else.")
    assert not separated.status.folder_button.isVisible()
    action = separated.actions_["open_folder"]
    assert action in separated.actions_.menus[N_("&File")].actions()
    action.trigger()
    assert [url.toLocalFile() for url in shown] == [str(folder)]


def test_a_folder_that_is_gone_gets_a_sentence(separated, folder, shown) -> None:
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    separated.status.folder_button.click()
    assert shown == []
    assert separated.status.text == f"The folder {folder} could not be opened."


def test_a_system_without_a_window_for_files_gets_a_sentence(
    separated, folder, monkeypatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    separated.status.folder_button.click()
    assert "could not be opened" in separated.status.text


def test_the_window_keeps_its_height_when_the_button_comes(separated, folder) -> None:
    before = separated.panes.height()
    separated.status.show_message("Something else.")
    assert separated.panes.height() == before


def test_a_long_path_does_not_widen_the_window(separated, folder) -> None:
    least = separated.minimumSizeHint().width()
    separated.status.offer_folder(Path("/" + "x" * 300))
    assert separated.minimumSizeHint().width() == least
