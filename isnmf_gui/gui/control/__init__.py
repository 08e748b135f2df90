"""What the window's rooms share: the document, jobs, selection, region, player, preferences."""
