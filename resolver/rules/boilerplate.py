"""What platforms print around a flattened post, by language; each row with its source and a sample of its own.

``{name}`` and ``{handle}`` are what the line is read for, with the date after it. Instagram printed the date until
mid-2020; an extractor that drops ``<time>`` leaves the bare preposition before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Line:
    """One wording: the rule it makes, its language (ISO 639-1), and a sentence in which it must be found."""

    rule: str
    language: str
    #: With the slots ``{name}`` and ``{handle}``.
    text: str
    #: What stands between it and a date, if one may follow; a lost date leaves it behind at the end of the line.
    before_date: str | None
    source: str
    sample: str


_EMBED: Final = "instagram.com embed code, as on public pages"
_FACEBOOK: Final = "facebook.com embed code, as on public pages"

#: What stands above a flattened Instagram post, with the language.
VIEW_POST: Final = {
    "View this post on Instagram": "en",
    "Sieh dir diesen Beitrag auf Instagram an": "de",
    "Diesen Beitrag auf Instagram ansehen": "de",
    "Dit bericht op Instagram bekijken": "nl",
    "Voir cette publication sur Instagram": "fr",
    "Ver esta publicación en Instagram": "es",
    "Ver essa foto no Instagram": "pt",
    "Visualizza questo post su Instagram": "it",
    "Bu gönderiyi Instagram'da gör": "tr",
    "Bu gönderiyi Instagram'da görüntüleyin": "tr",
    "Wyświetl ten post na Instagramie": "pl",
    "Se dette innlegget på Instagram": "nb",
    "Näytä tämä julkaisu Instagramissa": "fi",
    "Zobrazit příspěvek na Instagramu": "cs",
    "Посмотреть эту публикацию в Instagram": "ru",
    "この投稿をInstagramで見る": "ja",
    "在 Instagram 查看這則貼文": "zh",
    "Lihat postingan ini di Instagram": "id",
    "Xem bài viết này trên Instagram": "vi",
}

LINES: Final = (
    Line(
        "instagram.shared_by",
        "en",
        "A post shared by {name} (@{handle})",
        "on",
        _EMBED,
        "A post shared by Jo Doe (@jo.doe) on May 2, 2019",
    ),
    Line(
        "instagram.shared_by",
        "en",
        "A photo posted by {name} (@{handle})",
        "on",
        _EMBED,
        "A photo posted by Jo Doe (@jo.doe) on May 2, 2016",
    ),
    Line(
        "instagram.shared_by",
        "en",
        "A video posted by {name} (@{handle})",
        "on",
        _EMBED,
        "A video posted by Jo Doe (@jo.doe) on May 2, 2016",
    ),
    Line(
        "instagram.shared_by",
        "de",
        "Ein Beitrag geteilt von {name} (@{handle})",
        "am",
        _EMBED,
        "Ein Beitrag geteilt von Jo Doe (@jo.doe) am 2. Mai 2019",
    ),
    Line(
        "instagram.shared_by",
        "nl",
        "Een bericht gedeeld door {name} (@{handle})",
        "op",
        _EMBED,
        "Een bericht gedeeld door Jo Doe (@jo.doe) op 2 mei 2019",
    ),
    Line(
        "instagram.shared_by",
        "fr",
        "Une publication partagée par {name} (@{handle})",
        "le",
        _EMBED,
        "Une publication partagée par Jo Doe (@jo.doe) le 2 mai 2019",
    ),
    Line(
        "instagram.shared_by",
        "fr",
        "Une photo publiée par {name} (@{handle})",
        "le",
        _EMBED,
        "Une photo publiée par Jo Doe (@jo.doe) le 2 mai 2016",
    ),
    Line(
        "instagram.shared_by",
        "es",
        "Una publicación compartida por {name} (@{handle})",
        "el",
        _EMBED,
        "Una publicación compartida por Jo Doe (@jo.doe) el 2 de mayo de 2019",
    ),
    Line(
        "instagram.shared_by",
        "es",
        "Una publicación compartida de {name} (@{handle})",
        "el",
        _EMBED,
        "Una publicación compartida de Jo Doe (@jo.doe) el 2 de mayo de 2019",
    ),
    Line(
        "instagram.shared_by",
        "pt",
        "Uma publicação compartilhada por {name} (@{handle})",
        "em",
        _EMBED,
        "Uma publicação compartilhada por Jo Doe (@jo.doe) em 2 de maio de 2019",
    ),
    Line(
        "instagram.shared_by",
        "pt",
        "Um post compartilhado por {name} (@{handle})",
        "em",
        _EMBED,
        "Um post compartilhado por Jo Doe (@jo.doe) em 2 de maio de 2019",
    ),
    Line(
        "instagram.shared_by",
        "pt",
        "Uma publicação partilhada por {name} (@{handle})",
        "a",
        _EMBED,
        "Uma publicação partilhada por Jo Doe (@jo.doe) a 2 de maio de 2019",
    ),
    Line(
        "instagram.shared_by",
        "it",
        "Un post condiviso da {name} (@{handle})",
        "in data:",
        _EMBED,
        "Un post condiviso da Jo Doe (@jo.doe)",
    ),
    Line(
        "instagram.shared_by",
        "ja",
        "{name}(@{handle})がシェアした投稿",
        None,
        _EMBED,
        "山田(@yamada.jo)がシェアした投稿",
    ),
    Line(
        "instagram.shared_by",
        "id",
        "Sebuah kiriman dibagikan oleh {name} (@{handle})",
        "pada",
        _EMBED,
        "Sebuah kiriman dibagikan oleh Jo Doe (@jo.doe)",
    ),
    Line(
        "instagram.shared_by",
        "vi",
        "Bài viết do {name} (@{handle}) chia sẻ",
        None,
        _EMBED,
        "Bài viết do Jo Doe (@jo.doe) chia sẻ",
    ),
    Line(
        "facebook.posted_by",
        "en",
        "Posted by {name}",
        "on",
        _FACEBOOK,
        "Posted by Jo Doe on Friday, April 10, 2020",
    ),
    Line(
        "facebook.posted_by",
        "es",
        "Publicado por {name}",
        "en",
        _FACEBOOK,
        "Publicado por Jo Doe en Jueves, 12 de noviembre de 2020",
    ),
    Line(
        "facebook.posted_by",
        "fr",
        "Publiée par {name}",
        "sur",
        _FACEBOOK,
        "Publiée par Jo Doe sur Lundi 18 janvier 2021",
    ),
    Line(
        "facebook.posted_by",
        "de",
        "Gepostet von {name}",
        "am",
        _FACEBOOK,
        "Gepostet von Jo Doe am Freitag, 10. April 2020",
    ),
    Line(
        "facebook.posted_by",
        "nl",
        "Geplaatst door {name}",
        "op",
        _FACEBOOK,
        "Geplaatst door Jo Doe op vrijdag 10 april 2020",
    ),
    Line(
        "facebook.posted_by",
        "it",
        "Pubblicato da {name}",
        "su",
        _FACEBOOK,
        "Pubblicato da Jo Doe su Venerdì 10 aprile 2020",
    ),
    Line(
        "facebook.posted_by",
        "pl",
        "Opublikowany przez {name}",
        "na",
        _FACEBOOK,
        "Opublikowany przez Jo Doe na 10 kwietnia 2020",
    ),
    Line(
        "facebook.posted_by",
        "hu",
        "Közzétette: {name}",
        "–",
        _FACEBOOK,
        "Közzétette: Jo Doe – 2020. április 10.",
    ),
    Line(
        "facebook.posted_by",
        "tr",
        "{name} paylaştı:",
        "",
        _FACEBOOK,
        "Jo Doe paylaştı: 9 Ocak 2017 Pazartesi",
    ),
)
