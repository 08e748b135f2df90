"""The transport below, and what is heard."""
