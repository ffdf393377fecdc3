"""The log: one line an event, as JSON or as text, with the id of the request."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any, Literal

import structlog


def set_up_log(form: Literal["json", "text"]) -> None:
    """Send all that is logged to standard error in one form."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(_written)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.processors.format_exc_info, last],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


# json.dumps would make an encoder like this anew for every line.
_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


def _written(event: Any, **_: Any) -> str:
    return _ENCODER.encode(event)
