"""What the demo's PMs have written down so far: pain points and a roadmap."""

from __future__ import annotations

from dataclasses import dataclass

from triage.model import Extent, Horizon, PainStatus, Priority, RoadmapStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPain:
    """
    A pain point as somebody wrote it down.

    Attributes:
        stories: Keys of the stories whose feedback is its evidence.
        reach: People per quarter, where somebody knows; else None.
    """

    key: str
    title: str
    stories: tuple[str, ...]
    statement: str = ""
    status: PainStatus = PainStatus.OPEN
    priority: Priority = Priority.NONE
    severity: int | None = None
    effort: float | None = None
    confidence: float | None = None
    reach: float | None = None
    impact: float | None = None
    moscow: str = ""
    persona: str = ""
    owner: str = ""
    story: str = ""
    acceptance: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedWork:
    """A roadmap item, and the pain points it would settle, by key."""

    title: str
    horizon: Horizon
    status: RoadmapStatus
    tracker_key: str
    settles: tuple[tuple[str, Extent], ...]
    tracker: str = "linear"

    @property
    def url(self) -> str:
        """Where the tracker would show it."""
        return f"https://tracker.example/{self.tracker_key}"


PAIN_POINTS: tuple[PlannedPain, ...] = (
    PlannedPain(
        key="export",
        title="Export fails on large projects",
        statement="People lose up to an hour of work when a project of more than 500 pages is exported.",
        stories=("export-crash-large",),
        priority=Priority.URGENT,
        severity=5,
        effort=2.0,
        confidence=0.8,
        reach=310,
        impact=3,
        moscow="must",
        persona="analyst",
        owner="dana",
        story="As an analyst with a 600-page report, I want the export to finish whatever its length, so that I can file on time.",
        acceptance="A project of 1,200 pages exports to PDF and Word on a laptop with 16 GB; a failed export never loses an edit.",
        tags=("export", "5.2.1", "stability"),
    ),
    PlannedPain(
        key="sync",
        title="Sync overwrites newer work",
        statement="An older copy from another device silently replaces what somebody has just written.",
        stories=("sync-lost-changes",),
        priority=Priority.URGENT,
        severity=5,
        effort=4.0,
        confidence=0.7,
        reach=140,
        impact=3,
        moscow="must",
        persona="writer",
        owner="jon",
        story="As a writer with a laptop and a tablet, I want to be asked which text to keep, so that no device can undo my day.",
        tags=("sync", "data-loss"),
    ),
    PlannedPain(
        key="links",
        title="View-only links allow editing",
        statement="Whoever receives a view-only link to a section can change the sections above it.",
        stories=("share-link-rights",),
        priority=Priority.URGENT,
        severity=5,
        effort=0.5,
        confidence=1.0,
        impact=2,
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
        effort=3.0,
        confidence=0.8,
        reach=220,
        impact=2,
        moscow="should",
        persona="producer",
        owner="dana",
        story="As a producer, I want to send my client one link to comment on, so that I stop being a very expensive keyboard.",
        tags=("sharing", "agency"),
    ),
    PlannedPain(
        key="android-sign-in",
        title="Android app returns to the sign-in page",
        statement="Since 5.2 signing in on Android ends where it began.",
        stories=("android-login-loop",),
        priority=Priority.HIGH,
        severity=4,
        effort=0.5,
        confidence=0.9,
        impact=2,
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
        effort=1.0,
        confidence=0.9,
        reach=90,
        impact=2,
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
        effort=5.0,
        confidence=0.5,
        reach=260,
        impact=2,
        persona="writer",
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
        effort=3.0,
        confidence=0.6,
        reach=120,
        impact=1,
        persona="writer",
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
        effort=2.5,
        confidence=0.8,
        reach=150,
        impact=1,
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
        effort=4.0,
        confidence=0.9,
        reach=40,
        impact=2,
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
        effort=1.5,
        confidence=0.8,
        reach=130,
        impact=1,
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
        effort=2.0,
        confidence=0.7,
        reach=110,
        impact=2,
        persona="analyst",
        owner="dana",
        tags=("export", "editor"),
    ),
    PlannedPain(
        key="keyboard",
        title="Keyboard covers the line being typed on Android",
        stories=("android-keyboard",),
        status=PainStatus.RESOLVED,
        priority=Priority.MEDIUM,
        severity=3,
        effort=0.5,
        confidence=1.0,
        impact=1,
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
        effort=0.2,
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
        effort=0.1,
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

ROADMAP: tuple[PlannedWork, ...] = (
    PlannedWork(
        title="Rewrite the exporter",
        horizon=Horizon.NOW,
        status=RoadmapStatus.IN_PROGRESS,
        tracker_key="LIN-204",
        settles=(("export", Extent.FULL), ("fidelity", Extent.PARTIAL)),
    ),
    PlannedWork(
        title="Ask before sync overwrites",
        horizon=Horizon.NOW,
        status=RoadmapStatus.IN_PROGRESS,
        tracker_key="LIN-219",
        settles=(("sync", Extent.FULL),),
    ),
    PlannedWork(
        title="Close the hole in view-only links",
        horizon=Horizon.NOW,
        status=RoadmapStatus.IN_PROGRESS,
        tracker_key="LIN-251",
        settles=(("links", Extent.FULL),),
    ),
    PlannedWork(
        title="Comment links for guests",
        horizon=Horizon.NEXT,
        status=RoadmapStatus.PLANNED,
        tracker_key="LIN-188",
        settles=(("guests", Extent.FULL), ("mails", Extent.PARTIAL)),
    ),
    PlannedWork(
        title="Directory sync and an audit log",
        horizon=Horizon.NEXT,
        status=RoadmapStatus.PLANNED,
        tracker_key="LIN-231",
        settles=(("control", Extent.FULL),),
    ),
    PlannedWork(
        title="An editor that keeps up",
        horizon=Horizon.LATER,
        status=RoadmapStatus.PLANNED,
        tracker_key="LIN-240",
        settles=(("typing", Extent.FULL), ("ime", Extent.PARTIAL)),
    ),
    PlannedWork(
        title="Make room for the Android keyboard",
        horizon=Horizon.NOW,
        status=RoadmapStatus.SHIPPED,
        tracker_key="LIN-161",
        settles=(("keyboard", Extent.FULL),),
    ),
)
