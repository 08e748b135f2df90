"""A process that saves, keeps and exports for ever, to be killed: `python -m` this with a folder.

It reads names of folders, forks for each a worker that works there, prints the worker's id, and
once that is dead prints "dead": a fork takes a millisecond where a start takes a second.

What a worker has finished it writes into the file `done`, a line each. Its documents are
`numbered` from where the last worker ended.
"""

import os
import sys
import tempfile
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from isnmf_gui.session.document.document import Document, delete_run, rename_run, replace_run
from isnmf_gui.session.edits import factor_edits
from isnmf_gui.session.export.export_order import ExportOrder, carry_out_export
from isnmf_gui.session.export.stems.stems import component_stems
from isnmf_gui.session.project import open_project, save_project
from isnmf_gui.session.recovery import Recovery

#: One for each component.
N_FILES = 2


def smaller(document: Document) -> Document:
    """Return a document with little to write, so that much happens in a short time."""
    return delete_run(document, 1)


def numbered(base: Document, number: int) -> Document:
    """Return the document with a number: other titles, other arrays, nothing random."""
    run = base.run(2)
    run = factor_edits.scale_stretch(run, [number % 2], (0.3, 0.5), -0.01 * number)
    return rename_run(replace_run(base, run), 2, f"{number}")


def work(base: Document, folder: Path, numbers: Iterable[int]) -> None:
    """Keep, save and export documents of these numbers."""
    done = os.open(folder / "done", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    recovery = Recovery(folder / "recovery")
    for number in numbers:
        document = numbered(base, number)
        recovery.keep(document, f"{number}", folder / "p.isnmf")
        os.write(done, f"kept {number}\n".encode())
        save_project(document, folder / "p.isnmf")
        os.write(done, f"saved {number}\n".encode())
        run = document.run(2)
        stems = tuple(component_stems(run))
        order = ExportOrder(run, "wiener", folder / "export", stems)
        carry_out_export(order, lambda share: True)
        os.write(done, f"exported {number}\n".encode())


def main() -> None:
    """Fork workers as they are asked for."""
    base = smaller(open_project(sys.argv[1]))
    with tempfile.TemporaryDirectory() as name:
        work(base, Path(name), [0])  # else each worker would load first what is loaded late
    for line in sys.stdin:
        folder, first = line.rstrip("\n").split("\t")
        worker = os.fork()
        if worker == 0:
            work(base, Path(folder), count(int(first)))
        print(worker, flush=True)
        os.waitpid(worker, 0)
        print("dead", flush=True)


if __name__ == "__main__":
    main()
