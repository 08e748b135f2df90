"""The parts of the window, each on its own: they show state and emit wishes."""
