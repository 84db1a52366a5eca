"""What a tracker asks of GitHub's GraphQL; every name is in its schema."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from triage_connectors.github_roadmap_api import Board

AT_ONCE: Final = 50
"""Issues of one question."""

_ISSUE: Final = """
  number title url state stateReason(enableDuplicate: true) updatedAt
  assignees(first: 5) { nodes { login } } milestone { title }
"""
_STANDS: Final = """
  projectItems(first: 20, includeArchived: true) {
    nodes {
      project { url }
      fieldValueByName(name: $field) {
        ... on ProjectV2ItemFieldSingleSelectValue { name }
      }
    }
  }
"""

WHO: Final = """
query Who($owner: String!, $name: String!) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    nameWithOwner hasIssuesEnabled viewerPermission
  }
}
"""

BOARD: Final = """
query Board($owner: String!, $number: Int!, $field: String!) {
  repositoryOwner(login: $owner) {
    ... on ProjectV2Owner {
      projectV2(number: $number) {
        title
        field(name: $field) {
          ... on ProjectV2SingleSelectField { options { name } }
        }
      }
    }
  }
}
"""


def those_of(
    wanted: Sequence[tuple[str, str, int]], board: Board | None
) -> tuple[str, dict[str, Any]]:
    """
    Return one question for many issues, and its variables.

    Args:
        wanted: Owner, name and number of each; the answer has it as ``at0``, ``at1`` …
    """
    variables: dict[str, Any] = {"field": board.field} if board else {}
    declared = ["$field: String!"] if board else []
    parts = []
    for place, (owner, name, number) in enumerate(wanted):
        asked = {f"o{place}": owner, f"r{place}": name, f"n{place}": number}
        variables |= asked
        declared.append(f"$o{place}: String!, $r{place}: String!, $n{place}: Int!")
        parts.append(
            f"at{place}: repository(owner: $o{place}, name: $r{place}) {{"
            f" issue(number: $n{place}) {{ ...Told }} }}"
        )
    fragment = f"fragment Told on Issue {{ {_ISSUE} {_STANDS if board else ''} }}"
    body = "\n".join(parts)
    return f"query Those({', '.join(declared)}) {{\n{body}\n}}\n{fragment}", variables
