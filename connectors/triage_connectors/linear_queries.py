"""What is asked of Linear's GraphQL; every name is in its schema."""

from __future__ import annotations

from typing import Final

_ISSUE: Final = """
  id identifier title url updatedAt dueDate trashed
  state { name type } assignee { displayName } projectMilestone { name }
"""

THOSE: Final = f"""
query Those($filter: IssueFilter, $first: Int!, $after: String) {{
  issues(filter: $filter, first: $first, after: $after, includeArchived: true) {{
    pageInfo {{ hasNextPage endCursor }}
    nodes {{ {_ISSUE} }}
  }}
}}
"""

ONE: Final = f"""
query One($id: String!) {{ issue(id: $id) {{ {_ISSUE} }} }}
"""

LATEST: Final = f"""
query Latest($filter: IssueFilter, $first: Int!) {{
  issues(filter: $filter, first: $first, orderBy: updatedAt) {{ nodes {{ {_ISSUE} }} }}
}}
"""

SEARCH: Final = f"""
query Search($term: String!, $first: Int!) {{
  searchIssues(term: $term, first: $first) {{ nodes {{ {_ISSUE} }} }}
}}
"""

THERE: Final = """
query There($key: String!) {
  viewer { displayName }
  organization { name urlKey }
  teams(filter: {key: {eq: $key}}, first: 1) { nodes { id key name } }
}
"""

NAMED: Final = """
query Named($key: String!, $labels: [String!]!) {
  teams(filter: {key: {eq: $key}}, first: 1) { nodes { id key } }
  issueLabels(filter: {name: {in: $labels}}, first: 100) {
    nodes { id name team { key } }
  }
}
"""

CREATE: Final = """
mutation Create($input: IssueCreateInput!) {
  issueCreate(input: $input) { success issue { identifier url createdAt } }
}
"""

COMMENT: Final = """
mutation Comment($input: CommentCreateInput!) {
  commentCreate(input: $input) { success comment { id url createdAt } }
}
"""

ATTACH: Final = """
mutation Attach($input: AttachmentCreateInput!) {
  attachmentCreate(input: $input) {
    success attachment { id createdAt issue { identifier url } }
  }
}
"""

CREATED: Final = """
query Created($id: ID!) {
  issues(filter: {id: {eq: $id}}, first: 1, includeArchived: true) {
    nodes { identifier url createdAt }
  }
}
"""

COMMENTED: Final = """
query Commented($id: ID!) {
  comments(filter: {id: {eq: $id}}, first: 1, includeArchived: true) {
    nodes { id url createdAt }
  }
}
"""

ATTACHED: Final = """
query Attached($url: String!, $first: Int!, $after: String) {
  attachmentsForURL(url: $url, first: $first, after: $after, includeArchived: true) {
    pageInfo { hasNextPage endCursor }
    nodes { id createdAt issue { identifier previousIdentifiers url } }
  }
}
"""
