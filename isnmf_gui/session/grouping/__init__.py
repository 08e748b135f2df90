"""Which components belong together: proposals for a person to change."""
