"""Who may use the bot, and how much: the settings of an owner."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)

MOST_ID: Final = 2**52
"""Ids of Telegram are below it, whatever their sign."""


def _are_ids(given: object) -> object:
    """Ids in quotes, and names, are no ids: nobody is let in by what only looks like one."""
    ids = given if isinstance(given, list | tuple) else [None]
    if not all(type(one) is int and 0 < one < MOST_ID for one in ids):
        raise ValueError("Telegram ids of people as JSON, numbers without quotes, e.g. [204918365]")
    return given


def _are_groups(given: object) -> object:
    ids = given if isinstance(given, list | tuple) else [None]
    if not all(type(one) is int and -MOST_ID < one < 0 for one in ids):
        raise ValueError("Telegram ids of groups as JSON, negative numbers, e.g. [-1001234567890]")
    return given


Ids = Annotated[tuple[int, ...], BeforeValidator(_are_ids)]
Groups = Annotated[tuple[int, ...], BeforeValidator(_are_groups)]


class Access(BaseModel):
    """Who may use the bot, and how much."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    owners: Ids = Field((), description="ids of those who invite and remove people")
    people: Ids = Field((), description="ids of people who may use the bot without an invitation")
    chats: Groups = Field(
        (), description="ids of groups in which commands are answered, whoever sends them"
    )
    mode: Literal["open", "invited", "listed"] = Field(
        "open",
        description="who may use it: everybody, those whom an owner invited, or those listed here",
    )
    invitation_days: int = Field(
        7, ge=1, le=365, description="days for which the link of an invitation can be used"
    )
    photos_per_hour: int | None = Field(
        None, ge=1, description="photos that one person may have read in an hour; no limit if unset"
    )
    photos_per_day: int | None = Field(
        None, ge=1, description="the same in 24 hours; no limit if unset"
    )
    audit_days: int = Field(
        365, ge=1, le=3650, description="days for which `licence-bot audit` can look back"
    )

    @field_validator("mode")
    @classmethod
    def _somebody_gets_in(cls, mode: str, info: ValidationInfo) -> str:
        owners, people = info.data.get("owners", ()), info.data.get("people", ())
        if mode == "invited" and not owners:
            raise ValueError("who invites? BOT_ACCESS__OWNERS is empty")
        if mode == "listed" and not (owners or people):
            raise ValueError("who is listed? BOT_ACCESS__PEOPLE is empty")
        return mode
