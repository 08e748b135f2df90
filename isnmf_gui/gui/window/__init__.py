"""The window: where everything stands, and what holds it together."""
