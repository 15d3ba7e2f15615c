"""A crowd that writes, sends photos and presses buttons, and what it sees of the answers."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, Final

from PIL import Image

from bot.licence.documents import FieldName
from bot.playground.accounts import Person
from bot.playground.attaching import make_photo
from bot.playground.entities import Entity, Text
from bot.playground.messages import Message
from bot.playground.parameters import Upload
from tests.soak.reader import VALUES

if TYPE_CHECKING:
    from bot.playground.chat import Chat
    from bot.playground.media import Photo
    from bot.playground.world import World

SAYINGS: Final = 5
"""Updates that one person of a crowd causes."""

WORDS: Final = "你好,我的身份证在钱包里"
CAPTION: Final = "浸泡人的证件,请看一下"
FIRST_NAME: Final = "浸泡人"
USERNAME: Final = "soaked_person"

_COMMANDS: Final = {"/start": "👋", "/help": "How to use me", "/privacy": "What happens"}
_HINT: Final = "Send me a photo of a driving"
_WAITING: Final = "⏳"
_BUTTON: Final = "read:1"
_ids = count(1_000)


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the updates of a crowd.

    Attributes:
        updates: that it caused.
        answered: how many of them have their answer.
        told: photos and presses among them of which the answer says why there is none.
        twice: messages and photos that were answered twice.
        stale: photos with an answer, beside which a "reading …" stands for ever.
        disorder: chats in which an answer came before that of an earlier message.
        strange: what the bot said besides, as that something went wrong.
    """

    updates: int
    answered: int
    told: int = 0
    twice: int = 0
    stale: int = 0
    disorder: int = 0
    strange: int = 0

    @property
    def lost(self) -> int:
        """Updates without an answer."""
        return self.updates - self.answered

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.updates + other.updates,
            self.answered + other.answered,
            self.told + other.told,
            self.twice + other.twice,
            self.stale + other.stale,
            self.disorder + other.disorder,
            self.strange + other.strange,
        )


class Talker:
    """One person in a chat of their own, who has been asked about a photo before."""

    def __init__(self, world: World, photo: Photo) -> None:
        number = next(_ids)
        person = Person(id=number, first_name=FIRST_NAME, username=f"{USERNAME}_{number}")
        self.chat = world.join(person)
        self._world = world
        self._photo = photo
        self._command, self._prompt = tuple(_COMMANDS.items())[number % len(_COMMANDS)]
        earlier = self.chat.add(Message(0, 0, by_bot=False, media=photo))
        self._question = self._ask(self.chat, earlier)
        self._shown: list[Message] = []

    @staticmethod
    def _ask(chat: Chat, photo: Message) -> Message:
        keyboard = {"inline_keyboard": [[{"text": "Driving", "callback_data": _BUTTON}]]}
        text = Text("Which page is this?")
        return chat.add(Message(0, 0, by_bot=True, text=text, reply_to=photo.id, keyboard=keyboard))

    def speak(self, turn: int) -> None:
        """Say the next thing of five: a command, a photo, a press, words, another photo."""
        if turn == 2:
            self._world.press(self._question, _BUTTON, self.chat)
            return
        texts = {0: self._command, 1: "驾驶证", 3: WORDS, 4: CAPTION}
        media = self._photo if turn in {1, 4} else None
        marks = () if turn else (Entity("bot_command", 0, len(self._command)),)
        draft = Message(0, 0, by_bot=False, text=Text(texts[turn], marks), media=media)
        self._shown.append(self._world.hear(draft, self.chat))

    def tally(self) -> Tally:
        """What was answered until now."""
        said = [one for one in self.chat if one.by_bot and one.id != self._question.id]
        command = [one for one in said if _says(one, self._prompt)]
        words = [one for one in said if _says(one, _HINT)]
        photos = [
            [one for one in said if one.reply_to == shown.id]
            for shown in self._shown
            if shown.media is not None
        ]
        pressed = self.chat.get(self._question.id)
        ends = [one for one in [pressed] if one and one.edit_date and not _says(one, _WAITING)]
        finished = [[one for one in replies if not _says(one, _WAITING)] for replies in photos]
        read = [one for replies in finished[:1] for one in replies[:1]]  # the other was asked about
        firsts = [found[0].id for found in (command, *photos[:1], words, *photos[1:]) if found]
        known = {one.id for found in (command, words, *photos) for one in found}
        return Tally(
            updates=len(self._shown) + self._has_pressed,
            answered=sum(map(bool, (command, words, ends, *finished))),
            told=sum(not _reads(one) for one in (*ends, *read)),
            twice=sum(len(found) > 1 for found in (command, words, *finished)),
            stale=sum(len(r) - len(f) for r, f in zip(photos, finished, strict=True) if f),
            disorder=int(firsts != sorted(firsts)),
            strange=sum(one.id not in known for one in said),
        )

    @property
    def _has_pressed(self) -> bool:
        return len(self._shown) > 2


class Crowd:
    """So many people who say five things each, all at once."""

    def __init__(self, world: World, photo: Photo, people: int) -> None:
        self.talkers = [Talker(world, photo) for _ in range(people)]

    def speak(self) -> None:
        """Everybody says everything, in turns."""
        for turn in range(SAYINGS):
            for talker in self.talkers:
                talker.speak(turn)

    def tally(self) -> Tally:
        """What was answered until now."""
        return sum((talker.tally() for talker in self.talkers), Tally(0, 0))


async def small_photo(world: World) -> Photo:
    """A photo that everybody sends."""
    file = BytesIO()
    Image.new("RGB", (320, 240), "white").save(file, "JPEG")
    return await make_photo(world.files, Upload(file.getvalue(), "p.jpg", "image/jpeg"))


def personal(world: World, photo: Photo) -> list[str]:
    """What of a crowd may be in no store, in no log, and in nothing beside them."""
    values = [VALUES[name] for name in VALUES if not VALUES[name].isascii()]
    files = [text for size in photo.sizes for text in (size.file_id, size.file_unique_id)]
    return [WORDS, CAPTION, FIRST_NAME, USERNAME, "驾驶证", *values, *files, world.token]


def _says(message: Message, beginning: str) -> bool:
    return message.text is not None and message.text.content.startswith(beginning)


def _reads(message: Message) -> bool:
    """Whether it is an answer with a value of the page."""
    return message.text is not None and VALUES[FieldName.NAME] in message.text.content
