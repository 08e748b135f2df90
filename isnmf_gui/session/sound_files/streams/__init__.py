"""Finding the sound in a file: its streams, frames, pages and chunks, also where it is spoiled."""
