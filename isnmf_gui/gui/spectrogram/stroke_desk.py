"""What is painted in the spectrogram becomes strokes of the run that is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPointF, Signal, Slot
from PySide6.QtGui import QColor

from isnmf_gui.gui.actions.action_entries import N_NUMBERED
from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.control.brush import TOOLS
from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.gui.control.selection import Selection
from isnmf_gui.gui.spectrogram.spectrogram_panel import SpectrogramPanel
from isnmf_gui.gui.spectrogram.spectrogram_view import HELP, PAINTING_HELP
from isnmf_gui.gui.spectrogram.stroke_hand import StrokeHand
from isnmf_gui.session.document.changes import Changes
from isnmf_gui.session.document.document import UNASSIGNED, Run, Source
from isnmf_gui.session.document.guidance import MOST_STROKES, Shape
from isnmf_gui.session.edits import guidance_edits, source_edits
from isnmf_gui.session.guidance.stroke_bins import look_up
from isnmf_gui.session.runs.separation import stft_of
from isnmf_gui.spectral.strokes import bounds
from isnmf_gui.texts import moment, tr


class StrokeDesk(QObject):
    """Connects the tools and the large spectrogram with the run that is shown."""

    #: Something for the status bar.
    noticed = Signal(str)
    #: Something for screen readers.
    said = Signal(str)

    def __init__(
        self,
        controller: Controller,
        selection: Selection,
        panel: SpectrogramPanel,
    ) -> None:
        super().__init__(controller)
        self._controller, self._selection, self._panel = controller, selection, panel
        self._brush, self._run_id = controller.brush, 0
        self.hand = StrokeHand(panel.plot, self._brush, self._may_begin)
        self.hand.drawn.connect(self._drawn)
        self.hand.reached.connect(self._look_up)
        self.hand.said.connect(self.said)
        panel.plot.view.clicked.connect(self._clicked)
        panel.plot.view.resize_wanted.connect(self._resize)
        panel.tools.octaves_wanted.connect(self._brush.set_octaves)
        panel.tools.partials_wanted.connect(self._brush.set_partials)
        panel.tools.source_wanted.connect(selection.choose_source)
        panel.tools.new_source_wanted.connect(self._add_source)
        self._brush.changed.connect(self._show_brush)
        selection.source_changed.connect(self._show)
        controller.document_changed.connect(self._document_changed)
        panel.plot.ground_changed.connect(self._show)
        self._show_brush()
        self._show()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what actions do."""
        places = range(N_NUMBERED + 1)
        return {
            **{f"tool_{tool}": partial(self._brush.take, tool) for tool in TOOLS},
            **{f"paint_{place}": partial(self._choose_place, place) for place in places},
            "smaller": partial(self._resize, -1),
            "larger": partial(self._resize, 1),
            "show_strokes": self._show_or_hide,
        }

    # -- what is shown ------------------------------------------------------------------------

    @Slot(object, object)
    def _document_changed(self, document: object, changes: Changes) -> None:
        if changes.shown_run or changes.sources or changes.guidance:
            self._show()

    @Slot()
    def _show(self) -> None:
        """Show the strokes, and which source is painted."""
        run, tools = self._controller.shown_run(), self._panel.tools
        if (run.id if run else 0) != self._run_id:
            self._run_id = run.id if run else 0
            self.hand.abandon()
        if run is None or not run.components:
            self._brush.take("pointer")
        if run is None:
            self._panel.plot.strokes.set_strokes((), {})
            tools.show_sources((), None)
            return
        colors = {source.id: self._color(source) for source in run.all_sources}
        self._panel.plot.strokes.set_strokes(run.strokes, colors)
        _, source = painted(run, self._selection.source_id)
        tools.show_sources(run.all_sources, source if run.components else None)
        self._color_hand()

    @Slot()
    def _show_brush(self) -> None:
        self._panel.tools.show_brush(self._brush)
        self._panel.plot.setToolTip(str(PAINTING_HELP if self._brush.paints else HELP))
        self._color_hand()

    def _color_hand(self) -> None:
        run = self._controller.shown_run()
        if run is not None:
            _, source = painted(run, self._selection.source_id)
            is_eraser = self._brush.tool == "eraser"
            self.hand.set_color(self._color(run.unassigned if is_eraser else source))

    def _color(self, source: Source) -> QColor:
        """Return the colour of a source over the picture."""
        index = None if source.id == UNASSIGNED else source.color
        return Theme.curve_on(index, self._panel.plot.is_paper)

    @Slot()
    def _show_or_hide(self) -> None:
        strokes = self._panel.plot.strokes
        strokes.setVisible(not strokes.isVisible())

    # -- tools --------------------------------------------------------------------------------

    @Slot(int)
    def _resize(self, steps: int) -> None:
        """Make the tool larger by so many steps, in what it can be larger."""
        if self._brush.tool == "harmonic":
            self._brush.set_partials(self._brush.n_partials + steps)
        else:
            self._brush.resize(steps)

    def _choose_place(self, place: int) -> None:
        run = self._controller.shown_run()
        if run is not None and place <= len(run.sources):
            source = run.sources[place - 1] if place else run.unassigned
            self._selection.choose_source(source.id)
            self.said.emit(tr("{name} is painted.", name=source.name))

    @Slot()
    def _add_source(self) -> None:
        run = self._controller.shown_run()
        if run is not None:
            added = source_edits.add_source(run)
            self._controller.edit_run(added, tr("New source"))
            self._selection.choose_source(added.sources[-1].id)

    @Slot(QPointF)
    def _clicked(self, place: QPointF) -> None:
        """Tell which stroke was clicked on, if they are to be seen."""
        stroke_id = self._panel.plot.stroke_at(place)
        if stroke_id is not None:
            self._panel.stroke_clicked.emit(stroke_id)

    # -- painting -----------------------------------------------------------------------------

    def _may_begin(self) -> bool:
        """Tell whether something can be painted now, and say why not."""
        run = self._controller.shown_run()
        if run is None:
            return False
        if self._brush.tool == "eraser":
            return True
        _, source = painted(run, self._selection.source_id)
        if source.is_locked:
            self._tell(
                tr("{name} is locked: unlock it first, or paint another source.", name=source.name)
            )
        return not source.is_locked

    @Slot(float)
    def _look_up(self, time_s: float) -> None:
        """Have ready what a stroke asks about where it ends up: it is heard the sooner."""
        if (run := self._controller.shown_run()) is not None:
            separation = run.separation
            look_up(separation.recording, stft_of(separation.settings), time_s)

    @Slot(object)
    def _drawn(self, shape: Shape) -> None:
        run = self._controller.shown_run()
        if run is None:
            return
        self._panel.plot.strokes.setVisible(True)
        if self._brush.tool == "eraser":
            self._erase(run, shape)
        else:
            self._paint(run, shape)

    def _erase(self, run: Run, shape: Shape) -> None:
        erased = guidance_edits.erase(run, shape)
        if erased is run:
            self._tell(tr("There is nothing to erase here; strokes of locked sources stay."))
            return
        self._controller.edit_run(erased, tr("Erase"))
        self.said.emit(tr("Erased: {place}.", place=_told(shape)))

    def _paint(self, run: Run, shape: Shape) -> None:
        """Paint a stroke of the chosen source; the first one makes its source too."""
        with_source, source = painted(run, self._selection.source_id)
        done = guidance_edits.paint(with_source, source.id, shape)
        if len(done.strokes) == len(run.strokes):
            self._tell(tr("A run holds no more than %n stroke(s).", "", MOST_STROKES))
            return
        self._controller.edit_run(done, tr("Paint {source}", source=source.name))
        if with_source is not run:
            self._selection.choose_source(source.id)
            self.noticed.emit(tr("{name} was made for what you painted.", name=source.name))
        self.said.emit(tr("{name} painted: {place}.", name=source.name, place=_told(shape)))

    def _tell(self, text: str) -> None:
        self.noticed.emit(text)
        self.said.emit(text)


def painted(run: Run, chosen: int | None) -> tuple[Run, Source]:
    """Return the source that is painted: the chosen one, the first, or a new one with its run."""
    if chosen is not None and any(it.id == chosen for it in run.all_sources):
        return run, run.source(chosen)
    if run.sources:
        return run, run.sources[0]
    added = source_edits.add_source(run)
    return added, added.sources[-1]


def _told(shape: Shape) -> str:
    """Say where a shape is."""
    place = bounds(shape)
    return tr(
        "{start} to {stop}, {low:.0f} to {high:.0f} Hz",
        start=moment(max(place.start_s, 0.0), 2),
        stop=moment(place.stop_s, 2),
        low=place.low_hz,
        high=place.high_hz,
    )
