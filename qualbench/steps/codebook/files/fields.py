"""What the header of a codebook table calls its columns, in English, German, French, Spanish and Portuguese.

Headers are compared without case, accents, marks and trailing numbers, and without words that add nothing (of, the).
"""

import re
from enum import StrEnum

from qualbench.text import folded


class Field(StrEnum):
    """What a column of a codebook table says."""

    LABEL = "label"
    ID = "id"
    PARENT = "parent"
    LEVEL = "level"
    """A heading above the code, such as its theme; of several the left one is the higher."""
    LEVEL_DEFINITION = "level_definition"
    """The definition of the level to its left."""
    KIND = "kind"
    STATUS = "status"
    GROUP = "group"
    COLOUR = "colour"
    OWNER = "owner"
    DEFINITION_SHORT = "definition_short"
    DEFINITION = "definition"
    INCLUDE = "include"
    EXCLUDE = "exclude"
    EXAMPLES = "examples"
    NEAR_MISS = "near_miss"
    ORIGIN = "origin"
    QUESTIONS = "questions"
    NOTES = "notes"
    INTO = "into"
    COUNT = "count"
    """Frequencies and the like, which no codebook keeps."""
    LEFT_OUT = "-"


SEVERAL = frozenset({Field.LEVEL, Field.LEVEL_DEFINITION, Field.GROUP, Field.EXAMPLES, Field.NOTES, Field.QUESTIONS,
                     Field.COUNT, Field.LEFT_OUT})  # fmt: skip
"""What more than one column can be."""

_ALIASES: dict[Field, str] = {
    Field.DEFINITION_SHORT: (
        "brief definition|short definition|definition short|brief description|short description|brief|summary|"
        "kurzdefinition|kurze definition|kurzbeschreibung|definicion breve|definicion corta|descripcion breve|"
        "definition courte|definition breve|breve definition|description courte|definicao breve|definicao curta"
    ),
    Field.DEFINITION: (
        "definition|full definition|operational definition|code definition|definitions|definitionen|vollstandige "
        "definition|definicion|definiciones|definition complete|definicao|definicoes|description|descriptions|"
        "code description|beschreibung|beschreibungen|descripcion|descripciones|descricao|descricoes|meaning|bedeutung|"
        "erlauterung|explanation|explication|explicacion|significado|comment|comments|code comment|kommentar|"
        "kommentare|comentario|comentarios|commentaire|commentaires|extensao|memo|memos|code memo|codememo"
    ),
    Field.INCLUDE: (
        "include|when to use|use when|when to apply|apply when|inclusion|inclusion criteria|inclusion criterion|"
        "includes|coding rule|coding rules|rules|criteria|kodierregel|kodierregeln|codierregel|codierregeln|anwendung|"
        "wann anwenden|wann verwenden|einschluss|einschlusskriterien|einschlusskriterium|cuando usar|cuando usarlo|"
        "criterios inclusion|incluye|incluir|quand utiliser|criteres inclusion|inclure|inclut|quando usar|"
        "criterios inclusao|inclusao|inclui"
    ),
    Field.EXCLUDE: (
        "exclude|when not to use|do not use when|when not to apply|exclusion|exclusion criteria|exclusion criterion|"
        "excludes|abgrenzung|abgrenzungsregel|ausschluss|ausschlusskriterien|ausschlusskriterium|wann nicht anwenden|"
        "wann nicht verwenden|cuando no usar|cuando no usarlo|criterios exclusion|excluye|excluir|"
        "quand ne pas utiliser|criteres exclusion|exclure|exclut|quando nao usar|criterios exclusao|exclusao|exclui"
    ),
    Field.NEAR_MISS: (
        "near miss|close but no|close no|examples close no|non example|non examples|counter example|counterexample|"
        "gegenbeispiel|gegenbeispiele|contraejemplo|contraejemplos|contre exemple|contre exemples|contraexemplo"
    ),
    Field.EXAMPLES: (
        "example|examples|example quote|example quotes|example quotation|example quotations|quote|quotes|quotation|"
        "quotations|sample quote|sample quotes|illustrative quote|illustrative quotes|exemplar|exemplars|"
        "typical exemplar|typical exemplars|ankerbeispiel|ankerbeispiele|beispiel|beispiele|beispielzitat|zitat|"
        "zitate|ejemplo|ejemplos|cita|citas|exemple|exemples|citation|citations|verbatim|verbatims|exemplo|exemplos|"
        "citacao|citacoes"
    ),
    Field.ID: "id|code id|codeid|code number|code nr|code no|nr|no|number|identifier|kennung|kurzel|abbreviation|"
    "numero|identificador|identifiant",
    Field.PARENT: "parent|parent code|parent id|parent name|elterncode|ubergeordneter code|obercode|codigo padre|padre|"
    "code parent|codigo pai|pai",
    Field.LABEL: (
        "code name|codename|code label|label|name|code|codes|tag|tags|tag name|path|tag path|node|nodes|node name|kode|"
        "kodes|kodename|codebezeichnung|bezeichnung|codesystem|knoten|nombre codigo|codigo|codigos|nombre|etiqueta|"
        "nodo|nom code|nom|libelle|etiquette|noeud|nome codigo|nome|rotulo"
    ),
    Field.LEVEL: (
        "theme|themes|category|categories|level|topic|topics|type|family|dimension|domain|sub theme|sub themes|"
        "subtheme|subthemes|sub category|sub categories|subcategory|subcategories|low level category|"
        "high level category|main category|main theme|thema|themen|hauptthema|unterthema|kategorie|kategorien|"
        "oberkategorie|hauptkategorie|unterkategorie|subkategorie|ebene|tema|temas|subtema|subtemas|categoria|"
        "categorias|subcategoria|subcategorias|nivel|dimensao|sous theme|sous themes|categorie|sous categorie|niveau"
    ),
    Field.KIND: "kind|code kind|code type|codetyp|tipo codigo|type code",
    Field.STATUS: "status|state|zustand|estado|statut|etat",
    Field.GROUP: (
        "group|groups|code group|code groups|exclusive group|code family|code families|set|sets|code set|gruppe|"
        "gruppen|codegruppe|codegruppen|grupo|grupos|grupo codigos|grupos codigos|groupe|groupes|groupe codes"
    ),
    Field.COLOUR: "colour|color|code color|farbe|couleur|cor",
    Field.OWNER: "owner|author|created by|ersteller|autor|autora|auteur|creado por|criado por",
    Field.ORIGIN: "origin|source|ursprung|herkunft|quelle|origen|fuente|origine|origem|fonte",
    Field.QUESTIONS: "questions|open questions|offene fragen|preguntas abiertas|questions ouvertes|perguntas abertas",
    Field.NOTES: "notes|note|remarks|remark|notizen|notiz|anmerkung|anmerkungen|bemerkung|bemerkungen|notas|nota|"
    "remarques|observaciones|observacoes|see also",
    Field.INTO: "into|merged into|split into",
    Field.COUNT: (
        "count|counts|n|frequency|frequencies|freq|files|references|grounded|groundedness|magnitude|magnitude degree|"
        "density|number highlights|highlights|coded segments|segments|documents|total|coverage|haufigkeit|anzahl|"
        "codierungen|kodierungen|dateien|referenzen|dichte|fundierung|frecuencia|enraizamiento|densidad|archivos|"
        "referencias|frequence|fichiers|effectif|enracinement|densite|frequencia|densidade|enraizamento|arquivos"
    ),
}  # fmt: skip
_MEANINGS = {alias: (field, rank) for field, words in _ALIASES.items() for rank, alias in enumerate(words.split("|"))}
_DEFINES = frozenset({"definition", "definitions", "description", "descriptions"})
_LEVELS = frozenset({"theme", "themes", "subtheme", "subthemes", "category", "categories", "subcategory", "topic"})
_INSIDE = {
    **dict.fromkeys(("example", "examples", "quote", "quotes", "quotation", "quotations"), Field.EXAMPLES),
    **dict.fromkeys(_DEFINES, Field.DEFINITION),
    **dict.fromkeys(_LEVELS, Field.LEVEL),
}
"""Words that tell it inside a longer header, the first one in the order of this table."""
_FILLERS = frozenset(
    {"of", "the", "a", "de", "del", "do", "da", "du", "des", "la", "le", "l", "d", "der", "die", "das"}
)
_UNCLEAR = 1_000


def meaning(header: str) -> tuple[Field, int] | None:
    """What a header says a column is, and how clearly, 0 being clearest; None for anything else.

    >>> meaning("Definición"), meaning("Code Group 2"), meaning("Favourite colour")
    ((<Field.DEFINITION: 'definition'>, 7), (<Field.GROUP: 'group'>, 2), None)
    """
    words = _words(header)
    for wanted in (" ".join(words), " ".join(word for word in words if word not in _FILLERS)):
        if wanted in _MEANINGS:
            return _MEANINGS[wanted]
    found = set(words)
    if found & _DEFINES and found & _LEVELS:
        return Field.LEVEL_DEFINITION, _UNCLEAR
    inside = next((field for word, field in _INSIDE.items() if word in found), None)
    return (inside, _UNCLEAR) if inside else None


def _words(header: str) -> list[str]:
    """The words of a header, those written together by capitals (codeName) apart, without a number at the end."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header[:200])
    words = re.findall(r"[^\W_]+", folded(apart))
    while len(words) > 1 and words[-1].isdecimal():
        words.pop()
    return words
