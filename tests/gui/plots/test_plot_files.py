"""Plots as pictures, drawings and numbers: saved, copied, and read back."""

import csv
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMessageBox

from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.plots.plot_files import PlotFiles
from isnmf_gui.gui.plots.svg import svg_of
from isnmf_gui.gui.tiles.tile_menu import make_menu
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session.edits.mix_edits import rename_component
from tests.gui.run_tools import separate

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def shown(separated: MainWindow, wait, made_before) -> MainWindow:
    """A window with two runs of different length, drawn."""
    with made_before():
        separate(separated, wait, n_iterations=12, seed=4)
    wait(lambda: separated.panes.spectrogram.plot.visible)
    return separated


def files_of(window: MainWindow, name: str) -> PlotFiles:
    return next(it for it in window.plot_files if it.name == name)


def saved(window: MainWindow, wait) -> None:
    wait(lambda: not window.controller.is_busy("plot"))


def test_a_picture_has_twice_the_pixels_and_shows_the_plot(shown, wait, tmp_path, subtests) -> None:
    shown.selection.select([0, 2], 0)
    QApplication.processEvents()
    for name in ("Loss", "Spectrogram", "Basis", "Activation"):
        with subtests.test(name):
            files, path = files_of(shown, name), tmp_path / name / "Bild 日.png"
            path.parent.mkdir()
            shown.status.show_message("")
            files.save_picture(path)
            saved(shown, wait)
            image = Image.open(path)
            assert image.size == (2 * files._plot.width(), 2 * files._plot.height())
            assert len(image.convert("RGB").getcolors(1 << 20)) > 20
            assert path.name in shown.status.text
            assert list(path.parent.iterdir()) == [path]


def test_a_drawing_is_svg_with_text(shown, wait, tmp_path) -> None:
    path = tmp_path / "loss.svg"
    files_of(shown, "Loss").save_picture(path)
    saved(shown, wait)
    root = ElementTree.parse(path).getroot()
    assert root.tag == SVG + "svg"
    texts = {(text.text or "").strip() for text in root.iter(SVG + "text")}
    assert {"Iteration", "Loss"} <= texts
    assert any("Run 2" in text for text in texts)
    assert not any("clip" in text for text in texts)


def test_saved_factors_name_their_curves(shown, wait, tmp_path, subtests) -> None:
    named = rename_component(shown.controller.shown_run(), 2, "<b>Horn</b>")
    shown.controller.edit_run(named, "Rename")
    shown.selection.select([0, 2], 0)
    for name in ("Basis", "Activation"):
        with subtests.test(name):
            save_named(files_of(shown, name), shown, wait, tmp_path / name)


def save_named(files: PlotFiles, shown: MainWindow, wait, tmp_path: Path) -> None:
    tmp_path.mkdir()
    plot = files._plot
    wait(lambda: len(plot.parentWidget()._curves) == 2)
    before = plot.grab().toImage()
    for kind in ("svg", "png"):
        files.save_picture(tmp_path / f"factor.{kind}")
        saved(shown, wait)
    root = ElementTree.parse(tmp_path / "factor.svg").getroot()
    texts = [(text.text or "").strip() for text in root.iter(SVG + "text")]
    assert {"Component 1", "<b>Horn</b>"} <= set(texts)
    assert plot.grab().toImage() == before  # the screen has a legend beside the plots


def test_a_drawing_clips_what_lies_outside_the_axes(shown) -> None:
    panel = shown.panes.loss
    panel._view.setXRange(5, 8, padding=0)
    QApplication.processEvents()
    before = len(panel.plot.scene().items())
    root = ElementTree.fromstring(svg_of(panel.plot, "Loss"))
    assert len(panel.plot.scene().items()) == before  # nothing is left in the plot
    clipped = [g for g in root.iter(SVG + "g") if g.get("clip-path")]
    curves = {
        tuple(line.get("points", "").split())
        for group in clipped
        for line in group.iter(SVG + "polyline")
    }
    view = panel._view.sceneBoundingRect()
    rect = next(root.iter(SVG + "clipPath")).find(SVG + "rect")
    assert float(rect.get("width")) == pytest.approx(view.width(), abs=0.1)
    reach = [float(point.split(",")[0]) for points in curves for point in points]
    assert max(reach) > view.right() + 10  # the curve goes on, and is cut off there
    assert "vector-effect" not in "".join(
        str(line.attrib) for group in clipped for line in group.iter(SVG + "polyline")
    )


def test_the_loss_in_numbers(shown, wait, tmp_path) -> None:
    path = tmp_path / "loss.csv"
    files_of(shown, "Loss").save_data(path)
    saved(shown, wait)
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows[0][0] == "Iteration"
    assert re.fullmatch(r"Loss of Run 1 · \w+ · p = 1.5", rows[0][1])
    for column, run in enumerate(shown.controller.document.runs, 1):
        loss = run.separation.factorization.loss
        written = [float(row[column]) for row in rows[1:] if row[column]]
        np.testing.assert_allclose(written, loss, rtol=1e-9)


def test_the_spectrogram_in_numbers_is_what_is_seen(shown, wait, tmp_path) -> None:
    panel, path = shown.panes.spectrogram, tmp_path / "spectrogram.csv"
    panel.plot.view.setXRange(1, 2, padding=0)
    wait(lambda: panel.plot.visible.start_s == pytest.approx(1, abs=0.01))
    files_of(shown, "Spectrogram").save_data(path)
    saved(shown, wait)
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    numbers = np.array(rows[1:], np.float64)
    assert numbers.shape == (panel.plot.visible.width, panel.plot.visible.height + 1)
    np.testing.assert_allclose(numbers[:, 1:].T, panel.plot.levels, atol=0.006)
    assert 1 < numbers[0, 0] < 1.01
    assert 1.99 < numbers[-1, 0] < 2
    hertz = [float(name.split()[0]) for name in rows[0][1:]]
    assert (np.diff(hertz) > 0).all()
    assert hertz[-1] < 11_025
    assert rows[0][0] == "Time (s)"
    assert rows[0][1].endswith("Hz (dB)")


def test_factors_in_numbers_are_those_of_the_selection(shown, wait, tmp_path, subtests) -> None:
    for name in ("Basis", "Activation"):
        with subtests.test(name):
            save_numbers(shown, wait, tmp_path / f"{name}.csv", name)


def save_numbers(shown: MainWindow, wait, path: Path, name: str) -> None:
    run = shown.controller.document.current_run
    shown.selection.clear()
    files_of(shown, name).save_data(path)  # nothing is selected: nothing is written
    assert not shown.controller.is_busy("plot")
    shown.selection.select([0, 2], 0)
    files_of(shown, name).save_data(path)
    saved(shown, wait)
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows[0][1:] == [f"{run.component(index).name} (dB)" for index in (0, 2)]
    result = run.separation.factorization
    factor = {"Basis": result.basis[:, [0, 2]], "Activation": result.activation[[0, 2]].T}[name]
    expected = 20 / run.separation.settings.domain * np.log10(factor)
    np.testing.assert_allclose(np.array(rows[1:], float)[:, 1:], expected, atol=0.006)


def test_a_second_file_is_saved_after_the_first_and_that_is_said(shown, wait, tmp_path) -> None:
    files, said = files_of(shown, "Spectrogram"), []
    files.done.connect(said.append)
    names = ["first.csv", "second.csv", "third.png"]
    for name in names:
        (files.save_picture if name.endswith("png") else files.save_data)(tmp_path / name)
    assert said == [
        f"{name} is saved as soon as the file before it is written." for name in names[1:]
    ]
    saved(shown, wait)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == names
    assert "third.png saved to" in shown.status.text


def test_copies_go_to_the_clipboard(shown, wait) -> None:
    clipboard = QGuiApplication.clipboard()
    files = files_of(shown, "Loss")
    files.copy_picture()
    assert clipboard.image().width() == 2 * files._plot.width()
    files.copy_data()
    saved(shown, wait)
    rows = list(csv.reader(io.StringIO(clipboard.text())))
    assert len(rows) == 21
    assert "20 rows" in shown.status.text


def test_a_folder_that_is_none_is_reported(shown, wait, tmp_path) -> None:
    (tmp_path / "file").write_text("x")
    files_of(shown, "Loss").save_picture(tmp_path / "file" / "loss.png")
    saved(shown, wait)
    assert "is not a folder" in shown.findChild(QMessageBox).text()


@pytest.mark.qt_log_ignore("This plugin does not support")  # menus on a screen that is none
def test_the_menu_opens_by_key_and_by_right_click(shown, qtbot, wait) -> None:
    plot = shown.panes.loss.plot
    plot.setFocus()
    middle = plot.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, plot.mapToGlobal(middle))
    QApplication.sendEvent(plot, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text().replace("&", "") for action in menu.actions()] == [
        "Save picture…", "Copy picture", "Save data as CSV…", "Copy data",
    ]  # fmt: skip
    menu.close()
    middle = plot.viewport().rect().center()
    qtbot.mouseClick(plot.viewport(), Qt.MouseButton.RightButton, pos=middle)
    wait(lambda: QApplication.activePopupWidget())
    QApplication.activePopupWidget().close()


def test_the_dialog_adds_the_suffix(shown, wait, tmp_path, monkeypatch) -> None:
    asked = []

    def accept(dialog: QFileDialog) -> QFileDialog.DialogCode:
        asked.append((dialog.nameFilters(), dialog.defaultSuffix()))
        dialog.filterSelected.emit(dialog.nameFilters()[-1])
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile("mine")
        return QFileDialog.DialogCode.Accepted

    monkeypatch.setattr(QFileDialog, "exec", accept)
    menu = files_of(shown, "Loss").menu(shown)
    next(it for it in menu.actions() if "picture…" in it.text()).trigger()
    saved(shown, wait)
    assert asked[0][1] == "png"
    assert Path(tmp_path / "mine.svg").read_bytes().startswith(b"<?xml")
    menu.deleteLater()


def chosen(window: MainWindow, index: int, entry: str) -> None:
    """Choose an entry of a tile's menu."""
    entries = [it for it in window.panes.components.menu_entries(index) if it is not None]
    menu = make_menu(window, entries)
    next(it for it in menu.actions() if it.text() == entry).trigger()
    menu.deleteLater()


@pytest.fixture
def answer(monkeypatch, tmp_path):
    """Answer the dialog for a file with a kind and the name it proposes."""

    def accept_with(kind: str) -> None:
        def accept(dialog: QFileDialog) -> QFileDialog.DialogCode:
            filters = dialog.nameFilters()
            dialog.filterSelected.emit(next(it for it in filters if f"*.{kind}" in it))
            name = Path(dialog.selectedFiles()[0]).stem
            dialog.setDirectory(str(tmp_path))
            dialog.selectFile(name)
            return QFileDialog.DialogCode.Accepted

        monkeypatch.setattr(QFileDialog, "exec", accept)

    return accept_with


def test_a_tile_is_saved_large_and_with_axes(shown, wait, answer, tmp_path) -> None:
    for kind in ("png", "svg"):
        answer(kind)
        chosen(shown, 1, "Save picture…")
        saved(shown, wait)
    image = Image.open(tmp_path / "component 2.png").convert("RGB")
    assert image.size == (1800, 840)
    root = ElementTree.parse(tmp_path / "component 2.svg").getroot()
    texts = {(text.text or "").strip() for text in root.iter(SVG + "text")}
    assert {"Time (s)", "Frequency (Hz)"} <= texts
    assert list(root.iter(SVG + "image"))
    assert "component 2.svg saved" in shown.status.text


def test_a_tile_in_numbers_is_its_component(shown, wait, answer, tmp_path) -> None:
    answer("csv")
    chosen(shown, 2, "Save data as CSV…")
    saved(shown, wait)
    with (tmp_path / "component 3.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    levels = np.array(rows[1:], np.float64)[:, 1:].T
    separation = shown.controller.shown_run().separation
    activation = separation.factorization.activation[2]
    loudest_s = activation.argmax() * separation.grid.frame_s
    times_s = np.array(rows[1:], np.float64)[:, 0]
    assert times_s[levels.max(axis=0).argmax()] == pytest.approx(loudest_s, abs=0.03)
    assert levels.max() == pytest.approx(0, abs=0.1)  # below its own loudest point


def test_nothing_can_be_saved_of_a_plot_that_is_not_there(opened) -> None:
    menu = files_of(opened, "Loss").menu(opened)
    menu.aboutToShow.emit()
    assert not any(action.isEnabled() for action in menu.actions())
    menu.deleteLater()


def test_any_widget_that_paints_itself_can_be_saved(shown, wait, tmp_path) -> None:
    picture = shown.panes.components.tiles[0].parts.picture
    wait(lambda: not picture._image.isNull())
    files = PlotFiles(shown.controller.jobs, Preferences(), picture, None, "Component 1")
    for suffix in ("png", "svg"):
        files.save_picture(tmp_path / f"tile.{suffix}")
        saved(shown, wait)
    image = Image.open(tmp_path / "tile.png").convert("RGB")
    assert image.size == (2 * picture.width(), 2 * picture.height())
    assert len(image.getcolors(1 << 20)) > 20
    root = ElementTree.parse(tmp_path / "tile.svg").getroot()
    assert list(root.iter(SVG + "image"))
    assert len(files.menu(shown).actions()) == 2
