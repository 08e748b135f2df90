"""What tests share: no screen is needed, a sound card made of software, a clock."""

import os
import sys
from collections.abc import Iterator

import pytest

from tests.clock import Clock
from tests.sound_card import SoundCard

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def sound_card() -> Iterator[SoundCard]:
    """Sound goes to a card made of software, in this process too."""
    missing = SoundCard.missing()
    if missing:
        pytest.fail(f"the tests of sound need {', '.join(missing)}; `run.py test` installs them")
    card = SoundCard()
    try:
        card.start()
        with pytest.MonkeyPatch.context() as patch:
            use_card(card, patch)
            yield card
        _reload_portaudio()
    finally:
        card.stop()


def use_card(card: SoundCard, patch: pytest.MonkeyPatch) -> None:
    """Let sound of this process go to a card, until the patch is undone."""
    for name, value in card.environment.items():
        patch.setenv(name, value)
    _reload_portaudio()


def _reload_portaudio() -> None:
    """Let PortAudio look for devices again, if it has done so before."""
    if "sounddevice" in sys.modules:
        from isnmf_gui.playback.device import rescan_devices

        assert rescan_devices()
