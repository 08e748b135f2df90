"""A factorization of a recording: its settings, its order, its result."""
