"""A proposal of sources, to be listened to, changed, and taken or not."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.sources.proposed_components import ProposedComponents
from isnmf_gui.gui.sources.proposed_sources import ProposedSources
from isnmf_gui.gui.widgets.deliberate_dialog import DeliberateDialog
from isnmf_gui.gui.widgets.message import CANCEL_TIP
from isnmf_gui.gui.widgets.number_box import NumberBox
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.edits.regrouping import painted_sources
from isnmf_gui.session.grouping.suggesting import Suggestion
from isnmf_gui.texts import N_, tr

EXPLANATION = N_(
    "Components that sound alike are put together. Listen, change what is wrong, and take the "
    "groups as your sources; Undo brings the old ones back."
)
PAINTED = N_(
    "What you painted stays: {names} keep their names and strokes, and each takes the group that "
    "its strokes are on."
)
#: Of the number of sources: it is suggested too.
AUTOMATIC = 1


class SuggestDialog(DeliberateDialog):
    """Shows a proposal; whoever opens it makes one when `proposal_wanted` says so.

    Tab goes from the number to the sources, the components and the buttons.

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
    #: Some components are to be heard without the others, or no longer: their indices.
    play_wanted = Signal(object)
    #: The proposal was taken: a label for each component, −1 for none.
    taken = Signal(object)

    def __init__(self, run: Run, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Suggest sources"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._run = run
        self._n_sources = 0
        self._heard: set[int] = set()
        self._followed: int | None = None  # the source that is heard, whatever goes into it
        self._build_choices()
        self.summary = QLabel(tr("Listening …"))
        self.summary.setProperty("role", "dim")
        self.sources = ProposedSources(theme)
        self.components = ProposedComponents(run, theme)
        self._build_buttons()
        self._lay_out()
        self.number.valueChanged.connect(self.ask)
        self.activations.toggled.connect(self.ask)
        self.sources.hear_wanted.connect(self._hear_source)
        self.components.hear_wanted.connect(self._hear_component)
        self.components.labelled.connect(self._relabelled)
        self.number.setFocus()
        self.number.selectAll()  # what is typed replaces it

    def _build_choices(self) -> None:
        self.number = NumberBox()
        self.number.setRange(AUTOMATIC, len(self._run.components))
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

    def _build_buttons(self) -> None:
        cancel = QDialogButtonBox.StandardButton.Cancel
        self.buttons = QDialogButtonBox(cancel)
        self.take = self.accepting = self.buttons.addButton(
            tr("Make these sources"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.take.setToolTip(
            tr("Group the components so (Ctrl+Enter); Undo brings the old sources back")
        )
        self.take.setEnabled(False)
        self.buttons.button(cancel).setToolTip(str(CANCEL_TIP))
        self.buttons.accepted.connect(self._take)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        explanation = QLabel("\n".join(filter(None, (str(EXPLANATION), self._what_stays()))))
        explanation.setWordWrap(True)
        label = QLabel(tr("&Number of sources"))
        label.setBuddy(self.number)
        choices = QHBoxLayout()
        choices.addWidget(self.activations)
        choices.addStretch(1)
        choices.addWidget(label)
        choices.addWidget(self.number)
        layout = QVBoxLayout(self)
        layout.addWidget(explanation)
        layout.addLayout(choices)
        layout.addWidget(self.summary)
        layout.addWidget(self.sources)
        layout.addWidget(self.components, 1)
        layout.addWidget(self.buttons)
        stops = self.activations, self.number, self.sources, self.components, self.buttons
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        self.resize(480, 580)

    def _what_stays(self) -> str:
        """Say which sources keep their strokes, if any have some."""
        names = [source.name for source in painted_sources(self._run)]
        return PAINTED.filled(names=", ".join(names)) if names else ""

    # -- the proposal -------------------------------------------------------------------------

    @Slot()
    def ask(self) -> None:
        """Want a proposal for what is chosen."""
        n_sources = self.number.value()
        wanted = None if n_sources == AUTOMATIC else n_sources
        self.proposal_wanted.emit(wanted, self.activations.isChecked())

    def entered(self, field: QWidget | None) -> None:
        """Ask for a proposal from the number; nothing is taken before it was seen."""
        if field is self.number:
            self.ask()

    def show_proposal(self, proposal: Suggestion) -> None:
        """Show a proposal, to be changed."""
        self._n_sources, self._followed = proposal.n_sources, None
        self.components.show_proposal(proposal)
        self.take.setEnabled(True)
        self.summary.setText(tr("%n source(s) proposed", "", proposal.n_sources))
        self._show_sources()

    def labels(self) -> list[int]:
        """Return the source of each component as it is chosen, −1 for none."""
        return self.components.labels

    def _members(self, number: int) -> list[int]:
        pairs = zip(self._run.components, self.labels(), strict=True)
        return [component.index for component, label in pairs if label == number]

    def _show_sources(self) -> None:
        self.sources.show_sizes([len(self._members(it)) for it in range(self._n_sources)])
        self._show_heard()

    @Slot()
    def _relabelled(self) -> None:
        """Follow the person's choice with what is shown, and with what is heard."""
        self._show_sources()
        if self._followed is None:
            return
        members = self._members(self._followed)
        if set(members) != self._heard:
            self.play_wanted.emit(members or sorted(self._heard))  # the same again: no longer

    @Slot()
    def _take(self) -> None:
        self.taken.emit(self.labels())
        self.accept()

    # -- listening ----------------------------------------------------------------------------

    @Slot(int)
    def _hear_source(self, number: int) -> None:
        if members := self._members(number):
            self.play_wanted.emit(members)
            self._followed = number if self._heard else None

    @Slot(int)
    def _hear_component(self, row: int) -> None:
        self.play_wanted.emit([self._run.components[row].index])
        self._followed = None

    @Slot(object)
    def show_heard(self, indices: Collection[int]) -> None:
        """Show which components are heard alone now, if any."""
        self._heard = set(indices)
        if not self._heard:
            self._followed = None
        self._show_heard()

    def _show_heard(self) -> None:
        groups = [set(self._members(number)) for number in range(self._n_sources)]
        self.sources.show_heard([bool(it) and it == self._heard for it in groups])
        self.components.show_heard([{it.index} == self._heard for it in self._run.components])
