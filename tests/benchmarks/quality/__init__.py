"""How well every way to separate does: trials, records and the page made of them."""
