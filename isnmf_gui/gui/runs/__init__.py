"""Runs: how to separate, how it goes, what came of it."""
