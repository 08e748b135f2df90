"""What `make_screenshots.py` does: a stage for the window, the pictures, and the recipes."""
