"""What goes from one room of the window to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isnmf_gui.gui.control.brush import TOOLS
from isnmf_gui.gui.spectrogram.asked_box import AskedBox

if TYPE_CHECKING:
    from isnmf_gui.gui.window.main_window import MainWindow


def connect_rooms(window: MainWindow) -> None:
    """Connect what rooms want with those who can do it, and news with those who tell them."""
    _connect_news(window)
    _connect_sound(window)
    _connect_places(window)
    _connect_wishes(window)
    _connect_asking(window)
    _connect_painting(window)


def _connect_news(window: MainWindow) -> None:
    controller, status, announcer = window.controller, window.status, window.announcer
    controller.opening_progressed.connect(status.show_opening)
    controller.running.separated.connect(status.show_finished)
    controller.export_progressed.connect(status.show_export)
    for news in (controller.noticed, controller.player.noticed):
        news.connect(status.show_message)
    controller.noticed.connect(announcer.announce)
    window.listening.noticed.connect(status.show_message)
    window.factor_desk.split_progressed.connect(status.show_splitting)
    window.exports.done.connect(status.show_message)
    window.exports.done.connect(announcer.announce)
    window.exports.written.connect(status.offer_folder)
    status.folder_button.clicked.connect(window.exports.open_folder)
    for desk in (window.history, window.factor_desk, window.source_desk, window.carry_desk):
        desk.noticed.connect(status.show_message)
    for news in (window.carry_desk.offered, window.carry_desk.noticed):
        news.connect(announcer.announce)
    for said in (window.guidance_desk.noticed, window.guides.noticed, window.boxes.done):
        said.connect(status.show_message)
        said.connect(announcer.announce)
    window.boxes.written.connect(window.exports.note_written)
    window.files.noticed.connect(status.show_message)
    window.recovery.noticed.connect(status.show_message)


def _connect_sound(window: MainWindow) -> None:
    """Let panels ask to hear something, and show what is heard."""
    listening, panes = window.listening, window.panes
    panes.components.play_wanted.connect(listening.toggle_audition)
    panes.sources.hear_wanted.connect(listening.toggle_source)
    listening.auditioned.connect(panes.components.show_heard)
    listening.levels_measured.connect(panes.components.set_levels)


def _connect_places(window: MainWindow) -> None:
    """Let every view with a time axis be played from."""
    player, panes = window.controller.player, window.panes
    for view in (panes.spectrogram, panes.overview, panes.factors):
        view.seek_wanted.connect(player.seek)
    panes.spectrogram.play_wanted.connect(player.play)
    panes.guidance.show_wanted.connect(panes.spectrogram.plot.show_stretch)
    panes.guidance.strokes_selected.connect(panes.spectrogram.mark_strokes)
    panes.spectrogram.stroke_clicked.connect(window.guidance_desk.pick)


def _connect_wishes(window: MainWindow) -> None:
    panes, actions = window.panes, window.actions_
    panes.welcome.tour_wanted.connect(actions["tour"].trigger)
    panes.welcome.open_wanted.connect(window.files.ask_for_file)
    panes.welcome.demo_wanted.connect(actions["demo"].trigger)
    panes.components.assign_wanted.connect(window.source_desk.assign)
    panes.components.export_wanted.connect(window.exports.ask_for)
    panes.guidance.save_wanted.connect(window.guides.ask_where_to_save)
    panes.guidance.load_wanted.connect(window.guides.ask_what_to_load)
    panes.sources.export_wanted.connect(window.exports.ask_for_source)
    panes.sources.show_wanted.connect(window.scenes.show_source)
    actions["compact"].setCheckable(True)
    panes.components.compact_changed.connect(actions["compact"].setChecked)
    for pictures in (panes.components, window.source_pictures):
        panes.spectrogram.scale_button.toggled.connect(pictures.set_logarithmic)


def _connect_asking(window: MainWindow) -> None:
    """Let questions be seen, said aloud, and come from wherever they are offered."""
    desk, actions = window.ask_desk, window.actions_
    asked = AskedBox(window.panes.spectrogram.plot)
    desk.box_shown.connect(asked.show_box)
    desk.said.connect(window.announcer.announce)
    desk.noticed.connect(window.status.show_message)
    desk.suggest_wanted.connect(actions["suggest"].trigger)
    desk.began.connect(window.source_desk.forget_doubt)
    window.source_desk.ask_wanted.connect(actions["ask"].trigger)
    window.source_desk.said.connect(window.announcer.announce)


def _connect_painting(window: MainWindow) -> None:
    """Let menu, keys and tool bar agree on the tool in the hand, and tell what it did."""
    actions, brush = window.actions_, window.controller.brush
    strokes, panes = window.panes.spectrogram.plot.strokes, window.panes
    for name in (*(f"tool_{tool}" for tool in TOOLS), "show_strokes", "room"):
        actions[name].setCheckable(True)

    def show_tool() -> None:
        for tool in TOOLS:
            actions[f"tool_{tool}"].setChecked(tool == brush.tool)

    for tool in TOOLS:  # a click on the tool in the hand would put it down in the menu alone
        actions[f"tool_{tool}"].triggered.connect(show_tool)
    brush.changed.connect(show_tool)
    show_tool()
    strokes.visibleChanged.connect(lambda: actions["show_strokes"].setChecked(strokes.isVisible()))
    actions["show_strokes"].setChecked(strokes.isVisible())
    panes.room_toggled.connect(actions["room"].setChecked)
    panes.spectrogram.tools.set_actions(actions)
    panes.guidance.strokes_selected.connect(panes.spectrogram.mark_strokes)
    panes.spectrogram.stroke_clicked.connect(window.guidance_desk.pick)
    window.stroke_desk.noticed.connect(window.status.show_message)
    window.stroke_desk.said.connect(window.announcer.announce)
