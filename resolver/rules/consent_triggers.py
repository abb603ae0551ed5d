"""Wordings of which a note of a held-back embed has at least one: without any, a text is not looked at further.

In small letters. They only save time: what they find is judged by all the other rules.
"""

from __future__ import annotations

from typing import Final

from resolver.rules.consent_names import EVERYDAY_NAMES, PLATFORM_NAMES

#: In any language: platforms, cookies, the names of browser extensions, what is used by their notes.
_ANYWHERE: Final = (
    "twitter facebook instagram youtube tiktok vimeo spotify soundcloud bluesky mastodon linkedin pinterest "
    "dailymotion telegram cookie javascript duckduckgo privacy tracker consent widget html5 "
    "reddit twitch tumblr flickr"
)
#: Consent, data protection, third parties, and content that is blocked or not there, by language.
_BY_LANGUAGE: Final = (
    "toestemming|derde partij|third party|third parties|geblokkeerd|tweet|"
    "datenschutz|zustimm|einwillig|privatsphäre|drittanbieter|blockiert|entsperr|platzhalter|einverstanden|"
    "confidentialité|traceurs|bloqué|indisponible|blocked|unavailable|hidden|"
    "consenso|riservatezza|bloccat|consentimiento|privacidad|bloquead|"
    "consentimento|privacidade|indisponível|"
    "zgod|prywatno|zewnętrzn|zablokowan|niedostępn|samtyck|integritet|blockera|kakor|"
    "samtykke|blokeret|privatliv|blokkert|personvern|informasjonskaps|"
    "suostumu|eväste|tietosuoja|estetty|yksityisyy|souhlas|soukrom|zablokov|nedostupn|hozzájárul|adatvédel|süti|"
    "letilt|külső|consimțământ|confidențialitate|blocat|indisponibil|"
    "συγκατάθεσ|συναίνεσ|απόρρητ|εξωτερικ|αποκλ|μπλοκ|onay|çerez|gizlilik|engellen|harici|"
    "согласи|конфиденциальн|внешн|заблок|недоступ|твиттер|инстаграм|фейсбук|ютуб|куки|сторонн|згод|конфіденц|зовнішн|"
    "съгласи|бисквитк|kolačić|privol|pristan|privatnost|vanjsk|blokiran|súhlas|súkrom|piškot|soglas|zasebnost|zunanj|"
    "consentiment|galetes|küpsis|nõusolek|slapuk|sutik|sīkdat|piekriš|"
    "this content|diesen inhalt|diese inhalte|dieser inhalt|ce contenu|questo contenuto|este contenido|este conteúdo|"
    "deze inhoud|tę treść|ta treść|detta innehåll|dette indhold|dette innholdet|tämän sisällön|tento obsah|"
    "ezt a tartalmat|acest conținut|αυτό το περιεχόμενο|bu içeriğ|этот контент|цей вміст|このコンテンツ|"
    "your settings|your choices|this post|this video|deze post|dit bericht|deze video|"
    "diesen beitrag|dieser beitrag|dieses video|cette vidéo|cette publication|questo post|questo video|este vídeo|"
    "esta publicación|este post|"
    "ten post|ten film|detta inlägg|det här inlägget|den här videon|dette innlegget|dette opslag|denne video|"
    "tento příspěvek|"
    "toto video|tämän julkaisun|tätä julkaisua|ezt a bejegyzést|această postare|αυτή η ανάρτηση|bu gönderi|этот пост|"
    "это видео|цей допис|この投稿|この動画|"
    "akkoord|afgeschermd|verborgen|beim laden|wird geladen|ausgeblendet|freischalt|freigeben|nachladen|masqué|"
    "autoriser|accepter|nascost|autorizza|oculto|oculta|ocultad|permiso|autoriz|ukryt|dold|skjult|piilotet|skryt|"
    "rejtve|rejtett|ascuns|κρυμμέν|gizlen|скрыт|прихован|niedostępn|kullanılam|"
    "gelöscht|eliminad|eliminato|eliminata|eliminati|"
    "estat eliminat|fost eliminat|excluíd|usunięt|slettet|raderat|poistettu|odstraněn|törölt|șters|"
    "διαγραφ|silindi|удал|видалено|suspended|unavailable|削除され|已删除|已刪除|삭제되|"
    "محتوى|منشور|ملفات تعريف|کوکی|محتوا|עוגיות|פרטיות|सहमति|कुकी|lượt|riêng tư|postingan|persetujuan|колачић|"
    "nội dung này|सामग्री|תוכן|ציוץ|تغريدة|"
    "同意|クッキー|プライバシー|外部|ブロック|ツイッター|インスタグラム|埋め込み|第三者|隐私|隱私|第三方|쿠키|동의|개인정보|차단|외부"
)

#: What is much said of other things, by what stands beside it where it is said of what is held back.
_BESIDE: Final = (
    "external content|external media|external service|external video|external source|external site|external website|"
    "external post|external provider|external platform|external medium|content from external|"
    "externe|externo|externt|externi|externí|externá|externý|externas|externos|contenido extern|contenidos extern|"
    "conteúdo extern|conteúdos extern|conținut extern|contingut extern|extern inneh|externa inneh|extern tjänst|"
    "extern käll|extern leverantör|externa tjänst|externa käll|externa leverantör|extern inhalt|"
    "this embed|the embed|an embed|show embed|load embed|view embed|embeds|embed content|embedded content|"
    "embedded post|embedded tweet|embedded video|embedded media|embedded element|embedded item|embed code|"
    "from x.com|van x.com|von x.com|de x.com|di x.com|på x.com|on x.com|auf x.com|op x.com|z x.com|"
    "izin ver|izin gerek|iznini|"
    "konten ini|konten itu|konten tersebut|konten eksternal|konten pihak|konten dari|konten yang|konten sosial|"
    "not available|no longer available|pas disponib|plus disponib|no disponib|no está disponib|no están disponib|"
    "no se encuentra disponib|non disponib|non è disponib|non è più disponib|non sono disponib|não disponív|"
    "não está disponív|não estão disponív|não está mais disponív|não se encontra disponív|no està disponib|"
    "nu este disponib|nu mai este disponib|nu sunt disponib|nicht verfügbar|nicht mehr verfügbar|niet beschikbaar|"
    "niet meer beschikbaar|niet langer beschikbaar|ikke tilgængelig|ikke længere tilgængelig|utilgængelig|"
    "ikke tilgjengelig|ikke lenger tilgjengelig|utilgjengelig|inte tillgänglig|inte längre tillgänglig|otillgänglig|"
    "ei ole saatavilla|ei ole enää saatavilla|eivät ole saatavilla|není dostupn|nejsou dostupn|nie je dostupn|"
    "nie sú dostupn|nije dostup|nisu dostup|nije više dostup|nem elérhető|már nem elérhető|δεν είναι διαθέσιμ|"
    "δεν είναι πλέον διαθέσιμ|μη διαθέσιμ|"
    "been deleted|was deleted|were deleted|is deleted|deleted by|post deleted|tweet deleted|video deleted|deleted post|"
    "deleted tweet|deleted video|été supprimé|est supprimé|supprimé par|supprimée par|post supprimé|tweet supprimé|"
    "is verwijderd|zijn verwijderd|werd verwijderd|verwijderd door|bericht verwijderd|tweet verwijderd|video verwijderd"
)

#: That the reader accepts, agrees or allows, by language.
_PERMITTING: Final = (
    "toestaan toestemm derden accepteer akzept erlaub zulassen einverst acceptez accepter autoris accett autorizz "
    "acept permite permiti aceit autoriz concord akcept zgadza godkänn tillåt samtyck samtyk tillad godta tillat "
    "hyväks přijm povol souhlas elfogad engedély hozzájár acord αποδεχ αποδέχ επιτρέ συμφων συναινέ kabul "
    "примит примете разреш соглас прийм дозв приема"
    " prihvat dopust prijať povoľ soglas dovol 個人情報 許可 承認 接受 允许 允許 허용"
)

TRIGGERS: Final = tuple(
    dict.fromkeys(
        (
            *_ANYWHERE.split(),
            *_BY_LANGUAGE.split("|"),
            *_BESIDE.split("|"),
            *(
                name
                for name in PLATFORM_NAMES
                if len(name) > 3 and "(" not in name and name not in EVERYDAY_NAMES
            ),
            *_PERMITTING.split(),
        )
    )
)
