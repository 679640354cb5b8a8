"""What pages tell by themselves, where no answer came or nothing was asked: cause, next step and code in the page.

A script finds them in the page's body by their codes (``told.js``), so that no script has words of its own.
"""

from __future__ import annotations

from flask_babel import get_locale

from intake.errors import (
    ConfirmationUnknownError,
    EmptyFileError,
    FileTooLargeError,
    IntakeError,
    NoAnswerError,
    NoCameraError,
    NoneFitError,
    OutcomeUnknownError,
    PictureMissingError,
    SendingBrokenOffError,
    TooManyAtOnceError,
)
from web import bounds, context

TOLD: tuple[type[IntakeError], ...] = (
    NoAnswerError,
    OutcomeUnknownError,
    ConfirmationUnknownError,
    PictureMissingError,
    SendingBrokenOffError,
    NoneFitError,
    TooManyAtOnceError,
    NoCameraError,
    EmptyFileError,
    FileTooLargeError,
)


def texts() -> dict[str, dict[str, str]]:
    """Each failure's ``detail`` and ``next_step`` by its code, as a problem document names them."""
    language, limit = str(get_locale()), context.current().settings.max_file_mb
    told = {kind.code: kind(limit_mb=limit, most=bounds.FILES_BY_LINK).told(language) for kind in TOLD}
    return {code: {"detail": cause, "next_step": step} for code, (cause, step) in told.items()}
