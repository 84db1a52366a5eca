"""Questions laid over a screen; each returns an answer, or None for never mind."""
