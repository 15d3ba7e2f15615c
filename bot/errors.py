"""What can go wrong, and by whose fault.

The tree is shallow on purpose: the class says who can mend it, the code says what happened.
A code is a stable word; the sentence a person reads for it is `error-<code>` in `locales/`.
"""

from __future__ import annotations

from typing import ClassVar


class BotError(Exception):
    """Anything this program raises on purpose.

    Attributes:
        code: a stable word for what happened, in kebab-case.
        params: values for the sentence shown to a person; never personal data.
    """

    codes: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        if code not in self.codes:
            raise ValueError(f"{type(self).__name__} has no code {code!r}")
        self.code = code
        self.params = params


class SettingsError(Exception):
    """The owner's settings are wrong or missing; the message is one line naming the setting."""


class RecognitionError(BotError):
    """A photo did not become a `Recognition`.

    Attributes:
        detail: the provider's own code for it, e.g. `-9002` or `AuthFailure.SignatureExpire`;
            for logs and the doctor, never for people.
        transient: whether the same provider may read the same photo a little later.
        pause: seconds for which it wants to be left alone before that; 0 where it says none.
    """

    def __init__(
        self, code: str, *, detail: str = "", transient: bool = False, **params: str | int
    ) -> None:
        super().__init__(code, **params)
        self.detail = detail
        self.transient = transient
        self.pause = 0


class PhotoError(RecognitionError):
    """The photo is at fault: another photo helps, trying again does not."""

    codes = frozenset(
        {
            "empty",  # no bytes at all
            "too-large",  # params: megabytes, the limit
            "too-many-pixels",  # params: megapixels, the limit
            "too-small",  # params: pixels, the least long side
            "animated",  # a moving picture
            "pdf",
            "not-a-picture",  # the bytes are no picture of a known format
            "damaged",  # a picture, cut off or broken
            "no-licence",  # a picture of something else, or with params: why, a fault of it
            "other-page",  # params: seen, the slug of the document type that it shows
            "not-this-page",  # not the page that was asked for; the provider knows no more
            "several-pages",  # more than one of the same kind
            "unreadable",  # a licence that cannot be made out; params: why, where that is known
            "gone",  # deleted, or too old to be fetched
            "no-such-file",  # on the command line
            "page-unknown",  # likewise: nobody guesses, so that it has to be said
        }
    )


class AccountError(RecognitionError):
    """The owner is at fault: keys, money or rights; neither the photo nor another try helps."""

    codes = frozenset(
        {
            "key-refused",  # a wrong id, key or signature
            "clock-wrong",  # the signature is out of its time although it is new
            "not-permitted",  # the key may not call this API, or it was never opened
            "in-arrears",  # the account has to be paid
            "quota-used-up",  # the calls bought, or those of the day, are used up
        }
    )


class RequestError(RecognitionError):
    """We are at fault: the provider did not understand the request."""

    codes = frozenset({"request-refused"})


class ProviderError(RecognitionError):
    """The recogniser is at fault: the same photo may succeed later or elsewhere."""

    codes = frozenset(
        {
            "engine-failed",  # the embedded recogniser raised
            "too-slow",  # no answer in time
            "busy",  # too many photos wait already, here or there
            "out-of-reach",  # no connection, or one that broke
            "unintelligible",  # an answer that is none: HTML, cut off, empty
            "provider-failed",  # the provider says that it failed
        }
    )


class TransferError(BotError):
    """Telegram is at fault: the photo could not be fetched."""

    codes = frozenset({"download-failed"})


class QuotaError(BotError):
    """Somebody has had as many photos read as they may for now."""

    codes = frozenset({"quota-hour", "quota-day"})
