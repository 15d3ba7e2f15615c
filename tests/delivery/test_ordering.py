"""One chat's updates one after the other, many chats at a time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from telegram import Chat, Message, Update

from bot.delivery.ordering import ChatOrder


def update(chat: int, number: int = 1) -> Update:
    """A message in a chat."""
    message = Message(number, datetime.now(UTC), Chat(chat, Chat.PRIVATE), text="x")
    return Update(number, message=message)


async def test_a_chat_keeps_its_order() -> None:
    """The second update waits for the first, however long that takes."""
    order = ChatOrder()
    done: list[int] = []

    async def work(number: int, seconds: float) -> None:
        await asyncio.sleep(seconds)
        done.append(number)

    async with order, asyncio.TaskGroup() as group:
        for number, seconds in ((1, 0.05), (2, 0.0), (3, 0.0)):
            group.create_task(order.process_update(update(7, number), work(number, seconds)))
    assert done == [1, 2, 3]


async def test_chats_do_not_wait_for_each_other() -> None:
    """A chat that waits for something does not stop another."""
    order = ChatOrder()
    gate = asyncio.Event()

    async def open_gate() -> None:
        gate.set()

    async with order, asyncio.timeout(20), asyncio.TaskGroup() as group:
        group.create_task(order.process_update(update(1), gate.wait()))
        group.create_task(order.process_update(update(2), open_gate()))


async def test_one_chat_holds_one_place() -> None:
    """Somebody with many photos leaves room for the others."""
    order = ChatOrder(places=2)
    gate = asyncio.Event()

    async def open_gate() -> None:
        gate.set()

    async with order, asyncio.timeout(20), asyncio.TaskGroup() as group:
        for number in range(20):
            group.create_task(order.process_update(update(1, number), gate.wait()))
        await asyncio.sleep(0)
        group.create_task(order.process_update(update(2), open_gate()))


async def test_places_are_bounded() -> None:
    """No more chats are worked on at a time than there are places."""
    order = ChatOrder(places=3)
    running, most = 0, 0

    async def work() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.01)
        running -= 1

    async with order, asyncio.TaskGroup() as group:
        for chat in range(12):
            group.create_task(order.process_update(update(chat), work()))
    assert most == 3


async def test_what_belongs_to_no_chat_waits_for_none() -> None:
    """An update without a chat has no order to keep."""
    order = ChatOrder()
    gate = asyncio.Event()

    async def open_gate() -> None:
        gate.set()

    async with order, asyncio.timeout(20), asyncio.TaskGroup() as group:
        group.create_task(order.process_update(object(), gate.wait()))
        group.create_task(order.process_update(Update(1), open_gate()))
