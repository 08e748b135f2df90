"""What is heard: the mix of the run that is shown, a component alone, or the recording."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from isnmf_gui.gui.control.controller import Controller
from isnmf_gui.gui.control.region import RegionModel
from isnmf_gui.gui.playing.heard import BoxHeard, Heard, is_there, name_of
from isnmf_gui.gui.playing.part_levels import PartLevels
from isnmf_gui.gui.playing.run_mixes import mix_of, only
from isnmf_gui.gui.playing.transport_bar import TransportBar
from isnmf_gui.playback import Levels, Mix
from isnmf_gui.session.document.changes import Changes
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.document.guidance import Box
from isnmf_gui.session.guidance.source_shares import components_in
from isnmf_gui.spectral.cutting import Cut
from isnmf_gui.texts import N_, tr

NAMES = {
    "mix": N_("Mix"),
    "recording": N_("Recording"),
    "residual": N_("Residual"),
    "model": N_("Model"),
}
#: Steps that the keyboard takes in time.
STEP_S, MOMENT_S = 1.0, 0.1


class ListeningDesk(QObject):
    """Connects the player with the document and the transport bar.

    Attributes
    ----------
    output : {"mix", "recording", "residual", "model"}
        What the person chose to hear.
    audition : tuple of int
        The components that are heard alone instead, if any.
    box : BoxHeard or None
        The place that is heard alone instead of all that, if one is.
    """

    #: What is heard alone now: the indices of components; none where nothing is.
    auditioned = Signal(object)
    #: Another box is heard alone, or none any more: a `BoxHeard` or None.
    box_heard = Signal(object)
    #: Something could not be done: a sentence.
    noticed = Signal(str)
    #: How loud every component is at the playhead, by its index; None: nothing plays.
    levels_measured = Signal(object)

    def __init__(self, controller: Controller, region: RegionModel, bar: TransportBar) -> None:
        super().__init__(controller)
        self.output = "mix"
        self.audition: tuple[int, ...] = ()
        self.box: BoxHeard | None = None
        self._source_id: int | None = None  # the source that the audition is of
        self._run_id = 0  # and the run
        self._before_swap = "recording"
        self._plays_for_audition = False
        self._controller, self._player = controller, controller.player
        self._region, self._bar = region, bar
        self._mix = Mix()
        self._levels = PartLevels(controller)
        self._levels.measured.connect(self.levels_measured)
        self._connect()

    def _connect(self) -> None:
        controller, player, bar = self._controller, self._player, self._bar
        controller.recording_opened.connect(self._recording_opened)
        controller.document_changed.connect(self._document_changed)
        controller.running.started.connect(self._run_started)
        player.changed.connect(self._changed)
        player.moved.connect(self._moved)
        player.measured.connect(self._measured)
        player.stretch_heard.connect(self.end_box)
        player.devices_changed.connect(self._show_devices)
        bar.play_wanted.connect(self.play_or_pause)
        bar.stop_wanted.connect(player.stop)
        bar.loop_wanted.connect(self._set_loop)
        bar.swap_wanted.connect(self.swap)
        bar.volume_changed.connect(player.set_volume)
        bar.outputs.chosen.connect(self.choose_output)
        bar.meter.clip_seen.connect(player.reset_clip)
        bar.devices.list_wanted.connect(self._list_devices)
        bar.devices.device_chosen.connect(player.use_device)
        self._region.changed.connect(self._set_loop)
        player.set_volume(bar.volume_gain)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the window's actions do."""
        player, bar = self._player, self._bar
        return {
            "play": self.play_or_pause,
            "play_recording": self.play_recording,
            "swap": self.swap,
            "loop": bar.loop_button.click,
            "back": partial(player.scrub, -STEP_S),
            "forward": partial(player.scrub, STEP_S),
            "step_back": partial(player.scrub, -MOMENT_S),
            "step_forward": partial(player.scrub, MOMENT_S),
            "stop": player.stop,
        }

    # -- what is heard ------------------------------------------------------------------------

    @Slot(object, object)
    def _document_changed(self, document: object, changes: Changes) -> None:
        if changes.sound or changes.names:
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Hear what the document says now."""
        document, run = self._controller.document, self._controller.shown_run()
        if self.box is not None and not self.box.is_in(run):
            self.end_box()
            return
        is_same = run is not None and run.id == self._run_id
        if run is None or not is_same or not is_there(run, self.audition, self._source_id):
            self.audition = ()  # it was deleted, or another run is shown
        self._mix = Mix() if run is None else self._mix_of(run, document.mask)
        if self.box is not None:
            box = self.box
            self._mix = self.box_mix(box.box, box.source_id, box.as_heard) or self._mix
        self._levels.set_mix(self._mix)
        self._player.set_mix(self._mix)
        self._bar.set_available(document.recording is not None, run is not None)
        self._show_what()

    def _mix_of(self, run: Run, mask: str) -> Mix:
        mix = mix_of(run, mask, self.output)
        return only(mix, run, self.audition, self._source_id) if self.audition else mix

    @Slot(str)
    def choose_output(self, output: str) -> None:
        """Hear the mix, the recording, the residual or the model, at the same place."""
        self.end_box()
        if output != self.output:
            self._before_swap = self.output
        self.output, self.audition = output, ()
        self._bar.outputs.show_output(output)
        self.refresh()

    @Slot()
    def swap(self) -> None:
        """Switch between the recording and what was heard before (A/B)."""
        if self.output == "recording":
            self.choose_output("mix" if self._before_swap == "recording" else self._before_swap)
        else:
            self.choose_output("recording")

    @Slot(int)
    def toggle_audition(self, index: int) -> None:
        """Hear a component alone; again: what was heard before."""
        self.toggle_group([index])

    @Slot(object)
    def toggle_group(self, indices: list[int]) -> None:
        """Hear some components alone; again: what was heard before."""
        self._toggle(indices, None)

    def _toggle(self, indices: list[int], source_id: int | None) -> None:
        run = self._controller.run_with(indices)
        if run is None:
            return
        self.end_box()
        player = self._player
        is_same = set(self.audition) == set(indices) and self._source_id == source_id
        self._run_id = run.id
        if is_same and player.is_playing:
            self.audition = ()
            if self._plays_for_audition:
                player.stop()
            self.refresh()
            return
        if not player.is_playing:
            self._plays_for_audition = True
        elif not self.audition:
            self._plays_for_audition = False
        self.audition, self._source_id = tuple(indices), source_id
        self.refresh()  # before it begins: nothing else is to be heard first
        if not player.is_playing:
            player.play()

    @Slot(int)
    def toggle_source(self, source_id: int) -> None:
        """Hear a source alone; again: what was heard before."""
        run = self._controller.run_with(sources=[source_id])
        if run is not None and (indices := components_in(run, source_id)):
            self._toggle(indices, source_id)

    @property
    def source_alone(self) -> int | None:
        """The source that is heard alone, if one is."""
        return self._source_id if self.audition else None

    def heard_now(self) -> Heard:
        """Return what is heard, to go back to; of a box what was heard before it."""
        if self.box is not None:
            return self.box.before
        run, player = self._controller.shown_run(), self._player
        return Heard(
            None if run is None else run.id,
            self.audition,
            self._source_id,
            self._plays_for_audition,
            player.is_playing,
            player.is_paused,
            player.position_s,
        )

    def go_back(self, before: Heard) -> None:
        """Hear again what was heard before; what began to play since then plays no longer."""
        self.end_box()
        player, run = self._player, self._controller.shown_run()
        self._plays_for_audition = before.plays_for_audition
        if player.is_playing and not before.is_playing:
            if before.is_paused:
                player.pause()
                player.seek(before.position_s)
            else:
                player.stop()
        is_same = run is not None and run.id == before.run_id
        goes_on = player.is_playing or player.is_paused
        self.audition = before.audition if is_same and goes_on else ()
        self._source_id, self._run_id = before.source_id, before.run_id or 0
        self.refresh()

    # -- a place by itself --------------------------------------------------------------------

    @Slot(object)
    def hear_box(self, box: Box, source_id: int | None = None, as_heard: bool = False) -> None:
        """Hear a place alone, once; again while it is heard: what was heard before.

        Parameters
        ----------
        box : Box
            The place.
        source_id : int, optional
            The source whose share of it is to be heard; by default the recording.
        as_heard : bool, optional
            Whether to hear the place of what is chosen to be heard instead.
        """
        recording, run = self._controller.document.recording, self._controller.shown_run()
        cut = self._cut(box)
        if run is None or source_id not in [it.id for it in run.all_sources]:
            source_id = None
        if recording is None or cut is None:
            self.noticed.emit(tr("There is nothing to hear: this place is outside the recording."))
            return
        begun = BoxHeard(box, source_id, self.heard_now(), as_heard)
        if begun == self.box and self._player.is_playing:
            self.end_box()
            return
        self.box = begun
        self.refresh()
        first, last = cut.heard(recording.n_samples)
        self._player.play_stretch(first / recording.sample_rate, last / recording.sample_rate)

    def _cut(self, box: Box) -> Cut | None:
        recording = self._controller.document.recording
        if recording is None:
            return None
        return Cut.of(box, recording.sample_rate, recording.n_samples)

    def box_mix(self, box: Box, source_id: int | None = None, as_heard: bool = False) -> Mix | None:
        """Return what `hear_box` would play; None if the place is outside the recording."""
        document, run, cut = self._controller.document, self._controller.shown_run(), self._cut(box)
        if cut is None:
            return None
        mix = Mix() if run is None else self._mix_of(run, document.mask)
        if as_heard:
            return replace(mix, cut=cut)
        if run is None or source_id not in [it.id for it in run.all_sources]:
            return replace(mix, output="recording", cut=cut)
        members = [it.index for it in run.members(source_id)]
        return replace(only(mix, run, members, source_id), cut=cut)

    @Slot()
    def end_box(self) -> None:
        """Hear again, at its place, what was heard before a box; nothing without one."""
        if self.box is None:
            return
        before, player, self.box = self.box.before, self._player, None
        if before.is_playing:
            self.refresh()
            player.play(before.position_s)
        elif before.is_paused:
            player.pause()
            player.seek(before.position_s)
        elif player.is_playing or player.is_paused:
            player.stop()
        self.refresh()

    def _follow_box(self) -> None:
        """Let go of the box where the person went to another place, or stopped."""
        if self.box is not None and not self._player.is_in_stretch:
            self.box = None
            self.refresh()

    @Slot()
    def play_or_pause(self) -> None:
        """Play what is chosen, pause it, or go on."""
        if self._player.is_playing:
            self._player.pause()
        else:
            self._plays_for_audition = False
            self._player.play()

    @Slot()
    def play_recording(self) -> None:
        """Hear the recording, from where playing is."""
        self.choose_output("recording")
        if not self._player.is_playing:
            self._player.play()

    # -- loop and devices ---------------------------------------------------------------------

    @Slot()
    def _set_loop(self) -> None:
        """Repeat the marked region, or all where none is marked, if that is wanted."""
        recording = self._controller.document.recording
        if recording is not None:
            looped_s = self._region.region_s or (0.0, recording.duration_s)
            on = self._bar.loop_button.isChecked()
            self._player.set_loop(looped_s if on else None)

    @Slot()
    def _list_devices(self) -> None:
        """Show what is known at once, and what is there once that is known."""
        self._player.look_for_devices()
        self._show_devices()

    @Slot()
    def _show_devices(self) -> None:
        player = self._player
        self._bar.devices.show_devices(player.device_names, player.is_looking)

    # -- news ---------------------------------------------------------------------------------

    @Slot(object)
    def _recording_opened(self, recording: object) -> None:
        self.audition = ()
        self._set_loop()

    @Slot()
    def _run_started(self) -> None:
        self.audition = ()
        self.refresh()

    @Slot()
    def _changed(self) -> None:
        self._follow_box()
        if not self._player.is_playing and not self._player.is_paused and self.audition:
            self.audition = ()
            self.refresh()
        if self._player.is_playing:
            self._levels.start()
        else:
            self._levels.rest()
            self._bar.meter.rest()
        self._show_what()

    def _show_what(self) -> None:
        playing = self._player.is_playing
        self._bar.set_playing(playing, self._what() if playing else self._pause())
        self.auditioned.emit(self.audition if playing and self.box is None else ())
        self.box_heard.emit(self.box if playing else None)

    def _pause(self) -> str:
        return tr("Paused: {what}", what=self._what()) if self._player.is_paused else ""

    def _what(self) -> str:
        run = self._controller.shown_run()
        if self.box is not None:
            return self.box.name(run)
        if run is None:
            return str(NAMES["recording"])
        if self.audition:
            return tr("{what} alone", what=name_of(run, self.audition, self._source_id))
        name = str(NAMES[self.output])
        if self.output in ("recording", "residual"):
            return name
        return tr("{output} of run {id}", output=name, id=run.id)

    @Slot(float)
    def _moved(self, position_s: float) -> None:
        self._follow_box()
        self._bar.set_position(position_s)

    @Slot(object)
    def _measured(self, levels: Levels) -> None:
        self._bar.meter.show_levels(levels.peak, levels.rms, levels.clipped)
