"""What the engine answers when it does not answer with fields."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from structlog.testing import capture_logs

from bot.errors import AccountError, PhotoError, ProviderError, RecognitionError, RequestError
from bot.recognition.drivinglicence.admission import FullError
from bot.recognition.drivinglicence.codes import MEANINGS, Code
from bot.recognition.drivinglicence.fetching import FetchError
from bot.recognition.drivinglicence.refusals import CODES, MESSAGES, STATUSES, Refusal, refusal_of

SEEN = "driving_licence"


@pytest.mark.parametrize("word", sorted(PhotoError.codes))
def test_a_bad_photo_is_not_our_fault(word: str) -> None:
    """Each word about a photo has a code of the API's, with 200."""
    refusal = refusal_of(PhotoError(word, seen=SEEN), "1")

    assert refusal.code < 0
    assert refusal.status == HTTPStatus.OK
    if refusal.code is not Code.PICTURE_EMPTY:
        assert refusal.reply("1")["data"] == {"session_id": "1", "reason": word, "seen": SEEN}


@pytest.mark.parametrize(
    "error",
    [
        *(ProviderError(word) for word in sorted(ProviderError.codes - {"busy", "too-slow"})),
        *(AccountError(word) for word in sorted(AccountError.codes)),
        *(RequestError(word) for word in sorted(RequestError.codes)),
    ],
)
def test_our_own_troubles_are_internal(error: Exception) -> None:
    """A caller can only try again; the log says what it was."""
    with capture_logs() as logs:
        refusal = refusal_of(error, "1")

    assert (refusal.code, refusal.status) == (Code.INTERNAL, 500)
    assert refusal.reply("1") == {
        "code": 213,
        "message": "internal error",
        "data": {"session_id": "1"},
    }
    assert logs[0]["log_level"] == "error"


def test_a_surprise_is_logged_with_its_place() -> None:
    """The line that raised it, not what it said."""
    try:
        raise KeyError("a value")  # noqa: TRY301 - it has to come from a place
    except KeyError as error:
        with capture_logs() as logs:
            refusal = refusal_of(error, "1")

    assert refusal.code is Code.INTERNAL
    assert "a value" not in str(logs)
    assert logs[0]["why"].startswith("KeyError test_refusals.py:")


@pytest.mark.parametrize("error", [FullError(7), ProviderError("busy")])
def test_who_finds_no_room_hears_when_to_come_back(error: Exception) -> None:
    """429 with Retry-After."""
    refusal = refusal_of(error, "1", pause=7)

    assert (refusal.code, refusal.status) == (Code.TOO_OFTEN, 429)
    assert refusal.headers() == {"Retry-After": "7"}


def test_a_failed_download_does_not_say_why() -> None:
    """The answer would map the engine's own network; the log has a word for it."""
    with capture_logs() as logs:
        refusal = refusal_of(FetchError("forbidden-address"), "1")

    assert refusal.reply("1") == {
        "code": -1308,
        "message": "ERROR_DOWNLOAD_IMAGE_FAILED",
        "data": {"session_id": "1"},
    }
    assert logs[0]["why"] == "forbidden-address"


def test_a_request_that_was_not_heard_out_closes_the_connection() -> None:
    """What still comes would be taken for the next request."""
    refusal = Refusal(Code.BAD_REQUEST, status=HTTPStatus.REQUEST_TIMEOUT)

    assert refusal.headers() == {"Connection": "close"}


def test_every_word_is_one_of_ours() -> None:
    """A word that nobody raises any more would hide in the table."""
    words = frozenset[str]().union(*(kind.codes for kind in RecognitionError.__subclasses__()))

    assert CODES.keys() <= words
    assert set(CODES.values()) | STATUSES.keys() <= MESSAGES.keys()


@pytest.mark.parametrize("code", MESSAGES)
def test_our_own_client_understands_every_code(code: Code) -> None:
    """What the engine says means something on the other side of the wire."""
    assert code in MEANINGS
    assert (STATUSES.get(code) is None) is (code < 0)
