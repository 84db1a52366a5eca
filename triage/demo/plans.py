"""What hurts the demo's customers, as its PMs have written it down."""

from __future__ import annotations

from dataclasses import dataclass

from triage.model import Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPain:
    """
    A pain point as somebody wrote it down.

    Attributes:
        stories: Keys of the stories whose feedback is its evidence.
    """

    key: str
    title: str
    stories: tuple[str, ...]
    statement: str = ""
    priority: Priority = Priority.NONE
    severity: int | None = None
    moscow: str = ""
    persona: str = ""
    owner: str = ""
    tags: tuple[str, ...] = ()


PAIN_POINTS: tuple[PlannedPain, ...] = (
    PlannedPain(
        key="export",
        title="Export fails on large projects",
        statement="People lose up to an hour of work when a project of more than 500 pages is exported.",
        stories=("export-crash-large",),
        priority=Priority.URGENT,
        severity=5,
        moscow="must",
        persona="analyst",
        owner="dana",
        tags=("export", "5.2.1", "stability"),
    ),
    PlannedPain(
        key="sync",
        title="Sync overwrites newer work",
        statement="An older copy from another device silently replaces what somebody has just written.",
        stories=("sync-lost-changes",),
        priority=Priority.URGENT,
        severity=5,
        moscow="must",
        persona="writer",
        owner="jon",
        tags=("sync", "data-loss"),
    ),
    PlannedPain(
        key="links",
        title="View-only links allow editing",
        statement="Whoever receives a view-only link to a section can change the sections above it.",
        stories=("share-link-rights",),
        priority=Priority.URGENT,
        severity=5,
        moscow="must",
        persona="analyst",
        owner="dana",
        tags=("sharing", "security"),
    ),
    PlannedPain(
        key="guests",
        title="Clients cannot review without an account",
        statement="Agencies print, photograph and retype their clients' notes because clients will not sign up.",
        stories=("guest-review",),
        priority=Priority.HIGH,
        severity=3,
        moscow="should",
        persona="producer",
        owner="dana",
        tags=("sharing", "agency"),
    ),
    PlannedPain(
        key="android-sign-in",
        title="Android app returns to the sign-in page",
        statement="Since 5.2 signing in on Android ends where it began.",
        stories=("android-login-loop",),
        priority=Priority.HIGH,
        severity=4,
        moscow="must",
        owner="jon",
        tags=("mobile", "sign-in", "5.2"),
    ),
    PlannedPain(
        key="charges",
        title="People are charged when they should not be",
        statement="Switching how you pay, or cancelling, leaves the old payment running.",
        stories=("charged-twice", "charged-after-cancel"),
        priority=Priority.HIGH,
        severity=4,
        moscow="must",
        owner="mira",
        tags=("billing", "trust"),
    ),
    PlannedPain(
        key="typing",
        title="Typing falls behind in long documents",
        statement="In sections of more than forty pages letters appear a second after they are typed.",
        stories=("typing-lag",),
        priority=Priority.HIGH,
        severity=3,
        persona="writer",
        moscow="could",
        owner="jon",
        tags=("performance", "editor"),
    ),
    PlannedPain(
        key="offline",
        title="Projects do not open without a network",
        statement="“Available offline” holds about three times out of four, and nobody can choose what is kept.",
        stories=("offline-unavailable", "offline-choose"),
        priority=Priority.MEDIUM,
        severity=3,
        persona="writer",
        moscow="could",
        owner="jon",
        tags=("offline", "mobile"),
    ),
    PlannedPain(
        key="look",
        title="Exports do not look the way they must",
        statement="Fonts are swapped, pages come out black, and every client's cover is made by hand.",
        stories=("export-pdf-fonts", "export-templates", "dark-mode-export"),
        priority=Priority.MEDIUM,
        severity=2,
        moscow="should",
        persona="producer",
        owner="dana",
        tags=("export", "agency", "brand"),
    ),
    PlannedPain(
        key="control",
        title="Administrators cannot show who has access and who did what",
        statement="Leavers keep their accounts until somebody remembers, and no log says who exported what.",
        stories=("scim", "audit-log"),
        priority=Priority.HIGH,
        severity=3,
        moscow="should",
        persona="analyst",
        owner="mira",
        tags=("enterprise", "security"),
    ),
    PlannedPain(
        key="search",
        title="Search does not find text that is there",
        statement="Footnotes, tables, hyphens and accents hide words from the search.",
        stories=("search-misses",),
        priority=Priority.MEDIUM,
        severity=3,
        moscow="could",
        owner="jon",
        tags=("search",),
    ),
    PlannedPain(
        key="fidelity",
        title="Notes and numbers get lost on the way out",
        statement="Footnotes vanish in Word and cross-references point to figures that have moved.",
        stories=("export-docx-footnotes", "cross-references"),
        priority=Priority.MEDIUM,
        severity=4,
        persona="analyst",
        moscow="should",
        owner="dana",
        tags=("export", "editor"),
    ),
    PlannedPain(
        key="keyboard",
        title="Keyboard covers the line being typed on Android",
        stories=("android-keyboard",),
        priority=Priority.MEDIUM,
        severity=3,
        owner="jon",
        tags=("mobile", "5.1.2"),
    ),
    PlannedPain(
        key="csv-import",
        title="CSV import closes the app on large files",
        stories=("import-csv-crash",),
        priority=Priority.MEDIUM,
        severity=4,
        tags=("import",),
    ),
    PlannedPain(
        key="face-id",
        title="iPhone sign-in fails with Face ID",
        stories=("ios-login-face",),
        priority=Priority.MEDIUM,
        severity=3,
        tags=("mobile", "sign-in"),
    ),
    PlannedPain(
        key="reset-mail",
        title="Password reset mail does not arrive",
        stories=("password-reset-mail",),
        priority=Priority.HIGH,
        severity=4,
        tags=("sign-in",),
    ),
    PlannedPain(
        key="invoices",
        title="Invoices lack VAT and order numbers",
        stories=("invoice-details",),
        priority=Priority.LOW,
        tags=("billing",),
    ),
    PlannedPain(
        key="accessibility",
        title="Hard to use with a screen reader or weak sight",
        stories=("accessibility",),
        severity=4,
        moscow="should",
        tags=("accessibility",),
    ),
    PlannedPain(
        key="comments",
        title="Resolved comments cannot be found again",
        stories=("comments-vanish",),
        tags=("sharing",),
    ),
    PlannedPain(
        key="history",
        title="Older versions cannot be compared or restored in part",
        stories=("version-history",),
        priority=Priority.LOW,
        tags=("editor",),
    ),
    PlannedPain(
        key="dark-mode",
        title="Dark mode is forgotten after a restart",
        stories=("dark-mode-resets",),
        priority=Priority.LOW,
        severity=1,
        moscow="wont",
        tags=("appearance",),
    ),
    PlannedPain(
        key="ime",
        title="Japanese and Korean input drops characters",
        stories=("ime-input",),
        priority=Priority.HIGH,
        severity=4,
        tags=("editor", "asia"),
    ),
    PlannedPain(
        key="mails",
        title="Too many notification mails",
        stories=("notification-flood",),
        tags=("notifications",),
    ),
)
