"""One uninterrupted passage through a source, on its way to the device.

Every start and every seek makes a new voice; the old one fades out beside it. So nothing ever has
to be emptied or rewound while another thread uses it.
"""

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.errors import PlaybackError
from isnmf_gui.playback.ramp import GainRamp
from isnmf_gui.playback.render import BLOCK_S, BlockRenderer
from isnmf_gui.playback.ring import FrameRing
from isnmf_gui.playback.route import Loop
from isnmf_gui.playback.source import AudioSource

FADE_S = 0.005
"""Length of the fades at start, pause, seek and stop."""

CHUNK_FRAMES = 1024
"""The callback works on pieces of at most this length, so that its buffers can be allocated."""


class Voice:
    """A passage of a source: renderer, ring, gate and clock.

    The ring keeps at most `ahead_s` seconds, so that a change inside the source is heard soon.
    The gate fades in unless the passage starts with the first sample of the source: that is no
    cut, and an attack there must stay as it is.

    Parameters
    ----------
    source : AudioSource
        What to play.
    start_sample : int
        First sample of the source, 0 <= `start_sample` <= `source.n_samples`.
    sample_rate, n_channels : int
        Those of the device.
    ahead_s : float
        How much may be rendered ahead, in seconds.
    paused : bool
        Whether the gate stays closed until it is opened.
    loop : (int, int), optional
        What is repeated: first and one past the last sample.
    stop_sample : int, optional
        One past the last sample that is heard; by default that of the source.

    Attributes
    ----------
    loop : (int, int) or None
        May be stored at any time by the control thread; acts on what is not rendered yet.
    """

    def __init__(
        self,
        source: AudioSource,
        start_sample: int,
        sample_rate: int,
        n_channels: int,
        *,
        ahead_s: float,
        paused: bool,
        loop: Loop | None = None,
        stop_sample: int | None = None,
    ) -> None:
        self.source = source
        self.loop = loop
        self.stop_sample = stop_sample
        self.ring = FrameRing(round(ahead_s * sample_rate), n_channels)
        self._renderer = BlockRenderer(
            source, start_sample, sample_rate, n_channels, lambda: self.loop, stop_sample
        )
        self._pending = np.zeros((0, n_channels), dtype=np.float32)
        self._block_frames = min(round(BLOCK_S * sample_rate), self.ring.capacity)
        self._sample_rate = sample_rate
        self._fade_frames = round(FADE_S * sample_rate)
        self.gate = GainRamp(0.0, self._fade_frames, CHUNK_FRAMES)
        if not paused:
            self.open()
            self.gate.value = 1.0 if start_sample == 0 else 0.0
        # Stored by the feeder, read by the others.
        self.ready = False  # enough is rendered to begin
        self.ended = False  # everything is in the ring
        self.error: PlaybackError | None = None
        # Stored by the callback, read by the others.
        self.drained = False  # the last frame has left the ring
        self.n_underruns = 0
        self._starved = False
        self._mark = (0, 0.0)  # frames taken from the ring, and when the last of them is due

    @property
    def is_resting(self) -> bool:
        """Whether it is paused and has rendered all it can. Any thread."""
        return self.ready and self.gate.target == 0

    # Control thread

    def open(self) -> None:
        """Let the voice be heard."""
        self.gate.target = 1.0

    def shut(self) -> None:
        """Fade the voice out; what is still in the ring then waits there."""
        self.gate.target = 0.0

    def n_heard(self, now_s: float) -> float:
        """Return how many samples of the source have been heard; loops do not turn it back.

        Parameters
        ----------
        now_s : float
            The time, on the clock of the callback, less the latency of the device.

        Returns
        -------
        float
            Samples at the source's rate, fractions included.
        """
        n_frames, due_s = self._mark
        n_heard = min(n_frames, max(0.0, n_frames - (due_s - now_s) * self._sample_rate))
        return n_heard * self.source.sample_rate / self._sample_rate

    def sample_after(self, n_heard: float) -> float:
        """Return the sample of the source that follows so many."""
        return self._renderer.sample_after(n_heard)

    def is_ahead_of(self, sample: int) -> bool:
        """Return whether it has rendered, or is about to, what comes after a sample.

        It has if it jumped back meanwhile, too.
        """
        n_block = round(BLOCK_S * self.source.sample_rate)
        return not self.sample_taken <= self._renderer.next_sample <= sample - n_block

    @property
    def sample_taken(self) -> int:
        """The sample that leaves the ring next."""
        return int(self.sample_after(self._mark[0] * self.source.sample_rate / self._sample_rate))

    def all_heard(self, now_s: float) -> bool:
        """Return whether the last sample has left the loudspeaker; `now_s` as above."""
        return self.drained and now_s >= self._mark[1]

    # Feeder thread

    def feed(self) -> bool:
        """Render and store what fits.

        Returns
        -------
        bool
            Whether there may be more to do at once; False if the ring is full or all is stored.

        Raises
        ------
        Exception
            Whatever reading the source raises.
        """
        if not len(self._pending):
            if self._renderer.is_done:
                # At once, not when there is room again: else the end could pass for an underrun.
                self.ready = self.ended = True
                return False
            if self.ring.free < self._block_frames:
                self.ready = True
                return False
            self._pending = self._renderer.next_block()
        self._pending = self._pending[self.ring.write(self._pending) :]
        if len(self._pending):
            self.ready = True
            return False
        return True

    # Callback

    def can_go_on(self, n_frames: int) -> bool:
        """Return whether it can sound for another block and still fade out after it."""
        return self.gate.value > 0 and self.ring.available >= n_frames + self._fade_frames

    def mix_into(
        self, out: NDArray[np.float32], scratch: NDArray[np.float32], end_s: float
    ) -> bool:
        """Add the next frames to a block.

        Parameters
        ----------
        out : ndarray of float32, shape (n_frames, n_channels)
            The frames are added to it; at most `CHUNK_FRAMES`.
        scratch : ndarray of float32, shape (CHUNK_FRAMES, n_channels)
            Room to work in.
        end_s : float
            When the block ends, on the clock of the callback, without the device's latency.

        Returns
        -------
        bool
            False if it has fallen silent: faded out, starved or at the end.
        """
        target = self.gate.target
        n_wanted = self.gate.frames_open(len(out), target)
        if not self.ready or n_wanted == 0:
            return False
        ended = self.ended  # before reading: afterwards nothing more is written
        n_frames = self.ring.read_into(scratch[:n_wanted])
        if n_frames:
            block = scratch[:n_frames]
            self.gate.apply(block, target)
            np.add(out[:n_frames], block, out=out[:n_frames])
            due_s = end_s - (len(out) - n_frames) / self._sample_rate
            self._mark = (self._mark[0] + n_frames, due_s)
        self._note_gap(n_frames < n_wanted, ended, target)
        if ended and not self.ring.available:
            self.drained = True
        return n_frames == n_wanted and self.gate.value > 0

    def _note_gap(self, is_gap: bool, ended: bool, target: float) -> None:
        if is_gap and target == 0:
            self.gate.value = 0.0  # nothing is left to fade
        elif is_gap and not ended and not self._starved:
            self.n_underruns += 1
        self._starved = is_gap
