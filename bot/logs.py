"""What the program tells of its work: ids and codes, never values, names, tokens or urls."""

from __future__ import annotations

import logging
import secrets
import sys
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Final

import structlog

if TYPE_CHECKING:
    import asyncio
    from typing import Any, TextIO

    from bot.settings import Log

_TALKATIVE: Final = (
    *("httpx", "httpcore", "telegram", "aiolimiter", "uvicorn", "PIL"),
    *("procrastinate", "psycopg"),
)
"""Libraries whose lines below a warning hold urls (with the bot's token) or whole updates."""


log = structlog.get_logger(__name__)


def note(error: BaseException) -> str:
    """Log a surprise by its kind and place, for its text may hold a value; its reference."""
    reference = secrets.token_hex(4)
    frames = extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    log.error("surprise", error=type(error).__name__, at=place, reference=reference)
    return reference


def note_forgotten(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """An event loop's exception handler: asyncio's own would print the error's text."""
    error = context.get("exception")
    if isinstance(error, BaseException):
        note(error)
    else:
        log.warning("event loop", told=str(context.get("message", "")).split(":")[0])


def configure(settings: Log, stream: TextIO = sys.stderr) -> None:
    """Write log lines to a stream, for whoever sits at a terminal or as JSON."""
    level = logging.getLevelNamesMapping()[settings.level.upper()]
    to_programs = settings.format == "json" or (settings.format == "auto" and not stream.isatty())
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if to_programs
        else structlog.dev.ConsoleRenderer(colors=stream.isatty())
    )
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(stream),
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[_of_a_library, renderer],
            use_get_message=False,
            pass_foreign_args=True,
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def _of_a_library(
    _logger: structlog.typing.WrappedLogger, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """What a library says may hold an update or an url: tell which one spoke, where and of what.

    A text that takes arguments is told without them. One that takes none may be put together from
    values already, and nobody can tell: its place in the library says what it is.
    """
    record: logging.LogRecord = event.pop("_record")
    failure = event.pop("exc_info", None)
    takes_arguments = event.pop("positional_args", ())
    for unwanted in ("_from_structlog", "stack_info"):
        event.pop(unwanted, None)
    event["event"] = event["event"] if takes_arguments else "library"
    event["logger"] = record.name
    event["at"] = f"{record.filename}:{record.lineno}"
    if isinstance(failure, tuple) and failure[0] is not None:
        event["error"] = failure[0].__name__
    return event
