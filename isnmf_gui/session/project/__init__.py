"""Project files: a document with its recording in one file, and the copies for recovery."""

from isnmf_gui.session.project.storage import SUFFIX, Saved, open_project, save_project

__all__ = ["SUFFIX", "Saved", "open_project", "save_project"]
