"""What people say about working with others: guests, links, comments, who did what."""

from __future__ import annotations

from triage.demo.story import Story, ios, mail, play, post, survey, talk, ticket

SHARING_STORIES = (
    Story(
        key="guest-review",
        wish=True,
        title="Clients cannot review without an account",
        area="Sharing",
        importance=2,
        wordings=(
            mail(
                "Reviewing without an account",
                "My clients are vintners, lawyers and one retired opera singer. [[None of them will create an account to leave three comments.]] I send PDFs and type their notes in myself, every round. A link where they can just comment would change my week.",
                by="producer",
            ),
            survey(
                7,
                "Guest comments without sign-up. [[Clients get stuck at the sign-up page and call me.]]",
                by="producer",
            ),
            ticket(
                "Guest access for external reviewers",
                "[[Each outside reviewer costs us a full seat]] for two weeks of work. Is there a guest role?",
                by="producer",
            ),
            mail(
                "Gastzugang für Kunden",
                "unsere Kunden sollen kommentieren können, [[ohne sich zu registrieren]]. Derzeit schicken wir PDFs hin und her und übertragen alles von Hand.",
                "de",
                by="producer",
            ),
            survey(
                6,
                "Les clients [[refusent de créer un compte]] juste pour relire.",
                "fr",
                by="producer",
            ),
            ticket(
                "Acesso de convidado",
                "Precisamos de um link para o cliente [[comentar sem criar conta]]. Hoje mandamos PDF e digitamos tudo de novo.",
                "pt",
                by="producer",
            ),
            play(
                3,
                "my client couldnt open the link without making an account. [[embarrassing]]",
                by="producer",
            ),
            talk(
                "Shadowing a review round at Lichtspiel",
                "Round three with a museum. The curator reads a printed PDF, marks it in pencil, photographs 31 pages and sends them by mail. Nora types every note into Papermoor as a comment. “[[I'm a very expensive keyboard.]]” 2 h 40 for this round. She tried the sign-up link once; the curator thought it was a scam.",
                by="producer",
                who="Nora Beck",
                consent="named",
            ),
            survey(
                8,
                "고객이 [[계정 없이 의견을 남길 수 있으면]] 좋겠어요.",
                "ko",
                by="producer",
            ),
        ),
    ),
    Story(
        key="share-link-rights",
        title="View-only links allow editing",
        area="Sharing",
        since=40,
        importance=3,
        wordings=(
            ticket(
                "View-only link lets people edit",
                "We shared a section with a view-only link. [[The recipient could edit the parent section.]] She told us herself, luckily. I regard this as a security incident; please confirm receipt and tell me who else could have had access.",
                by="analyst",
            ),
            mail(
                "Permissions of shared folders",
                "I gave a freelancer access to one chapter. [[He sees the whole project, including the budget.]] Is that intended? It can't be intended.",
                by="producer",
            ),
            ticket(
                "Freigabelink mit zu vielen Rechten",
                "Ein Link „nur ansehen“ [[erlaubt das Bearbeiten übergeordneter Abschnitte]]. Das ist für uns meldepflichtig. Bitte um Rückruf heute noch.",
                "de",
                by="analyst",
            ),
            survey(
                3,
                "Sharing rights are a mess. [[A view link was not view only.]]",
                by="analyst",
            ),
            mail(
                "Lien en lecture seule",
                "Un lien « lecture seule » [[permet de modifier le sommaire]]. Un client a supprimé un chapitre sans le vouloir.",
                "fr",
                by="producer",
            ),
        ),
    ),
    Story(
        key="audit-log",
        wish=True,
        title="No log of who exported or changed what",
        area="Sharing",
        importance=2,
        wordings=(
            ticket(
                "Audit log",
                "Our auditors ask [[who exported which version, and when]]. We have no answer. Is there a log, even a raw one?",
                by="analyst",
            ),
            survey(
                6,
                "An audit trail. [[Regulated people need to show who changed a figure.]]",
                by="analyst",
            ),
            ticket(
                "Änderungsprotokoll für Prüfer",
                "Unsere Wirtschaftsprüfer verlangen ein Protokoll, [[wer wann welche Zahl geändert hat]]. Der Versionsverlauf zeigt nur den Abschnitt, nicht die Person.",
                "de",
                by="analyst",
            ),
            mail(
                "監査ログについて",
                "内部監査のため、[[誰がいつ書き出したかの記録]]が必要です。管理画面で確認する方法はありますか。",
                "ja",
                by="analyst",
            ),
        ),
    ),
    Story(
        key="comments-vanish",
        title="Resolved comments cannot be found again",
        area="Sharing",
        importance=2,
        wordings=(
            mail(
                "Where do resolved comments go?",
                "A client resolved 40 comments by accident and [[they're gone]]. No list, no undo. Where are they?",
                by="producer",
            ),
            ticket(
                "Resolved comments are lost",
                "Once resolved, a comment [[cannot be found any more]]. We need the discussion for the file, six years by law.",
                by="analyst",
            ),
            survey(
                6,
                "Bring back resolved comments. [[We decide things in them.]]",
                by="producer",
            ),
            mail(
                "Erledigte Kommentare",
                "wo finde ich [[erledigte Kommentare wieder]]? Eine Kollegin hat einen ganzen Strang geschlossen, den wir noch brauchen.",
                "de",
            ),
            ios(
                3,
                "Comentarios perdidos",
                "Al resolver un comentario [[desaparece para siempre]]. ¿Por qué?",
                "es",
            ),
        ),
    ),
    Story(
        key="collab-cursors",
        title="Two people in one section get in each other's way",
        area="Sharing",
        importance=1,
        wordings=(
            survey(
                6,
                "When two of us are in the same section [[my cursor jumps to the top]] every time she types.",
                by="producer",
            ),
            ticket(
                "Section locked by absent colleague",
                "Section 3 says “being edited by Colin”. [[Colin has been on holiday since Thursday.]] There is no way to take the lock.",
                by="analyst",
                who="Nadia Rahman",
            ),
            play(3, "cursor jumps around when others are typing"),
            post(
                "the section has been locked by my coauthor for 9 hours. he is asleep. I can hear him snoring. it's still locked.",
                by="writer",
            ),
        ),
    ),
)
