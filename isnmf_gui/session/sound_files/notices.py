"""What a person is told of a recording that is not all that its file promised."""

from __future__ import annotations

from dataclasses import dataclass

from isnmf_gui.texts import number, tr

#: Less than this is told in samples too: it may be the fault of the header.
FEW_S = 0.05


@dataclass
class Noticed:
    """What was noticed while a file was read.

    Attributes
    ----------
    n_read, n_promised : int
        Samples that were read, and that there should be.
    silent : list of tuple of int
        First sample and length of what is damaged within, and silent.
    is_cut : bool
        Whether the sound breaks off where nothing says how long it was.
    is_unsaid : bool
        Whether the header does not say how long the sound is.
    change : tuple of tuple of int, or None
        Sample rate in Hz and channels before a place, and after it; only the first were read.
    """

    n_read: int
    n_promised: int
    silent: list[tuple[int, int]]
    is_cut: bool = False
    is_unsaid: bool = False
    change: tuple[tuple[int, int], tuple[int, int]] | None = None


def notice(noticed: Noticed, rate: int, name: str) -> str:
    """Return what to tell of a file, in whole sentences.

    Parameters
    ----------
    noticed : Noticed
        What there is to tell.
    rate : int
        Sample rate in Hz.
    name : str
        Of the file.

    Returns
    -------
    str
        "" if nothing is the matter.
    """
    told = [_of_silence(noticed, rate, name), _of_end(noticed, rate, name)]
    told.append(_of_change(noticed, rate, name))
    return " ".join(sentence for sentence in told if sentence)


def _of_end(noticed: Noticed, rate: int, name: str) -> str:
    there = _time(noticed.n_read, rate, rate)
    if noticed.is_cut:
        return tr(
            "“{name}” breaks off after {there}, which were opened; how much is missing, the file "
            "does not say.",
            name=name,
            there=there,
        )
    if noticed.n_promised > noticed.n_read:
        return _of_missing(noticed, rate, name)
    if noticed.is_unsaid:
        return tr(
            "The header of “{name}” does not say how long it is: everything up to the end of the "
            "file was opened, {there}.",
            name=name,
            there=there,
        )
    return ""


def _of_missing(noticed: Noticed, rate: int, name: str) -> str:
    n_missing = noticed.n_promised - noticed.n_read
    n_seen = min(n_missing, noticed.n_read)
    times = {
        "there": _time(noticed.n_read, rate, n_seen),
        "promised": _time(noticed.n_promised, rate, n_seen),
    }
    if n_missing < FEW_S * rate:
        return tr(
            "The header of “{name}” promises %n sample(s) ({ms:.3g} ms) more than the file "
            "holds: {there} of {promised} are there and were opened.",
            "",
            n_missing,
            name=name,
            ms=1000 * n_missing / rate,
            **times,
        )
    return tr(
        "“{name}” is incomplete: {there} of {promised} are there and were opened; {missing} "
        "are missing.",
        name=name,
        missing=_time(n_missing, rate, n_seen),
        **times,
    )


def _of_silence(noticed: Noticed, rate: int, name: str) -> str:
    if not noticed.silent:
        return ""
    n_lost = sum(length for _, length in noticed.silent)
    return tr(
        "“{name}” is damaged: {lost} of it cannot be read and are silent, the first after {at}.",
        name=name,
        lost=_time(n_lost, rate, n_lost),
        at=_time(noticed.silent[0][0], rate, n_lost),
    )


def _of_change(noticed: Noticed, rate: int, name: str) -> str:
    if noticed.change is None:
        return ""
    (rate_hz, n_channels), (other_hz, n_others) = noticed.change
    at = _time(noticed.n_read, rate, rate)
    if rate_hz != other_hz:
        return tr(
            "The sample rate of “{name}” changes after {at} from {rate_hz} to {other_hz} Hz: only "
            "what comes before was opened.",
            name=name,
            at=at,
            rate_hz=rate_hz,
            other_hz=other_hz,
        )
    return tr(
        "The number of channels of “{name}” changes after {at} from {n_channels} to {n_others}: "
        "only what comes before was opened.",
        name=name,
        at=at,
        n_channels=n_channels,
        n_others=n_others,
    )


def _time(n_samples: int, rate: int, n_seen: int) -> str:
    """Return a time, so exactly that so many samples can be seen in it."""
    seconds = n_samples / rate
    n_digits = 1 if n_seen >= rate else 2 if n_seen >= rate / 10 else 3
    if seconds < 60:
        return f"{number(seconds, f'.{n_digits}f')} s"
    steps = round(seconds * 10**n_digits)
    minutes, rest = divmod(steps, 60 * 10**n_digits)
    hours, minutes = divmod(minutes, 60)
    text = number(rest / 10**n_digits, f"0{3 + n_digits}.{n_digits}f")
    return f"{hours}:{minutes:02d}:{text}" if hours else f"{minutes}:{text}"
