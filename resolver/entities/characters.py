"""Groups of characters that the rules of twitter-text 3.1.0 name, to stand in an expression's brackets.

Source: the conformance suite and the regular expressions of https://github.com/twitter/twitter-text.
"""

from __future__ import annotations

#: What counts as white space between words.
SPACES = r"\t-\r \x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"

#: Marks that switch the direction of writing and are not seen.
DIRECTIONAL = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"

#: The byte order mark and the two code points that are none.
NONCHARACTERS = r"\ufeff\ufffe\uffff"

#: Punctuation that cannot stand in a host name. The double quote and the backtick are not in it.
OUTSIDE_HOSTS = r"!'#%&()*+,\\/:;<=>?@\[\]\^{|}~$"

#: What ends a cashtag: the same, and what stands between or inside the labels of a host name.
PUNCTUATION = OUTSIDE_HOSTS + r"\-._"

#: Latin letters beyond ASCII, the okina and combining marks: they may stand in paths and spoil a handle.
LATIN_ACCENTED = (
    r"\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289\u028b"
    r"\u02bb\u0300-\u036f\u1e00-\u1eff"
)

#: Cyrillic letters may stand in paths too.
CYRILLIC = r"\u0400-\u04ff"
