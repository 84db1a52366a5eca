"""Which desks can be measured: those that can be filled and have a plain script."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import cast

import httpx

from servers.services import SERVICES, Pair, pair_in

MADE_UP = {"shop": "shop_service"}
"""Services of no connector that is installed, to try the bench itself with."""


def pair_of(name: str) -> Pair:
    """The connector of that name, and the service it asks."""
    return pair_in(name, MADE_UP.get(name) or SERVICES[name])


def desks() -> Sequence[str]:
    """Every installed connector that has a plain script beside this module."""
    return [name for name in SERVICES if find_spec(_module(name))]


def naive_of(name: str) -> Callable[[httpx.AsyncClient], Awaitable[int]]:
    """The plain script; it returns how many rows it read."""
    script = import_module(_module(name)).naive
    return cast("Callable[[httpx.AsyncClient], Awaitable[int]]", script)


def _module(name: str) -> str:
    return f"bench.desks.{name.replace('-', '_')}"
