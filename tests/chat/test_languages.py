"""The sentences that people read, in their language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from bot import errors
from bot.chat import commands
from bot.chat.languages import TAGS, choose, language, locales
from bot.chat.rendering import plain_text
from bot.licence.documents import DocumentType, FieldName
from bot.licence.findings import CODES
from bot.playground.markup import parse_html

HTML_FREE = re.compile(r"(button|bot|command|title|page|distance|field)-(?!line)|field-with.*")
CODE = Path(commands.__file__).parent.parent


class Variables(Visitor):
    """Collects the variables of a message."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - fluent's name
        """Note one."""
        self.names.add(node.id.name)


def messages(tag: str) -> dict[str, set[str]]:
    """The id of every message of a language, with its variables."""
    resource = FluentParser().parse((locales() / tag / "bot.ftl").read_text("utf-8"))
    found = {}
    for entry in resource.body:
        assert not isinstance(entry, ast.Junk), f"{tag}: {entry.content}"
        if isinstance(entry, ast.Message):
            variables = Variables()
            variables.visit(entry)
            assert entry.id.name not in found, f"{tag}: {entry.id.name} stands twice"
            found[entry.id.name] = variables.names
    return found


ENGLISH = messages("en")
KINDS: tuple[type[errors.BotError], ...] = (
    errors.AccountError,
    errors.PhotoError,
    errors.ProviderError,
    errors.QuotaError,
    errors.RequestError,
    errors.TransferError,
)
NUMBERS = {"count": 3, "percent": 50, "megabytes": 20, "megapixels": 64, "pixels": 200}


def values(names: set[str]) -> dict[str, Any]:
    """Something for each variable; a text that would break careless HTML where it can be one."""
    return {name: NUMBERS.get(name, "<b>&</i>") for name in names}


@pytest.mark.parametrize("tag", TAGS)
def test_languages_say_the_same_things(tag: str) -> None:
    """Every language has the same messages with the same variables."""
    assert messages(tag) == ENGLISH


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("message_id", sorted(ENGLISH))
def test_every_sentence_is_telegram_html(tag: str, message_id: str) -> None:
    """Whatever its variables hold, Telegram understands the sentence."""
    text = language(tag).say(message_id, **values(ENGLISH[message_id]))
    parsed = parse_html(text)
    assert parsed.content.strip()
    assert len(parsed.content) <= 4096
    if HTML_FREE.match(message_id):
        assert not parsed.entities


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize(
    "message_id",
    [
        name
        for name in ENGLISH
        if re.match("button-|access-|remind-(known|full|over|day-)|(reminder|people)-gone", name)
    ],
)
def test_an_alert_is_short_enough(tag: str, message_id: str) -> None:
    """Telegram refuses alerts over 200 characters, and buttons should be far shorter."""
    assert len(language(tag).plain(message_id, **values(ENGLISH[message_id]))) <= 200


@pytest.mark.parametrize("tag", TAGS)
def test_descriptions_fit(tag: str) -> None:
    """Telegram allows 512, 120 and 256 characters."""
    spoken = language(tag)
    assert len(spoken.plain("bot-description")) <= 512
    assert len(spoken.plain("bot-short-description")) <= 120
    assert all(len(spoken.plain(f"command-{name}")) <= 256 for name in commands.OWNERS_MENU)


def test_everything_that_code_can_say_exists() -> None:
    """Each field, page, error and quality warning has its sentence."""
    wanted = {f"field-{name}".replace("_", "-") for name in FieldName}
    for page in DocumentType:
        slug = page.slug.replace("_", "-")
        wanted |= {f"page-{slug}", f"title-{slug}", f"button-read-as-{slug}"}
    for kind in KINDS:
        wanted |= {f"error-{code}" for code in kind.codes}
    wanted |= {f"finding-{code}".replace("_", "-") for code in CODES}
    assert wanted <= set(ENGLISH)


def test_nothing_is_written_that_is_never_said() -> None:
    """Every id stands in the code, or begins like one that the code builds."""
    code = "\n".join(path.read_text("utf-8") for path in CODE.rglob("*.py"))
    built = (
        "doctor-",
        "privacy-",
        "field-",
        "page-",
        "title-",
        "error-",
        "finding-",
        "verdict-",
        "meaning-",
        "estimate-",
        "distance-",
        "correct-",
        "access-",
        "invite-",
        "remind-",
    )
    unsaid = set(ENGLISH) - set(re.findall(r"(?<=[\"'])[\w-]+(?=[\"'])", code))
    assert {n for n in unsaid if not n.startswith((*built, "button-read-as-", "command-"))} == set()


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        (None, "en"),
        ("", "en"),
        ("en", "en"),
        ("de", "en"),
        ("zh", "zh-Hans"),
        ("zh-hans", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh-hans-raw", "zh-Hans"),
        ("zh-Hans-HK", "zh-Hans"),
        ("zh-Hant-CN", "zh-Hant"),
        ("zh-hant", "zh-Hant"),
        ("zh-TW", "zh-Hant"),
        ("zh_HK", "zh-Hant"),
        ("zh-mo", "zh-Hant"),
        ("zho", "en"),
    ],
)
def test_a_person_is_spoken_to_in_their_language(code: str | None, tag: str) -> None:
    """Taiwan, Hong Kong and Macao read traditional characters."""
    assert choose(code) == tag


def test_texts_are_escaped_and_numbers_are_not() -> None:
    """A name with a bracket in it is no tag; a tag of our own is."""
    said = language("en").say("field-line", field="Name", value="<b>张&</b>")
    assert said == "Name: <code>&lt;b&gt;张&amp;&lt;/b&gt;</code>"


def test_a_missing_variable_is_an_error() -> None:
    """A hole in a sentence is found by tests, not by people."""
    with pytest.raises(ValueError, match="reading"):
        language("en").say("reading")


def test_an_unknown_sentence_is_an_error() -> None:
    """An id that does not exist never becomes a text."""
    with pytest.raises(LookupError):
        language("en").say("no-such-sentence")
    assert not language("en").knows("no-such-sentence")


def test_plain_text_has_no_markup() -> None:
    """What a terminal shows is what Telegram shows, without its tags."""
    assert plain_text("<b>a &lt; b</b>") == "a < b"
