"""What becomes of a stored update, whatever its handler does."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from procrastinate.exceptions import ConnectorException
from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import ApplicationBuilder, TypeHandler

from bot.delivery import handling
from bot.delivery.handling import STARTS, TRIES, Handling, is_transient, pause_after
from bot.delivery.sealing import SealBrokenError, Sealer
from bot.delivery.understanding import understood
from bot.playground.accounts import PERSON_ID
from bot.playground.faults import ANY, Fault
from tests.delivery.conftest import (
    PATIENCE,
    SECRET,
    TOKEN,
    message,
    of_tomorrow,
    office,
    press,
    settings_at,
    waiting,
)

if TYPE_CHECKING:
    from pathlib import Path

    from bot.delivery.store import Store
    from bot.settings import Settings

pytestmark = pytest.mark.usefixtures("_hasty")


class Handler:
    """Notes what it is given, and fails as often as it is told to."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.handled: list[int] = []
        self.told: list[str] = []

    async def handle(self, update: Update, _: Any) -> None:  # noqa: ANN401 - PTB's context
        """Handle an update."""
        self.handled.append(update.update_id)
        if self.failures:
            raise self.failures.pop(0)

    async def tell(self, _: object, context: Any) -> None:  # noqa: ANN401
        """Tell the person."""
        self.told.append(type(context.error).__name__)


async def test_an_update_is_handled_and_forgotten(settings: Settings) -> None:
    """Nothing remains of it but its number."""
    handler, texts = Handler(), []

    async def handle(update: Update, context: Any) -> None:  # noqa: ANN401
        texts.append(update.message.text if update.message else None)
        await handler.handle(update, context)

    async with office(settings, handle) as at_work:
        for _ in range(2):
            await at_work.delivery.inbox.put(message(1))
        await at_work.settled()
        assert handler.handled == [1]
        assert texts == [SECRET]
        for table in ("procrastinate_jobs", "bot_payloads", "bot_dead_letters"):
            assert await at_work.store.rows(f"SELECT * FROM {table}") == []  # noqa: S608 - ours


async def test_what_may_pass_is_tried_again_in_silence(settings: Settings) -> None:
    """Nobody hears of an error that is gone at the next try."""
    handler = Handler(NetworkError("down"), TimedOut(), RetryAfter(0), ConnectionError())
    async with office(settings, handler.handle, handler.tell) as at_work:
        await at_work.delivery.inbox.put(message(1))
        await at_work.settled()
        assert handler.handled == [1] * TRIES
        assert handler.told == []
        assert await at_work.dead() == []


async def test_a_person_hears_of_it_after_the_last_try(settings: Settings) -> None:
    """Once, and what remains says nothing of what they sent."""
    handler = Handler(*[NetworkError("down")] * 99)
    async with office(settings, handler.handle, handler.tell) as at_work:
        await at_work.delivery.inbox.put(message(1))
        await at_work.settled()
        assert handler.handled == [1] * TRIES
        assert handler.told == ["NetworkError"]
        assert await at_work.dead() == [(1, "NetworkError", TRIES)]
        assert await at_work.store.rows("SELECT * FROM bot_payloads") == []
        assert await at_work.store.rows("SELECT * FROM procrastinate_jobs") == []


class Talker:
    """Answers over the network, and notes to what it could."""

    def __init__(self) -> None:
        self.begun = 0
        self.answered: list[int] = []
        self.told: list[str] = []

    async def answer(self, update: Update, _: Any) -> None:  # noqa: ANN401
        """Answer an update."""
        self.begun += 1
        assert update.message is not None
        await update.message.reply_text("heard")
        self.answered.append(update.update_id)

    async def ask_and_answer(self, update: Update, context: Any) -> None:  # noqa: ANN401
        """Ask Telegram for something else first."""
        await context.bot.get_me()
        await self.answer(update, context)

    async def tell(self, _: object, context: Any) -> None:  # noqa: ANN401
        """Tell the person."""
        self.told.append(type(context.error).__name__)


def outage(method: str = ANY) -> Fault:
    """Telegram is away, or does one thing no longer."""
    return Fault(method, times=10**6, error_code=502, html=True)


async def test_while_telegram_is_away_tries_do_not_count(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long it lasts, nothing is given up; a chat is answered in its order afterwards."""
    monkeypatch.setattr(handling, "AWAY", 0.0)
    talker = Talker()
    async with (
        office(settings, talker.answer, talker.tell) as at_work,
        asyncio.timeout(PATIENCE),
    ):
        faults = at_work.playground.world.faults
        faults.add(outage())
        for number in (1, 2, 3):
            await at_work.delivery.inbox.put(message(number, chat=PERSON_ID))
        while talker.begun < 3 * TRIES:  # noqa: ASYNC110 - a network
            await asyncio.sleep(0.01)
        assert (talker.answered, talker.told, await at_work.dead()) == ([], [], [])
        rows = await at_work.store.rows("SELECT tries FROM bot_payloads ORDER BY update_id")
        assert [row["tries"] < TRIES - 1 for row in rows] == [True] * 3
        faults.clear()
        await at_work.settled()
        assert (talker.answered, talker.told, await at_work.dead()) == ([1, 2, 3], [], [])


async def test_while_telegram_answers_something_tries_count(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it does not take of one update is no outage: a person hears of it after the last try."""
    monkeypatch.setattr(handling, "AWAY", 0.0)
    talker = Talker()
    async with office(settings, talker.ask_and_answer, talker.tell) as at_work:
        at_work.playground.world.faults.add(outage("sendMessage"))
        await at_work.delivery.inbox.put(message(1, chat=PERSON_ID))
        await at_work.settled()
        assert (talker.begun, talker.told) == (TRIES, ["NetworkError"])
        assert await at_work.dead() == [(1, "NetworkError", TRIES)]


async def test_an_outage_is_waited_for_a_day(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As long as Telegram keeps what it cannot deliver; then the tries count."""
    monkeypatch.setattr(handling, "AWAY", 0.0)
    talker = Talker()
    async with office(settings, talker.answer, talker.tell, idle=True) as at_rest:
        at_rest.playground.world.faults.add(outage())
        await at_rest.delivery.inbox.put(message(1, chat=PERSON_ID))
        await at_rest.store.execute(
            "UPDATE bot_seen_updates SET seen_at = seen_at - %(day)s", day=int(handling.DAY)
        )
        async with at_rest.delivery.to(at_rest.application, lambda: 3600.0):
            await at_rest.settled()
        assert (talker.begun, talker.told) == (TRIES, ["NetworkError"])
        assert await at_rest.dead() == [(1, "NetworkError", TRIES)]


async def test_an_outage_leaves_the_tries_that_were_left(settings: Settings) -> None:
    """It is judged by what Telegram does, not by how often an update was begun."""
    handler, away = Handler(*[NetworkError("down")] * 99), [0.0] * 3 + [3600.0] * 20 + [0.0] * 9
    async with office(settings, handler.handle, handler.tell, idle=True) as at_rest:
        await at_rest.delivery.inbox.put(message(1))
        async with at_rest.delivery.to(at_rest.application, lambda: away.pop(0)):
            await at_rest.settled()
        assert len(handler.handled) == 20 + TRIES
        assert handler.told == ["NetworkError"]
        assert await at_rest.dead() == [(1, "NetworkError", TRIES)]


async def test_what_is_no_error_of_telegram_does_not_wait_for_it(tmp_path: Path) -> None:
    """An outage is no reason to try for a day what has nothing to do with it."""
    handler = Handler(*[ConnectionError()] * 99)
    settings = settings_at(f"sqlite:///{tmp_path}/bot.db")
    async with office(settings, handler.handle, idle=True) as at_rest:
        await at_rest.delivery.inbox.put(message(1))
        async with at_rest.delivery.to(at_rest.application, lambda: 3600.0):
            await at_rest.settled()
        assert await at_rest.dead() == [(1, "ConnectionError", TRIES)]


async def test_stops_and_databases_use_up_no_tries(settings: Settings) -> None:
    """Whatever procrastinate calls an attempt: the process did not die, nor did Telegram fail."""
    handler = Handler(*[NetworkError("down")] * (TRIES - 1))
    async with office(settings, handler.handle, handler.tell, idle=True) as at_rest:
        await at_rest.delivery.inbox.put(message(1))
        await at_rest.store.execute(
            "UPDATE procrastinate_jobs SET attempts = %(many)s", many=2 * STARTS
        )
        async with at_rest.delivery.to(at_rest.application):
            await at_rest.settled()
        assert (handler.handled, handler.told) == ([1] * TRIES, [])
        assert await at_rest.dead() == []


@pytest.mark.parametrize("error", [ZeroDivisionError(), BadRequest("no"), TelegramError("what")])
async def test_what_would_go_wrong_again_is_tried_once(tmp_path: Path, error: Exception) -> None:
    """A bug is a bug at the second try, too, and nobody waits for that."""
    handler = Handler(error)
    settings = settings_at(f"sqlite:///{tmp_path}/bot.db")
    async with office(settings, handler.handle, handler.tell) as at_work:
        await at_work.delivery.inbox.put(message(1))
        await at_work.settled()
        assert handler.handled == [1]
        assert handler.told == [type(error).__name__]
        assert await at_work.dead() == [(1, type(error).__name__, 1)]


async def test_what_is_not_understood_leaves_a_dead_letter(settings: Settings) -> None:
    """Nothing personal, no second try, and no handler that would find nothing in it."""
    handler = Handler()
    async with office(settings, handler.handle, handler.tell) as at_work:
        (kept,) = understood([of_tomorrow(1)])
        await at_work.delivery.inbox.put(Update.de_json(kept, None))
        await at_work.delivery.inbox.put(message(2))
        await at_work.settled()
        assert handler.handled == [2]
        assert handler.told == []
        assert await at_work.dead() == [(1, "NotUnderstoodError", 1)]
        assert await at_work.store.rows("SELECT * FROM bot_payloads") == []


async def test_who_has_left_is_let_go(tmp_path: Path) -> None:
    """Somebody who has blocked the bot is no failure of it."""
    handler = Handler(Forbidden("blocked"))
    settings = settings_at(f"sqlite:///{tmp_path}/bot.db")
    async with office(settings, handler.handle, handler.tell) as at_work:
        await at_work.delivery.inbox.put(message(1))
        await at_work.settled()
        assert await at_work.dead() == []


async def test_a_chat_keeps_its_order_through_retries(settings: Settings) -> None:
    """The second update of a chat waits for the tries of the first; another chat does not."""
    handler = Handler(NetworkError("down"), NetworkError("down"))
    async with office(settings, handler.handle, idle=True) as at_rest:
        for number in (3, 1, 2):
            await at_rest.delivery.inbox.put(message(number, chat=7))
        async with at_rest.delivery.to(at_rest.application):
            await at_rest.settled()
    assert handler.handled == [1, 1, 1, 2, 3]


async def test_a_press_does_not_wait_for_a_reading(settings: Settings) -> None:
    """Its spinner stops while a photo of the same chat is still being read."""
    reading, pressed = asyncio.Event(), asyncio.Event()

    async def handle(update: Update, _: Any) -> None:  # noqa: ANN401
        if update.callback_query:
            pressed.set()
        else:
            reading.set()
            await pressed.wait()

    async with office(settings, handle) as at_work, asyncio.timeout(PATIENCE):
        await at_work.delivery.inbox.put(message(1))
        await reading.wait()
        await at_work.delivery.inbox.put(press(2, 10))
        await at_work.settled()


async def test_one_chat_leaves_places_for_others(tmp_path: Path) -> None:
    """Somebody with a hundred photos holds one place, and a few lanes for their presses."""
    gate = asyncio.Event()

    async def handle(update: Update, _: Any) -> None:  # noqa: ANN401
        assert update.effective_chat is not None
        if update.effective_chat.id == 7:
            await gate.wait()
        else:
            gate.set()

    settings = settings_at(f"sqlite:///{tmp_path}/bot.db", concurrency=6)
    async with office(settings, handle) as at_work, asyncio.timeout(PATIENCE):
        for number in range(1, 20):
            await at_work.delivery.inbox.put(message(number, chat=7))
            await at_work.delivery.inbox.put(press(100 + number, number, chat=7))
        await at_work.delivery.inbox.put(message(500, chat=8))
        await at_work.settled()


async def test_a_stop_puts_back_what_it_cuts_short(settings: Settings) -> None:
    """And the next start does it; what had time to finish is done."""
    begun = asyncio.Event()
    handled: list[int] = []

    async def handle(update: Update, _: Any) -> None:  # noqa: ANN401
        begun.set()
        if len(handled) == 0:
            handled.append(0)
            await asyncio.Event().wait()
        handled.append(update.update_id)

    short = settings.model_copy(
        update={"delivery": settings.delivery.model_copy(update={"stop_seconds": 0.05})}
    )
    async with office(short, handle, idle=True) as at_rest:
        await at_rest.delivery.inbox.put(message(1))
        async with at_rest.delivery.to(at_rest.application), asyncio.timeout(PATIENCE):
            await begun.wait()
        (job,) = await waiting(at_rest.store)
        assert (job["status"], handled) == ("todo", [0])
        counted = await at_rest.store.rows("SELECT tries, deaths FROM bot_payloads")
        assert counted == [{"tries": 0, "deaths": 0}]
    async with office(settings, handle) as at_work:
        await at_work.settled()
    assert handled == [0, 1]


async def test_what_kills_the_process_is_not_touched_for_ever(tmp_path: Path) -> None:
    """After so many starts its person is told, and the others get on."""
    handler = Handler()
    settings = settings_at(f"sqlite:///{tmp_path}/bot.db")
    async with office(settings, handler.handle, handler.tell, idle=True) as at_rest:
        await at_rest.delivery.inbox.put(message(1))
        await at_rest.store.execute("UPDATE bot_payloads SET deaths = %(starts)s", starts=STARTS)
        async with at_rest.delivery.to(at_rest.application):
            await at_rest.settled()
        assert handler.handled == []
        assert handler.told == ["DiedTooOftenError"]
        assert await at_rest.dead() == [(1, "DiedTooOftenError", STARTS)]


async def test_what_no_key_opens_is_given_up(tmp_path: Path) -> None:
    """Another replica may have the key; where none has, one update is lost."""
    handler = Handler()
    settings = settings_at(f"sqlite:///{tmp_path}/bot.db")
    async with office(settings, handler.handle, idle=True) as at_rest:
        await at_rest.delivery.inbox.put(message(1))
        await at_rest.store.execute("UPDATE bot_payloads SET sealed = %(b)s", b=bytes(40))
        async with at_rest.delivery.to(at_rest.application):
            await at_rest.settled()
        assert await at_rest.dead() == [(1, "SealBrokenError", TRIES)]


async def test_what_another_replica_has_done_is_done(tmp_path: Path) -> None:
    """A job without its payload was finished by whoever took it over."""
    handler = Handler()
    settings = settings_at(f"sqlite:///{tmp_path}/bot.db")
    async with office(settings, handler.handle, idle=True) as at_rest:
        await at_rest.delivery.inbox.put(message(1))
        await at_rest.store.execute("DELETE FROM bot_payloads")
        async with at_rest.delivery.to(at_rest.application):
            await at_rest.settled()
        assert (handler.handled, await at_rest.dead()) == ([], [])


async def test_a_database_that_is_away_is_waited_for(tmp_path: Path) -> None:
    """The update stays until it is back."""
    handler = Handler()
    settings = settings_at(f"sqlite:///{tmp_path}/bot.db")
    async with office(settings, handler.handle, idle=True) as at_rest:
        await at_rest.delivery.inbox.put(message(1))
        await at_rest.store.execute("ALTER TABLE bot_payloads RENAME TO elsewhere")
        async with at_rest.delivery.to(at_rest.application), asyncio.timeout(PATIENCE):
            while (await waiting(at_rest.store))[0]["attempts"] == 0:  # noqa: ASYNC110 - a database
                await asyncio.sleep(0.01)
            await at_rest.store.execute("ALTER TABLE elsewhere RENAME TO bot_payloads")
            await at_rest.settled()
        assert handler.handled == [1]


async def test_an_error_outside_the_queue_is_told_at_once(tmp_path: Path) -> None:
    """Nobody will try that again."""
    handler = Handler()
    settings = settings_at(f"sqlite:///{tmp_path}/bot.db")
    async with office(settings, handler.handle, handler.tell) as at_work:
        await at_work.application.process_error(None, NetworkError("down"))
        assert handler.told == ["NetworkError"]


async def test_a_handler_that_returns_early_is_refused(local: Store) -> None:
    """Its update would count as done while it still works on it."""
    application = ApplicationBuilder().token(TOKEN).job_queue(None).build()
    application.add_handler(TypeHandler(Update, Handler().handle, block=False))
    with pytest.raises(ValueError, match="block"):
        Handling(local, Sealer([bytes(32)]), application)


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (NetworkError(""), True),
        (TimedOut(), True),
        (RetryAfter(3), True),
        (ConnectionError(), True),
        (TimeoutError(), True),
        (ConnectorException(), True),
        (BadRequest(""), False),
        (Forbidden(""), False),
        (SealBrokenError(), True),
        (KeyError(), False),
        (FileNotFoundError(), False),
    ],
)
def test_some_errors_pass(error: Exception, passes: bool) -> None:
    """Networks and databases come back; bugs and refusals stay."""
    assert is_transient(error) is passes


def test_pauses_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Telegram wishes, and else twice as long each time."""
    monkeypatch.undo()
    assert [pause_after(number) for number in range(1, 8)] == [2, 4, 8, 16, 32, 60, 60]
    assert pause_after(1, RetryAfter(30)) == 30
