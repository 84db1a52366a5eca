"""
What a product's stakeholders are told: one value, laid out once, written two ways.

A ``Brief`` is made of what the workspace hands in; the same brief gives the same bytes.
Nothing a customer wrote is markup, a link or a formula in either.
"""

from __future__ import annotations

from triage.brief.brief import (
    Brief,
    BriefMove,
    BriefPain,
    BriefQuote,
    Planned,
    Shipped,
    ToTell,
    Week,
)
from triage.brief.effect import Cited, Effect, effect
from triage.brief.laying_out import laid_out
from triage.brief.metrics import Metric, Span, metrics
from triage.brief.pains import Asked
from triage.brief.to_html import html
from triage.brief.to_markdown import markdown
from triage.brief.writing import FORMATS, write_to, written

__all__ = [
    "FORMATS",
    "Asked",
    "Brief",
    "BriefMove",
    "BriefPain",
    "BriefQuote",
    "Cited",
    "Effect",
    "Metric",
    "Planned",
    "Shipped",
    "Span",
    "ToTell",
    "Week",
    "effect",
    "html",
    "laid_out",
    "markdown",
    "metrics",
    "write_to",
    "written",
]
