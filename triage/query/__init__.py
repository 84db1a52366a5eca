"""
The query language: what a list is narrowed to, as a person types it.

``source:zendesk rating:<=2 -linked since:30d "export" sort:people`` — the same in the
terminal app, on the command line and in a saved view.
"""

from triage.query.fields import FIELDS, Field
from triage.query.parsing import parsed
from triage.query.query import NOTHING, Query, Term, Word, place

__all__ = ["FIELDS", "NOTHING", "Field", "Query", "Term", "Word", "parsed", "place"]
