"""No class of ours overrides a private name of Textual's by accident."""

from __future__ import annotations

import inspect
import pkgutil
import re
import sys
from functools import cache
from importlib import import_module
from pathlib import Path

from textual.message_pump import MessagePump

import triage.tui

_SET = re.compile(r"self\.(_\w+)\s*(?::[^=\n]+)?=[^=]")

MEANT = {"_fatal_error"}
"""Overridden on purpose."""

_MADE_BY_TEXTUAL = {
    "_computes", "_css_type_name", "_css_type_names", "_decorated_handlers",
    "_inherit_bindings", "_inherit_component_classes", "_inherit_css",
    "_merged_bindings", "_reactives",
}  # fmt: skip


@cache
def private(kind: type) -> frozenset[str]:
    """Private names a class defines, or its module sets on ``self``."""
    file = sys.modules[kind.__module__].__file__
    source = Path(file).read_text("utf-8") if file else ""
    return frozenset(
        name for name in {*vars(kind), *_SET.findall(source)}
        if name.startswith("_") and not name.startswith("__")
    )  # fmt: skip


def test_private_names() -> None:
    """``_attach`` or ``_size`` of ours would break Textual in a way nobody sees."""
    for module in pkgutil.walk_packages(triage.tui.__path__, "triage.tui."):
        for kind in vars(import_module(module.name)).values():
            if not (inspect.isclass(kind) and issubclass(kind, MessagePump)):
                continue
            if kind.__module__ != module.name:
                continue
            theirs = {
                name
                for parent in kind.__mro__
                if parent.__module__.startswith("textual")
                for name in private(parent)
            }
            clash = private(kind) & theirs - MEANT - _MADE_BY_TEXTUAL
            assert not clash, f"{kind.__qualname__} overrides {sorted(clash)}"
