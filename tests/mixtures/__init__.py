"""Synthetic recordings with known sources: instruments, a room and the pieces they play."""
