"""Which column of a stranger's table holds which of our fields, told by its name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from triage.connector import ConfigError
from triage.text.listed import words

# What exports call each field, the surest name first; English, German, French,
# Spanish, Italian, Portuguese, Dutch. Written as ``plain`` returns them.
_NAMES: Final[Mapping[str, str]] = {
    "external_id": "external id|id|uuid|guid|review id|ticket id|feedback id|comment id"
    "|response id|submission id|message id|tweet id|case id|case number|ticket number"
    "|identifier|key|kennung|bewertungs id|identifiant|identificador",
    "body": "body|text|review text|review body|review content|feedback text|body text"
    "|comment text|message text|full text|plain body|content|review|reviews|feedback"
    "|message|comment|comments|description|verbatim|verbatims|open text|free text"
    "|tweet|post|response|answer|quote|statement|question|note|notes"
    "|kommentar|kommentare|nachricht|beschreibung|inhalt|rezension|bewertungstext"
    "|bewertung|antwort|ruckmeldung|avis|commentaire|commentaires|texte|contenu"
    "|reponse|remarque|comentario|comentarios|texto|mensaje|contenido|descripcion"
    "|opinion|resena|respuesta|commento|testo|messaggio|recensione|descrizione"
    "|mensagem|avaliacao|descricao|bericht|opmerking|tekst",
    "title": "title|subject|review title|ticket subject|summary|headline|betreff|titel"
    "|uberschrift|titre|objet|sujet|titulo|asunto|oggetto|titolo|assunto|onderwerp",
    "rating": "rating|star rating|review rating|stars|score|nps score|nps|csat score"
    "|csat|ces score|ces|rate|grade|satisfaction|sterne|note|bewertung|punkte|etoiles"
    "|puntuacion|calificacion|estrellas|valoracion|voto|valutazione|stelle|nota"
    "|estrelas|avaliacao|beoordeling|sterren",
    "received_at": "received at|created at|submitted at|posted at|published at|sent at"
    "|received|created|submitted|date|datetime|date time|timestamp|time|at|review date"
    "|review submit date and time|review submit millis since epoch|created date"
    "|date created|creation date|created time|submission date|date submitted"
    "|response date|sent|posted|published|datum|erstellt|erstellt am|erstellungsdatum"
    "|eingegangen|eingegangen am|zeitstempel|date de creation|cree le|recu le"
    "|horodatage|fecha|fecha de creacion|creado|creado el|fecha y hora|data"
    "|data di creazione"
    "|creato il|data de criacao|criado em|aangemaakt|aangemaakt op",
    "edited_at": "edited at|updated at|modified at|last updated|last modified|updated"
    "|modified|edited|review last update date and time|last update|geandert|geandert am"
    "|aktualisiert|aktualisiert am|mis a jour|mis a jour le|modifie le|actualizado"
    "|modificado|aggiornato|atualizado",
    "author": "author|author name|reviewer|reviewer name|reviewer nickname|user name"
    "|username|user|customer name|customer|requester name|requester|sender|from|name"
    "|full name|nickname|screen name|contact|contact name|submitted by|autor|verfasser"
    "|nutzer|nutzername|benutzer|benutzername|kunde|kundenname|absender|auteur|client"
    "|nom|nom du client|utilisateur|expediteur"
    "|cliente|nombre|usuario|remitente|autore|nome|utente|utilizador|klant|naam",
    "email": "email|e mail|email address|e mail address|mail|customer email|user email"
    "|requester email|author email|contact email|sender email|from email|e mail adresse"
    "|mail adresse|adresse e mail|adresse mail|courriel|correo|correo electronico"
    "|indirizzo email|mailadres",
    "company": "company|company name|organisation|organization|organisation name"
    "|organization name|account|account name|firma|unternehmen|societe|entreprise"
    "|empresa|compania|azienda|bedrijf",
    "language": "language|lang|locale|reviewer language|review language|sprache|langue"
    "|idioma|lingua|lingua utente|taal",
    "app_version": "app version|app version name|version|version name|app version code"
    "|product version|release|produktversion|version de l app|versione|versao|versie",
    "url": "url|link|permalink|review link|review url|ticket url|web url|html url|lien"
    "|enlace|collegamento",
    "thread": "thread|thread id|conversation|conversation id|in reply to|parent id",
    "channel": "channel|kanal|canal|canale|medium",
    "kind": "kind",
    "scale": "scale|rating scale|skala|echelle|escala",
    "metric": "metric|rating metric|metrik|metrique|metrica",
}
_SYNONYMS: Final = {field: names.split("|") for field, names in _NAMES.items()}
FIELDS: Final = tuple(_NAMES)
"""Our fields, in the order in which they choose their column."""

_TELLING: Final = words(
    """
    review feedback comment comments message text verbatim answer suggestion
    suggestions complaint kommentar nachricht ruckmeldung commentaire avis
    comentario opinion commento recensione
    """
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_A_LETTER = re.compile(r"[\W_]+")


def plain(name: str) -> str:
    """Return a column's name in lower-case words: ``reviewText`` → ``review text``."""
    spaced = _CAMEL.sub(" ", name[:200])
    letters = unicodedata.normalize("NFKD", spaced.casefold())
    bare = "".join(one for one in letters if not unicodedata.combining(one))
    return _NOT_A_LETTER.sub(" ", bare).strip()


def check_fields(given: Mapping[str, str]) -> None:
    """Refuse a mapping that names a field we do not have."""
    for field in given:
        if field not in _SYNONYMS:
            raise ConfigError(
                f"there is no field “{field}” to map a column to: "
                f"use one of {', '.join(FIELDS)}"
            )


def matched(
    columns: Sequence[str],
    given: Mapping[str, str],
    numbers: Collection[str] = (),
    ratings: Collection[str] = (),
) -> dict[str, str]:
    """
    Return which column holds which field; what ``given`` says wins.

    A column in ``numbers`` is no body; only one in ``ratings`` can be the rating. An
    empty column in ``given`` leaves that field out. Raises ConfigError where no body
    can be found or a given column is not there.
    """
    found: dict[str, str] = {}
    for field, column in given.items():
        if column:
            found[field] = _there(column, columns, field)
    free = [column for column in columns if column not in found.values()]
    by_name = _by_name(free)
    for field in FIELDS:
        if field in given:
            continue
        for name in _SYNONYMS[field]:
            column = by_name.get(name, "")
            if not column or column in found.values():
                continue
            if field == "body" and column in numbers:
                continue
            if field == "rating" and column not in ratings:
                continue
            found[field] = column
            break
    if "body" not in found and "body" not in given:
        found |= _telling(free, found.values(), numbers)
    if "body" not in found:
        raise ConfigError(
            "no column looks like the feedback's text; say which one with "
            f"--map body=COLUMN. Columns: {listed(columns)}"
        )
    return found


def listed(columns: Iterable[str]) -> str:
    """Return columns as people read them; the first thirty."""
    names = list(columns)
    more = f" … and {len(names) - 30} more" if len(names) > 30 else ""
    return ", ".join(name[:60] for name in names[:30]) + more


def _by_name(columns: Sequence[str]) -> dict[str, str]:
    """Return the columns by plain name; of a path its last step, if nothing else is."""
    whole: dict[str, str] = {}
    last: dict[str, str] = {}
    for column in columns:
        whole.setdefault(plain(column), column)
        if "." in column:
            last.setdefault(plain(column.rpartition(".")[2]), column)
    return last | whole


def _there(column: str, columns: Sequence[str], field: str) -> str:
    if column in columns:
        return column
    alike = [name for name in columns if plain(name) == plain(column)]
    if len(alike) == 1:
        return alike[0]
    raise ConfigError(
        f"there is no column “{column}” for {field}. Columns: {listed(columns)}"
    )


def _telling(
    columns: Sequence[str], taken: Collection[str], numbers: Collection[str]
) -> dict[str, str]:
    """Return the one column whose name ends like a text's, if there is just one."""
    ends = [
        column
        for column in columns
        if column not in taken
        and column not in numbers
        and not _TELLING.isdisjoint(plain(column).split()[-1:])
    ]
    return {"body": ends[0]} if len(ends) == 1 else {}
