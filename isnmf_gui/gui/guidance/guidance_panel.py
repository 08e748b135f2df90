"""What guides the sources: strokes in a list, each to be heard and changed, also by numbers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.guidance.place_fields import PlaceFields
from isnmf_gui.gui.guidance.strokes_model import StrokesModel
from isnmf_gui.gui.guidance.strokes_view import StrokesView
from isnmf_gui.gui.widgets.menus import add_submenu
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.document.guidance import Box, Stroke
from isnmf_gui.session.guidance.stroke_effects import Effect
from isnmf_gui.spectral.strokes import bounds
from isnmf_gui.texts import N_, tr

NO_RUN = N_("Separate the recording first: strokes sort the components that were found.")
NO_SOURCES = N_(
    "Strokes need sources: press Suggest or New source in the tab Sources, or load guidance."
)
NO_STROKES = N_(
    "Strokes say which source a place in the spectrogram belongs to. Paint them with the brush, or "
    "type a place below and press Add."
)
#: So many sentences stand above the list, the first ones first; the tooltip has all.
MOST_WARNINGS = 2
#: So much is shown on either side of a place.
LEAST_MARGIN_S = 0.5


class GuidancePanel(QWidget):
    """Shows the strokes of a run and what to do next; it emits what the person wants of them."""

    #: Strokes are to be pointed out: their numbers.
    strokes_selected = Signal(object)
    #: A stretch of time is to be brought into sight: its ends in seconds.
    show_wanted = Signal(float, float)
    #: A place is to be heard: a `Box`, a source or None, and whether of what is heard.
    hear_wanted = Signal(object, object, bool)
    export_wanted = Signal(object, object, bool)
    #: A stroke is to be added: its place, and its source.
    add_wanted = Signal(object, int)
    #: Strokes are to be changed: their numbers, a place or None, a source or None.
    change_wanted = Signal(object, object, object)
    switch_wanted = Signal(object, bool)
    delete_wanted = Signal(object)
    save_wanted = Signal()
    load_wanted = Signal()
    #: Other lines are to be seen, or others are selected.
    looked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._run: Run | None = None
        self._has_recording = False
        self.model = StrokesModel(theme)
        self.view = StrokesView(self.model)
        self.fields = PlaceFields()
        self._warnings = QLabel()
        self._warnings.setProperty("role", "note")
        self._warnings.setWordWrap(True)
        self._warnings.hide()
        self._empty = QLabel()
        self._empty.setProperty("role", "dim")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.save_button = QPushButton(tr("Save guidance…"))
        self.save_button.setToolTip(
            tr("Write sources and strokes into a file, to be used on another take or run")
        )
        self.load_button = QPushButton(tr("Load guidance…"))
        self.load_button.setToolTip(tr("Add the sources and strokes of a file"))
        self._lay_out()
        self._connect()
        self.show_run(None)

    def _lay_out(self) -> None:
        files = QHBoxLayout()
        files.setSpacing(4)
        files.addWidget(self.save_button, 1)
        files.addWidget(self.load_button, 1)
        #: Above the list: what is to be done next.
        self.head = QVBoxLayout()
        self.head.addWidget(self._warnings)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 4, 4)
        layout.addLayout(self.head)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.fields)
        layout.addLayout(files)

    def _connect(self) -> None:
        view, fields = self.view, self.fields
        view.picked.connect(self._picked)
        view.play_wanted.connect(self._hear)
        view.delete_wanted.connect(self._delete)
        view.switch_wanted.connect(self._switch_selected)
        view.source_wanted.connect(self._give_to_place)
        view.doubleClicked.connect(self._show_selected)
        view.customContextMenuRequested.connect(self._open_menu)
        view.verticalScrollBar().valueChanged.connect(self.looked)
        self.model.switched.connect(self._switch)
        fields.add_wanted.connect(self.add_wanted)
        fields.change_wanted.connect(self._change)
        fields.hear_wanted.connect(self.hear_wanted)
        fields.export_wanted.connect(self.export_wanted)
        self.save_button.clicked.connect(self.save_wanted)
        self.load_button.clicked.connect(self.load_wanted)
        self._theme.changed.connect(self.model.forget_colors)

    # -- what is shown ------------------------------------------------------------------------

    def set_duration(self, duration_s: float | None) -> None:
        """Offer to hear places of a recording of this length; None: there is none."""
        self._has_recording = duration_s is not None
        self.view.set_duration(duration_s or 0.0)
        self._show_fields()

    def show_run(self, run: Run | None) -> None:
        """Show the strokes of a run."""
        is_other = run is None or self._run is None or run.id != self._run.id
        ids = [it.id for it in self.view.selected]
        self._run = run
        if is_other:
            self.model.forget()
        if not self.model.show_run(run):
            self.view.select(ids if not is_other else [])
        has_strokes = bool(self.model.strokes)
        self._empty.setText(str(self._hint(run)))
        self._empty.setVisible(not has_strokes)
        self.view.setVisible(has_strokes)
        self.save_button.setEnabled(run is not None and bool(run.sources))
        self.load_button.setEnabled(run is not None)
        self._show_fields()
        self.fields.show_strokes(self.view.selected)

    def _hint(self, run: Run | None) -> object:
        if run is None:
            return NO_RUN
        return NO_STROKES if run.sources else NO_SOURCES

    def _show_fields(self) -> None:
        sources = None if self._run is None else self._run.all_sources
        self.fields.show_state(self._has_recording, sources)

    def show_found(
        self, effects: Mapping[int, Effect], notes: Mapping[int, tuple[str, ...]]
    ) -> None:
        """Show what strokes do, and what is wrong with them."""
        self.model.know(effects, notes)

    def show_warnings(self, sentences: Sequence[str]) -> None:
        """Say above the list what is wrong, and what to do about it."""
        shown = list(sentences[:MOST_WARNINGS])
        if len(sentences) > MOST_WARNINGS:
            shown.append(tr("There is more: what is marked ⚠ says why."))
        self._warnings.setText("\n".join(f"⚠ {it}" for it in shown))
        self._warnings.setToolTip("\n".join(sentences))
        self._warnings.setAccessibleDescription(" ".join(sentences))
        self._warnings.setVisible(bool(sentences))

    @property
    def warnings(self) -> str:
        """What is said above the list; "" while nothing is wrong."""
        return self._warnings.text()

    def show_heard(self, stroke_id: int | None, box: Box | None) -> None:
        """Show which stroke's place is heard, and which place at all, if one is."""
        self.model.show_heard(stroke_id)
        self.fields.show_heard(box is not None and box == self.fields.box)

    def select(self, stroke_ids: Collection[int]) -> None:
        """Select strokes, and bring the first of them into sight."""
        self.view.select(stroke_ids)

    @property
    def strokes_seen(self) -> list[Stroke]:
        """The strokes whose lines are to be seen, and those that are selected."""
        return [*self.view.seen, *self.view.selected] if self.view.isVisible() else []

    # -- what is wanted -----------------------------------------------------------------------

    @Slot()
    def _picked(self) -> None:
        selected = self.view.selected
        self.fields.show_strokes(selected)
        self.strokes_selected.emit([it.id for it in selected])
        self.looked.emit()

    @Slot(object)
    def _hear(self, stroke: Stroke) -> None:
        self.hear_wanted.emit(bounds(stroke.shape), *self.fields.of)

    @Slot()
    def _delete(self) -> None:
        if ids := [it.id for it in self.view.selected]:
            self.delete_wanted.emit(ids)

    @Slot(int, bool)
    def _switch(self, stroke_id: int, is_on: bool) -> None:
        """Switch a stroke, and with it all that are selected if it is one of them."""
        selected = [it.id for it in self.view.selected]
        self.switch_wanted.emit(selected if stroke_id in selected else [stroke_id], is_on)

    @Slot()
    def _switch_selected(self) -> None:
        if selected := self.view.selected:
            self.switch_wanted.emit([it.id for it in selected], not selected[0].is_on)

    @Slot(int)
    def _give_to_place(self, place: int) -> None:
        selected = self.view.selected
        if selected and self._run is not None and place < len(self._run.sources):
            self._give(self._run.sources[place].id)

    def _give(self, source_id: int) -> None:
        self.change_wanted.emit([it.id for it in self.view.selected], None, source_id)

    @Slot(object, object)
    def _change(self, box: Box | None, source_id: int | None) -> None:
        self.change_wanted.emit([it.id for it in self.view.selected], box, source_id)

    @Slot()
    def _show_selected(self) -> None:
        if selected := self.view.selected:
            self.show_wanted.emit(*_around([bounds(it.shape) for it in selected]))

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        if not self.view.selected:
            return
        if not self.view.indexAt(place).isValid():  # by key
            place = self.view.visualRect(self.view.currentIndex()).bottomLeft()
        self.make_menu().popup(self.view.viewport().mapToGlobal(place))

    def make_menu(self) -> QMenu:
        """Return the menu of the selected strokes."""
        assert self._run is not None
        strokes, menu = self.view.selected, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        first = strokes[0]
        source, box = self._run.source(first.source_id), bounds(first.shape)
        menu.addAction(tr("Hear the recording there\tP"),
                       lambda: self.hear_wanted.emit(box, None, False))  # fmt: skip
        name = source.name.replace("&", "&&")
        menu.addAction(tr("Hear {name} there", name=name),
                       lambda: self.hear_wanted.emit(box, source.id, False))  # fmt: skip
        menu.addAction(tr("Bring into sight\tdouble click"), self._show_selected)
        menu.addSeparator()
        word = tr("Switch off\tSpace") if first.is_on else tr("Switch on\tSpace")
        menu.addAction(word, self._switch_selected)
        others = add_submenu(menu, tr("Give to"))
        for n, each in enumerate(self._run.all_sources):
            keys = f"\tAlt+{n + 1}" if n < min(9, len(self._run.sources)) else ""
            text = each.name.replace("&", "&&") + keys
            action = others.addAction(self.model.swatch(each), text)
            action.triggered.connect(lambda _=False, number=each.id: self._give(number))
        menu.addSeparator()
        menu.addAction(tr("Delete\tDel"), self._delete)
        return menu


def _around(boxes: Sequence[Box]) -> tuple[float, float]:
    """Return a stretch of time in which places are seen, with as much on either side of them."""
    start, stop = min(it.start_s for it in boxes), max(it.stop_s for it in boxes)
    margin = max(stop - start, LEAST_MARGIN_S)
    return max(0.0, start - margin), stop + margin
