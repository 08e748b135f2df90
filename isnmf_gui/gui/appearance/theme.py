"""Colours and icons, light and dark."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from isnmf_gui.paths import resources

ICON_SIZES = (16, 20, 24, 32, 48)


class Choice(StrEnum):
    """What the person chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Scheme:
    """The colours of a theme.

    Attributes
    ----------
    window, base, raised : str
        Backgrounds: of the window, of plots and fields, of buttons and tiles.
    text, dim, line : str
        Of writing, of secondary writing, of borders.
    accent, on_accent : str
        Of what is selected or to be pressed, and of writing on it.
    curves : tuple of str
        Of runs and components, in order.
    meter, alarm : str
        Of levels, and of what is wrong with them.
    """

    window: str
    base: str
    raised: str
    text: str
    dim: str
    line: str
    accent: str
    on_accent: str
    curves: tuple[str, ...]
    meter: str
    alarm: str


# The curves' colours keep their order of lightness apart, so that neighbours differ for
# colour-blind eyes too.
LIGHT = Scheme(
    "#f3f3f5", "#ffffff", "#fbfbfc", "#1c1c21", "#5a5a66", "#c6c6cf", "#6b2fb3", "#ffffff",
    ("#0b7285", "#b4530a", "#6b2fb3", "#c2255c", "#2b6a1f", "#1f4fd1", "#7a5c00", "#555560"),
    "#24793f", "#c81e25",
)  # fmt: skip
DARK = Scheme(
    "#1d1d22", "#131317", "#2a2a31", "#ececf1", "#a3a3b0", "#43434d", "#c29bff", "#17131f",
    ("#5fd0e3", "#ffa94d", "#c29bff", "#ff8fb8", "#8fdc7a", "#8fb0ff", "#e6c84c", "#b8b8c4"),
    "#5fce84", "#ff5c5c",
)  # fmt: skip


class Theme(QObject):
    """The theme in use; widgets that paint for themselves listen to `changed`.

    Windows wear it once they were given to `dress`: a style sheet of the whole program would take
    four times as long to change, with hundreds of widgets on the tiles.
    """

    changed = Signal()

    def __init__(self, app: QApplication, choice: Choice = Choice.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._icons: dict[tuple[str, bool], QIcon] = {}
        self._dressed: QWidget | None = None
        self.choice = choice
        app.setStyle("Fusion")  # the one style that follows a palette everywhere
        app.styleHints().colorSchemeChanged.connect(self._desktop_changed)
        self._apply()

    @property
    def is_dark(self) -> bool:
        """Whether the window is dark."""
        if self.choice is Choice.SYSTEM:
            return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self.choice is Choice.DARK

    @property
    def scheme(self) -> Scheme:
        """The colours in use."""
        return DARK if self.is_dark else LIGHT

    def choose(self, choice: Choice) -> None:
        """Change the theme."""
        self.choice = choice
        self._apply()

    def dress(self, window: QWidget) -> None:
        """Let a window, and the dialogs that belong to it, follow the theme from now on."""
        self._dressed = window
        window.setStyleSheet(_style_sheet(self.scheme))

    @Slot()
    def _desktop_changed(self) -> None:
        self._apply()

    def _apply(self) -> None:
        self._app.setPalette(_palette(self.scheme))
        if self._dressed is not None and isValid(self._dressed):
            self.dress(self._dressed)
        self.changed.emit()

    def curve(self, index: int) -> QColor:
        """Return the colour of a run or component."""
        return QColor(self.scheme.curves[index % len(self.scheme.curves)])

    @staticmethod
    def curve_on(index: int | None, is_paper: bool) -> QColor:
        """Return the colour of a source over a picture, dark or on paper, whatever the theme.

        None: of what belongs to no source.
        """
        scheme = LIGHT if is_paper else DARK
        curves = scheme.curves
        return QColor(scheme.dim if index is None else curves[index % len(curves)])

    def icon(self, name: str) -> QIcon:
        """Return a bundled icon in the colour of the writing, paler where disabled."""
        key = name, self.is_dark
        if key not in self._icons:
            self._icons[key] = self._make_icon(name)
        return self._icons[key]

    def _make_icon(self, name: str) -> QIcon:
        icon = QIcon()
        for mode, state, color in (
            (QIcon.Mode.Normal, QIcon.State.Off, self.scheme.text),
            (QIcon.Mode.Disabled, QIcon.State.Off, self.scheme.line),
            (QIcon.Mode.Disabled, QIcon.State.On, self.scheme.dim),  # on a ground of that line
        ):
            for size in ICON_SIZES:
                icon.addPixmap(render_icon(name, color, size), mode, state)
        return icon


def render_icon(name: str, color: str, size: int) -> QPixmap:
    """Draw a bundled icon in one colour."""
    text = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(text.replace("currentColor", color).encode()))
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def app_icon() -> QIcon:
    """Return the program's icon."""
    icon = QIcon()
    for size in (16, 32, 64, 128, 256):
        icon.addPixmap(render_icon("isnmf-gui", "#000000", size))
    return icon


def _palette(scheme: Scheme) -> QPalette:
    role = QPalette.ColorRole
    colors = {
        role.Window: scheme.window,
        role.WindowText: scheme.text,
        role.Base: scheme.base,
        role.AlternateBase: scheme.raised,
        role.Text: scheme.text,
        role.PlaceholderText: scheme.dim,
        role.Button: scheme.raised,
        role.ButtonText: scheme.text,
        role.ToolTipBase: scheme.raised,
        role.ToolTipText: scheme.text,
        role.Highlight: scheme.accent,
        role.HighlightedText: scheme.on_accent,
        role.Link: scheme.accent,
        role.Mid: scheme.line,
        role.Accent: scheme.accent,
    }
    palette = QPalette(QColor(scheme.raised), QColor(scheme.window))
    for key, color in colors.items():
        palette.setColor(key, QColor(color))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(scheme.dim).lighter(100))
    return palette


def _style_sheet(scheme: Scheme) -> str:
    return f"""
        QToolTip {{ color: {scheme.text}; background: {scheme.raised};
                    border: 1px solid {scheme.line}; padding: 4px; }}
        QLabel[role="dim"] {{ color: {scheme.dim}; }}
        QLabel[role="note"] {{ color: {scheme.text}; background: {scheme.raised};
                    border: 1px solid {scheme.alarm}; padding: 4px; }}
        QLabel[role="heading"] {{ font-weight: 600; }}
        QFrame[role="offer"] {{ background: {scheme.raised}; border: 1px solid {scheme.accent};
                    border-radius: 5px; }}
        QFrame[role="asking"] {{ background: {scheme.raised}; border: 2px solid {scheme.line};
                    border-radius: 5px; }}
        QFrame[role="asking"]:focus {{ border-color: {scheme.accent}; }}
        QLabel[role="title"] {{ font-size: 17pt; font-weight: 600; }}
        QPushButton#primary {{ background: {scheme.accent}; color: {scheme.on_accent};
                    border: 1px solid {scheme.accent}; border-radius: 5px; padding: 7px 14px;
                    font-weight: 600; }}
        QPushButton#primary:disabled {{ background: {scheme.raised}; color: {scheme.dim};
                    border-color: {scheme.line}; }}
        QPushButton#primary:focus {{ border: 2px solid {scheme.text}; }}
        QPushButton:checked {{ background: {scheme.accent}; color: {scheme.on_accent};
                    border: 1px solid {scheme.accent}; border-radius: 3px; padding: 3px 8px; }}
        QPushButton[role="segment"] {{ border: 1px solid {scheme.line}; border-radius: 0;
                    padding: 3px 6px; background: {scheme.raised}; }}
        QPushButton[role="segment"]:checked {{ background: {scheme.accent};
                    color: {scheme.on_accent}; border-color: {scheme.accent}; }}
        QPushButton[role="segment"]:disabled {{ color: {scheme.dim}; }}
        QPushButton[role="segment"]:checked:disabled {{ background: {scheme.line};
                    border-color: {scheme.line}; }}
        QPushButton[role="segment"]:focus {{ border: 2px solid {scheme.accent};
                    padding: 2px 5px; }}
        QPushButton:checked:focus {{ border: 2px solid {scheme.text}; padding: 2px 7px; }}
        QPushButton[role="segment"]:checked:focus {{ border: 2px solid {scheme.text};
                    padding: 2px 5px; }}
        QToolButton[role="switch"] {{ background: {scheme.raised}; padding: 2px;
                    border: 1px solid {scheme.line}; border-radius: 3px; }}
        QToolButton[role="switch"]:checked {{ background: {scheme.line};
                    border-color: {scheme.text}; }}
        QToolButton[role="switch"]:focus {{ border: 2px solid {scheme.accent}; padding: 1px; }}
        QToolButton:focus {{ border: 2px solid {scheme.accent}; border-radius: 3px; }}
        QTreeView:focus, QListView:focus, QTableView:focus {{ border: 2px solid {scheme.accent}; }}
        QLineEdit {{ border: 1px solid {scheme.line}; border-radius: 3px; padding: 2px 4px; }}
        QLineEdit:focus {{ border-color: {scheme.accent}; }}
        QSpinBox QLineEdit, QDoubleSpinBox QLineEdit {{ border: none; padding: 0; }}
        QRadioButton::indicator {{ width: 11px; height: 11px; border-radius: 6px;
                    border: 1px solid {scheme.dim}; background: {scheme.base}; }}
        QRadioButton::indicator:checked {{ border: 3px solid {scheme.accent}; width: 7px;
                    height: 7px; background: {scheme.on_accent}; }}
        {_check_boxes(scheme)}
        QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
        QStatusBar QLabel {{ padding-left: 6px; }}
        QToolBar {{ border: none; border-bottom: 1px solid {scheme.line}; spacing: 4px;
                    padding: 3px; }}
        QSplitter::handle {{ background: {scheme.line}; }}
        QSplitter::handle:horizontal {{ width: 1px; }}
        QSplitter::handle:vertical {{ height: 1px; }}
    """


def _check_boxes(scheme: Scheme) -> str:
    """Return the style of what is checked: a tick on the accent, of a size with the writing."""
    tick = resources() / "icons" / f"tick-{'dark' if scheme is DARK else 'light'}.svg"
    return f"""
        QCheckBox::indicator, QAbstractItemView::indicator {{ width: 13px; height: 13px;
                    border-radius: 3px; border: 1px solid {scheme.dim};
                    background: {scheme.base}; }}
        QAbstractItemView::indicator {{ width: 11px; height: 11px; }}
        QCheckBox::indicator:hover, QAbstractItemView::indicator:hover,
        QCheckBox::indicator:focus {{ border-color: {scheme.accent}; }}
        QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {{
                    border-color: {scheme.accent}; background: {scheme.accent};
                    image: url("{tick.as_posix()}"); }}
        QCheckBox::indicator:checked:hover, QCheckBox::indicator:checked:focus,
        QAbstractItemView::indicator:checked:hover {{ border-color: {scheme.text}; }}
        QAbstractItemView::indicator:selected {{ border-color: {scheme.on_accent}; }}
        QCheckBox::indicator:disabled {{ border-color: {scheme.line};
                    background: {scheme.window}; }}
        QCheckBox::indicator:checked:disabled {{ border-color: {scheme.dim};
                    background: {scheme.dim}; }}
    """
