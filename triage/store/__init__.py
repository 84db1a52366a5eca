"""One SQLite file: what sources said, what people decided, what follows from both."""
