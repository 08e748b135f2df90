"""The line above the tiles: how many there are and are heard, and in what order they stand."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.tiles.component_order import ORDERS
from isnmf_gui.gui.widgets.elided import ElidedLabel
from isnmf_gui.texts import N_, tr

#: With more the heading needs more room than is kept for it.
MOST_COUNTED = 888
ORDER_TIP = N_(
    "Order of the components. While a run goes on they keep their places; "
    "choose the order again to sort anew."
)


class ComponentsHeader(QWidget):
    """Heading, what is heard, and the controls for all components."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._heading = QLabel()
        self._heading.setProperty("role", "heading")
        self._heard = ElidedLabel()
        self._heard.setProperty("role", "dim")
        self._heard.setMinimumWidth(1)
        self.reset_button = QPushButton(tr("Reset mix"))
        self.reset_button.setToolTip(tr("All gains to 0 dB, nothing muted, nothing soloed"))
        self.order_box = QComboBox()
        for place, (key, (name, tip)) in enumerate(ORDERS.items()):
            self.order_box.addItem(str(name), key)
            self.order_box.setItemData(place, str(tip), Qt.ItemDataRole.ToolTipRole)
        self.order_box.setAccessibleName(tr("Order of the components"))
        self.order_box.setToolTip(str(ORDER_TIP))
        self.compact_button = QToolButton()
        self.compact_button.setCheckable(True)
        self.compact_button.setProperty("role", "switch")
        self.compact_button.setAccessibleName(tr("Compact tiles"))
        self.compact_button.setToolTip(tr("Compact tiles: more of them fit"))
        theme.changed.connect(self._set_icon)
        self._set_icon()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._heading)
        layout.addWidget(self._heard, 1)
        layout.addWidget(self.reset_button)
        layout.addWidget(self.compact_button)
        layout.addWidget(self.order_box)
        for widget in (
            self.reset_button,
            self.compact_button,
            self.order_box,
        ):  # their place is kept for them
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            widget.setSizePolicy(policy)
        self.show_counts(0, 0, False)

    @Slot()
    def _set_icon(self) -> None:
        self.compact_button.setIcon(self._theme.icon("tiles"))

    def show_counts(self, n_components: int, n_heard: int, is_changed: bool) -> None:
        """Show how many there are and are heard, and whether the mix can be reset."""
        held = tr("%n component(s)", "", n_components)
        self._heading.setText(held if n_components else tr("Components"))
        self._keep_place()
        all_heard = n_heard == n_components
        self._heard.setText(
            ""
            if all_heard
            else tr("{n_heard} of {n_components} heard", n_heard=n_heard, n_components=n_components)
        )
        self.reset_button.setEnabled(is_changed)
        for widget in (self.reset_button, self.compact_button, self.order_box):
            widget.setVisible(n_components > 0)

    def _keep_place(self) -> None:
        """Let what stands beside the heading stay where it is, however many there are."""
        self._heading.ensurePolished()
        widest = tr("%n component(s)", "", MOST_COUNTED)
        self._heading.setMinimumWidth(self._heading.fontMetrics().horizontalAdvance(widest))
