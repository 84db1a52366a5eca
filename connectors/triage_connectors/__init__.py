"""The connectors that come with Triage; each is found by its entry point."""
