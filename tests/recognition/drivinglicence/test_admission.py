"""How many are let in, and how many are read at a time."""

from __future__ import annotations

import asyncio

import pytest

from bot.recognition.drivinglicence.admission import LONGEST_PAUSE, Admission, FullError


class Clock:
    """Seconds that pass when a test says so."""

    now = 100.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


async def test_places_are_given_in_order() -> None:
    """First come, first served; who waits is counted as waiting."""
    admission, order = Admission(1, 5), list[int]()

    async def one(number: int) -> None:
        with admission.visit():
            async with admission.place():
                order.append(number)
                await asyncio.sleep(0)
                assert admission.reading == 1

    tasks = [asyncio.create_task(one(number)) for number in range(4)]
    await asyncio.sleep(0)
    assert (admission.reading, admission.waiting) == (1, 3)
    await asyncio.gather(*tasks)

    assert order == [0, 1, 2, 3]
    assert (admission.reading, admission.waiting) == (0, 0)


async def test_a_full_house_lets_nobody_in() -> None:
    """Until somebody leaves."""
    admission = Admission(1, 1)

    with admission.visit(), admission.visit():
        with pytest.raises(FullError) as caught, admission.visit():
            pass
        assert caught.value.pause == 4  # two photos, two seconds each, one place
        assert admission.waiting == 2
    with admission.visit():
        assert admission.waiting == 1


async def test_who_is_cancelled_leaves_at_once() -> None:
    """Waiting or in place, the next one moves up."""
    admission, forever = Admission(1, 5), asyncio.Event()

    async def one() -> None:
        with admission.visit():
            async with admission.place():
                await forever.wait()

    first, second, third = (asyncio.create_task(one()) for _ in range(3))
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.wait({second})
    assert (admission.reading, admission.waiting) == (1, 1)
    first.cancel()
    await asyncio.wait({first})
    await asyncio.sleep(0)

    assert (admission.reading, admission.waiting) == (1, 0)
    third.cancel()
    await asyncio.wait({third})
    assert (admission.reading, admission.waiting) == (0, 0)


async def test_the_oldest_place_is_known() -> None:
    """For how long somebody has been read; nothing while nobody is."""
    clock = Clock()
    admission = Admission(2, 0, clock)
    assert admission.longest == 0

    async with admission.place():
        clock.now += 5
        async with admission.place():
            clock.now += 2
            assert admission.longest == 7
    assert admission.longest == 0


async def test_the_pause_follows_what_photos_take() -> None:
    """From a second to a minute."""
    clock = Clock()
    admission = Admission(1, 1, clock)
    assert admission.pause == 1
    for _ in range(50):
        async with admission.place():
            clock.now += 10

    with admission.visit():
        assert admission.pause == 10
        for _ in range(50):
            async with admission.place():
                clock.now += 1000
        assert admission.pause == LONGEST_PAUSE


@pytest.mark.parametrize(("places", "waiting"), [(0, 1), (1, -1)])
def test_an_engine_has_a_place(places: int, waiting: int) -> None:
    """Without one it would only refuse."""
    with pytest.raises(ValueError, match="one place or more"):
        Admission(places, waiting)
