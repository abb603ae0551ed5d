"""How pages say that there is nothing at an address, by language. None of them proves anything alone.

They say where to look closer: a page is only taken for such a one if an address that never was gets the same. Words of
the titles and headings of the error pages of common systems and of browsers; each is matched at the borders of words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True)
class NotFoundPhrases:
    """The wordings of one language."""

    #: ISO 639-1.
    language: str
    #: In lower case; words only, with one space between them.
    phrases: tuple[str, ...]
    #: A title that must be found, and one that must not.
    sample: str
    near_miss: str
    source: str


#: The translations of the error pages of WordPress and Drupal, which are free to read.
_WORDPRESS = "https://translate.wordpress.org/projects/wp-themes/"
_DRUPAL = "https://localize.drupal.org/"

NOT_FOUND_PHRASES: Final = (
    NotFoundPhrases(
        language="en",
        phrases=(
            "404", "page not found", "not found", "page cannot be found", "page can t be found",
            "page could not be found", "page does not exist", "page doesn t exist", "page isn t available",
            "no longer available", "no longer exists", "nothing found", "nothing was found", "nothing here",
            "page has been removed", "article has expired", "content is unavailable",
        ),
        sample="404 - Page not found | Harbour News",
        near_miss="The bridge that was found in 1404",
        source=_WORDPRESS,
    ),
    NotFoundPhrases(
        language="nl",
        phrases=(
            "pagina niet gevonden", "niet gevonden", "pagina bestaat niet", "bestaat niet meer",
            "niet meer beschikbaar", "kon niet worden gevonden",
        ),
        sample="Pagina niet gevonden - Havennieuws",
        near_miss="Schat gevonden in de haven",
        source=_WORDPRESS,
    ),
    NotFoundPhrases(
        language="de",
        phrases=(
            "seite nicht gefunden", "nicht gefunden", "seite existiert nicht", "existiert nicht mehr",
            "nicht mehr verfügbar", "konnte nicht gefunden werden",
        ),
        sample="Fehler: Seite nicht gefunden",
        near_miss="Schatz im Hafen gefunden",
        source=_WORDPRESS,
    ),
    NotFoundPhrases(
        language="fr",
        phrases=("page introuvable", "page non trouvée", "n existe pas", "n existe plus", "n est plus disponible"),
        sample="Page introuvable | Le Port",
        near_miss="Le trésor du port trouvé",
        source=_WORDPRESS,
    ),
    NotFoundPhrases(
        language="es",
        phrases=(
            "página no encontrada", "no se encontró", "no se ha encontrado", "no existe", "ya no está disponible",
            "no encontrado",
        ),
        sample="Página no encontrada - El Puerto",
        near_miss="Un tesoro encontrado en el puerto",
        source=_WORDPRESS,
    ),
    NotFoundPhrases(
        language="it",
        phrases=("pagina non trovata", "non trovato", "non esiste", "non è più disponibile", "pagina inesistente"),
        sample="Pagina non trovata - Il Porto",
        near_miss="Un tesoro trovato nel porto",
        source=_WORDPRESS,
    ),
    NotFoundPhrases(
        language="pt",
        phrases=("página não encontrada", "não encontrada", "não encontrado", "não existe", "não está disponível"),
        sample="Página não encontrada",
        near_miss="Tesouro encontrado no porto",
        source=_WORDPRESS,
    ),
    NotFoundPhrases(
        language="pl",
        phrases=("nie znaleziono", "strona nie istnieje", "nie została znaleziona"),
        sample="Nie znaleziono strony - Port",
        near_miss="Znaleziono skarb w porcie",
        source=_WORDPRESS,
    ),
    NotFoundPhrases(
        language="sv",
        phrases=("sidan hittades inte", "hittades inte", "finns inte", "kunde inte hittas"),
        sample="Sidan hittades inte",
        near_miss="Skatten hittades i hamnen",
        source=_WORDPRESS,
    ),
    NotFoundPhrases(
        language="da",
        phrases=("siden blev ikke fundet", "ikke fundet", "findes ikke"),
        sample="Siden findes ikke",
        near_miss="Skat fundet i havnen",
        source=_DRUPAL,
    ),
    NotFoundPhrases(
        language="no",
        phrases=("siden ble ikke funnet", "ikke funnet", "finnes ikke"),
        sample="Siden ble ikke funnet",
        near_miss="Skatt funnet i havnen",
        source=_WORDPRESS,
    ),
    NotFoundPhrases(
        language="fi",
        phrases=("sivua ei löytynyt", "ei löydy", "ei löytynyt"),
        sample="Sivua ei löytynyt",
        near_miss="Aarre löytynyt satamasta",
        source=_DRUPAL,
    ),
    NotFoundPhrases(
        language="tr",
        phrases=("sayfa bulunamadı", "bulunamadı", "mevcut değil"),
        sample="Sayfa bulunamadı",
        near_miss="Limanda hazine bulundu",
        source=_WORDPRESS,
    ),
    NotFoundPhrases(
        language="ru",
        phrases=("страница не найдена", "не найдена", "не найдено", "не существует", "ничего не найдено"),
        sample="Страница не найдена",
        near_miss="В порту найдена монета",
        source=_WORDPRESS,
    ),
    NotFoundPhrases(
        language="uk",
        phrases=("сторінку не знайдено", "не знайдено", "не існує"),
        sample="Сторінку не знайдено",
        near_miss="У порту знайдено монету",
        source=_WORDPRESS,
    ),
)  # fmt: skip
