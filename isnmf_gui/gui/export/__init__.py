"""Asking what to export, and saying what came of it."""
