"""The large spectrogram and the overview: what they show, and how one moves in them."""
