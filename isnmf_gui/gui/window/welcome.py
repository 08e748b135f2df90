"""What an empty window says."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from isnmf_gui.gui.appearance.theme import render_icon
from isnmf_gui.texts import N_, tr

TEXT = N_(
    "Drop a recording here, or open one. Separate splits it into components: notes, drums and "
    "noises that you can look at, listen to, and save as files that add up to the recording."
)
WIDEST_TEXT = 600
ICON_SIZE = 96


class Welcome(QWidget):
    """Shown in place of the spectrogram until a recording is open."""

    open_wanted = Signal()
    demo_wanted = Signal()
    tour_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        icon = QLabel()
        icon.setPixmap(render_icon("isnmf-gui", "#000000", ICON_SIZE))
        title = QLabel(tr("Take a recording apart"))
        title.setProperty("role", "title")
        text = QLabel(str(TEXT))
        text.setProperty("role", "dim")
        text.setWordWrap(True)  # a small window cuts nothing off
        text.setMaximumWidth(WIDEST_TEXT)
        self.open_button = QPushButton(tr("Open a recording…"))
        self.open_button.setObjectName("primary")
        self.open_button.clicked.connect(self.open_wanted)
        self.demo_button = QPushButton(tr("Try the demo recording"))
        self.demo_button.clicked.connect(self.demo_wanted)
        self.tour_button = QPushButton(tr("Show me around"))
        self.tour_button.clicked.connect(self.tour_wanted)
        self.open_button.setToolTip(tr("Choose an audio file, or a project that you saved"))
        self.demo_button.setToolTip(tr("Half a minute of music that comes with the program"))
        self.tour_button.setToolTip(tr("A few steps that point at what there is in the window"))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.demo_button)
        buttons.addWidget(self.tour_button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        for label in (icon, title, text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            row = QHBoxLayout()
            row.addWidget(label)
            layout.addLayout(row)
        layout.addSpacing(12)
        layout.addLayout(buttons)
        layout.addStretch(1)
