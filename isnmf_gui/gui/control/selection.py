"""What the person has picked: components, the one that is shown large, and a source."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QObject, Signal, Slot

from isnmf_gui.session.document.document import Run


class Selection(QObject):
    """The one selection of the window: tiles, plots, menus and keys all go by it. GUI thread only.

    Parameters
    ----------
    parent : QObject, optional
        Owner.

    Attributes
    ----------
    components : list of int
        Indices of the selected components, ascending.
    active : int or None
        The component that is shown large, if one is.
    source_id : int or None
        The source that was chosen last, if it is still there.
    """

    #: Components were selected or let go, or another one is active; also when picked once more.
    changed = Signal()
    #: Another source is chosen, or none any more.
    source_changed = Signal()
    #: A component is to be brought into sight: its index.
    reveal_wanted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.components: list[int] = []
        self.active: int | None = None
        self.source_id: int | None = None

    def select(self, components: Collection[int], active: int | None = None) -> None:
        """Select these components and no others; `active` is the one to show large."""
        self.components, self.active = sorted(set(components)), active
        self.changed.emit()

    @Slot()
    def clear(self) -> None:
        """Select nothing."""
        self.select([])

    def meant_by(self, index: int) -> list[int]:
        """Return what is meant by a component: all of the selection if it is part of it."""
        return list(self.components) if index in self.components else [index]

    def reveal(self, index: int) -> None:
        """Bring a component into sight."""
        self.reveal_wanted.emit(index)

    def choose_source(self, source_id: int | None) -> None:
        """Choose a source, or none."""
        if source_id != self.source_id:
            self.source_id = source_id
            self.source_changed.emit()

    def keep_to(self, run: Run | None) -> None:
        """Let go of what a run that is shown now does not have."""
        left = [index for index in self.components if run is not None and run.has_component(index)]
        if left != self.components:
            self.select(left, self.active if self.active in left else None)
        sources = [source.id for source in run.all_sources] if run else []
        if self.source_id not in (None, *sources):
            self.choose_source(None)
