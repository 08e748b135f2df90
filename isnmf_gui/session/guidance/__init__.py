"""What strokes say of a run: who gets what of its components, and what each stroke does."""
