"""A tile for every component, and its place in the mix."""
