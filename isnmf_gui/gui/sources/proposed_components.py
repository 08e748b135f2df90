"""The components of a proposal, each with the source that it is proposed for."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QTableWidgetItem

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.sources.hear_table import NAME, HearTable
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.grouping.certainty import Certainty
from isnmf_gui.session.grouping.suggesting import Suggestion
from isnmf_gui.texts import N_, tr

SOURCE, CHANCE = 2, 3
#: Of a component that goes into no source.
NONE = -1
#: A component that is less likely to be right is doubtful.
SURE = 0.75
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
TIP = N_(
    "Which source each component is proposed for. Space or Enter: hear it. ← →: another source. "
    "1 to 9: that source. 0: none."
)


class SourceBox(QComboBox):
    """Chooses a source; the wheel scrolls the table that it lies in."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change nothing."""
        event.ignore()


class ProposedComponents(HearTable):
    """Lists the components of a run with their proposed sources.

    Parameters
    ----------
    run : Run
        Whose components.
    theme : Theme
        Colours.
    """

    #: The person chose another source for a component: its row.
    labelled = Signal(int)

    def __init__(self, run: Run, theme: Theme) -> None:
        super().__init__(theme, ["", tr("Component"), tr("Source"), tr("Likely right")])
        self._boxes: list[SourceBox] = []
        self._run = run
        self._trust = [""] * len(run.components)
        self.setAccessibleName(tr("Components and their proposed sources"))
        self.setToolTip(str(TIP))
        for component in run.components:
            name = component.name
            self.add_row(name, component.color, tr("Hear {name} alone", name=name))
            self._add_box(name)
        self.setColumnWidth(SOURCE, 140)

    def _add_box(self, name: str) -> None:
        row, box = len(self._boxes), SourceBox()
        box.setAccessibleName(tr("Source of {name}", name=name))
        box.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys stay with the table
        box.setEnabled(False)
        box.currentIndexChanged.connect(lambda: self._chosen(row))
        self._boxes.append(box)
        self.setItem(row, SOURCE, QTableWidgetItem())
        self.setItem(row, CHANCE, QTableWidgetItem())
        self.setCellWidget(row, SOURCE, box)
        self._describe(row)

    def show_proposal(self, proposal: Suggestion, certainty: Certainty) -> None:
        """Show a proposal, to be changed, with how likely each of its labels is right."""
        chances = certainty.of_components[[it.index for it in self._run.components]].tolist()
        labels = zip(self._boxes, proposal.labels, chances, strict=True)
        for row, (box, label, chance) in enumerate(labels):
            with QSignalBlocker(box):
                box.clear()
                for number in range(proposal.n_sources):
                    name = tr("Source {number}", number=number + 1)
                    box.addItem(self.swatch(number), name, number)
                box.addItem(tr("None"), NONE)
                box.setCurrentIndex(box.findData(label))
            box.setEnabled(True)
            is_sure = chance > SURE
            self.cell(row, CHANCE).setText(tr("{share:.0f} %", share=100 * chance))
            self._trust[row] = tr("Clearly like the others there") if is_sure else tr("Not sure")
            self._describe(row)

    @property
    def labels(self) -> list[int]:
        """The source of each component as it is chosen, −1 for none."""
        return [NONE if box.currentData() is None else box.currentData() for box in self._boxes]

    def choose(self, row: int, place: int) -> None:
        """Put the component of a row into a source by its place; the last is none."""
        if 0 <= place < self._boxes[row].count():
            self._boxes[row].setCurrentIndex(place)

    @Slot()
    def _chosen(self, row: int) -> None:
        self.cell(row, CHANCE).setText("")
        self._trust[row] = ""  # now it is the person's word
        self.go_to(row)
        self._describe(row)
        self.labelled.emit(row)

    def _describe(self, row: int) -> None:
        """Say how sure the proposal is, and let a screen reader say all of the row."""
        name, box, trust = self.cell(row, NAME), self._boxes[row], self._trust[row]
        box.setToolTip(trust or tr("The source that this component goes into"))
        chance = self.cell(row, CHANCE).text()
        likely = tr("{chance} likely right", chance=chance) if chance else ""
        parts = name.text(), box.currentText(), trust, likely
        self.say(row, ", ".join(filter(None, parts)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose another source for the current row, or what every such table does."""
        key, row = Qt.Key(event.key()), self.currentRow()
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not is_plain or row < 0:
            super().keyPressEvent(event)
        elif key in STEPS:
            self.choose(row, self._boxes[row].currentIndex() + STEPS[key])
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            n_sources = self._boxes[row].count() - 1
            number = key - Qt.Key.Key_0
            if number <= n_sources:
                self.choose(row, number - 1 if number else n_sources)
        else:
            super().keyPressEvent(event)
