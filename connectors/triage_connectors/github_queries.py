"""What is asked of GitHub's GraphQL; every name is in its schema."""

from __future__ import annotations

from typing import Final

DISCUSSIONS: Final = 50
COMMENTS: Final = 30
REPLIES: Final = 10
"""Of a page: half a million nodes are the most, and each list opened costs."""
MORE: Final = 100
"""Rows of a list that is read on by itself."""

_AUTHOR: Final = "author { __typename login } authorAssociation"
_SAID: Final = f"""
  id databaseId url body createdAt lastEditedAt createdViaEmail {_AUTHOR}
  upvoteCount reactionGroups {{ content reactors {{ totalCount }} }}
"""
_COMMENT: Final = f"""
  {_SAID} deletedAt isAnswer isMinimized minimizedReason
"""
_PAGE: Final = "pageInfo { hasNextPage endCursor }"
_REPLIES: Final = f"""
  replies(first: $replies, after: $after) {{ {_PAGE} nodes {{ {_COMMENT} }} }}
"""
_COMMENTS: Final = f"""
  comments(first: $comments, after: $after) {{
    {_PAGE}
    nodes {{
      {_COMMENT}
      replies(first: $replies) {{ {_PAGE} nodes {{ {_COMMENT} }} }}
    }}
  }}
"""
_DISCUSSION: Final = f"""
  {_SAID} number title updatedAt closed closedAt stateReason
  isAnswered answerChosenAt category {{ name }} labels(first: 20) {{ nodes {{ name }} }}
  comments(first: $comments) {{
    {_PAGE}
    nodes {{
      {_COMMENT}
      replies(first: $replies) {{ {_PAGE} nodes {{ {_COMMENT} }} }}
    }}
  }}
"""

LATEST: Final = f"""
query Latest($owner: String!, $name: String!, $first: Int!, $after: String,
             $comments: Int!, $replies: Int!) {{
  repository(owner: $owner, name: $name) {{
    discussions(first: $first, after: $after,
                orderBy: {{field: UPDATED_AT, direction: DESC}}) {{
      {_PAGE}
      nodes {{ {_DISCUSSION} }}
    }}
  }}
}}
"""

ONE: Final = f"""
query One($owner: String!, $name: String!, $number: Int!,
          $comments: Int!, $replies: Int!) {{
  repository(owner: $owner, name: $name) {{
    discussion(number: $number) {{ {_DISCUSSION} }}
  }}
}}
"""

MORE_COMMENTS: Final = f"""
query MoreComments($id: ID!, $after: String, $comments: Int!, $replies: Int!) {{
  node(id: $id) {{ ... on Discussion {{ {_COMMENTS} }} }}
}}
"""

MORE_REPLIES: Final = f"""
query MoreReplies($id: ID!, $after: String, $replies: Int!) {{
  node(id: $id) {{ ... on DiscussionComment {{ {_REPLIES} }} }}
}}
"""

THERE: Final = """
query There($owner: String!, $name: String!) {
  viewer { login }
  rateLimit { limit remaining }
  repository(owner: $owner, name: $name) {
    nameWithOwner hasDiscussionsEnabled
    issues { totalCount }
    discussions { totalCount }
  }
}
"""
