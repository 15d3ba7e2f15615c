"""What a person can ask about an answer, over a real Bot API server."""

from __future__ import annotations

import asyncio
import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from bot.chat import messages, recent
from bot.errors import PhotoError
from bot.licence.documents import DocumentType, FieldName
from bot.licence.recognition import Box
from tests.chat.conftest import PATIENCE, Person, Scripted, buttons, dialogue, picture

if TYPE_CHECKING:
    from collections.abc import Callable

ADDRESS = {FieldName.ADDRESS: Box(20, 30, 200, 20)}


async def answered(person: Person) -> dict[str, Any]:
    """The answer on a photo."""
    await person.send_photo("driving")
    return await person.reads("Expired 2020-12-25")


async def asked(person: Person, answer: dict[str, Any]) -> dict[str, Any]:
    """The question for a correction of that answer."""
    await person.press(answer["message_id"], "correct:1")
    return await person.sees(lambda m: replies_to(m, answer) and "✏️" in said(m))


async def corrected(
    person: Person, question: dict[str, Any], text: str, seen: str
) -> dict[str, Any]:
    """What becomes of a reply to that question."""
    await person.send(text=text, reply_to=str(question["message_id"]))
    return await person.sees(lambda m: replies_to(m, question) and seen in said(m))


def replies_to(message: dict[str, Any], original: dict[str, Any]) -> bool:
    """Whether a message is a reply to that one."""
    said = message.get("reply_to_message", {}).get("message_id")
    return bool(said == original["message_id"])


def said(message: dict[str, Any]) -> str:
    """Text or caption; some of its spaces do not break."""
    text: str = message.get("text") or message.get("caption", "")
    return text.replace("\N{NO-BREAK SPACE}", " ")


def has(kind: str) -> Callable[[dict[str, Any]], bool]:
    """Whether a message of the bot has a photo or a document."""
    return lambda message: kind in message


async def content(person: Person, file_id: str) -> bytes:
    """A file as the person gets it."""
    return (await person.client.get(f"/api/files/{file_id}")).content


async def test_the_buttons_stand_two_in_a_row(person: Person, scripted: Scripted) -> None:
    """The most useful ones are the nearest to the answer."""
    scripted.boxes = ADDRESS
    rows = (await answered(person))["reply_markup"]["inline_keyboard"]
    carried = [[button["callback_data"] for button in row] for row in rows]
    assert carried == [["show:1", "correct:1"], ["read:0", "read:2"], ["json:1", "mask:1"]]


async def test_without_boxes_nothing_can_be_shown(person: Person) -> None:
    """A button that does nothing is none."""
    pressed = [data for _, data in buttons(await answered(person))]
    assert "show:1" not in pressed
    assert "correct:1" in pressed


async def test_doubt_is_shown_on_the_photo(person: Person, scripted: Scripted) -> None:
    """In a reply to the answer, with the legend as its caption."""
    scripted.boxes = ADDRESS
    answer = await answered(person)
    await person.press(answer["message_id"], "show:1")
    shown = await person.sees(has("photo"))
    assert replies_to(shown, answer)
    assert said(shown).splitlines()[1:] == ["1 · Address: 深圳市南山区万利达大厦 ⚠️"]
    data = await content(person, shown["photo"][-1]["file_id"])
    assert len(set(Image.open(BytesIO(data)).tobytes())) > 2  # no longer only grey


async def test_a_hidden_answer_has_a_hidden_legend(person: Person, scripted: Scripted) -> None:
    """What is hidden above is not told below."""
    scripted.boxes = ADDRESS
    answer = await answered(person)
    await person.press(answer["message_id"], "mask:1")
    await person.sees(lambda m: "unmask:1" in str(m))
    await person.press(answer["message_id"], "show:1")
    shown = await person.sees(has("photo"))
    assert "深*********厦" in shown["caption"]


async def test_a_provider_that_says_no_place_any_more_is_told(
    person: Person, scripted: Scripted
) -> None:
    """The photo is read again, perhaps by another one."""
    scripted.boxes = ADDRESS
    answer = await answered(person)
    scripted.boxes = {}
    await person.press(answer["message_id"], "show:1")
    await person.reads("does not say where the values stand")


async def test_an_impatient_thumb_gets_one_picture(
    person: Person, scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And another one later, when it asks for it."""
    monkeypatch.setattr(recent, "REPEAT", 0.5)
    scripted.boxes = ADDRESS
    answer = await answered(person)
    for _ in range(3):
        await person.press(answer["message_id"], "show:1")
    await person.press(answer["message_id"], "json:1")
    await person.sees(has("document"))  # the presses of a message keep their order
    (first,) = [m for m in await person.messages() if m["from"]["is_bot"] and "photo" in m]
    await asyncio.sleep(1)
    await person.press(answer["message_id"], "show:1")
    await person.sees(lambda m: "photo" in m and m["message_id"] > first["message_id"])


async def test_an_answer_becomes_a_file(person: Person) -> None:
    """In the form of the command line, under a name that tells nothing."""
    answer = await answered(person)
    await person.press(answer["message_id"], "json:1")
    document = (await person.sees(has("document")))["document"]
    assert document["file_name"] == "licence.json"
    found = json.loads(await content(person, document["file_id"]))
    assert found["document_type"] == "driving_licence"
    assert found["fields"]["name"]["value"] == "张<三"
    assert found["verdict"] == {"status": "cancellable", "until": "2020-12-25"}


async def test_a_photo_that_can_not_be_read_any_more_says_why(
    person: Person, scripted: Scripted
) -> None:
    """The answer stays as it is."""
    answer = await answered(person)
    scripted.fails = PhotoError("gone")
    await person.press(answer["message_id"], "json:1")
    told = await person.reads("no longer there")
    assert replies_to(told, answer)


@pytest.mark.parametrize("data", ["show:1", "correct:1", "json:1"])
async def test_a_deleted_photo_is_told_in_an_alert(
    person: Person, scripted: Scripted, data: str
) -> None:
    """Nothing can be done without it."""
    scripted.boxes = ADDRESS
    answer = await answered(person)
    await person.client.delete(f"/api/messages/{answer['reply_to_message']['message_id']}")
    async with asyncio.timeout(PATIENCE), person.client.stream("GET", "/api/events") as events:
        await person.press(answer["message_id"], data)
        async for line in events.aiter_lines():
            if "no longer within reach" in line:
                assert '"show_alert": true' in line
                break
    assert len(scripted.readings) == 1


@pytest.mark.parametrize("data", ["show:1", "json:0", "correct:2"])
async def test_a_button_that_is_not_there_does_nothing(
    person: Person, scripted: Scripted, data: str
) -> None:
    """Whoever forges a press gets nothing for it."""
    answer = await answered(person)
    await person.press(answer["message_id"], data)
    await person.send(text="/help")
    await person.reads("How to use me")
    assert len(scripted.readings) == 1


async def test_a_correction_is_asked_for_with_the_photo(person: Person, scripted: Scripted) -> None:
    """The phone replies by itself, and the doubtful value is the example."""
    answer = await answered(person)
    async with asyncio.timeout(PATIENCE), person.client.stream("GET", "/api/events") as events:
        question = await asked(person, answer)
        async for line in events.aiter_lines():
            if '"type": "force_reply"' in line:
                break
    prompt = json.loads(line.removeprefix("data: "))
    assert prompt["message"]["message_id"] == question["message_id"]
    assert prompt["placeholder"] == "Address: 深圳市南山区万利达大厦"
    assert question["photo"] == answer["reply_to_message"]["photo"]
    assert len(scripted.readings) == 1  # nothing is read for a question


async def test_a_corrected_page_is_judged_anew(person: Person) -> None:
    """In an answer of its own, which says what is corrected and by whom."""
    question = await asked(person, await answered(person))
    text = "有效期至：2030年12月25日\naddress: <某路>1号"
    answer = await corrected(person, question, text, "Valid · ends 2030-12-25")
    assert "Valid until: 2030-12-25 ✍️" in said(answer)
    assert "Address: <某路>1号 ✍️" in said(answer)
    assert "✍️ corrected by you" in said(answer)
    assert "Hard to read" not in said(answer)
    pressed = [data for _, data in buttons(answer)]
    remind = "remind:1:20301225:ask:"
    assert pressed == ["correct:1", remind, "read:0", "read:2", "json:1", "mask:1"]


async def test_corrections_stay(person: Person, scripted: Scripted) -> None:
    """In the file, in the picture and beside the next correction."""
    scripted.boxes = {FieldName.VALID_UNTIL: Box(20, 30, 200, 20)}
    question = await asked(person, await answered(person))
    first = await corrected(person, question, "Valid until: 2030-12-25", "ends 2030-12-25")
    await person.press(first["message_id"], "json:1")
    document = (await person.sees(has("document")))["document"]
    found = json.loads(await content(person, document["file_id"]))["fields"]["valid_until"]
    assert (found["value"], found["raw"]) == ("2030-12-25", "2020-12-25")
    assert (found["confidence"], found["corrected"]) == (None, True)
    await person.press(first["message_id"], "show:1")
    await person.sees(lambda m: "1 · Valid until: 2030-12-25 ✍️" in said(m))
    again = await asked(person, first)
    assert "Valid until: 2030-12-25 ✍️" in said(again)
    second = await corrected(person, again, "Name: 李四", "李四 ✍️")
    assert "Valid until: 2030-12-25 ✍️" in said(second)


async def test_what_is_hidden_stays_hidden_in_a_corrected_answer(person: Person) -> None:
    """All but what the person wrote; and the next press shows everything, the correction too."""
    answer = await answered(person)
    await person.press(answer["message_id"], "mask:1")
    hidden = await person.sees(lambda m: "unmask:1" in str(m))
    question = await asked(person, hidden)
    assert "🔒 Personal data stays hidden" in said(question)
    assert "万利达" not in said(question)
    await person.send(text="Name", reply_to=str(question["message_id"]))  # a slip on the way
    again = await person.sees(lambda m: "then a colon" in said(m))
    found = await corrected(person, again, "Name: 李小四", "李小四 ✍️")
    assert "Address: 深*********厦" in said(found)
    await person.press(found["message_id"], "json:1")
    document = (await person.sees(has("document")))["document"]
    fields = json.loads(await content(person, document["file_id"]))["fields"]
    assert (fields["name"]["value"], fields["name"]["raw"]) == ("李小四", "张*三")
    assert fields["address"]["value"] == "深*********厦"
    await person.press(found["message_id"], "unmask:1")
    shown = await person.sees(
        lambda m: m["message_id"] == found["message_id"] and ("mask:1" in dict(buttons(m)).values())
    )
    assert "Address: 深圳市南山区万利达大厦" in said(shown)
    assert "Name: 李小四 ✍️" in said(shown)


async def test_a_corrected_answer_can_be_hidden(person: Person, scripted: Scripted) -> None:
    """At once and without a reading; no correction is lost by it, nor by what comes after it."""
    question = await asked(person, await answered(person))
    answer = await corrected(person, question, "Name: 李小四\nSex: 男", "李小四 ✍️")
    readings = len(scripted.readings)
    await person.press(answer["message_id"], "mask:1")
    hidden = await person.sees(
        lambda m: m["message_id"] == answer["message_id"] and "unmask:1" in str(m)
    )
    assert "Address: 深*********厦" in said(hidden)
    assert "✍️ corrected by you, and never hidden" in said(hidden)
    assert len(scripted.readings) == readings
    again = await asked(person, hidden)
    assert "Name: 李小四 ✍️" in said(again)
    assert "Sex: 男 ✍️" in said(again)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("李四", "then a colon"),
        ("Colour: red", "This page has no “Colour”. You can correct: Licence number · Name"),
        ("Valid until: soon", "“soon” can't be right for “Valid until”."),
        ("Name: " + "长" * 101, "That is too long"),
    ],
)
async def test_a_slip_is_asked_about_again(
    person: Person, scripted: Scripted, text: str, told: str
) -> None:
    """What is wrong, an example, and the photo to which the next try replies."""
    question = await asked(person, await answered(person))
    await person.send(text=text, reply_to=str(question["message_id"]))
    again = await person.sees(lambda m: told in said(m))
    assert "For example" in said(again)
    assert len(scripted.readings) == 1
    await corrected(person, again, "Name: 李四", "李四 ✍️")


async def test_a_correction_works_after_a_restart() -> None:
    """The question carries all that is needed; a new bot knows nothing of the old one."""
    first, second = Scripted(), Scripted()
    async with dialogue(first) as (person, playground):
        question = await asked(person, await answered(person))
    async with dialogue(second, playground=playground) as (person, _):
        answer = await corrected(person, question, "Valid until: 长期", "no end date")
    assert "Valid for: 长期 ✍️" in said(answer)
    assert second.readings == [DocumentType.DRIVING_LICENCE]


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        ("show:1", has("photo")),
        ("json:1", has("document")),
        ("correct:1", lambda m: "✏️ Reply to this picture" in said(m)),
        ("read:0", lambda m: "No end date on this page" in said(m)),
        ("mask:1", lambda m: "深*********厦" in said(m)),
    ],
)
async def test_every_button_works_after_a_restart(
    data: str, wanted: Callable[[dict[str, Any]], bool]
) -> None:
    """The message and its photo are all that a new bot has."""
    first, second = Scripted(), Scripted()
    first.boxes = second.boxes = ADDRESS
    async with dialogue(first) as (person, playground):
        answer = await answered(person)
    async with dialogue(second, playground=playground) as (person, _):
        await person.press(answer["message_id"], data)
        await person.sees(wanted)


async def test_a_photo_sent_as_a_file_is_corrected_too(person: Person) -> None:
    """It goes back as the file that it was."""
    file = ("p.jpg", picture(), "image/jpeg")
    await person.send(file, **{"as": "file", "caption": "driving"})
    question = await asked(person, await person.reads("Expired 2020-12-25"))
    assert "photo" not in question
    assert question["document"] == question["document"] | {"file_name": "p.jpg"}
    await corrected(person, question, "Name: 李四", "李四 ✍️")


async def test_a_command_in_reply_to_the_question_is_a_command(person: Person) -> None:
    """The picture in it can be read as another page, as any other."""
    question = await asked(person, await answered(person))
    answer = await corrected(person, question, "/vehicle", "No end date on this page")
    assert "✍️" not in said(answer)


@pytest.mark.parametrize("place", ["answer", "picture", "nowhere"])
async def test_a_correction_in_the_wrong_place_is_explained(
    person: Person, scripted: Scripted, place: str
) -> None:
    """Who writes it elsewhere is told where it goes."""
    scripted.boxes = ADDRESS
    answer = await answered(person)
    await person.press(answer["message_id"], "show:1")
    shown = await person.sees(has("photo"))
    original = {"answer": answer, "picture": shown}.get(place)
    reply = {"reply_to": str(original["message_id"])} if original else {}
    await person.send(text="Name: 李四", **reply)
    await person.reads("press ✏️ under the answer")


async def test_a_wish_that_telegram_did_not_take_is_granted_later(
    person: Person, scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same press is worked on again; it is not taken for an impatient thumb."""
    monkeypatch.setattr("bot.delivery.handling.pause_after", lambda *_: 0.01)
    scripted.boxes = ADDRESS
    answer = await answered(person)
    fault = {"method": "sendPhoto", "error_code": 502, "description": "Bad Gateway"}
    await person.client.post("/api/faults", json=fault)
    await person.press(answer["message_id"], "show:1")
    assert replies_to(await person.sees(has("photo")), answer)


async def test_a_correction_that_telegram_did_not_take_leaves_one_answer(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is read once more; the first "Reading …" does not stay beside the answer."""
    monkeypatch.setattr(messages, "PAUSES", ())
    monkeypatch.setattr("bot.delivery.handling.pause_after", lambda *_: 0.01)
    question = await asked(person, await answered(person))
    fault = {"method": "editMessageText", "times": 1, "error_code": 502}
    await person.client.post("/api/faults", json=fault)
    answer = await corrected(person, question, "Name: 李四", "李四 ✍️")
    replies = [m for m in await person.messages() if replies_to(m, question)]
    assert [m["message_id"] for m in replies if m["from"]["is_bot"]] == [answer["message_id"]]
