"""Who may call the engine, told by the signature of a request."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot.recognition.drivinglicence.codes import Code
from bot.recognition.drivinglicence.refusals import Refusal
from bot.recognition.drivinglicence.signature import MalformedSignature, is_genuine, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.recognition.drivinglicence.signature import ParsedSignature

SKEW: Final = 300
"""Seconds by which a caller's clock may be wrong, as in the provider's newer API."""

LONGEST_LIFE: Final = 92 * 24 * 3600
"""Seconds that a signature may live: three months, says the provider's page."""


@dataclass(frozen=True, slots=True)
class EngineAccount:
    """One that may call the engine; its ids and key are made up by the engine's owner."""

    app_id: str
    secret_id: str
    secret_key: str = field(repr=False)

    def __post_init__(self) -> None:
        if not (self.app_id and self.secret_id and self.secret_key):
            raise ValueError("an account has an app id, a secret id and a secret key")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who signed a request.

    Attributes:
        app_id: the AppID of the signature; empty where nothing had to be signed.
        bucket: the bucket of the signature, or empty.
    """

    app_id: str = ""
    bucket: str = ""

    def check(self, app_id: str, bucket: str) -> None:
        """Hold what the body says against what was signed.

        Raises:
            Refusal: `PARAMETER_EMPTY` without an AppID, `SIGNATURE_FOR_ANOTHER` where one differs.
        """
        if not self.app_id:
            return
        if not app_id:
            raise Refusal(Code.PARAMETER_EMPTY)
        if app_id != self.app_id or (bucket and self.bucket and bucket != self.bucket):
            raise Refusal(Code.SIGNATURE_FOR_ANOTHER)


class Accounts:
    """The accounts that may call, and the clock by which signatures end.

    Args:
        accounts: one or more.
        clock: Unix seconds.
    """

    def __init__(self, accounts: Iterable[EngineAccount], clock: Callable[[], float]) -> None:
        self._keys = {(one.app_id, one.secret_id): one.secret_key for one in accounts}
        self._app_ids = {app_id for app_id, _ in self._keys}
        self._secret_ids = {secret_id for _, secret_id in self._keys}
        self._clock = clock

    def caller(self, authorization: str) -> Caller:
        """Whose signature that is.

        Args:
            authorization: the header's value; empty where there is none.

        Raises:
            Refusal: one of the codes 4 to 14.
        """
        if not authorization.strip():
            raise Refusal(Code.SIGNATURE_EMPTY)
        try:
            signature = parse(authorization)
        except MalformedSignature:
            raise Refusal(Code.SIGNATURE_MALFORMED) from None
        if not is_genuine(signature, self._key(signature)):
            raise Refusal(Code.SIGNATURE_WRONG)
        self._check_time(signature)
        if signature.file_id:  # a one-file signature of another service
            raise Refusal(Code.SIGNATURE_FOR_ANOTHER)
        return Caller(signature.app_id, signature.bucket)

    def _key(self, signature: ParsedSignature) -> str:
        if signature.app_id not in self._app_ids:
            raise Refusal(Code.NO_SUCH_APP_ID)
        if signature.secret_id not in self._secret_ids:
            raise Refusal(Code.NO_SUCH_SECRET_ID)
        key = self._keys.get((signature.app_id, signature.secret_id))
        if key is None:
            raise Refusal(Code.IDS_DO_NOT_MATCH)
        return key

    def _check_time(self, signature: ParsedSignature) -> None:
        if signature.expires - signature.issued > LONGEST_LIFE:
            raise Refusal(Code.SIGNATURE_MALFORMED)
        if not signature.issued - SKEW <= self._clock() <= signature.expires + SKEW:
            raise Refusal(Code.SIGNATURE_EXPIRED)
