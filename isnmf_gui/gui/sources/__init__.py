"""Groups of components with a place in the mix."""
