"""Every story of the demo, by area, and the pairs that only look alike."""

from __future__ import annotations

from triage.demo.stories.access import ACCESS_STORIES
from triage.demo.stories.billing import BILLING_STORIES
from triage.demo.stories.exporting import EXPORT_STORIES
from triage.demo.stories.importing import IMPORT_STORIES
from triage.demo.stories.longtail import LONGTAIL_STORIES
from triage.demo.stories.looks import LOOKS_STORIES
from triage.demo.stories.mobile import MOBILE_STORIES
from triage.demo.stories.noise import NOISE_STORIES
from triage.demo.stories.noticing import NOTICE_STORIES
from triage.demo.stories.praise import PRAISE_STORIES
from triage.demo.stories.rivals import RIVAL_STORIES
from triage.demo.stories.searching import SEARCH_STORIES
from triage.demo.stories.sharing import SHARING_STORIES
from triage.demo.stories.syncing import SYNC_STORIES
from triage.demo.stories.wishes import WISH_STORIES
from triage.demo.stories.writing import WRITING_STORIES
from triage.demo.story import Story

STORIES: tuple[Story, ...] = (
    *EXPORT_STORIES,
    *IMPORT_STORIES,
    *SYNC_STORIES,
    *MOBILE_STORIES,
    *BILLING_STORIES,
    *ACCESS_STORIES,
    *SEARCH_STORIES,
    *LOOKS_STORIES,
    *NOTICE_STORIES,
    *SHARING_STORIES,
    *WRITING_STORIES,
    *WISH_STORIES,
    *PRAISE_STORIES,
    *NOISE_STORIES,
    *LONGTAIL_STORIES,
    *RIVAL_STORIES,
)

LOOKALIKES: tuple[tuple[str, str], ...] = (
    ("export-crash-large", "import-csv-crash"),
    ("export-crash-large", "export-slow"),
    ("export-csv-tables", "import-csv-crash"),
    ("export-docx-footnotes", "import-docx-styles"),
    ("sync-lost-changes", "sync-slow"),
    ("offline-unavailable", "offline-choose"),
    ("android-login-loop", "ios-login-face"),
    ("charged-twice", "charged-after-cancel"),
    ("search-misses", "search-slow"),
    ("dark-mode-resets", "dark-mode-web"),
    ("dark-mode-resets", "dark-mode-export"),
    ("notification-flood", "notification-missing"),
    ("typing-lag", "startup-slow"),
    ("export-templates", "project-templates"),
)
"""Stories told in nearly the same words about different things: must stay apart."""
