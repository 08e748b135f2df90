"""Mutated recordings and projects: each opens as it should, or is refused with a sentence."""
