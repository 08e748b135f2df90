"""How loud every component is at the playhead, looked at some times a second while it plays."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.playback import Mix
from isnmf_gui.spectral import ComponentLevels, Factors

#: The tiles' levels need not move as often as the playhead.
LEVELS_MS = 60


class PartLevels(QObject):
    """Measures the components of a mix where it is heard.

    Parameters
    ----------
    controller : Controller
        With the recording and the player.
    """

    #: By the index of each component; None: nothing plays.
    measured = Signal(object)

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller)
        self._controller, self._mix = controller, Mix()
        self._measure: tuple[Factors, str, ComponentLevels] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LEVELS_MS)
        self._timer.timeout.connect(self._look)

    def set_mix(self, mix: Mix) -> None:
        """Look at this mix from now on."""
        self._mix = mix
        if self._measure is not None and self._measure[:2] != (mix.factors, mix.mask):
            self._measure = None

    def start(self) -> None:
        """Look at it from time to time."""
        self._timer.start()

    def rest(self) -> None:
        """Nothing plays any more."""
        self._timer.stop()
        self.measured.emit(None)

    @Slot()
    def _look(self) -> None:
        recording, mix = self._controller.document.recording, self._mix
        if recording is None or mix.factors is None or mix.stft is None:
            return
        if self._measure is None:
            levels_of = ComponentLevels(recording.samples, mix.stft, mix.factors, mix.mask)
            self._measure = mix.factors, mix.mask, levels_of
        place_s = self._controller.player.position_s
        levels = self._measure[2].at(round(place_s * recording.sample_rate))
        self.measured.emit(levels if mix.gains is None else levels * mix.gains)
