"""The sound card: the only place that knows PortAudio."""
