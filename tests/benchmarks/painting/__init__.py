"""What strokes are worth: recordings whose stems are known, and a simulated person who paints."""
