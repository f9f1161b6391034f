"""What the header of a participants table calls things, in English, German, French and Spanish.

Headers are compared without case, accents and marks, and without words that add nothing (id, no, of).
"""

import re
from enum import StrEnum

from qualbench.model import Role
from qualbench.text import folded


class Target(StrEnum):
    """What a column of a participants table can say, other than an attribute."""

    PARTICIPANT = "participant"
    TRANSCRIPT = "transcript"
    SPEAKER = "speaker"
    ROLE = "role"


ALIASES: dict[Target, tuple[str, ...]] = {
    Target.PARTICIPANT: (
        *("participant", "participants", "participant in", "participante", "teilnehmer", "teilnehmerin"),
        *("teilnehmer in", "teilnehmende", "teilnehmende r", "teilnehmerkurzel", "teilnehmernummer", "tn"),
        *("respondent", "interviewee", "subject", "informant", "pid", "proband", "probandin", "proband in"),
        *("befragte", "befragter", "befragte r", "interviewte", "interviewte r", "repondant", "repondante"),
        *("enquete", "enquetee", "interviewe", "sujet", "sujeto", "informante", "entrevistado", "entrevistada"),
        *("pseudonym", "pseudonyme", "seudonimo", "alias", "case", "fall", "fallnummer", "cas", "caso"),
        *("kurzel", "kennung", "chiffre", "identifiant", "identificador", "person", "personne", "persona"),
        *("id", "code", "codigo", "clave"),
    ),
    Target.TRANSCRIPT: (
        *("transcript", "transcript name", "transkript", "transcription", "transcripcion", "interview", "entretien"),
        *("entrevista", "gesprach", "file name", "filename", "file", "dateiname", "datei", "nom fichier", "fichier"),
        *("nombre archivo", "archivo", "fichero", "document", "document name", "dokument", "documento", "source"),
        *("quelle", "fuente", "recording", "aufnahme", "enregistrement", "grabacion"),
    ),
    Target.SPEAKER: (
        *("speaker", "speaker name", "speaker label", "sprecher", "sprecherin", "sprecher in", "sprechername"),
        *("sprecherlabel", "locuteur", "locutrice", "intervenant", "intervenante", "hablante", "locutor", "locutora"),
        *("orador", "oradora", "interlocutor", "label"),
    ),
    Target.ROLE: ("role", "speaker role", "rolle", "rol", "funktion", "papel"),
}
"""Earlier ones say it more clearly."""

_ROLES: dict[Role, tuple[str, ...]] = {
    Role.PARTICIPANT: (
        *("participant", "participante", "teilnehmer", "teilnehmerin", "teilnehmer in", "teilnehmende", "respondent"),
        *("interviewee", "befragte", "befragter", "interviewte", "repondant", "repondante", "entrevistado"),
        *("entrevistada", "enquete", "enquetee", "p"),
    ),
    Role.INTERVIEWER: (
        *("interviewer", "interviewerin", "interviewer in", "moderator", "moderatorin", "moderator in", "facilitator"),
        *("enqueteur", "enquetrice", "animateur", "animatrice", "entrevistador", "entrevistadora", "moderador"),
        *("moderadora", "i"),
    ),
    Role.OTHER: ("other", "andere", "andere r", "sonstige", "autre", "otro", "otra"),
}
_ROLE = {word: role for role, words in _ROLES.items() for word in words}

_EMPTY_WORDS = "id no nr num number nummer numero code codigo du de del la le of the des der"
_FILLERS = frozenset(_EMPTY_WORDS.split())
_NAME_WORDS = (
    "name names fullname firstname lastname surname vorname nachname familienname nom prenom apellido apellidos "
    "email mail phone telephone tel telefon telefonnummer telefono handy mobile portable address adresse "
    "anschrift direccion"
)
_NAMES = frozenset(_NAME_WORDS.split())
_NAMES_ALONE = frozenset(("nombre", "nombre completo", "nombres"))
"""In French `nombre` is a number, so that it names nobody beside other words."""


def meaning(header: str) -> tuple[Target, float] | None:
    """What a header says a column is, and how clearly, above 0 and up to 1; None for anything else.

    >>> meaning("Teilnehmer:in Nr."), meaning("Favourite colour")
    ((<Target.PARTICIPANT: 'participant'>, 0.94), None)
    """
    words = _words(header)
    for wanted in (" ".join(words), " ".join(word for word in words if word not in _FILLERS)):
        for target, aliases in ALIASES.items():
            if wanted in aliases:
                return target, 1 - aliases.index(wanted) / 100
    return None


def names_people(header: str) -> bool:
    """Whether a column holds names or addresses of people, which belong into no study."""
    words = _words(header)
    return not _NAMES.isdisjoint(words) or " ".join(words) in _NAMES_ALONE


def role_of(text: str) -> Role | None:
    """The role that a cell names, in any of the four languages."""
    return _ROLE.get(" ".join(_words(text)))


def _words(header: str) -> list[str]:
    """The words of a header, those written together by capitals (participantId) apart."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    return re.findall(r"[^\W_]+", folded(apart))
