"""Saving what a tile shows: large, with axes, in the colours of the large spectrogram."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QSize, Signal, Slot
from PySide6.QtWidgets import QWidget

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.control.controller import GONE
from isnmf_gui.gui.control.jobs import Jobs
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.plots.plot_files import PlotFiles
from isnmf_gui.gui.spectrogram.spectrogram_plot import SpectrogramPlot
from isnmf_gui.once import once
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.document.scenes import component_scene

SIZE = QSize(900, 420)


class TilePictures(QObject):
    """Draws one component at a time on a plot that is never on the screen.

    Parameters
    ----------
    jobs : Jobs
        Where files are written.
    preferences : Preferences
        Remember the folder.
    theme : Theme
        Colours.
    shown : SpectrogramPlot
        Whose axis, colours and range of levels are taken.
    shown_run : callable
        Returns the run that the tiles are of.
    window : QWidget
        Owner, and what dialogs belong to.
    """

    #: Something was saved: a sentence.
    done = Signal(str)

    def __init__(
        self,
        jobs: Jobs,
        preferences: Preferences,
        theme: Theme,
        shown: SpectrogramPlot,
        shown_run: Callable[[], Run | None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._jobs, self._preferences = jobs, preferences
        self._theme, self._window = theme, window
        self._shown, self._shown_run = shown, shown_run

    @once
    def plot(self) -> SpectrogramPlot:
        """What is drawn on; made when the first picture is wanted."""
        plot = SpectrogramPlot(self._theme, self._window)
        plot.hide()
        plot.resize(SIZE)
        return plot

    @once
    def files(self) -> PlotFiles:
        """What saves the plot."""
        files = PlotFiles(self._jobs, self._preferences, self.plot, self.plot.table, "")
        files.done.connect(self.done)
        return files

    @Slot(int)
    def save_picture(self, index: int) -> None:
        """Ask where to save a component as PNG or SVG, and do it."""
        if self.draw(index):
            self.files.ask_for_picture()

    @Slot(int)
    def save_data(self, index: int) -> None:
        """Ask where to save the levels of a component as numbers, and do it."""
        if self.draw(index):
            self.files.ask_for_data()

    def draw(self, index: int) -> bool:
        """Draw a component of the run that is shown; return whether there is one."""
        run = self._shown_run()
        if run is None or not run.has_component(index):
            self.done.emit(str(GONE))
            return False
        self.files.name = run.component(index).name
        self.plot.look_like(self._shown)
        self.plot.show_scene(component_scene(run, index))
        self.plot.fit()
        self.plot.settle()
        self.plot.draw()
        return True
