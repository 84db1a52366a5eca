"""The terminal app: screens over a workspace, which is all they ask."""
