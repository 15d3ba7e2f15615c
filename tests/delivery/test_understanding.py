"""Updates that python-telegram-bot cannot parse."""

from __future__ import annotations

import json

import pytest
from telegram import Bot, Update
from telegram.error import TelegramError

from bot.delivery.connection import Heartbeat
from bot.delivery.understanding import NotUnderstoodError, opened, understood
from tests.delivery.conftest import SECRET, TOKEN, message, of_tomorrow


def test_what_is_understood_stays_as_it_is() -> None:
    """Of one that is not nothing is left but its id."""
    first, last = message(1).to_dict(), message(3).to_dict()
    kept = understood([first, of_tomorrow(2), last])
    assert (kept[0], kept[2]) == (first, last)
    assert [update.update_id for update in Update.de_list(kept)] == [1, 2, 3]
    assert SECRET not in json.dumps(kept[1], ensure_ascii=False)


def test_the_mark_outlives_the_store() -> None:
    """It is written and read like all that the library does not know."""
    (kept,) = understood([of_tomorrow(2)])
    stored = json.loads(Update.de_json(kept, None).to_json())
    with pytest.raises(NotUnderstoodError):
        opened(stored, Bot(TOKEN))
    assert opened(message(1).to_dict(), Bot(TOKEN)).update_id == 1


@pytest.mark.parametrize("nothing", [5, {}, {"message": 5}, None])
def test_what_has_no_id_is_no_answer(nothing: object) -> None:
    """Nothing can stand for it; polling pauses instead of asking again at once."""
    with pytest.raises(TelegramError):
        understood([message(1).to_dict(), nothing])


def test_an_answer_without_updates_is_let_through() -> None:
    """Nothing came, or Telegram refuses."""
    for answer in ({"ok": True, "result": []}, {"ok": False, "error_code": 409}):
        assert Heartbeat.parse_json_payload(json.dumps(answer).encode()) == answer
