"""Project files: a document with its recording in one file."""

from isnmf_gui.session.project.fingerprint import fingerprint_at, was_changed
from isnmf_gui.session.project.storage import (
    SUFFIX,
    Saved,
    check_project_path,
    is_project_file,
    open_project,
    save_project,
)

__all__ = [
    "SUFFIX",
    "Saved",
    "check_project_path",
    "fingerprint_at",
    "is_project_file",
    "open_project",
    "save_project",
    "was_changed",
]
