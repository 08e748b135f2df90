"""What the guided tour says, and of what."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from isnmf_gui.gui.actions.actions import Actions
from isnmf_gui.gui.window.tour import TourStep
from isnmf_gui.gui.window.window_layout import WindowLayout
from isnmf_gui.texts import tr


def steps(panes: WindowLayout, actions: Actions) -> list[TourStep]:
    """Return the steps, in the order of a person's first five minutes."""
    pictures = panes.overview if panes.overview.isVisible() else panes.welcome

    def tab(panel: QWidget) -> QWidget:
        panes.left.setCurrentWidget(panel)
        return panes.left

    def asks() -> QWidget:
        panes.left.setCurrentWidget(panes.sources)
        return panes.sources.ask_button

    return [
        TourStep(
            tr("Open a recording"),
            tr(
                "Drop an audio file anywhere on the window, or take the demo. Once it is open "
                "you see "
                "its waveform and its spectrogram here."
            ),
            lambda: pictures,
        ),
        TourStep(
            tr("Separate it"),
            tr(
                "Choose Fast for a look or Quality for better sound, and press Separate. Each "
                "component becomes one kind of sound that recurs: a note, a drum, a hiss."
            ),
            partial(tab, panes.settings),
        ),
        TourStep(
            tr("Watch it learn"),
            tr(
                "The loss says how well the components explain the recording; it falls with every "
                "iteration. Several runs lie over one another."
            ),
            lambda: panes.loss,
        ),
        TourStep(
            tr("Look and listen"),
            tr(
                "Every component is a tile: a picture, a play button, solo, mute and a fader. "
                "All of them act at once, even while the run goes on. Click a tile to see it "
                "large; the keys 1 to 9 play the components with these numbers."
            ),
            lambda: panes.components,
        ),
        TourStep(
            tr("Hear the difference"),
            tr(
                "Space plays. Mix is what your faders say, Residual is what they leave out of the "
                "recording, A/B compares with the recording at the same place."
            ),
            lambda: panes.transport,
        ),
        TourStep(
            tr("Make sources"),
            tr(
                "Group components into sources, a voice or the drums: select tiles and press "
                "Ctrl+G, "
                "drag them here, or let Suggest propose groups."
            ),
            partial(tab, panes.sources),
        ),
        TourStep(
            tr("Paint what is whose"),
            tr(
                "Take the brush and paint over places where one source is heard alone: the "
                "components are sorted by that, and you hear it at once. F9 makes room for it."
            ),
            lambda: panes.spectrogram.tools if panes.spectrogram.isVisible() else pictures,
        ),
        TourStep(
            tr("Or be asked"),
            tr(
                "Where the program is unsure it can ask: Ask me plays short places, and you press "
                "the number of the source. Every answer sorts what sounds like it."
            ),
            asks,
        ),
        TourStep(
            tr("Nothing is lost"),
            tr(
                "Undo takes back every step, back to the first. Save keeps all your work in one "
                "file; "
                "Export writes the sources as audio that adds up to the recording."
            ),
            lambda: actions.toolbar,
        ),
    ]
