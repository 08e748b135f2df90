"""Jobs of one kind come one after another; each tells of its end, whatever that is."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject

from isnmf_gui.gui.control.jobs import Jobs, JobThread


class Gate:
    """Work that waits until it may end, or is stopped."""

    def __init__(self, name: str, done: list[str]) -> None:
        self.name, self._done = name, done
        self._go = threading.Event()

    def __call__(self, report: Callable[[object], bool]) -> str | None:
        while not self._go.wait(0.005):
            if not report(self.name):
                return None
        return self.name

    def open(self) -> None:
        self._go.set()


@pytest.fixture
def jobs(qapp):
    owner = QObject()
    jobs = Jobs(owner)
    yield jobs
    jobs.close()
    owner.deleteLater()


def test_those_of_one_kind_are_done_in_their_order(jobs, wait) -> None:
    done, ended = [], []
    gates = [Gate(name, done) for name in "abc"]
    jobs.ended.connect(lambda kind: ended.append((kind, jobs.is_busy(kind))))
    assert [jobs.start("save", gate, done.append) for gate in gates] == [True, False, False]
    assert jobs.start("plot", gates[0], lambda _: None)  # another kind does not wait
    for gate in reversed(gates):
        gate.open()
    wait(lambda: not jobs.is_busy("save"))
    assert done == ["a", "b", "c"]
    assert [it for it in ended if it[0] == "save"] == [("save", it) for it in (True, True, False)]


def test_what_waits_is_dropped_with_what_is_cancelled(jobs, wait) -> None:
    done, stopped = [], []
    jobs.stopped.connect(stopped.append)
    for name in "ab":
        jobs.start("export", Gate(name, done), done.append)
    jobs.cancel("export")
    wait(lambda: not jobs.is_busy("export"))
    assert (done, stopped) == ([], ["export"])


def test_a_listener_may_start_the_next_itself(jobs, wait) -> None:
    done = []
    first, second, third = (Gate(name, done) for name in "abc")
    for gate in (first, second, third):
        gate.open()

    def begin_third(_kind: str) -> None:
        jobs.ended.disconnect(begin_third)
        jobs.start("keep", third, done.append)

    jobs.ended.connect(begin_third)
    jobs.start("keep", first, done.append)
    jobs.start("keep", second, done.append)
    wait(lambda: len(done) == 3)
    assert done == ["a", "b", "c"]


def test_one_that_gets_no_thread_ends_in_a_sentence(jobs, wait, monkeypatch) -> None:
    done, failed = [], []
    jobs.failed.connect(failed.append)
    gate = Gate("a", done)
    gate.open()
    with monkeypatch.context() as patch:
        patch.setattr(JobThread, "start", lambda _: None)  # Qt only warns
        jobs.start("save", gate, done.append)
    assert jobs.is_busy("save")
    jobs.start("save", gate, done.append)
    wait(lambda: not jobs.is_busy("save"))
    assert "no room for more work" in failed[0].message
    assert done == ["a"]
