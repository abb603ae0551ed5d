"""Words with which an article leads to an embed, by language; written for this project."""

from __future__ import annotations

from typing import Final

#: What leads to it: language -> (verbs and prepositions, where it stands). A post's name stands between them or
#: beside them, and a colon or nothing after them.
POSTS: Final = (
    "tweet|tweets|post|posts|bericht|video|filmpje|beitrag|facebook-post|instagram-post|tuit|publicación|publication|"
    "vidéo|vídeo|postagem|publicação|wpis|inlägg|inlägget|opslag|opslaget|innlegg|innlegget|твит|пост|видео|допис"
)
#: Language -> the words before or after the post's name, as alternatives of a regular expression.
LEADS: Final = {
    "de": r"siehe|seht|hier|oben|unten|folgend\w{0,3}|twitterte|schrieb auf \w{1,20}",
    "nl": r"zie|lees|bekijk|hieronder|onderstaande?|twitterde|schreef op \w{1,20}",
    "en": r"see|watch|read|below|following|tweeted|wrote on \w{1,20}",
    "fr": r"voir|voici|regardez|ci-dessous|suivante?|a écrit sur \w{1,20}",
    "es": r"vea|mira|abajo|siguiente|a continuación|escribió en \w{1,20}",
    "pt": r"veja|abaixo|seguinte|a seguir|escreveu no \w{1,20}",
    "it": r"vedi|guarda|qui sotto|seguente|ha scritto su \w{1,20}",
    "pl": r"zobacz|poniżej|poniższy|następujący|napisał\w? na \w{1,20}",
    "sv": r"se|läs|nedan|följande|skrev på \w{1,20}",
    "ru": r"смотрите|ниже|следующ\w{1,4}|написал\w? в \w{1,20}",
}
