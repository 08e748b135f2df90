"""The sources of a proposal: how many components each has, and how they sound together."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QTableWidgetItem

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.sources.hear_table import NAME, HearTable
from isnmf_gui.texts import tr

SIZE = 2
#: With more it scrolls.
MOST_SEEN = 5


class ProposedSources(HearTable):
    """Lists the proposed sources.

    Parameters
    ----------
    theme : Theme
        Colours.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, [tr("Hear it"), tr("Source"), tr("Components")])
        self.horizontalHeader().hide()
        self.setAccessibleName(tr("Proposed sources"))
        self.setToolTip(
            tr("Space or Enter: hear all that is proposed for a source; again: what was heard")
        )
        self.setVerticalScrollMode(HearTable.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def show_sizes(self, sizes: Sequence[int]) -> None:
        """Show as many sources as there are sizes, which are numbers of components."""
        if len(sizes) != self.rowCount():
            self._make_rows(len(sizes))
        for row, size in enumerate(sizes):
            held = tr("%n component(s)", "", size)
            self.cell(row, SIZE).setText(held)
            self.say(row, f"{self.cell(row, NAME).text()}, {held}")
            self.button(row).setEnabled(size > 0)
        self.resizeColumnToContents(SIZE)

    def _make_rows(self, n_sources: int) -> None:
        self.setRowCount(0)
        for number in range(1, n_sources + 1):
            tip = tr("Hear all that is proposed for source {number}", number=number)
            self.add_row(tr("Source {number}", number=number), number - 1, tip)
            self.setItem(number - 1, SIZE, QTableWidgetItem())
        self.updateGeometry()
        if n_sources:
            self.go_to(0)

    def sizeHint(self) -> QSize:
        """Return the height of some rows."""
        seen = min(max(self.rowCount(), 2), MOST_SEEN)
        line = self.verticalHeader().defaultSectionSize()
        return QSize(super().sizeHint().width(), seen * line + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        """Return the same: it is not squeezed by the components."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())
