"""What tests share: a home, no screen, a sound card made of software, a clock, recordings."""

import compileall
import os
import sys
from collections.abc import Generator, Iterator
from inspect import signature
from pathlib import Path

import pytest

from tests.clock import Clock
from tests.own_home import OwnHome
from tests.recordings import write_bad_files, write_test_set
from tests.sound_card import SoundCard
from tests.turns import turn

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
PACKAGE = Path(__file__).resolve().parents[1] / "isnmf_gui"
HOME = OwnHome()
HOME.use()


def pytest_configure(config: pytest.Config) -> None:
    """Compile the program, for the many processes that import it and write down nothing."""
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(PACKAGE, quiet=2)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let tests that take `sound_card` wait until the other processes are at rest.

    What they hear is compared with what was to be heard, to the sample. Their time runs only then.
    """
    cache = item.config.cache
    assert cache is not None
    hears = (
        isinstance(item, pytest.Function) and "sound_card" in signature(item.function).parameters
    )
    with turn(cache.mkdir("turns"), alone=hears):
        return (yield)


@pytest.fixture(scope="session")
def own_home() -> OwnHome:
    """Where this process lives, and the programs that it starts."""
    return HOME


@pytest.fixture(autouse=True)
def a_persons_own_is_left_alone(own_home: OwnHome) -> Iterator[None]:
    """Fail a test whose programs look for settings where a person has them."""
    yield
    astray = own_home.clear()
    assert not astray, "a program was started without the variables of tests/own_home.py"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def paths(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Paths of the test set by file name."""
    return write_test_set(tmp_path_factory.mktemp("test set"))


@pytest.fixture(scope="session")
def bad_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, str]]:
    """Paths of the bad files and words of the sentence they get, by kind."""
    return write_bad_files(tmp_path_factory.mktemp("bad files"))


@pytest.fixture(scope="session")
def sound_output(sound_card: SoundCard) -> SoundCard:
    """Sound goes to the card for tests that do without its every sample: other tests go on."""
    return sound_card


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
        from isnmf_gui.playback.device.device import rescan_devices

        assert rescan_devices()
