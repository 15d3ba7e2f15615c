"""Personal data hidden from those who read along."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import correction, fields, masking, rendering
from bot.chat.callbacks import Mask
from bot.chat.languages import TAGS, language
from bot.licence.documents import DocumentType, FieldName, fields_of
from bot.licence.recognition import Field, Recognition
from bot.licence.report import Policy, Report, assess
from bot.playground.markup import parse_html
from bot.settings import Policy as PolicySettings
from bot.settings import Settings
from tests.chat.conftest import buttons, dialogue

if TYPE_CHECKING:
    from bot.chat.masking import Masking
    from tests.chat.conftest import Person, Scripted

TODAY = date(2026, 11, 22)
DRIVING, VEHICLE = DocumentType.DRIVING_LICENCE, DocumentType.VEHICLE_LICENCE
ENGLISH = language("en")
HIDDEN = "Address: 深*********厦"


def report(page: DocumentType, **values: str) -> Report:
    """A report on a page with those values."""
    read = tuple(Field(FieldName(k), v, v, 0.99) for k, v in values.items())
    return assess(Recognition(page, read, "test"), TODAY, Policy())


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        ("", ""),
        ("--", "--"),
        ("张", "*"),
        ("张三", "张*"),
        ("张小三", "张*三"),
        ("342221199005033256", "3****************6"),
        ("深圳市" * 20, "深****************市"),
    ],
)
def test_all_but_the_first_and_last_characters_are_hidden(value: str, masked: str) -> None:
    """Of a short value less is left; of a long one not even the length."""
    assert masking.mask(value) == masked


@given(st.text(min_size=1).filter(lambda text: text.strip("-—– ")))
def test_the_middle_never_appears(text: str) -> None:
    """Whatever a value is: at most two of its characters are left, and never the whole."""
    shown = masking.mask(text)
    assert set(shown[1:-1]) <= {"*"}
    assert "*" in shown
    assert len(shown) == min(len(text), 18) or len(text) < 3
    assert masking.mask(shown) == shown


@pytest.mark.parametrize(
    ("owner", "private", "group"),
    [("groups", False, True), ("always", True, True), ("never", False, False)],
)
def test_the_owner_decides_where(owner: Masking, private: bool, group: bool) -> None:
    """By default where others read along."""
    assert masking.starts_hidden(owner, "private") is private
    assert masking.starts_hidden(owner, "supergroup") is group


NUMBERS = st.from_regex(
    r"[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|2[0-8])[0-9]{3}[0-9X]", fullmatch=True
)
NAMES = st.text("阿敏龙凤雪梅", min_size=3, max_size=4)
VINS = st.from_regex(r"[A-Z0-9]{17}", fullmatch=True)


@given(
    tag=st.sampled_from(TAGS),
    page=st.sampled_from(DocumentType),
    number=NUMBERS,
    name=NAMES,
    vin=VINS,
    data=st.data(),
)
def test_no_answer_tells_what_is_hidden(  # noqa: PLR0913, PLR0917 - what a page holds
    tag: str, page: DocumentType, number: str, name: str, vin: str, data: st.DataObject
) -> None:
    """Neither in its field nor in a finding nor in another field, however it came to be hidden."""
    free = f"{name} {number} {vin}"
    values = {FieldName.LICENCE_NUMBER: number, FieldName.NAME: name, FieldName.OWNER: name}
    values |= {FieldName.VIN: vin, FieldName.RECORD: free, FieldName.REMARKS: free}
    values |= {FieldName.DATE_OF_BIRTH: data.draw(st.sampled_from(["1970-01-01", "1991-02-03"]))}
    values = {field: text for field, text in values.items() if field in fields_of(page)}
    read = tuple(Field(field, text, text, 0.99) for field, text in values.items())
    given = assess(Recognition(page, read, "test"), TODAY, Policy())
    spoken = language(tag)
    shown = rendering.answer(spoken, given)
    assert shown.keyboard
    press = Mask(page, hidden=True)
    for answer in (
        rendering.answer(spoken, given, hidden=True),
        rendering.masked(spoken, shown.text, shown.keyboard, press),
    ):
        text = parse_html(answer.text).content
        for field in masking.PERSONAL & set(values):
            assert values[field] not in text
            assert values[field][1:-1] not in text or len(values[field]) < 5
        born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
        assert born not in text or page is not DRIVING
        assert rendering.is_masked(answer.keyboard)


@given(
    tag=st.sampled_from(TAGS),
    page=st.sampled_from(DocumentType),
    text=st.text(max_size=60),
    confidence=st.none() | st.floats(0, 1),
)
def test_hidden_answers_are_telegram_html(
    tag: str, page: DocumentType, text: str, confidence: float | None
) -> None:
    """Whatever was read, and whichever way it came to be hidden."""
    read = tuple(Field(name, text, text, confidence) for name in fields_of(page))
    given = assess(Recognition(page, read, "test"), TODAY, Policy())
    shown = rendering.answer(language(tag), given).text
    in_place = masking.hide_answer(shown)
    assert parse_html(in_place).content
    assert parse_html(rendering.answer(language(tag), given, hidden=True).text).content
    assert masking.hide_answer(in_place) == in_place
    back, before = fields.parse(in_place), fields.parse(shown)
    assert back is not None
    assert before is not None
    assert {field.name for field in back.fields} == {field.name for field in before.fields}


def test_a_finding_repeats_nothing_that_is_hidden() -> None:
    """The birthday in the number, and the VIN that may be meant."""
    odd = report(DRIVING, licence_number="342221199005033256", date_of_birth="1990-05-04")
    born = rendering.answer(ENGLISH, odd, hidden=True).text
    assert "born on 1********3" in born
    assert "1990" not in born
    assert "1990" not in masking.hide_answer(rendering.answer(ENGLISH, odd).text)
    slip = report(VEHICLE, vin="LBEHDAEB58YO38860")
    assert (
        "It may be <code>L***************0</code>"
        in rendering.answer(ENGLISH, slip, hidden=True).text
    )
    assert "EHDAEB" not in masking.hide_answer(rendering.answer(ENGLISH, slip).text)


def test_what_is_not_personal_stays() -> None:
    """The verdict, the plate and the dates are what an answer is for."""
    given = report(VEHICLE, plate_number="粤B12345", register_date="2020-01-01", owner="张三")
    text = rendering.answer(ENGLISH, given, hidden=True).text
    assert "<code>粤B12345</code>" in text
    assert "<code>2020-01-01</code>" in text
    assert "<code>张*</code>" in text


def test_a_short_value_is_not_searched_for_in_others() -> None:
    """An engine number of two digits stands in every date."""
    given = report(VEHICLE, engine_number="20", register_date="2020-01-01")
    assert "<code>2020-01-01</code>" in rendering.answer(ENGLISH, given, hidden=True).text


async def test_a_press_hides_and_another_shows(person: Person, scripted: Scripted) -> None:
    """Hiding costs no recognition, showing costs one: a masked answer does not hold its values."""
    await person.send_photo("driving")
    answer = await person.reads("Address: 深圳市南山区万利达大厦")
    assert buttons(answer)[-1] == ("Hide personal data", "mask:1")
    await person.press(answer["message_id"], "mask:1")
    hidden = await person.reads(HIDDEN)
    assert "Expired 2020-12-25" in hidden["text"]
    assert buttons(hidden)[-1] == ("Show personal data", "unmask:1")
    assert buttons(hidden)[:-1] == buttons(answer)[:-1]
    assert len(scripted.readings) == 1
    await person.press(answer["message_id"], "unmask:1")
    shown = await person.reads("深圳市南山区万利达大厦")
    assert shown["text"] == answer["text"]
    assert scripted.readings == [DRIVING, DRIVING]


async def test_what_was_hidden_stays_hidden_on_another_page(person: Person) -> None:
    """Whoever reads the photo as another page has not asked to see the data again."""
    await person.send_photo("driving")
    answer = await person.reads("深圳市南山区万利达大厦")
    await person.press(answer["message_id"], "mask:1")
    await person.reads(HIDDEN)
    await person.press(answer["message_id"], "read:0")
    other = await person.reads("No end date on this page")
    assert HIDDEN in other["text"]
    assert buttons(other)[-1] == ("Show personal data", "unmask:0")


async def test_what_is_asked_of_a_hidden_answer_is_hidden_too(person: Person) -> None:
    """A file tells no more than the answer that it stands under."""
    await person.send_photo("driving")
    answer = await person.reads("深圳市南山区万利达大厦")
    await person.press(answer["message_id"], "mask:1")
    await person.reads(HIDDEN)
    await person.press(answer["message_id"], "json:1")
    sent = await person.sees(lambda message: "document" in message)
    file = await person.client.get(f"/api/files/{sent['document']['file_id']}")
    assert file.json()["fields"]["address"]["value"] == HIDDEN.removeprefix("Address: ")
    assert "万利达" not in file.text


def test_a_correction_outlives_hiding() -> None:
    """It is kept nowhere else; what the recogniser saw in its place is hidden all the same."""
    made = {FieldName.SEX: "男", FieldName.NAME: "张小四"}
    read = tuple(Field(k, v, "张小三", corrected=True) for k, v in made.items())
    address = Field(FieldName.ADDRESS, "张小四家1号", "张小四家1号")
    given = assess(Recognition(DRIVING, (*read, address), "test"), TODAY, Policy())
    shown = rendering.answer(ENGLISH, given).text
    assert correction.made(shown) == made
    hidden = masking.hide(given)
    for text in (masking.hide_answer(shown), rendering.answer(ENGLISH, given, hidden=True).text):
        assert correction.made(text) == made
        assert "<code>张****号</code>" in text
    assert [field.raw for field in hidden.recognition.fields] == ["张*三", "张*三", "张****号"]


async def test_the_owner_can_hide_it_always(scripted: Scripted) -> None:
    """A person then has to ask for it, and can after a restart as well."""
    settings = Settings(policy=PolicySettings(masking="always"))
    async with dialogue(scripted, settings) as (person, playground):
        await person.send_photo("driving")
        answer = await person.reads(HIDDEN)
        assert buttons(answer)[-1][1] == "unmask:1"
    async with dialogue(scripted, settings, playground=playground) as (person, _):
        await person.press(answer["message_id"], "unmask:1")
        await person.reads("深圳市南山区万利达大厦")


async def test_a_forged_wish_to_hide_does_nothing(person: Person, scripted: Scripted) -> None:
    """Only a button that is there can be pressed."""
    await person.send_photo()
    question = await person.reads("Which page is this?")
    for data in ("mask:1", "unmask:1", "mask:7"):
        await person.press(question["message_id"], data)
    await person.send(text="/help")
    await person.reads("How to use me")
    assert await person.reads("Which page is this?") == question
    assert scripted.readings == []
