"""A row that becomes two where there is no room for one."""

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

from isnmf_gui.gui.widgets.flowing_row import FlowingRow

WIDTHS = (60, 40, 80)


class Block(QWidget):
    """A widget of a size."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self._width = width

    def sizeHint(self) -> QSize:
        return QSize(self._width, 20)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


@pytest.fixture
def row(qtbot) -> QWidget:
    row = QWidget()
    layout = FlowingRow(row)
    for width in WIDTHS:
        layout.addWidget(Block(width))
    qtbot.addWidget(row)
    return row


def places(row: QWidget, width: int) -> list[tuple[int, int]]:
    layout = row.layout()
    layout.setGeometry(QRect(0, 0, width, layout.heightForWidth(width)))
    items = [layout.itemAt(n) for n in range(layout.count())]
    assert all(it.geometry().width() == width for it, width in zip(items, WIDTHS, strict=True))
    return [(it.geometry().x(), it.geometry().y()) for it in items]


def test_one_row_where_there_is_room(row) -> None:
    assert places(row, 300) == [(0, 0), (60, 0), (100, 0)]
    assert row.sizeHint() == QSize(180, 20)
    assert places(row, 180) == [(0, 0), (60, 0), (100, 0)]


def test_what_does_not_fit_is_below(row) -> None:
    assert places(row, 179) == [(0, 0), (60, 0), (0, 20)]
    assert row.layout().heightForWidth(179) == 40
    assert places(row, 80) == [(0, 0), (0, 20), (0, 40)]
    assert row.layout().minimumSize() == QSize(80, 20)
    assert not row.layout().expandingDirections()


def test_what_is_taken_away_is_gone(row) -> None:
    layout = row.layout()
    item = layout.takeAt(1)
    item.widget().deleteLater()
    assert layout.count() == 2
    assert layout.itemAt(5) is None
    assert layout.takeAt(-1) is None
    assert layout.heightForWidth(140) == 20
