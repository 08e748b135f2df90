"""Writing so that nothing is lost, and telling how far it is."""
