"""Bases and activations: drawn large, and edited by hand."""
