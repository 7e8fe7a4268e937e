"""One question to a printer by IPP, and its answer: the sole user of pyipp."""

import asyncio
import errno
from collections.abc import Mapping
from typing import Any

import pyipp
from pyipp.enums import IppOperation, IppStatus, IppTag
from pyipp.tags import ATTRIBUTE_TAG_MAP

from kiosk.errors import KioskError

__all__ = [
    "IppOperation",
    "IppStatus",
    "NoAnswerError",
    "NoConnectionError",
    "StatusError",
    "execute",
    "first",
    "listed",
]

# pyipp drops an attribute whose type it does not know, without a word: colour for grey.
ATTRIBUTE_TAG_MAP["print-color-mode"] = IppTag.KEYWORD
# A connection that stood and broke: what was sent may have arrived.
_CUT_SHORT = {None, errno.ECONNRESET, errno.ECONNABORTED, errno.EPIPE, errno.ETIMEDOUT}


class StatusError(KioskError):
    """An answer, and its code is not a good one."""

    def __init__(self, code: int) -> None:
        super().__init__(f"IPP status {code:#06x}")
        self.code = code


class NoConnectionError(KioskError):
    """Nobody there: nothing was handed over."""


class NoAnswerError(KioskError):
    """The connection stood, and no sense came back."""


def execute(
    address: str,
    operation: IppOperation,
    message: Mapping[str, Any],
    limit_s: float,
) -> dict[str, Any]:
    """The parsed answer of `address` within `limit_s` seconds; not for a thread with a loop.

    Raises StatusError, NoConnectionError, NoAnswerError.
    """
    return asyncio.run(_execute(address, operation, dict(message), limit_s))


async def _execute(
    address: str, operation: IppOperation, message: dict[str, Any], limit_s: float
) -> dict[str, Any]:
    try:
        # pyipp limits the wait for the first line of an answer only; this limits all of it.
        async with asyncio.timeout(limit_s), pyipp.IPP(address) as ipp:
            return await ipp.execute(operation, message)
    except pyipp.IPPConnectionError as error:
        reason = error.__cause__
        if isinstance(reason, OSError) and reason.errno not in _CUT_SHORT:
            raise NoConnectionError(str(reason)) from error
        raise NoAnswerError(repr(reason)) from error
    except pyipp.IPPError as error:
        if type(error) is pyipp.IPPError:  # the others of its family carry no IPP status
            raise StatusError(error.args[1]["status-code"]) from error
        raise NoAnswerError(repr(error)) from error
    except (OSError, ValueError) as error:  # a time-out; or an answer that is not even text
        raise NoAnswerError(repr(error)) from error


def first(groups: list[dict[str, Any]]) -> dict[str, Any]:
    """The attributes of the only printer or job in an answer; none: empty."""
    return groups[0] if groups else {}


def listed(value: Any) -> list[str]:
    """An attribute that may have several values, as a list of words."""
    if isinstance(value, list):
        return [str(one) for one in value]
    return [] if value is None else [str(value)]
