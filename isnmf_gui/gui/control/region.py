"""The stretch of the recording that was marked: to be separated alone, or looped."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

#: A region cannot be shorter.
SHORTEST_S = 0.01


class RegionModel(QObject):
    """Start and end in seconds, or nothing; whoever draws it listens to `changed`.

    Parameters
    ----------
    parent : QObject, optional
        Owner.
    """

    #: (start_s, stop_s), or None when nothing is marked any more.
    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.duration_s = 0.0
        self.region_s: tuple[float, float] | None = None

    def set_duration(self, duration_s: float) -> None:
        """Begin with a new recording, nothing of it marked."""
        self.duration_s = duration_s
        self.clear()

    def mark(self, one_s: float, other_s: float) -> None:
        """Mark what lies between two moments, within the recording."""
        start, stop = (min(max(it, 0.0), self.duration_s) for it in sorted((one_s, other_s)))
        stop = min(max(stop, start + SHORTEST_S), self.duration_s)
        self._set((max(0.0, min(start, stop - SHORTEST_S)), stop))

    def move_to(self, start_s: float) -> None:
        """Move the region as it is, within the recording."""
        if self.region_s is not None:
            length = self.region_s[1] - self.region_s[0]
            start_s = min(max(start_s, 0.0), self.duration_s - length)
            self._set((start_s, start_s + length))

    def start_at(self, position_s: float) -> None:
        """Let the region begin somewhere; it goes on to the end if there was none."""
        end = self.region_s[1] if self.region_s else self.duration_s
        self.mark(position_s, end if end > position_s else self.duration_s)

    def stop_at(self, position_s: float) -> None:
        """Let the region end somewhere; it begins with the recording if there was none."""
        start = self.region_s[0] if self.region_s else 0.0
        self.mark(start if start < position_s else 0.0, position_s)

    @Slot()
    def clear(self) -> None:
        """Mark nothing."""
        self._set(None)

    def _set(self, region_s: tuple[float, float] | None) -> None:
        if region_s != self.region_s:
            self.region_s = region_s
            self.changed.emit(region_s)
