"""Whether a description of GitHub allows a request: ours, and the vendor's."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import httpx
from graphql import GraphQLSchema, build_schema, parse, validate
from graphql.language import DocumentNode

from servers.described import Described, vendors

_OURS = Path(__file__).with_name("github.openapi.json")
_OUR_SCHEMA = Path(__file__).with_name("github.graphql")


@cache
def ours_described() -> Described:
    """The lists in our own words."""
    return Described.at(_OURS)


@cache
def theirs_described() -> Described | None:
    """The lists in the vendor's words."""
    path = vendors("github-rest.trim.json")
    return Described.at(path) if path else None


@cache
def theirs_schema() -> GraphQLSchema | None:
    """What may be asked of GraphQL, in the vendor's words."""
    path = vendors("github.schema.graphql")
    if path is None:
        return None
    return build_schema(path.read_text(encoding="utf-8"), assume_valid=True)


@cache
def ours_schema() -> GraphQLSchema:
    """What may be asked of GraphQL, in our own words."""
    return build_schema(_OUR_SCHEMA.read_text(encoding="utf-8"))


@cache
def question(query: str) -> tuple[DocumentNode, str]:
    """A question, and what is wrong with it by our schema; "" for nothing."""
    document = parse(query)
    errors = validate(ours_schema(), document)
    return document, "; ".join(error.message for error in errors)


def refused(request: httpx.Request) -> str:
    """Why a description allows no such request; "" where each does."""
    if request.url.path.startswith("/repositories/"):
        # Where GitHub's own redirects lead; told in prose alone.
        return ""
    if said := ours_described().refused(request):
        return said
    if request.url.path == "/graphql":
        return question(json.loads(request.content)["query"])[1]
    theirs = theirs_described()
    return theirs.refused(request) if theirs else ""
