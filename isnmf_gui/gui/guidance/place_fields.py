"""A place in time and frequency in numbers: to be heard, exported, added as a stroke or changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from isnmf_gui.gui.widgets.number_box import DecimalBox
from isnmf_gui.session.document.document import Source
from isnmf_gui.session.document.guidance import Box, Path, Stroke
from isnmf_gui.spectral.strokes import bounds
from isnmf_gui.texts import N_, tr

MOST_S, MOST_HZ = 360_000.0, 1_000_000.0
#: The edges of a place, in the order of the fields, with their names and units.
EDGES = (
    ("start_s", N_("From"), N_("Start of the place, in seconds"), " s"),
    ("stop_s", N_("to", "from … to"), N_("End of the place, in seconds"), " s"),
    ("low_hz", N_("Low"), N_("Lower end of the band, in Hz"), " Hz"),
    ("high_hz", N_("high", "low … high"), N_("Upper end of the band, in Hz"), " Hz"),
)
FIRST = Box(0.0, 1.0, 100.0, 1000.0)
PATH_NOTE = N_("This stroke was painted free hand. Change makes a box of these numbers of it.")
ERASED_NOTE = N_("Some of this stroke was erased. Change makes a whole box of it again.")


class PlaceFields(QWidget):
    """Fields for a place and its source, and buttons for what can be done with it.

    They follow the stroke that is selected; what is typed is not lost by news of it.
    """

    #: A stroke is to be added: the place, and the source.
    add_wanted = Signal(object, int)
    #: The selected strokes are to be changed: a place or None, and a source or None.
    change_wanted = Signal(object, object)
    #: The place, of what is chosen: a source or None, and whether it is what is heard.
    hear_wanted = Signal(object, object, bool)
    export_wanted = Signal(object, object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[Stroke] = []
        self._shown = self._box = FIRST
        self._has_recording = self._has_run = self._is_heard = False
        self.boxes = {name: self._number(name) for name, *_ in EDGES}
        self.source_box = QComboBox()
        self.source_box.setAccessibleName(tr("Source of the stroke"))
        self.source_box.setToolTip(tr("What the place belongs to"))
        self.of_box = QComboBox()
        self.of_box.setAccessibleName(tr("What to hear of the place"))
        self.of_box.setToolTip(tr("Of what the place is heard and exported"))
        self._note = QLabel()
        self._note.setProperty("role", "dim")
        self._note.setWordWrap(True)
        self._make_buttons()
        self._lay_out()
        self._show_box(FIRST)
        for box in self.boxes.values():
            box.valueChanged.connect(self._refresh)
        self.source_box.currentIndexChanged.connect(self._refresh)
        self._show_sources([])
        self._refresh()

    def _number(self, name: str) -> DecimalBox:
        _, _, tip, unit = next(it for it in EDGES if it[0] == name)
        is_time = unit == " s"
        box = DecimalBox()
        box.setRange(0.0, MOST_S if is_time else MOST_HZ)
        box.setDecimals(2 if is_time else 1)
        box.setSingleStep(0.1 if is_time else 10.0)
        box.setSuffix(unit)
        box.setAccessibleName(str(tip))
        box.setToolTip(str(tip))
        box.setMinimumWidth(60)
        return box

    def _make_buttons(self) -> None:
        self.add_button = QPushButton(tr("Add"))
        self.add_button.setAccessibleName(tr("Add a stroke"))
        self.add_button.setToolTip(tr("Add this place as a stroke of the source"))
        self.change_button = QPushButton(tr("Change"))
        self.change_button.setAccessibleName(tr("Change the selected strokes"))
        self.change_button.setToolTip(
            tr("Give the selected stroke these numbers and this source; several get the source")
        )
        self.hear_button = QPushButton(tr("Hear box"))
        self.hear_button.setToolTip(tr("Hear just this place, once; again: what was heard before"))
        self.export_button = QPushButton(tr("Export box…"))
        self.export_button.setToolTip(tr("Write just this place as a sound file"))
        self.add_button.clicked.connect(self._add)
        self.change_button.clicked.connect(self._change)
        self.hear_button.clicked.connect(self._hear)
        self.export_button.clicked.connect(self._export)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setHorizontalSpacing(4)
        for n, (name, label, _, _) in enumerate(EDGES):
            row, column = divmod(n, 2)
            text = QLabel(str(label))
            text.setBuddy(self.boxes[name])
            grid.addWidget(text, row, 2 * column)
            grid.addWidget(self.boxes[name], row, 2 * column + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        grid.addWidget(QLabel(tr("Source")), 2, 0)
        grid.addWidget(self.source_box, 2, 1, 1, 3)
        grid.addLayout(_beside(self.add_button, self.change_button), 3, 0, 1, 4)
        grid.addWidget(self._note, 4, 0, 1, 4)
        grid.addWidget(QLabel(tr("Of", "hear the place of …")), 5, 0)
        grid.addWidget(self.of_box, 5, 1, 1, 3)
        grid.addLayout(_beside(self.hear_button, self.export_button), 6, 0, 1, 4)

    # -- what is shown ------------------------------------------------------------------------

    def show_state(self, has_recording: bool, sources: Sequence[Source] | None) -> None:
        """Offer what can be done now.

        Parameters
        ----------
        has_recording : bool
            Whether there is anything to hear.
        sources : sequence of Source or None
            Of the run that is shown; None without one.
        """
        self._has_recording, self._has_run = has_recording, sources is not None
        self._show_sources(list(sources or ()))
        self._refresh()

    def _show_sources(self, sources: Sequence[Source]) -> None:
        names: list[tuple[str, object]] = [(source.name, source.id) for source in sources]
        heard = [(tr("Recording"), None), (tr("What is heard"), "heard"), *names]
        for box, entries in ((self.source_box, names), (self.of_box, heard)):
            if [(box.itemText(n), box.itemData(n)) for n in range(box.count())] == entries:
                continue
            chosen = box.currentData()
            with QSignalBlocker(box):
                box.clear()
                for text, data in entries:
                    box.addItem(text, data)
                box.setCurrentIndex(max(box.findData(chosen), 0) if chosen is not None else 0)

    def show_strokes(self, strokes: Sequence[Stroke]) -> None:
        """Follow the strokes that are selected; none: what is shown stays."""
        before, self._strokes = self._strokes, list(strokes)
        is_other = [it.id for it in strokes] != [it.id for it in before]
        if len(strokes) == 1 and (is_other or strokes[0].shape != before[0].shape):
            self._show_box(bounds(strokes[0].shape))
        if strokes and (is_other or strokes[0].source_id != before[0].source_id):
            self.choose_source(strokes[0].source_id)
        self._refresh()

    def show_heard(self, is_heard: bool) -> None:
        """Show whether the place is heard now."""
        self._is_heard = is_heard
        self.hear_button.setText(tr("Stop") if is_heard else tr("Hear box"))

    def _show_box(self, box: Box) -> None:
        self._box = box
        for name, field in self.boxes.items():
            with QSignalBlocker(field):
                field.setValue(max(0.0, getattr(box, name)))
        self._shown = self._typed()

    def choose_source(self, source_id: int) -> None:
        """Propose a source for the next stroke."""
        with QSignalBlocker(self.source_box):
            self.source_box.setCurrentIndex(self.source_box.findData(source_id))

    def _typed(self) -> Box:
        values = [field.value() for field in self.boxes.values()]
        (start, stop), (low, high) = sorted(values[:2]), sorted(values[2:])
        return Box(start, stop, low, high)

    @property
    def box(self) -> Box:
        """The place: as it is, unless numbers were typed, which are rounded."""
        typed = self._typed()
        return self._box if typed == self._shown else typed

    @property
    def source_id(self) -> int | None:
        """The source that is chosen."""
        chosen = self.source_box.currentData()
        return chosen if isinstance(chosen, int) else None

    @Slot()
    def _refresh(self) -> None:
        n_strokes, has_source = len(self._strokes), self.source_id is not None
        is_moved = self._typed() != self._shown
        for field in self.boxes.values():
            field.setEnabled(n_strokes < 2)
        self.source_box.setEnabled(self._has_run)
        self.add_button.setEnabled(self._has_run and has_source and n_strokes < 2)
        of_others = any(it.source_id != self.source_id for it in self._strokes)
        can_change = n_strokes > 0 and has_source and (of_others or (n_strokes == 1 and is_moved))
        self.change_button.setEnabled(can_change)
        for button in (self.hear_button, self.export_button, self.of_box):
            button.setEnabled(self._has_recording)
        self._note.setText(self._note_text(is_moved))
        self._note.setVisible(bool(self._note.text()))

    def _note_text(self, is_moved: bool) -> str:
        if len(self._strokes) > 1:
            return tr("%n stroke(s) selected: Change gives them all to this source.", "",
                      len(self._strokes))  # fmt: skip
        if not self._strokes or not is_moved:
            return ""
        if isinstance(self._strokes[0].shape, Path):
            return str(PATH_NOTE)
        return str(ERASED_NOTE) if self._strokes[0].erased else ""

    # -- what is wanted -----------------------------------------------------------------------

    def _settle(self) -> None:
        """Take what was typed and not yet finished."""
        for field in self.boxes.values():
            field.interpretText()

    @Slot()
    def _add(self) -> None:
        self._settle()
        if self.source_id is not None:
            self.add_wanted.emit(self.box, self.source_id)

    @Slot()
    def _change(self) -> None:
        self._settle()
        is_moved = len(self._strokes) == 1 and self._typed() != self._shown
        of_others = any(it.source_id != self.source_id for it in self._strokes)
        box = self.box if is_moved else None
        self.change_wanted.emit(box, self.source_id if of_others else None)

    @Slot()
    def _hear(self) -> None:
        self._settle()
        self.hear_wanted.emit(self.box, *self.of)

    @Slot()
    def _export(self) -> None:
        self._settle()
        self.export_wanted.emit(self.box, *self.of)

    @property
    def of(self) -> tuple[int | None, bool]:
        """Of what the place is heard: a source or None, and whether it is what is heard."""
        chosen = self.of_box.currentData()
        return (chosen if isinstance(chosen, int) else None), chosen == "heard"


def _beside(*buttons: QPushButton) -> QHBoxLayout:
    layout = QHBoxLayout()
    layout.setSpacing(4)
    for button in buttons:
        layout.addWidget(button, 1)
    return layout
