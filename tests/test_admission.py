"""Who may use the bot, and how much."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.admission import Access


@given(st.lists(st.integers(1, 2**52 - 1), max_size=5))
def test_every_id_of_telegram_is_one(ids: list[int]) -> None:
    """They have up to 52 bits."""
    assert Access.model_validate({"owners": ids, "people": ids}).owners == tuple(ids)


@given(
    st.one_of(
        st.text(),
        st.booleans(),
        st.floats(),
        st.integers(max_value=0),
        st.integers(min_value=2**52),
        st.none(),
    )
)
def test_nothing_else_is(thing: object) -> None:
    """Alone or among ids; nobody is let in by what only looks like one."""
    for given_ids in ([thing], [5, thing], thing):
        with pytest.raises(ValidationError, match="Telegram ids of people"):
            Access.model_validate({"people": given_ids})


def test_a_bot_that_lets_nobody_in_is_a_mistake() -> None:
    """An owner would wonder why it is silent; one person is enough."""
    with pytest.raises(ValidationError, match="who invites"):
        Access.model_validate({"mode": "invited", "people": [5]})
    with pytest.raises(ValidationError, match="who is listed"):
        Access.model_validate({"mode": "listed"})
    assert Access.model_validate({"mode": "listed", "people": [5]}).mode == "listed"
    assert Access.model_validate({"mode": "listed", "owners": [5]}).mode == "listed"
