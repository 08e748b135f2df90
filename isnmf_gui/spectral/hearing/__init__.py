"""What is heard of sound: pitch, timbre, kind and loudness."""
