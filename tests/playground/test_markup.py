"""HTML as bots send it."""

from __future__ import annotations

import html

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.playground.entities import Entity, Text, utf16_length, utf16_slice
from bot.playground.markup import TYPES, normal_url, parse_html
from bot.playground.refusals import Refusal

PREFIX = "Bad Request: can't parse entities: "


@pytest.mark.parametrize(
    "tag", [tag for tag in TYPES if tag not in {"a", "span", "tg-emoji", "tg-time"}]
)
def test_every_tag_makes_its_entity(tag: str) -> None:
    """The tag's text, counted in UTF-16 units."""
    text = parse_html(f"😀<{tag}>证件</{tag}>!")
    assert text == Text("😀证件!", (Entity(TYPES[tag], 2, 2),))


@pytest.mark.parametrize(
    ("markup", "entity"),
    [
        (
            '<a href="https://example.com/a?b=1&amp;c">x</a>',
            Entity("text_link", 0, 1, url="https://example.com/a?b=1&c"),
        ),
        ("<a href=example.com>x</a>", Entity("text_link", 0, 1, url="http://example.com/")),
        ("<a>www.example.com</a>", Entity("text_link", 0, 15, url="http://www.example.com/")),
        ("<span class='tg-spoiler'>x</span>", Entity("spoiler", 0, 1)),
        (
            '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
            Entity("custom_emoji", 0, 2, custom_emoji_id="5368324170671202286"),
        ),
        (
            '<tg-time unix="1647531900" format="wDT">x</tg-time>',
            Entity("date_time", 0, 1, unix_time=1647531900, date_time_format="wDT"),
        ),
        ('<tg-time unix="5">x</tg-time>', Entity("date_time", 0, 1, unix_time=5)),
        (
            '<pre><code class="language-python">x</code></pre>',
            Entity("pre", 0, 1, language="python"),
        ),
        ('<code class="language-c"><pre>x</pre></code>', Entity("pre", 0, 1, language="c")),
        ("<blockquote expandable>x</blockquote>", Entity("expandable_blockquote", 0, 1)),
        ('<blockquote expandable="">x</blockquote>', Entity("expandable_blockquote", 0, 1)),
        ("<B >x</b >", Entity("bold", 0, 1)),
        ("<b>x</>", Entity("bold", 0, 1)),
        ("<b class = 'y' >x</b>", Entity("bold", 0, 1)),
    ],
)
def test_attributes_are_understood(markup: str, entity: Entity) -> None:
    """Quoted in either way or not at all, with references, with space around."""
    assert parse_html(markup).entities == (entity,)


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="javascript:alert(1)">x</a>',
        "<a>no link</a>",
        "<a href='http://[::1'>x</a>",
        "<tg-emoji>x</tg-emoji>",
        "<tg-time>x</tg-time>",
        "<b></b>x",
    ],
)
def test_what_means_nothing_is_left_out(markup: str) -> None:
    """The text stays, without an entity."""
    assert parse_html(markup).entities == ()


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("&lt;b&gt; &amp; &quot;", '<b> & "'),
        ("&#39;&#x9A7E;&#128512;", "'驾😀"),
        ("&nbsp; &copy &#0; &#xD800; &#x110000; &", "&nbsp; &copy &#0; &#xD800; &#x110000; &"),
        ("&amp;lt;", "&lt;"),
        ("a > b", "a > b"),
    ],
)
def test_references(markup: str, text: str) -> None:
    """Four names and all numbers; anything else stays as it is written."""
    assert parse_html(markup) == Text(text)


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("x<br>", 'unsupported start tag "br" at byte offset 1'),
        ("驾<div>", 'unsupported start tag "div" at byte offset 3'),
        ("<", "unclosed start tag at byte offset 0"),
        ("ab<b", "unclosed start tag at byte offset 2"),
        ("<a href", "unclosed start tag at byte offset 0"),
        ("<a href=", "unclosed start tag at byte offset 0"),
        ("<a href='x", "unclosed start tag at byte offset 0"),
        ("<a ", "unclosed start tag at byte offset 0"),
        ("<a =x>", 'empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>", "unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("x</b>", "unexpected end tag at byte offset 1"),
        ("<b>x</b", "unclosed end tag at byte offset 4"),
        ("<i>x</b>", 'unmatched end tag at byte offset 4, expected "</i>", found "</b>"'),
        ("<b>x", 'can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</i>", 'can\'t find end tag corresponding to start tag "b"'),
    ],
)
def test_refusals_use_telegrams_words(markup: str, words: str) -> None:
    """Byte offsets count UTF-8."""
    with pytest.raises(Refusal) as refused:
        parse_html(markup)
    assert refused.value.description == PREFIX + words
    assert refused.value.error_code == 400


PIECES = [
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<",
    ">",
    "/",
    "&lt;",
    "&#x1F600;",
    "<a href='t.me'>",
    "</a>",
]
PIECES += [
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<blockquote expandable>",
    "</blockquote>",
    "=",
    '"',
]


@settings(deadline=None)  # other work on this machine is no failure
@given(st.lists(st.sampled_from([*PIECES, "驾", "😀", " ", "\n", "x"])).map("".join) | st.text())
@example("<a " + "x" * 50)
def test_it_parses_or_refuses_and_never_anything_else(markup: str) -> None:
    """Entities lie within the text, are not empty, and are sorted."""
    try:
        text = parse_html(markup)
    except Refusal as refusal:
        assert refusal.description.startswith(PREFIX)  # noqa: PT017 - the other outcome is fine, too
        return
    units = utf16_length(text.content)
    assert all(0 <= entity.offset < entity.end <= units for entity in text.entities)
    assert list(text.entities) == sorted(text.entities, key=lambda entity: entity.offset)


NAMES = ["b", "i", "u", "s", "code", "pre", "tg-spoiler"]


@settings(deadline=None)  # other work on this machine is no failure
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.text(min_size=1).filter(str.isprintable))))
def test_escaped_text_comes_back(parts: list[tuple[str, str]]) -> None:
    """What is escaped and wrapped is found at the entity's place."""
    parts = parts[:90]
    text = parse_html("".join(f"<{tag}>{html.escape(part)}</{tag}>" for tag, part in parts))
    assert text.content == "".join(part for _, part in parts)
    found = [utf16_slice(text.content, one.offset, one.length) for one in text.entities]
    assert found == [part for _, part in parts]


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://example.com", "https://example.com/"),
        ("https://example.com?a", "https://example.com?a"),
        ("tg://user?id=1", "tg://user?id=1"),
        ("mailto:a@b.c", "mailto:a@b.c"),
        ("http://localhost:8080", "http://localhost:8080/"),
        ("http://nodot", None),
        ("http://a b.c/", None),
        ("", None),
    ],
)
def test_links_get_their_normal_form(link: str, url: str | None) -> None:
    """A scheme and a slash are added; what is no link is none."""
    assert normal_url(link) == url
