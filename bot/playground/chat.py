"""The one private chat between the person and the bot."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.playground.accounts import Bot, Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.playground.clock import Clock
    from bot.playground.events import Events
    from bot.playground.messages import Message

KEPT_MESSAGES = 2_000
DAY = 86_400
FADING = 2 * DAY
"""Seconds after which a bot no longer sees what its button stands under."""

FIRST_MESSAGE_ID = 101


class Chat:
    """Messages by id, oldest first; the oldest give way when there are more than `limit`."""

    def __init__(self, bot: Bot, clock: Clock, events: Events, limit: int = KEPT_MESSAGES) -> None:
        self.bot = bot
        self.person = Person()
        self.reactions: dict[int, list[dict[str, Any]]] = {}
        self._clock = clock
        self._events = events
        self._limit = limit
        self._messages: dict[int, Message] = {}
        self._next_id = FIRST_MESSAGE_ID

    def __iter__(self) -> Iterator[Message]:
        return iter(tuple(self._messages.values()))

    def get(self, message_id: int) -> Message | None:
        """The message of that id, if it is (still) there."""
        return self._messages.get(message_id)

    def add(self, draft: Message) -> Message:
        """Give a message its id and date and put it into the chat."""
        message = replace(draft, id=self._next_id, date=self._clock.date())
        self._next_id += 1
        self._messages[message.id] = message
        for oldest in tuple(self._messages)[: -self._limit]:
            self.remove(oldest)
        self._events.publish("message", message=self.to_api(message))
        return message

    def edit(self, message: Message) -> Message:
        """Put `message` in the place of the one with its id."""
        edited = replace(message, edit_date=self._clock.date())
        self._messages[message.id] = edited
        self._events.publish("edited", message=self.to_api(edited))
        return edited

    def remove(self, message_id: int) -> bool:
        """Delete a message for both; false if there is none of that id."""
        self.reactions.pop(message_id, None)
        if self._messages.pop(message_id, None) is None:
            return False
        self._events.publish("deleted", message_id=message_id)
        return True

    def react(self, message_id: int, reactions: list[dict[str, Any]]) -> None:
        """Show the bot's reactions under a message."""
        self.reactions[message_id] = reactions
        self._events.publish("reaction", message_id=message_id, reaction=reactions)

    def introduce(self, person: Person) -> None:
        """Let the person be somebody else, or speak another language."""
        self.person = person
        self._events.publish("person", person=person.to_api())

    def clear(self) -> None:
        """Forget every message. Ids go on counting, as bots expect of them."""
        self._messages.clear()
        self.reactions.clear()

    def to_api(self, message: Message, *, depth: int = 1) -> dict[str, Any]:
        """A ``Message`` of the Bot API; a reply shows what it replies to, one level deep.

        A message that was deleted since is simply missing from the reply.
        """
        sender = self.bot.to_api() if message.by_bot else self.person.to_api()
        shown = {
            "message_id": message.id,
            "from": sender,
            "chat": self.person.chat(),
            "date": message.date,
        } | message.body()
        original = self.get(message.reply_to) if depth and message.reply_to else None
        if original is not None:
            shown["reply_to_message"] = self.to_api(original, depth=depth - 1)
        return shown

    def to_api_now(self, message: Message) -> dict[str, Any]:
        """What a pressed button shows of its message: hardly anything once it is too old."""
        if self._clock.now() - message.date < FADING:
            return self.to_api(message)
        return {"message_id": message.id, "chat": self.person.chat(), "date": 0}
