"""Triage: hear customers, decide by keyboard, keep the evidence."""

__version__ = "0.1.0"
