"""What the pointer does on the large spectrogram, and how large it is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

#: Reading and playing; painting free hand, rectangles, a line with its overtones; taking away.
TOOLS = ("pointer", "brush", "box", "harmonic", "eraser")
#: Heights of a brush in octaves, the smallest first: a musical eye has these.
SIZES = (1 / 8, 1 / 4, 1 / 2, 1.0, 2.0, 4.0, 10.0)
#: Lines that the harmonic brush draws at once.
MOST_PARTIALS = 20


class Brush(QObject):
    """The tool in the person's hand. Whose source it paints is the chosen one of `Selection`.

    Parameters
    ----------
    parent : QObject, optional
        Owner.

    Attributes
    ----------
    tool : str
        One of `TOOLS`.
    octaves : float
        Height of brush and eraser, one of `SIZES`.
    n_partials : int
        Lines of the harmonic brush: of the first, and of its overtones.
    """

    #: Another tool, or another size.
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tool = "pointer"
        self.octaves = SIZES[1]
        self.n_partials = 8

    @property
    def paints(self) -> bool:
        """Whether something is drawn with it, rather than read and played."""
        return self.tool != "pointer"

    def take(self, tool: str) -> None:
        """Take a tool into the hand."""
        if tool not in TOOLS:
            raise ValueError(f"there is no tool {tool!r}")
        if tool != self.tool:
            self.tool = tool
            self.changed.emit()

    def set_octaves(self, octaves: float) -> None:
        """Choose the size that is nearest."""
        nearest = min(SIZES, key=lambda size: abs(size - octaves))
        if nearest != self.octaves:
            self.octaves = nearest
            self.changed.emit()

    def resize(self, steps: int) -> None:
        """Make it larger by so many sizes, or smaller."""
        place = SIZES.index(self.octaves) + steps
        self.set_octaves(SIZES[min(max(place, 0), len(SIZES) - 1)])

    def set_partials(self, n_partials: int) -> None:
        """Draw so many lines at once with the harmonic brush."""
        n_partials = min(max(n_partials, 1), MOST_PARTIALS)
        if n_partials != self.n_partials:
            self.n_partials = n_partials
            self.changed.emit()
