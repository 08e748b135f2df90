"""What is done to the selected components themselves becomes edits of the run's parts."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.gui.control.region import RegionModel
from isnmf_gui.gui.control.selection import Selection
from isnmf_gui.gui.factors.band_dialog import BandDialog
from isnmf_gui.gui.factors.factors_panel import FactorsPanel
from isnmf_gui.session.document.changes import Changes
from isnmf_gui.session.document.document import Run, named
from isnmf_gui.session.edits import factor_edits
from isnmf_gui.session.edits.splitting import Split, put_in, split
from isnmf_gui.texts import N_, WHAT, filled, signed, tr

#: What the menus offer.
LEVELS_DB = (-12, -6, -3, 3, 6)
WIDTHS_S = (0.05, 0.1, 0.2, 0.5)
NO_REGION = N_("Mark a region first: Shift+drag in the overview or the spectrogram.")


class FactorDesk(QObject):
    """Connects actions, menus and plots with the parts of the run that is shown."""

    #: Something for the status bar.
    noticed = Signal(str)
    #: A component is being split: the share that is done.
    split_progressed = Signal(float)

    def __init__(
        self,
        controller: Controller,
        selection: Selection,
        region: RegionModel,
        panel: FactorsPanel,
    ) -> None:
        super().__init__(controller)
        self._controller, self._selection = controller, selection
        self._region, self._panel = region, panel
        self._menus: list[QMenu] = []
        panel.drawn.connect(self._draw)
        panel.band_erased.connect(self._remove_band)
        controller.document_changed.connect(self._document_changed)
        selection.changed.connect(self.show)
        controller.jobs.reported.connect(self._reported)

    @Slot(object, object)
    def _document_changed(self, document: object, changes: Changes) -> None:
        selected = self._selection.components
        if changes.shown_run or changes.names or not changes.parts.isdisjoint(selected):
            self.show()

    @Slot()
    def show(self) -> None:
        """Draw bases and activations of what is selected."""
        run = self._controller.shown_run()
        selected = [i for i in self._selection.components if run and run.has_component(i)]
        self._panel.show_parts(run, selected)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the window's actions do."""
        return {
            "merge": self._merge,
            "split": self._split,
            "duplicate": partial(self._edit, factor_edits.duplicate, tr("Duplicate {what}")),
            "delete": self._delete,
            "restore": partial(self._edit, factor_edits.restore, tr("Restore {what}")),
            "band": self.ask_for_band,
            "silence": partial(self._scale, -math.inf),
        }

    def add_menus(self, parent: QWidget, menu: QMenu, before: QAction) -> None:
        """Add the edits that come with a number."""
        levels = QMenu(tr("Change &level in the region"), parent)
        for gain_db in LEVELS_DB:
            text = f"{signed(gain_db, '+d')} dB"
            action = levels.addAction(text)
            action.setStatusTip(tr("Make the selected components louder or quieter there"))
            action.triggered.connect(partial(self._scale_action, gain_db))
        smooth = QMenu(tr("S&mooth over time"), parent)
        for width_s in WIDTHS_S:
            text = f"{1000 * width_s:.0f} ms"
            action = smooth.addAction(text)
            action.setStatusTip(tr("Even out how the selected components come and go"))
            action.triggered.connect(partial(self._smooth, width_s))
        self._menus = [levels, smooth]
        for submenu in self._menus:
            menu.insertMenu(before, submenu)

    def set_enabled(self, on: bool) -> None:
        """Let the menus be used, or not."""
        for menu in self._menus:
            menu.setEnabled(on)
        self._panel.set_editable(on)

    @property
    def run(self) -> Run | None:
        """The run whose parts can be edited: one that does not go on."""
        run = self._controller.shown_run()
        return None if run is None or run is self._controller.running.run else run

    @property
    def _selected(self) -> list[int]:
        return self._selection.components

    def _edit(self, edit: Callable[[Run, list[int]], Run], step: str, key: Hashable = None) -> None:
        """Edit what is selected; {what} in the name of the step stands for it."""
        run, selected = self.run, self._selected
        if run is not None and selected:
            label, edited = filled(step, named(run, selected)), edit(run, selected)
            self._controller.edit_run(edited, label, key)
            self._show_new(run, edited)

    def _show_new(self, before: Run, after: Run, beside: Sequence[int] = ()) -> None:
        """Select the components that an edit made, and bring the first of them into sight."""
        known = {component.id for component in before.components}
        made = [component.index for component in after.components if component.id not in known]
        shown = self._controller.shown_run()
        if made and shown is not None and shown.id == after.id:  # a split may end under another run
            self._selection.select([*beside, *made], made[0])
            self._selection.reveal(made[0])

    def _merge(self) -> None:
        if len(self._selected) < 2:
            self.noticed.emit(tr("Select at least two components to merge them."))
            return
        self._edit(factor_edits.merge, tr("Merge {what}"))

    def _split(self) -> None:
        """Begin to split the component that is selected."""
        run, selected = self.run, self._selected
        if run is None or len(selected) != 1:
            self.noticed.emit(tr("Select one component to split it."))
        elif self._controller.is_busy("split"):
            self.noticed.emit(tr("A component is being split already: wait, or press Cancel."))
        else:
            self._controller.jobs.start("split", partial(split, run, selected[0]), self._was_split)

    @Slot(str, object)
    def _reported(self, kind: str, share: object) -> None:
        if kind == "split" and isinstance(share, float):
            self.split_progressed.emit(share)

    @Slot(object)
    def _was_split(self, made: Split) -> None:
        run = next((it for it in self._controller.document.runs if it.id == made.run.id), None)
        halved = put_in(run, made) if run is not None else None
        if halved is None:
            self.noticed.emit(tr("The component was changed meanwhile, and was not split."))
            return
        assert run is not None
        self._controller.edit_run(halved, tr("Split {what}", what=made.component.name))
        self._show_new(run, halved, beside=[made.component.index])
        self.noticed.emit(tr("{name} was split in two.", name=made.component.name))

    def _delete(self) -> None:
        n_selected = len(self._selected)
        self._edit(factor_edits.delete, tr("Delete {what}"))
        if n_selected:
            self.noticed.emit(tr("Deleted; what it held is left to the residual. Undo: Ctrl+Z."))

    def _scale(self, gain_db: float) -> None:
        region_s = self._region.region_s
        if region_s is None:
            self.noticed.emit(str(NO_REGION))
            return
        if gain_db == -math.inf:
            step = tr("Silence {what}")
        else:
            step = tr("{gain_db:+g} dB for a stretch of {what}", gain_db=gain_db, what=WHAT)
        self._edit(
            lambda run, indices: factor_edits.scale_stretch(run, indices, region_s, gain_db),
            step,
        )

    def _scale_action(self, gain_db: float, _checked: bool = False) -> None:
        self._scale(gain_db)

    def _smooth(self, width_s: float, _checked: bool = False) -> None:
        self._edit(
            lambda run, indices: factor_edits.smooth_activations(run, indices, width_s),
            tr("Smooth by {width_ms:.0f} ms: {what}", width_ms=1000 * width_s, what=WHAT),
        )

    @Slot(int, object)
    def _draw(self, first: int, levels: np.ndarray) -> None:
        """Take what was drawn into the activation of the one component that is selected."""
        selected = self._selected
        if len(selected) == 1:
            self._edit(
                lambda run, indices: factor_edits.draw_activation(run, indices[0], first, levels),
                tr("Draw the activation of {what}"),
            )

    def ask_for_band(self) -> BandDialog | None:
        """Let the person say which band to remove from what is selected."""
        if self.run is None or not self._selected:
            return None
        highest_hz = self.run.separation.recording.sample_rate / 2
        dialog = BandDialog(highest_hz, self._panel.window())
        dialog.chosen.connect(self._remove_band)
        dialog.open()
        return dialog

    @Slot(float, float)
    def _remove_band(self, low_hz: float, high_hz: float) -> None:
        self._edit(
            lambda run, indices: factor_edits.remove_band(run, indices, low_hz, high_hz),
            tr(
                "Remove {low_hz:.0f}–{high_hz:.0f} Hz from {what}",
                low_hz=low_hz,
                high_hz=high_hz,
                what=WHAT,
            ),
        )
