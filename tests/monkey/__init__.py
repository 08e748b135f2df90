"""A monkey at the real window: random deeds by seed, everything checked after each of them."""
