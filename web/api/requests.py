"""What the API is asked, as pydantic models: bodies, headers and queries."""

from __future__ import annotations

from typing import Annotated, Literal

from apiflask.fields import UploadFile
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from web.bounds import LONGEST_SEARCH, LONGEST_VALUE

Identifier = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{1,32}$")]
Text = Annotated[str, StringConstraints(pattern=r"^[^\u0000]*$")]
"""Any text without NUL, which PostgreSQL does not keep."""


class Body(BaseModel):
    """What all bodies share: unknown keys of a request are refused, so that a slip of the pen is noticed."""

    model_config = ConfigDict(extra="forbid")


class UploadIn(Body):
    """The parts of an upload's form."""

    files: list[UploadFile] = Field(
        min_length=1,
        description="One part per file: JPEG, PNG, TIFF, BMP, WebP, HEIC or PDF",
        json_schema_extra={"items": {"type": "string", "format": "binary"}},
    )
    customer: Annotated[str, StringConstraints(pattern=r"^C\d{8}$")] | None = Field(
        default=None, description="Number of the customer that the papers belong to, where it is known"
    )
    case: Annotated[Text, StringConstraints(max_length=32)] = Field(
        default="",
        description="Number of the case that is there already and that the papers belong to, as typed (it stands on "
        "its page and on its slip); one that leads to no case of the sender is refused with `upload.unknown_case`",
    )


class UploadHeaders(BaseModel):
    """The headers of an upload."""

    idempotency_key: Annotated[Text, StringConstraints(min_length=1, max_length=255)] | None = Field(
        default=None, description="Any text that names this request: sent again within 24 h it makes no second upload"
    )


class EventHeaders(BaseModel):
    """The headers of a stream of events."""

    last_event_id: str | None = Field(default=None, description="The last event that was received, on coming back")


class ChangeHeaders(BaseModel):
    """The headers of a change."""

    if_match: str | None = Field(default=None, description="The ETag that was read; 428 without it")


class Listing(Body):
    """What every list can be asked."""

    cursor: Identifier | None = Field(default=None, description="`next` of the page before")
    limit: int = Field(default=50, ge=1, le=200, description="Most items of one page")


class DraftQuery(Listing):
    """What the queue can be asked."""

    state: Literal["open", "confirmed", "returned", "discarded"] = "open"
    type: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")] | None = Field(
        default=None, description="Only drafts with a document of this type"
    )
    doubt: Literal["errors", "doubtful", "none"] | None = Field(
        default=None, description="Only drafts with errors, with anything doubtful, or with nothing of it"
    )


class CustomerQuery(Listing):
    """What the list of customers can be asked."""

    q: Text = Field(
        default="",
        max_length=LONGEST_SEARCH,
        description="Number, part of the name, or an identifier, whole or masked with `*`",
    )


class DecisionIn(Body):
    """One word on one fact."""

    fact: Text = Field(max_length=64)
    action: Literal["accept", "correct", "omit"]
    value: Annotated[Text, StringConstraints(max_length=LONGEST_VALUE)] | None = Field(
        default=None, description="The right value; with `correct` only"
    )


class ConfirmIn(Body):
    """The decisions on all facts of a draft."""

    decisions: list[DecisionIn] = Field(max_length=1000)
    acknowledged: list[Annotated[Text, StringConstraints(max_length=500)]] = Field(
        default=[], max_length=1000, description="Keys of the errors that are accepted nevertheless"
    )


class RejectIn(Body):
    """Why a draft is returned or discarded."""

    reason: Text = Field(max_length=64, description="A code; a wrong one is answered with those that exist")
    note: Text = Field(default="", max_length=500, description="A word to the clerk")


class ChoiceIn(Body):
    """Whose papers a draft's are."""

    customer: Annotated[str, StringConstraints(pattern=r"^(C\d{8}|new)$")] | None = Field(
        description="A customer's number, `new` for a customer without a file, or null for what the papers tell"
    )
