"""What guides the sources: strokes in a list, and questions."""
