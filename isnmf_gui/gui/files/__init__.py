"""Opening, saving and recovering, so that no work is lost."""
