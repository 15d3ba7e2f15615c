"""The recogniser that asks Tencent Cloud: one photo, one call, and a second where it helps."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import bot
from bot.errors import PhotoError, RecognitionError
from bot.licence.recognition import Recognition
from bot.recognition.fitting import fit
from bot.recognition.tencentcloud import wire
from bot.recognition.tencentcloud.codes import WRONG_SIDE
from bot.recognition.tencentcloud.signature import JSON, Message, authorization
from bot.recognition.transport import PATIENCE, Patience, Transport

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.licence.documents import DocumentType
    from bot.recognition.photo import Photo
    from bot.recognition.tencentcloud.account import Account

NAME: Final = "tencentcloud"

PER_SECOND: Final = 10
"""Calls that may begin in a second: the provider's own limit."""


class TencentCloudRecogniser:
    """Reads pages at Tencent Cloud; satisfies `Recogniser`.

    Args:
        account: who pays.
        per_second: calls that may begin in a second, second tries among them.
        patience: how long a call may take.
        clock: the time as Unix seconds; it is signed.
    """

    name = NAME

    def __init__(
        self,
        account: Account,
        *,
        per_second: float = PER_SECOND,
        patience: Patience = PATIENCE,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._account = account
        self._clock = clock
        self._transport = Transport(account.url, patience, per_second)

    async def recognise(self, photo: Photo, document_type: DocumentType) -> Recognition:
        """Read that page.

        Raises:
            RecognitionError: any of `codes` and `wire`; `busy`, `too-slow` and `out-of-reach`
                where there was no answer.
        """
        begun = time.monotonic()
        picture = await fit(photo, wire.MAX_PICTURE, wire.LEAST_SIDES)
        reply = await self._read(picture.data, document_type)
        elapsed = time.monotonic() - begun
        return Recognition(
            document_type, reply.fields, NAME, reply.quality, reply.request_id, elapsed
        )

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()

    async def _read(self, jpeg: bytes, document_type: DocumentType) -> wire.Reply:
        side = wire.CALLS[document_type].side
        try:
            return await self._ask(jpeg, document_type, side)
        except PhotoError as error:
            if error.detail != WRONG_SIDE or side is wire.Side.DOUBLE:
                raise
            return await self._read_both(jpeg, document_type, error)

    async def _read_both(
        self, jpeg: bytes, document_type: DocumentType, first: PhotoError
    ) -> wire.Reply:
        """The second try; where it fails for another cause, the first answer stands."""
        try:
            return await self._ask(jpeg, document_type, wire.Side.DOUBLE)
        except PhotoError:
            raise
        except RecognitionError:
            raise first from None

    async def _ask(self, jpeg: bytes, document_type: DocumentType, side: wire.Side) -> wire.Reply:
        body = wire.request(jpeg, side)
        headers = self._headers(wire.CALLS[document_type].action, body)
        answer = await self._transport.post(headers, content=body)
        with answer.judged():
            return wire.reply(answer.status, answer.content, document_type)

    def _headers(self, action: str, body: bytes) -> dict[str, str]:
        account = self._account
        now = int(self._clock())
        message = Message(account.host, body)
        headers = {
            "Host": account.host,
            "Content-Type": JSON,
            "User-Agent": f"licence-bot/{bot.__version__}",
            "Authorization": authorization(account.secret_id, account.secret_key, message, now),
            "X-TC-Action": action,
            "X-TC-Version": wire.VERSION,
            "X-TC-Timestamp": str(now),
        }
        return headers | ({"X-TC-Region": account.region} if account.region else {})
