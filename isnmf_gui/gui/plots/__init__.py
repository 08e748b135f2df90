"""What all plots have in common: axes, mouse, keys, legends, files."""
