"""Cases of twitter with what must come out of them: its addresses, and articles with its embeds."""

from __future__ import annotations

from typing import Final

from resolver.platforms.samples.sample import Sample

ADDRESSES: Final = (
    Sample(
        case="https://twitter.com/jo/status/1382350606417817604?s=20",
        found={
            "id": "1382350606417817604",
            "handle": "jo",
            "url": "https://twitter.com/jo/status/1382350606417817604",
            "posted_at": "2021-04-14T15:10:42.059000+00:00",
        },
    ),
    Sample(
        case="http://twitter.com/#!/jo/statuses/20",
        found={"id": "20", "handle": "jo", "posted_at": None},
    ),
    Sample(
        case="https://twitter.com/statuses/1382350606417817604",
        found={"handle": None, "url": "https://twitter.com/i/web/status/1382350606417817604"},
    ),
    Sample(
        case="https://x.com/i/status/1382350606417817604",
        found={"id": "1382350606417817604", "handle": None},
    ),
    Sample(
        case="https://nitter.example.org/jo/status/1382350606417817604#m",
        found={"id": "1382350606417817604", "handle": "jo"},
    ),
    Sample(
        case="https://fxtwitter.com/jo/status/1382350606417817604",
        found={"id": "1382350606417817604"},
    ),
    Sample(
        case=("https://twitframe.com/show?url=https%3A%2F%2Ftwitter.com%2Fjo%2Fstatus%2F1382350606417817604"),
        found={"id": "1382350606417817604"},
    ),
    Sample(
        case=(
            "https://platform.twitter.com/embed/Tweet.html?dnt=true&frame=false&id=13823506"
            "06417817604&lang=en"
        ),
        found={"id": "1382350606417817604"},
    ),
    Sample(
        case="https://twitter.com/jo/status/0",
        found={},
    ),
    Sample(
        case="https://twitter.com/jo/lists/status",
        found={},
    ),
)

EMBEDS: Final = (
    Sample(
        case=(
            '<blockquote class="twitter-tweet tw-align-center" lang="ja" '
            'data-in-reply-to="20"><p>Thanks @<a '
            'href="https://twitter.com/alroe">alroe</a> <a href="http://t.co/F62qwk1i" '
            'title="https://example.com/bridge">example.com/bridge</a></p>&mdash; Jo Doeさん '
            '(@jodoe) <a href="https://twitter.com/jodoe/status/253128966834167808" '
            'data-datetime="2012-10-02T13:36:07+00:00">10月 2, 2012</a></blockquote>'
        ),
        found={
            "rule": "twitter.blockquote",
            "author": "Jo Doeさん",
            "handle": "jodoe",
            "posted": "2012-10-02",
            "posted_at": "2012-10-02T13:36:07+00:00",
            "text": "Thanks @alroe example.com/bridge",
            "mentions": "alroe",
        },
    ),
    Sample(
        case=(
            '<blockquote class="twitter-tweet" lang="en"><p>The bridge opens early. <a '
            'href="https://twitter.com/hashtag/Harbour?src=hash">#Harbour</a> <a '
            'href="https://t.co/AbCdEf1234">pic.twitter.com/AbCdEf1234</a></p>&mdash; Jo '
            'Doe (@jodoe) <a href="https://twitter.com/jodoe/statuses/1123938128600682496">'
            "May 2, 2019</a></blockquote>"
        ),
        found={
            "rule": "twitter.blockquote",
            "post_id": "1123938128600682496",
            "author": "Jo Doe",
            "handle": "jodoe",
            "posted": "2019-05-02",
            "text": "The bridge opens early. #Harbour pic.twitter.com/AbCdEf1234",
            "hashtags": "Harbour",
        },
    ),
    Sample(
        case=(
            '<blockquote class="twitter-tweet" data-lang="ru"><p lang="en" dir="ltr">The '
            "bridge opens early. <a "
            'href="https://twitter.com/hashtag/Harbour?src=hash">#Harbour</a> <a '
            'href="https://t.co/AbCdEf1234">pic.twitter.com/AbCdEf1234</a></p>&mdash; Jo '
            'Doe (@jodoe) <a href="https://twitter.com/jodoe/status/1123938128600682496?ref'
            '_src=twsrc%5Etfw">2 мая 2019\nг.</a></blockquote>'
        ),
        found={
            "rule": "twitter.blockquote",
            "post_id": "1123938128600682496",
            "author": "Jo Doe",
            "handle": "jodoe",
            "posted": "2019-05-02",
            "text": "The bridge opens early. #Harbour pic.twitter.com/AbCdEf1234",
        },
    ),
    Sample(
        case=(
            '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">The bridge opens '
            'early. <a href="https://twitter.com/hashtag/Harbour?src=hash">#Harbour</a> <a '
            'href="https://t.co/AbCdEf1234">pic.twitter.com/AbCdEf1234</a></p>&mdash; Jo '
            'Doe (@jodoe) <a href="https://x.com/jodoe/status/1123938128600682496?ref_src=t'
            'wsrc%5Etfw">May 2, 2019</a></blockquote><script async '
            'src="https://platform.x.com/widgets.js"></script>'
        ),
        found={
            "rule": "twitter.blockquote",
            "post_id": "1123938128600682496",
            "author": "Jo Doe",
            "handle": "jodoe",
            "posted": "2019-05-02",
            "text": "The bridge opens early. #Harbour pic.twitter.com/AbCdEf1234",
            "post_url": "https://twitter.com/jodoe/status/1123938128600682496",
        },
    ),
    Sample(
        case=(
            '<blockquote class="twitter-video"><p>The bridge opens early. <a '
            'href="https://twitter.com/hashtag/Harbour?src=hash">#Harbour</a> <a '
            'href="https://t.co/AbCdEf1234">pic.twitter.com/AbCdEf1234</a></p><p>— Jo Doe '
            '(@jodoe) <a href="https://twitter.com/jodoe/status/1123938128600682496">May '
            "2, 2019</a></p></blockquote>"
        ),
        found={
            "rule": "twitter.blockquote",
            "post_id": "1123938128600682496",
            "author": "Jo Doe",
            "handle": "jodoe",
            "posted": "2019-05-02",
            "text": "The bridge opens early. #Harbour pic.twitter.com/AbCdEf1234",
        },
    ),
    Sample(
        case=(
            '<blockquote class="twitter-tweet"><p>The bridge opens early. <a '
            'href="https://twitter.com/hashtag/Harbour?src=hash">#Harbour</a> <a '
            'href="https://t.co/AbCdEf1234">pic.twitter.com/AbCdEf1234</a></p><p>Jo Doe '
            '(@jodoe) <a href="https://twitter.com/jodoe/status/1123938128600682496">May '
            "2, 2019</a></p></blockquote>"
        ),
        found={
            "rule": "twitter.blockquote",
            "post_id": "1123938128600682496",
            "author": "Jo Doe",
            "handle": "jodoe",
            "posted": "2019-05-02",
            "text": "The bridge opens early. #Harbour pic.twitter.com/AbCdEf1234",
        },
    ),
    Sample(
        case=(
            '<blockquote class="twitter-tweet"><p>The bridge opens early. <a '
            'href="https://twitter.com/hashtag/Harbour?src=hash">#Harbour</a> <a '
            'href="https://t.co/AbCdEf1234">pic.twitter.com/AbCdEf1234</a></p>&mdash; Jo '
            'Doe <a href="https://twitter.com/jodoe/status/1123938128600682496">May 2, '
            "2019</a></blockquote>"
        ),
        found={
            "rule": "twitter.blockquote",
            "post_id": "1123938128600682496",
            "author": "Jo Doe",
            "handle": "jodoe",
            "posted": "2019-05-02",
            "text": "The bridge opens early. #Harbour pic.twitter.com/AbCdEf1234",
        },
    ),
    Sample(
        case=(
            '<blockquote class="twitter-tweet">The bridge opens early. <a '
            'href="https://twitter.com/hashtag/Harbour?src=hash">#Harbour</a> <a '
            'href="https://t.co/AbCdEf1234">pic.twitter.com/AbCdEf1234</a><br>— Jo Doe '
            '(@jodoe) <a href="https://twitter.com/jodoe/status/1123938128600682496">May '
            "2, 2019</a></blockquote>"
        ),
        found={
            "rule": "twitter.blockquote",
            "post_id": "1123938128600682496",
            "author": "Jo Doe",
            "handle": "jodoe",
            "posted": "2019-05-02",
            "text": "The bridge opens early. #Harbour pic.twitter.com/AbCdEf1234",
        },
    ),
    Sample(
        case=(
            '<blockquote class="twitter-tweet"><p>The bridge opens early. <a '
            'href="https://twitter.com/hashtag/Harbour?src=hash">#Harbour</a> <a '
            'href="https://t.co/AbCdEf1234">pic.twitter.com/AbCdEf1234</a></p>— Jo Doe '
            "(@jodoe) May 2, 2019</blockquote>"
        ),
        found={
            "rule": "twitter.blockquote",
            "post_id": None,
            "author": "Jo Doe",
            "handle": "jodoe",
            "posted": "2019-05-02",
            "text": "The bridge opens early. #Harbour pic.twitter.com/AbCdEf1234",
        },
    ),
    Sample(
        case=(
            '<blockquote class="twitter-tweet">&mdash; Jo Doe (@jodoe) <a '
            'href="https://twitter.com/jodoe/status/1123938128600682496">2. mai '
            "2019</a></blockquote>"
        ),
        found={
            "rule": "twitter.blockquote",
            "post_id": "1123938128600682496",
            "author": "Jo Doe",
            "handle": "jodoe",
            "posted": "2019-05-02",
            "text": None,
        },
    ),
    Sample(
        case=(
            '<blockquote class="twitter-tweet"><a '
            'href="https://twitter.com/jodoe/status/1123938128600682496">View '
            "Tweet</a></blockquote>"
        ),
        found={
            "rule": "twitter.blockquote",
            "post_id": "1123938128600682496",
            "author": None,
            "handle": "jodoe",
            "posted": None,
            "text": None,
        },
    ),
    Sample(
        case=(
            '<blockquote className="twitter-tweet"><p>The bridge opens early. <a '
            'href="https://twitter.com/hashtag/Harbour?src=hash">#Harbour</a> <a '
            'href="https://t.co/AbCdEf1234">pic.twitter.com/AbCdEf1234</a></p>— Jo Doe '
            '(@jodoe){" "}<a href="https://twitter.com/jodoe/status/1123938128600682496">Ma'
            "y 2, 2019</a></blockquote>"
        ),
        found={
            "rule": "twitter.blockquote",
            "post_id": "1123938128600682496",
            "author": "Jo Doe",
            "handle": "jodoe",
            "posted": "2019-05-02",
            "text": "The bridge opens early. #Harbour pic.twitter.com/AbCdEf1234",
        },
    ),
    Sample(
        case=(
            '<twitterwidget class="twitter-tweet twitter-tweet-rendered" '
            'id="twitter-widget-0" data-tweet-id="1123938128600682496"></twitterwidget>'
        ),
        found={"rule": "twitter.rendered", "post_id": "1123938128600682496", "handle": None},
    ),
    Sample(
        case=(
            '<div class="twitter-tweet twitter-tweet-rendered"><iframe '
            'data-tweet-id="1123938128600682496" '
            'src="https://platform.twitter.com/embed/Tweet.html?dnt=false&amp;id=1123938128'
            '600682496"></iframe></div>'
        ),
        found={"rule": "twitter.iframe", "post_id": "1123938128600682496"},
    ),
    Sample(
        case='<amp-twitter data-tweetid="1123938128600682496" layout="responsive"></amp-twitter>',
        found={"rule": "twitter.amp", "post_id": "1123938128600682496"},
    ),
    Sample(
        case=(
            '<div class="tweet" data-attrs="{&quot;url&quot;: '
            "&quot;https://twitter.com/jodoe/status/1123938128600682496)&quot;, "
            "&quot;full_text&quot;: &quot;The bridge opens early.&quot;, "
            "&quot;username&quot;: &quot;jodoe&quot;, &quot;name&quot;: &quot;Jo "
            "Doe&quot;, &quot;date&quot;: &quot;Thu May 02 13:00:10 +0000 2019&quot;, "
            "&quot;photos&quot;: [{&quot;img_url&quot;: "
            "&quot;https://example.com/1.jpg&quot;, &quot;link_url&quot;: "
            "&quot;https://t.co/AbCdEf1234&quot;}], &quot;quoted_tweet&quot;: {}, "
            '&quot;retweet_count&quot;: 1}"></div>'
        ),
        found={
            "rule": "twitter.substack",
            "post_id": "1123938128600682496",
            "author": "Jo Doe",
            "handle": "jodoe",
            "text": "The bridge opens early.",
            "posted_at": "2019-05-02T13:00:10+00:00",
            "posted": None,
        },
    ),
    Sample(
        case='<Tweet tweetLink="jodoe/status/1123938128600682496" />',
        found={"rule": "twitter.component", "post_id": "1123938128600682496", "handle": "jodoe"},
    ),
    Sample(
        case='<Tweet id="1123938128600682496" />',
        found={"rule": "twitter.component", "post_id": "1123938128600682496"},
    ),
    Sample(
        case=(
            '<iframe src="https://twitframe.com/show?url=https://twitter.com/jodoe/status/1'
            '123938128600682496"></iframe>'
        ),
        found={"rule": "twitter.iframe", "handle": "jodoe"},
    ),
    Sample(
        case="[tweet https://twitter.com/jodoe/status/1123938128600682496 align=center]",
        found={"rule": "twitter.shortcode", "handle": "jodoe"},
    ),
    Sample(
        case="[embed]https://twitter.com/jodoe/status/1123938128600682496[/embed]",
        found={"rule": "twitter.shortcode", "handle": "jodoe"},
    ),
    Sample(
        case='{{< tweet user="jodoe" id="1123938128600682496" >}}',
        found={"rule": "twitter.shortcode", "handle": "jodoe", "post_id": "1123938128600682496"},
    ),
    Sample(
        case='::tweet{id="1123938128600682496"}',
        found={"rule": "twitter.shortcode", "handle": None, "post_id": "1123938128600682496"},
    ),
    Sample(
        case=":::tweet\nhttps://twitter.com/jodoe/status/1123938128600682496\n:::",
        found={"rule": "twitter.shortcode", "handle": "jodoe"},
    ),
    Sample(
        case="{{< tweet 1123938128600682496 >}}",
        found={"rule": "twitter.shortcode", "handle": None, "post_id": "1123938128600682496"},
    ),
    Sample(
        case="{{</* tweet 1123938128600682496 */>}} twitter",
        found={},
    ),
    Sample(
        case="{% tweet https://twitter.com/jodoe/status/1123938128600682496 align='center' %}",
        found={"rule": "twitter.shortcode", "handle": "jodoe"},
    ),
    Sample(
        case=(
            '<figure class="wp-block-embed is-type-rich is-provider-twitter"><div '
            'class="wp-block-embed__wrapper">\nhttps://twitter.com/jodoe/status/112393812860'
            "0682496\n</div></figure>"
        ),
        found={"rule": "twitter.wrapper", "handle": "jodoe"},
    ),
    Sample(
        case=(
            '<a class="twitter-share-button" '
            'href="https://twitter.com/intent/tweet?text=x">Tweet</a><a '
            'class="twitter-timeline" href="https://twitter.com/jodoe">Posts</a>'
        ),
        found={},
    ),
    Sample(
        case=(
            '<script>{"html":"\\u003cblockquote '
            'class=\\"twitter-tweet\\"\\u003e\\u003cp\\u003eThe bridge opens early. \\u003ca '
            'href=\\"https://twitter.com/hashtag/Harbour?src=hash\\"\\u003e#Harbour\\u003c/a\\u0'
            '03e \\u003ca href=\\"https://t.co/AbCdEf1234\\"\\u003epic.twitter.com/AbCdEf1234\\u'
            "003c/a\\u003e\\u003c/p\\u003e&mdash; Jo Doe (@jodoe) \\u003ca "
            'href=\\"https://twitter.com/jodoe/status/1123938128600682496\\"\\u003eMay 2, '
            '2019\\u003c/a\\u003e\\u003c/blockquote\\u003e"}</script>'
        ),
        found={
            "rule": "twitter.blockquote",
            "post_id": "1123938128600682496",
            "author": "Jo Doe",
            "handle": "jodoe",
            "posted": "2019-05-02",
            "text": "The bridge opens early. #Harbour pic.twitter.com/AbCdEf1234",
        },
    ),
    Sample(
        case=(
            '<script>{"html":"<blockquote class=\\"twitter-tweet\\"><p>The bridge opens '
            'early. <a href=\\"https://twitter.com/hashtag/Harbour?src=hash\\">#Harbour<\\/a> '
            '<a href=\\"https://t.co/AbCdEf1234\\">pic.twitter.com/AbCdEf1234<\\/a><\\/p>&mdash'
            "; Jo Doe (@jodoe) <a "
            'href=\\"https://twitter.com/jodoe/status/1123938128600682496\\">May 2, '
            '2019<\\/a><\\/blockquote>"}</script>'
        ),
        found={
            "rule": "twitter.blockquote",
            "post_id": "1123938128600682496",
            "author": "Jo Doe",
            "handle": "jodoe",
            "posted": "2019-05-02",
            "text": "The bridge opens early. #Harbour pic.twitter.com/AbCdEf1234",
        },
    ),
    Sample(
        case=(
            '<div data-embed="&lt;blockquote '
            "class=&quot;twitter-tweet&quot;&gt;&lt;p&gt;The bridge opens early. &lt;a "
            "href=&quot;https://twitter.com/hashtag/Harbour?src=hash&quot;&gt;#Harbour&lt;/"
            "a&gt; &lt;a href=&quot;https://t.co/AbCdEf1234&quot;&gt;pic.twitter.com/AbCdEf"
            "1234&lt;/a&gt;&lt;/p&gt;&amp;mdash; Jo Doe (@jodoe) &lt;a "
            "href=&quot;https://twitter.com/jodoe/status/1123938128600682496&quot;&gt;May "
            '2, 2019&lt;/a&gt;&lt;/blockquote&gt;"></div>'
        ),
        found={
            "rule": "twitter.blockquote",
            "post_id": "1123938128600682496",
            "author": "Jo Doe",
            "handle": "jodoe",
            "posted": "2019-05-02",
            "text": "The bridge opens early. #Harbour pic.twitter.com/AbCdEf1234",
        },
    ),
    Sample(
        case=(
            "<pre><code>&lt;blockquote class=&quot;twitter-tweet&quot;&gt;&lt;p&gt;The "
            "bridge opens early. &lt;a "
            "href=&quot;https://twitter.com/hashtag/Harbour?src=hash&quot;&gt;#Harbour&lt;/"
            "a&gt; &lt;a href=&quot;https://t.co/AbCdEf1234&quot;&gt;pic.twitter.com/AbCdEf"
            "1234&lt;/a&gt;&lt;/p&gt;&amp;mdash; Jo Doe (@jodoe) &lt;a "
            "href=&quot;https://twitter.com/jodoe/status/1123938128600682496&quot;&gt;May "
            "2, 2019&lt;/a&gt;&lt;/blockquote&gt;</code></pre>"
        ),
        found={},
    ),
)
