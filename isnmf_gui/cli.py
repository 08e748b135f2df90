"""`isnmf`: the same work without a window."""

from __future__ import annotations

import argparse
import io
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from tqdm import tqdm

from isnmf_gui import __version__
from isnmf_gui.errors import IsnmfError, SettingsError
from isnmf_gui.nmf import Progress
from isnmf_gui.session.audio_options import AudioOptions, check_order
from isnmf_gui.session.document import Document, Run, make_run
from isnmf_gui.session.export import Exported, export_stems, parts_of
from isnmf_gui.session.extras import picture_names, write_extras
from isnmf_gui.session.file_names import DEFAULT_PATTERN, file_stems
from isnmf_gui.session.fileset import FileSet
from isnmf_gui.session.formats import FORMATS
from isnmf_gui.session.levels import Level
from isnmf_gui.session.recording import Recording, load_recording
from isnmf_gui.session.separation import Separation, separate
from isnmf_gui.session.settings import CHOICES, PRESETS, Settings, preset, with_mask
from isnmf_gui.session.stems import component_stems

BAD_INPUT = 2


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="isnmf", description="Separate recordings with Itakura-Saito NMF.")
    parser.add_argument("--version", action="version", version=f"isnmf {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    separate_ = commands.add_parser(
        "separate",
        help="separate recordings into components",
        description="Separate recordings into components, written as audio files that add up to "
        "the recording, with a report. With several recordings, each gets a folder in DIR.",
    )
    _add_files(separate_)
    _add_settings(separate_)
    return parser


def _add_files(parser: argparse.ArgumentParser) -> None:
    option = parser.add_argument
    option("recordings", nargs="+", metavar="RECORDING", help="WAV, FLAC, OGG, MP3 or AIFF file")
    option("--out", required=True, metavar="DIR", help="folder to write to; made if missing")
    option(
        "--format",
        choices=FORMATS,
        default="wav",
        help="of the audio files (wav: 32-bit float; wav24, flac: 24 bits; default: wav)",
    )
    option(
        "--threads",
        type=int,
        metavar="N",
        help="threads of the factorization (default: the cores that may be used)",
    )
    option(
        "--region",
        type=_region,
        metavar="START-END",
        help="separate only this stretch, in seconds (such as 1.5-4); outside it parts are silent",
    )
    option("--pictures", action="store_true", help="also draw each component's spectrogram")


def _add_settings(parser: argparse.ArgumentParser) -> None:
    option = parser.add_argument
    unset: dict[str, Any] = {"default": argparse.SUPPRESS}
    option(
        "--preset",
        choices=PRESETS,
        default="quality",
        help="settings to begin with (default: quality)",
    )
    option("--bases", dest="n_bases", type=int, metavar="N", help="number of components", **unset)
    option("--rule", choices=CHOICES["rule"], help="how a factor is updated", **unset)
    option("--domain", type=float, metavar="P", help="p of the model, from 1 to 2", **unset)
    option("--iterations", dest="n_iterations", type=int, metavar="N", help="at most", **unset)
    option(
        "--tolerance",
        type=float,
        metavar="T",
        help="stop once the loss falls by less than this share of itself per iteration",
        **unset,
    )
    option(
        "--floor",
        type=_floor,
        metavar="F",
        help='smallest power that counts, relative to the mean; or "absolute", as published',
        **unset,
    )
    option("--start", choices=CHOICES["start"], help="where to start from", **unset)
    option("--seed", type=int, metavar="N", help="of the random start", **unset)
    option("--window", dest="window_samples", type=int, metavar="SAMPLES", help="length", **unset)
    option(
        "--hop",
        dest="hop_samples",
        type=int,
        metavar="SAMPLES",
        help="distance between windows; a quarter of --window if only that is given",
        **unset,
    )
    option("--mask", choices=CHOICES["mask"], help="how parts are cut out", **unset)
    option(
        "--gain",
        dest="part_gain",
        choices=CHOICES["part_gain"],
        help="parts as they are in the recording, or each with its peak at full scale",
        **unset,
    )


def _floor(text: str) -> float | str:
    return text if text == "absolute" else float(text)


def _region(text: str) -> tuple[float, float]:
    start, _, end = text.partition("-")
    region = float(start), float(end)
    if not 0 <= region[0] < region[1] < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} does not end after it begins")
    return region


def _settings(arguments: argparse.Namespace, sample_rate: int) -> Settings:
    """Return the preset with what was asked for in its place."""
    base = preset(arguments.preset, sample_rate)
    given = {name: value for name, value in vars(arguments).items() if hasattr(base, name)}
    if "window_samples" in given:
        given.setdefault("hop_samples", given["window_samples"] // 4)
    if "mask" in given:
        base = with_mask(base, given["mask"])
    return replace(base, **given)


def _check_settings(arguments: argparse.Namespace) -> None:
    """Refuse wrong settings before anything is read."""
    given = dict(vars(arguments))
    if "window_samples" not in given:
        given.pop("hop_samples", None)  # whether it fits depends on the recording's sample rate
    _settings(argparse.Namespace(**given), 44_100)
    if arguments.threads is not None and arguments.threads < 1:
        raise SettingsError("There must be at least one thread.")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, or 2 for bad arguments or input."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # the terminal may lack a name's letters
    arguments = _parser().parse_args(argv)
    _stop_cleanly()
    try:
        _check_settings(arguments)
        folders = _folders(arguments.recordings, Path(arguments.out))
        failed = [not _try(path, out, arguments) for path, out in folders]
        return BAD_INPUT if any(failed) else 0
    except IsnmfError as error:
        print(f"isnmf: {error}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print("isnmf: stopped; nothing unfinished was left behind", file=sys.stderr)
        return 130
    except MemoryError:
        print("isnmf: not enough memory; try a shorter recording or fewer bases", file=sys.stderr)
        return BAD_INPUT


def _try(path: Path, out: Path, arguments: argparse.Namespace) -> bool:
    """Separate a recording, or say why not: one bad file does not keep others from their turn."""
    try:
        _separate(path, out, arguments)
    except IsnmfError as error:
        print(f"isnmf: {error}", file=sys.stderr)
        return False
    return True


def _stop_cleanly() -> None:
    """Clean up when asked to end or when the terminal closes, as on Ctrl+C."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is threading.main_thread():
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):  # Windows has no SIGHUP
                signal.signal(getattr(signal, name), stop)


def _folders(recordings: list[str], out: Path) -> list[tuple[Path, Path]]:
    """Pair each recording with its folder: `out` itself for a single one."""
    if len(recordings) == 1:
        return [(Path(recordings[0]), out)]
    pairs: list[tuple[Path, Path]] = []
    taken: set[Path] = set()
    for recording in map(Path, recordings):
        folder, count = out / recording.stem, 1
        while folder in taken:
            count += 1
            folder = out / f"{recording.stem}-{count}"
        taken.add(folder)
        pairs.append((recording, folder))
    return pairs


def _separate(path: Path, out: Path, arguments: argparse.Namespace) -> None:
    """Separate one recording and write its folder."""
    recording = load_recording(path)
    assert recording is not None  # nobody can stop it here
    settings = _settings(arguments, recording.sample_rate)
    if recording.is_silent:
        print(f"{path.name} is silent: its components will be silent too.")
    options = AudioOptions(arguments.format, level=_level(settings))
    with FileSet(out) as files:  # before the work, so that a bad folder is known at once
        planned = [
            f"component-{n:02d}{options.form.suffix}" for n in range(1, settings.n_bases + 1)
        ]
        check_order(recording, planned, out, options)
        separation = _with_bar(recording, settings, arguments.threads, arguments.region)
        run = make_run(Document(recording), separation)
        exported = _export(run, files, options)
        extras = ["report", *(["pictures"] if arguments.pictures else [])]
        write_extras(extras, run, settings.mask, DEFAULT_PATTERN, exported, files)
    _summarize(path, out, run, exported, arguments.pictures)


def _level(settings: Settings) -> Level:
    """Return the level of the files: as the published example has it, or as in the recording."""
    return Level("peak", 0.0, keeps_balance=False) if settings.part_gain == "peak" else Level()


def _export(run: Run, files: FileSet, options: AudioOptions) -> Exported:
    stems = component_stems(run)
    names = file_stems(stems, DEFAULT_PATTERN, run.separation.recording.path.stem)
    parts = parts_of(run, run.separation.settings.mask)
    with _Bar("writing", 100) as bar:
        return export_stems(run, parts, stems, names, files, options, bar.share)


def _is_quiet() -> bool:
    """Tell whether nobody watches; without a terminal there may be no standard error at all."""
    return sys.stderr is None or not sys.stderr.isatty()


class _Bar:
    """A progress bar on standard error."""

    def __init__(self, label: str, total: int) -> None:
        self._bar = tqdm(total=total, desc=label, leave=False, disable=_is_quiet())

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def share(self, done: float) -> bool:
        """Show a share from 0 to 1."""
        self._bar.update(round(done * self._bar.total) - self._bar.n)
        return True

    def iteration(self, progress: Progress) -> bool:
        """Show an iteration and its loss."""
        if progress.loss:
            self._bar.set_postfix_str(f"loss {progress.loss[-1]:.4g}", refresh=False)
        self._bar.update(progress.iteration - self._bar.n)
        return True


def _with_bar(
    recording: Recording,
    settings: Settings,
    n_threads: int | None,
    region_s: tuple[float, float] | None,
) -> Separation:
    with _Bar(recording.name, settings.n_iterations) as bar:
        step: Callable[[Progress], bool] = bar.iteration
        return separate(recording, settings, step, n_threads=n_threads, region_s=region_s)


def _summarize(path: Path, out: Path, run: Run, exported: Exported, pictures: bool) -> None:
    separation, result = run.separation, run.separation.factorization
    print(
        f"{path.name}: {len(exported.stems)} components in {out} "
        f"({result.n_iterations} iterations, {separation.seconds:.1f} s, "
        f"loss {result.loss[-1]:.6g}, null test {exported.null_test_db:.1f} dB)"
    )
    written = {part.file for part in exported.stems}
    written |= set(picture_names(run, DEFAULT_PATTERN)) if pictures else set()
    stale = sorted({path.name for path in out.glob("component-[0-9]*.*")} - written)
    if stale:
        print(f"Still there from before, and not part of it: {', '.join(stale)}")
    clipped = [part.file for part in exported.stems if part.clipped]
    if clipped:
        print(
            f"isnmf: clipped at full scale: {', '.join(clipped)}; --format wav keeps all",
            file=sys.stderr,
        )


if __name__ == "__main__":
    sys.exit(main())
