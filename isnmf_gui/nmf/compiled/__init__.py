"""The walk over blocks of frames in compiled code, where it could be built."""

from isnmf_gui.nmf.compiled.loading import CompiledParts, CompiledWorker, instructions, library

__all__ = ["CompiledParts", "CompiledWorker", "instructions", "library"]
