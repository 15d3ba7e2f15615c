"""The client: a photo goes to Tencent Cloud, or to an engine of our own that speaks the same."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot.errors import RecognitionError
from bot.licence.recognition import Recognition
from bot.recognition import fitting
from bot.recognition.drivinglicence import signature, wire
from bot.recognition.drivinglicence.codes import Code
from bot.recognition.drivinglicence.wire import Form
from bot.recognition.transport import PATIENCE, Patience, Transport

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.licence.documents import DocumentType
    from bot.recognition.drivinglicence.wire import Body, Reply
    from bot.recognition.photo import Photo

NAME: Final = "drivinglicence"
URL: Final = "https://recognition.image.myqcloud.com/ocr/drivinglicence"

LIFE: Final = 3600
"""Seconds for which a signature holds. Every request gets a new one, so only clocks that differ
by more than this, or an upload that takes longer, find it expired."""

MAX_PICTURE: Final = 4_000_000
"""Bytes of a picture (the provider's FAQ). As base64 they grow to 5.4 MB: the whole body stays
under `codes.MAX_BODY` in either form."""

LEAST_SIDES: Final = (300, 300)
"""Pixels below which a picture is never made smaller (the same FAQ)."""

PER_SECOND: Final = 10
"""Calls that may begin in a second: the provider's own limit."""


@dataclass(frozen=True, slots=True)
class Account:
    """Who asks, and where.

    Attributes:
        app_id: the AppID.
        secret_id: the SecretId of the main account.
        secret_key: its SecretKey.
        bucket: historic; empty, or the one of the same AppID.
        url: the whole address of the call.
        form: how a photo is put into a request.
    """

    app_id: str
    secret_id: str
    secret_key: str = field(repr=False)
    bucket: str = ""
    url: str = URL
    form: Form = Form.MULTIPART


class DrivingLicenceRecogniser:
    """Reads pages through `POST /ocr/drivinglicence`; satisfies `Recogniser`.

    It tries once, and once more with a new signature where the first one was called expired. All
    other retries are the caller's: `RecognitionError.transient` says that one may help.

    Args:
        account: who asks, and where.
        per_second: calls that may begin in a second, second tries among them.
        patience: how long to wait.
        clock: Unix seconds.
        nonce: a random number from 0 to `signature.MAX_NONCE`.
    """

    name = NAME

    def __init__(
        self,
        account: Account,
        *,
        per_second: float = PER_SECOND,
        patience: Patience = PATIENCE,
        clock: Callable[[], float] = time.time,
        nonce: Callable[[], int] = lambda: secrets.randbelow(signature.MAX_NONCE + 1),
    ) -> None:
        self._account = account
        self._clock = clock
        self._nonce = nonce
        self._transport = Transport(account.url, patience, per_second)

    async def recognise(self, photo: Photo, document_type: DocumentType) -> Recognition:
        """Read that page of a photo; boxes are in pixels of the photo as it was sent to us.

        Raises:
            RecognitionError: see `wire.parse_reply`; and `Transport.post`, where no answer came.
        """
        begun = time.monotonic()
        account = self._account
        picture = await fitting.fit(photo, MAX_PICTURE, LEAST_SIDES)
        body = wire.picture_request(
            account.form,
            picture.data,
            document_type,
            app_id=account.app_id,
            bucket=account.bucket,
        )
        reply = await self._ask(body, document_type, picture.scale)
        return _recognition(reply, document_type, begun)

    async def recognise_url(self, url: str, document_type: DocumentType) -> Recognition:
        """Read that page of a picture which the provider fetches by itself.

        Only for an address that the caller owns and that holds no secret: whoever has it, has the
        document.

        Raises:
            RecognitionError: as `recognise` does.
        """
        begun = time.monotonic()
        account = self._account
        body = wire.url_request(url, document_type, app_id=account.app_id, bucket=account.bucket)
        return _recognition(await self._ask(body, document_type, 1.0), document_type, begun)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()

    async def _ask(self, body: Body, document_type: DocumentType, scale: float) -> Reply:
        try:
            return await self._ask_once(body, document_type, scale)
        except RecognitionError as error:
            if error.detail != str(int(Code.SIGNATURE_EXPIRED)):
                raise
        return await self._ask_once(body, document_type, scale)

    async def _ask_once(self, body: Body, document_type: DocumentType, scale: float) -> Reply:
        answer = await self._transport.post({"Authorization": self._sign()}, **body)
        with answer.judged():
            return wire.parse_reply(answer.content, answer.status, document_type, scale)

    def _sign(self) -> str:
        issued = int(self._clock())
        return signature.sign(
            self._account.secret_key,
            app_id=self._account.app_id,
            secret_id=self._account.secret_id,
            bucket=self._account.bucket,
            issued=issued,
            expires=issued + LIFE,
            nonce=self._nonce(),
        )


def _recognition(reply: Reply, document_type: DocumentType, begun: float) -> Recognition:
    elapsed = time.monotonic() - begun
    return Recognition(document_type, reply.fields, NAME, reply.quality, reply.request_id, elapsed)
