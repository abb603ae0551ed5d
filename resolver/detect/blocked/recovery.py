"""What a vendor's placeholder hides, by the steps of its row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolver.detect.blocked.addresses import absolute, by_id, named_platform
from resolver.detect.blocked.decoders import LONGEST, decode
from resolver.detect.blocked.element import BlockedElement
from resolver.detect.blocked.fragment import LONGEST_NOTE, content_of
from resolver.detect.blocked.net import net_target
from resolver.detect.blocked.targets import embed_in, is_loaded_embed, target_of
from resolver.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolver.detect.blocked.fragment import Fragment
    from resolver.detect.blocked.targets import Target
    from resolver.detect.blocked.vendor import Step, Vendor

# What an attribute says that does not name a service: any other value names one, a map or a form.
_GENERAL = pattern(
    r"(?:default|general|marketing|advertising|statistics|targeting|functional|services?|iframes?|videos?|audio|media|"
    r"social|social[-_ ]?(?:media|networks?)|external(?:[-_ ]?(?:content|media))?|embeds?|post)"
    r"(?:-content-blocker)?"
)

_WHITE_SPACE = pattern(r"\s*+")


def recover(fragment: Fragment, vendor: Vendor) -> BlockedElement | None:
    """Return what a vendor's element hides.

    ``None`` where the element is not the vendor's, where it hides something that is no embed, and where nothing can
    be recovered from an element that is not always an embed's.
    """
    if not vendor.element.matches(fragment.name, fragment.attributes) or vendor.contains not in fragment.html:
        return None
    if fragment.name == "iframe" and is_loaded_embed(fragment.name, fragment.attributes):
        return None
    named = _named(fragment, vendor)
    search = _Search(fragment, vendor, named)
    target, step = search.target()
    if target is None and (search.hides_other or not _is_placeholder(fragment, vendor, named)):
        return None
    text, note = fragment.shown
    end = search.end
    if len(text) > LONGEST_NOTE:
        end, note = fragment.tag_end, None
    return BlockedElement(
        start=fragment.start,
        end=end,
        vendor=vendor.name,
        platform=target.platform if target else named,
        html=target.html if target else None,
        url=target.url if target else None,
        note=None if step and step.is_shown else note,
        rule=f"consent.{vendor.name}",
        confidence=0.98 if target else 0.9 if named else 0.7,
    )


def _is_placeholder(fragment: Fragment, vendor: Vendor, named: str | None) -> bool:
    """Return whether an element without a target is a placeholder all the same.

    It is not where it names a service that is no platform (a map), or shows more than a note.
    """
    if not vendor.alone or len(fragment.shown[0]) > LONGEST_NOTE:
        return False
    if named is not None:
        return True
    values = (
        fragment.attributes.get(place, "").strip().casefold() for place in vendor.platform if place != "class"
    )
    return not vendor.wording and all(not value or _GENERAL.fullmatch(value) for value in values)


def _named(fragment: Fragment, vendor: Vendor) -> str | None:
    """Return the platform that is named at the first of the row's places that names one."""
    for place in vendor.platform:
        if place == "text":
            value = fragment.shown[0][:LONGEST_NOTE]
        else:
            value = fragment.name if place == "name" else fragment.attributes.get(place, "")
        platform = named_platform(value) if value else None
        if platform:
            return platform
    return None


class _Search:
    """The row's steps, one after another, over one element."""

    def __init__(self, fragment: Fragment, vendor: Vendor, named: str | None) -> None:
        self.fragment = fragment
        self.vendor = vendor
        self.named = named
        #: Where the placeholder ends, with the sibling that holds its payload.
        self.end = fragment.end
        #: Whether a step led to an address or HTML that is no embed.
        self.hides_other = False

    def target(self) -> tuple[Target | None, Step | None]:
        """Return the first target that a step leads to, and the step; the net's where no step does."""
        for step in self.vendor.steps:
            for value in self._values(step):
                target = self._read(step, value)
                if target is not None:
                    return target, step
        return (None if self.vendor.wording else net_target(self.fragment)), None

    def _read(self, step: Step, value: str) -> Target | None:
        if step.place == "id":
            platform = step.of or self.named
            address = by_id(platform, value) if platform else None
            return target_of(address or value)
        for text in decode(value, step.decode):
            if len(text) > LONGEST:
                continue
            target = target_of(text)
            if target is not None:
                return target
            self.hides_other = self.hides_other or absolute(text) is not None or "<" in text
        return None

    def _values(self, step: Step) -> Iterator[str]:
        """Yield what stands at the place that a step names."""
        fragment = self.fragment
        if step.after:
            yield from self._sibling(step.after)
        elif step.place == "itself":
            yield fragment.html if embed_in(fragment.html) else ""
        elif step.place == "content" and not step.inside:
            yield fragment.content
        elif step.place in {"attribute", "id"} and not step.inside:
            yield fragment.attributes.get(step.name, "")
        elif step.inside:
            for element in fragment.inside(step.inside, step.within):
                yield str(element.get(step.name, "")) if step.name else content_of(element)

    def _sibling(self, name: str) -> Iterator[str]:
        """Yield the content of the element that follows, if it has the *name*; it belongs to the placeholder."""
        source = self.fragment.source
        match = _WHITE_SPACE.match(source, self.fragment.end)
        begin = match.end() if match else self.fragment.end
        if not source.startswith(f"<{name}", begin):
            return
        content, closing = source.find(">", begin, begin + LONGEST) + 1, f"</{name}>"
        end = source.find(closing, content, content + LONGEST)
        if content and end != -1:
            self.end = end + len(closing)
            yield source[content:end]
