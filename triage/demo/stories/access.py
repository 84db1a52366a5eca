"""What people say about getting in: company sign-in, provisioning, passwords."""

from __future__ import annotations

from triage.demo.story import Story, ios, mail, play, post, survey, talk, ticket

ACCESS_STORIES = (
    Story(
        key="sso-daily-logout",
        title="Company sign-in (SSO) ends every day",
        area="Sign-in",
        importance=2,
        wordings=(
            ticket(
                "SSO users signed out every morning",
                "Our 120 users sign in with SAML. [[Every morning everybody is signed out]], although our identity provider issues 30-day sessions. In the desktop app unsaved text in an open comment is lost when this happens.",
                by="analyst",
                who="Priya Raman",
            ),
            survey(
                6,
                "[[Being logged out every day]] through SSO. It's ninety seconds, but it is ninety seconds every day for a whole department.",
                by="analyst",
            ),
            mail(
                "Tägliche Neuanmeldung über SSO",
                "wir müssen uns [[jeden Morgen neu über SSO anmelden]]. Vor zwei Monaten reichte einmal im Monat. Unsere IT hat nichts geändert, ich habe extra gefragt.",
                "de",
                by="analyst",
            ),
            ticket(
                "Session length with SSO",
                "Please document what determines the session length with SSO. We set 14 days and [[users are kicked out after 24 hours]]. Ticket open with our identity provider as well; they point at you.",
                by="analyst",
            ),
            ticket(
                "Reconnexion SSO chaque jour",
                "Depuis quelques semaines [[il faut se reconnecter tous les matins]] avec le SSO de l'entreprise.",
                "fr",
                by="analyst",
            ),
            ticket(
                "Utloggad varje dag",
                "Alla som loggar in via SSO [[blir utloggade varje natt]]. Går det att förlänga sessionen?",
                "sv",
                by="analyst",
            ),
            survey(7, "毎朝SSOでログインし直すのが手間です。", "ja", by="analyst"),
        ),
    ),
    Story(
        key="scim",
        wish=True,
        title="Create and remove accounts automatically",
        area="Sign-in",
        importance=2,
        wordings=(
            ticket(
                "SCIM provisioning",
                "Do you support SCIM? [[We create and remove 300 accounts by hand]] every year, and our auditors have opinions about people who left in March and still have access in June.",
                by="analyst",
                who="Kwame Asante",
            ),
            mail(
                "Automatic provisioning of accounts",
                "We are rolling out to two more departments. Before we can, IT requires [[automatic deprovisioning from our directory]]. What is the timeline? This decides whether we go from 40 to 200 seats.",
                by="analyst",
                who="Ingrid Solbakken",
            ),
            survey(
                6,
                "Account provisioning. [[Somebody here types in new colleagues by hand.]] That somebody is me again.",
                by="analyst",
            ),
            ticket(
                "Benutzer automatisch anlegen",
                "Gibt es eine Schnittstelle, um [[Benutzer automatisch anzulegen und zu sperren]]? Unsere Revision verlangt das bis Jahresende.",
                "de",
                by="analyst",
            ),
            talk(
                "Renewal call, Castellan Mutual (IT)",
                "Will not extend beyond two departments without provisioning. “[[I can't sign off on a tool where leavers keep access until somebody remembers.]]” Asked about audit log too. Otherwise content. Renewal in five months, about 80 more seats at stake.",
                by="analyst",
                who="Lori Petrakis",
                consent="no",
            ),
        ),
    ),
    Story(
        key="password-reset-mail",
        title="Password reset mail does not arrive",
        area="Sign-in",
        importance=2,
        wordings=(
            mail(
                "No password reset mail",
                "I've asked for a new password five times and [[the mail never arrives]]. Not in spam either. I can't get at my own book.",
                by="writer",
            ),
            play(
                1,
                "forgot password does nothing. [[no email comes]]. locked out of my work",
            ),
            ios(
                1,
                "Kein Passwort-Link",
                "[[Die Mail zum Zurücksetzen kommt nicht an.]] Seit drei Tagen ausgesperrt.",
                "de",
            ),
            mail(
                "Réinitialisation du mot de passe",
                "Je ne reçois [[jamais le courriel de réinitialisation]], même dans les indésirables. Mon adresse est bien celle du compte.",
                "fr",
            ),
            ticket(
                "Reset mails blocked for our domain",
                "Reset mails to our domain [[bounce because the sender fails our checks]] (SPF passes, DKIM signature missing). Log lines attached. Easy to fix on your side, I believe.",
                by="analyst",
            ),
            play(
                1, "비밀번호 재설정 [[메일이 안 와요]]. 고객센터도 답이 없고요.", "ko"
            ),
            post(
                "papermoor password reset emails: are they in the room with us right now"
            ),
        ),
    ),
    Story(
        key="two-factor-lost",
        title="Locked out after a new phone (two-factor)",
        area="Sign-in",
        importance=2,
        wordings=(
            mail(
                "New phone, locked out",
                "I got a new phone and the authenticator didn't move over. [[I can't get into my account and the backup codes are in the account.]] Yes, I know.",
                by="writer",
            ),
            ticket(
                "Reset second factor for a colleague",
                "As admin I can't [[reset the second factor of a colleague]] whose phone was stolen. Your help page says to write to you, so here I am.",
                by="analyst",
            ),
            survey(
                6,
                "Nach dem Handywechsel kam ich [[zwei Wochen nicht in mein Konto]].",
                "de",
            ),
        ),
    ),
)
