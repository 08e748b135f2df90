"""Stems as sound: rendered, measured, written, read back."""
