"""Edits: pure functions that take a run and return the next one."""
