"""What leaves the program: an order, the choices behind it, and carrying it out."""
