"""What people say about being told too much, or nothing."""

from __future__ import annotations

from triage.demo.story import Story, ios, mail, play, post, survey, ticket

NOTICE_STORIES = (
    Story(
        key="notification-flood",
        title="Too many notification mails",
        area="Notifications",
        importance=1,
        wordings=(
            survey(
                6,
                "[[One mail per comment.]] I had 214 on Monday. I filter them all away, and then I miss the important one.",
                by="producer",
            ),
            mail(
                "Please, fewer emails",
                "A reviewer left 90 comments and [[I got 90 emails]]. Could there be one summary per day, or per hour, or per anything?",
                by="producer",
            ),
            play(3, "too many notifications and [[can't turn off per project]]"),
            ticket(
                "Notification settings per project",
                "We need to mute single projects. [[Everybody gets everything from all twenty projects]], and people have started to ignore it all.",
                by="producer",
            ),
            survey(
                7,
                "Benachrichtigungen [[lassen sich nicht pro Projekt abschalten]].",
                "de",
                by="producer",
            ),
            mail(
                "Zu viele Mails",
                "mein Postfach läuft über: [[für jeden einzelnen Kommentar eine Mail]]. Eine tägliche Zusammenfassung würde völlig genügen.",
                "de",
                by="producer",
            ),
            ios(
                3,
                "Trop de notifications",
                "[[Une notification par virgule corrigée]], c'est beaucoup.",
                "fr",
            ),
            survey(
                7,
                "Muitos e-mails. [[Um resumo diário resolveria.]]",
                "pt",
                by="producer",
            ),
            post(
                "my phone: buzz. papermoor: someone replied to a reply to a comment you wrote in march"
            ),
        ),
    ),
    Story(
        key="notification-missing",
        title="Mentions do not reach people",
        area="Notifications",
        importance=2,
        wordings=(
            ticket(
                "No notification when mentioned",
                "When a colleague mentions me with @, [[I get no mail and no badge]]. I found a question to me that was eleven days old. All switches in the settings are on.",
                by="analyst",
            ),
            survey(
                5,
                "[[Mentions don't reach me.]] I call people to ask whether they have a question for me.",
                by="producer",
            ),
            play(2, "no push when someone mentions me. settings all on"),
            mail(
                "Keine Benachrichtigung bei Erwähnung",
                "wenn mich jemand erwähnt, [[bekomme ich keine Nachricht]], weder Mail noch Hinweis in der App. Eine Freigabefrist ist deshalb verstrichen.",
                "de",
                by="producer",
            ),
            mail(
                "Client never saw our question",
                "We mentioned the client's editor in seven comments. [[She got none of them.]] She thought we were slow and we thought she was slow.",
                by="producer",
            ),
            ticket(
                "メンション通知が届かない",
                "メンションされても[[通知が届きません]]。設定はすべてオンです。",
                "ja",
                by="analyst",
            ),
            survey(6, "No me llegan [[avisos cuando me mencionan]].", "es"),
        ),
    ),
)
