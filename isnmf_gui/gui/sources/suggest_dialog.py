"""A proposal of sources, to be listened to, changed, and taken or not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.widgets.field_table import FieldTable
from isnmf_gui.gui.widgets.message import CANCEL_TIP
from isnmf_gui.gui.widgets.number_box import NumberBox
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.grouping.suggesting import Suggestion
from isnmf_gui.texts import tr

EXPLANATION = tr(
    "Components that sound alike are put together. Listen, change what is wrong, and take the "
    "groups as your sources; Undo brings the old ones back."
)
#: Of the number of sources: it is suggested too.
AUTOMATIC = 1
NAME, SOURCE, PLAY = range(3)


class SuggestDialog(QDialog):
    """Shows a proposal; whoever opens it makes one when `proposal_wanted` says so.

    Parameters
    ----------
    run : Run
        Whose components are grouped.
    theme : Theme
        Colours.
    parent : QWidget
        The window.
    """

    #: The number of sources (None: suggest it), and whether activations count.
    proposal_wanted = Signal(object, bool)
    #: A component is to be heard alone.
    play_wanted = Signal(int)
    #: All components of a proposed source are to be heard: their indices.
    group_play_wanted = Signal(object)
    #: The proposal was taken: a label for each component, −1 for none.
    taken = Signal(object)

    def __init__(self, run: Run, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Suggest sources"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._run, self._theme = run, theme
        self._boxes: list[QComboBox] = []
        self._n_sources = 0
        self.number = NumberBox()
        self.number.setRange(AUTOMATIC, len(run.components))
        self.number.setSpecialValueText(tr("Automatic"))
        self.number.setAccessibleName(tr("Number of sources"))
        self.number.setToolTip(
            tr("How many sources there are; Automatic: as many as differ clearly")
        )
        self.activations = QCheckBox(tr("&Rhythm counts too"))
        self.activations.setChecked(True)
        self.activations.setToolTip(
            tr(
                "Components that set in and end alike belong together, not only those that "
                "sound alike"
            )
        )
        self.summary = QLabel(tr("Listening …"))
        self.summary.setProperty("role", "dim")
        titles = [tr("Component"), tr("Source"), tr("Hear it")]
        self.table = FieldTable(len(run.components), titles)
        self._fill_table()
        self._lay_out()
        self.number.valueChanged.connect(self.ask)
        self.activations.toggled.connect(self.ask)

    def _fill_table(self) -> None:
        self.table.setToolTip(tr("Which source each component is proposed for; choose another"))
        self.table.setAccessibleName(tr("Components and their proposed sources"))
        for row, component in enumerate(self._run.components):
            item = QTableWidgetItem(component.name)
            item.setIcon(self._swatch(component.color))
            self.table.setItem(row, NAME, item)
            box = QComboBox()
            box.setAccessibleName(tr("Source of {name}", name=component.name))
            box.setToolTip(tr("The source that this component goes into"))
            box.setEnabled(False)
            box.currentIndexChanged.connect(self._summarize)
            self._boxes.append(box)
            self.table.setCellWidget(row, SOURCE, box)
            play = QPushButton("▶")
            play.setAccessibleName(tr("Hear {name} alone", name=component.name))
            play.setToolTip(play.accessibleName())
            play.clicked.connect(
                lambda _=False, index=component.index: self.play_wanted.emit(index)
            )
            self.table.setCellWidget(row, PLAY, play)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.table.setColumnWidth(SOURCE, 140)
        self.table.setColumnWidth(PLAY, 70)

    def _lay_out(self) -> None:
        explanation = QLabel(EXPLANATION)
        explanation.setWordWrap(True)
        label = QLabel(tr("&Number of sources"))
        label.setBuddy(self.number)
        choices = QHBoxLayout()
        choices.addWidget(label)
        choices.addWidget(self.number)
        choices.addSpacing(16)
        choices.addWidget(self.activations)
        choices.addStretch(1)
        self.hear = QHBoxLayout()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.take = self.buttons.addButton(
            tr("Make these sources"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.take.setToolTip(tr("Group the components so; Undo brings the old sources back"))
        self.take.setEnabled(False)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setToolTip(CANCEL_TIP)
        self.buttons.accepted.connect(self._take)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(explanation)
        layout.addLayout(choices)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.summary)
        layout.addLayout(self.hear)
        layout.addWidget(self.buttons)
        self.resize(460, 520)

    def _swatch(self, color: int) -> QIcon:
        pixmap = QPixmap(12, 12)
        pixmap.fill(self._theme.curve(color))
        return QIcon(pixmap)

    # -- the proposal -------------------------------------------------------------------------

    @Slot()
    def ask(self) -> None:
        """Want a proposal for what is chosen."""
        n_sources = self.number.value()
        wanted = None if n_sources == AUTOMATIC else n_sources
        self.proposal_wanted.emit(wanted, self.activations.isChecked())

    def show_proposal(self, proposal: Suggestion) -> None:
        """Show a proposal, to be changed."""
        self._n_sources = proposal.n_sources
        for box, label, trust in zip(
            self._boxes, proposal.labels, proposal.confidence, strict=True
        ):
            box.blockSignals(True)
            box.clear()
            for number in range(proposal.n_sources):
                box.addItem(self._swatch(number), tr("Source {number}", number=number + 1), number)
            box.addItem(tr("None"), -1)
            box.setCurrentIndex(label)
            box.setEnabled(True)
            box.setToolTip(tr("Clearly like the others there") if trust > 0.25 else tr("Not sure"))
            box.blockSignals(False)
        self.take.setEnabled(True)
        self._show_groups()
        self._summarize()

    def _show_groups(self) -> None:
        """Offer each group to be heard."""
        while (item := self.hear.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        before: QWidget = self.table.cellWidget(len(self._boxes) - 1, PLAY)
        for number in range(self._n_sources):
            button = QPushButton(f"▶ {number + 1}")
            button.setAccessibleName(tr("Hear proposed source {number}", number=number + 1))
            button.setToolTip(
                tr("Hear all that is proposed for source {number}", number=number + 1)
            )
            button.clicked.connect(lambda _=False, number=number: self._hear(number))
            self.hear.addWidget(button)
            QWidget.setTabOrder(before, button)
            before = button
        self.hear.addStretch(1)

    def labels(self) -> list[int]:
        """Return the source of each component as it is chosen, −1 for none."""
        return [-1 if box.currentData() is None else box.currentData() for box in self._boxes]

    def _members(self, number: int) -> list[int]:
        pairs = zip(self._run.components, self.labels(), strict=True)
        return [component.index for component, label in pairs if label == number]

    def _hear(self, number: int) -> None:
        self.group_play_wanted.emit(self._members(number))

    @Slot()
    def _summarize(self) -> None:
        sizes = [len(self._members(number)) for number in range(self._n_sources)]
        counts = ", ".join(
            tr("source {n}: {size}", n=n + 1, size=size) for n, size in enumerate(sizes)
        )
        self.summary.setText(tr("Components in {counts}.", counts=counts))

    @Slot()
    def _take(self) -> None:
        self.taken.emit(self.labels())
        self.accept()
