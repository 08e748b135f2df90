"""Small widgets and what all of them need, made of Qt alone."""
