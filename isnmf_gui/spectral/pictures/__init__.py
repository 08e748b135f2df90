"""What is seen of sound: levels pooled to the pixels of the moment, and their colours."""
