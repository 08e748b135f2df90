"""What a person makes: recording, settings, runs, the document, and files. No Qt."""
