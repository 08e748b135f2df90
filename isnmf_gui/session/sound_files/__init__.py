"""What can be opened and written as sound, and why something cannot."""
