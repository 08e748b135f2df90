"""The document: an immutable snapshot of a person's work, and what it says of components."""
