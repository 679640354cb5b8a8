"""The API's documentation for people: one page, made from the OpenAPI document on the server, without any script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, cast

from apiflask import APIBlueprint, APIFlask
from flask import current_app, render_template

from intake.errors import UntrustedHostError
from web import access, context
from web.api import description

blueprint = APIBlueprint("api_docs", __name__, url_prefix=description.PREFIX, enable_openapi=False)

_STORY = "Uploads Documents Drafts Customers"
"""The order of the story; what is named here stands behind what is not."""

_REF = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of a value in words, and the shape that it names, if any."""

    text: str
    shape: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A parameter, a header or a member of a body."""

    name: str
    place: str
    kind: Kind
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer of an operation."""

    status: str
    description: str
    kind: Kind | None
    media_type: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One call."""

    anchor: str
    tag: str
    method: str
    path: str
    summary: str
    description: str
    parts: tuple[Part, ...]
    body: Kind | None
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """One body, member by member."""

    name: str
    description: str
    parts: tuple[Part, ...]


@blueprint.get("/docs")
@access.public
def show() -> str:
    """The page."""
    spec = cast("dict[str, Any]", cast("APIFlask", current_app).spec)
    calls = sorted(operations(spec), key=lambda call: _STORY.find(call.tag))
    return render_template(
        "api/docs.html",
        about=spec["info"].get("description", ""),
        version=spec["info"]["version"],
        groups=[(tag, tuple(group)) for tag, group in groupby(calls, key=lambda call: call.tag)],
        shapes=shapes(spec),
        origin=_origin(),
    )


def _origin() -> str:
    """What the example's address begins with; under a name that may be anybody's, none: a token goes there."""
    try:
        return context.origin()
    except UntrustedHostError:
        return "https://…"


def operations(spec: dict[str, Any]) -> Iterator[Operation]:
    """All calls of an OpenAPI document, in its order."""
    for path, methods in spec["paths"].items():
        for method, found in methods.items():
            body = next(iter(found.get("requestBody", {}).get("content", {}).values()), None)
            yield Operation(
                anchor=f"{method}-{path.strip('/').replace('/', '-').replace('{', '').replace('}', '')}",
                tag=found.get("tags", [""])[0],
                method=method.upper(),
                path=path,
                summary=found.get("summary", ""),
                description=found.get("description", ""),
                parts=tuple(_parameter(item) for item in found.get("parameters", ())),
                body=None if body is None else kind(body["schema"]),
                replies=tuple(_reply(status, item) for status, item in sorted(found["responses"].items())),
            )


def shapes(spec: dict[str, Any]) -> tuple[Shape, ...]:
    """All bodies, each once, by name."""
    found = {name.rsplit(".", 1)[-1]: body for name, body in spec["components"]["schemas"].items()}
    return tuple(_shape(name, found[name]) for name in sorted(found) if "properties" in found[name])


def kind(schema: dict[str, Any]) -> Kind:
    """The kind of a schema in words: ``list of FileOut``, ``string or null``, ``open | confirmed``."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(_REF).rsplit(".", 1)[-1]
        return Kind(name, name)
    if "anyOf" in schema:
        choices = [kind(choice) for choice in schema["anyOf"]]
        return Kind(" or ".join(one.text for one in choices), next((one.shape for one in choices if one.shape), None))
    if "enum" in schema:
        return Kind(" | ".join(str(value) for value in schema["enum"]))
    if schema.get("type") == "array":
        inner = kind(schema["items"]) if "items" in schema else Kind("values")
        return Kind(f"list of {inner.text}", inner.shape)
    if isinstance(schema.get("additionalProperties"), dict):
        inner = kind(schema["additionalProperties"])
        return Kind(f"map to {inner.text}", inner.shape)
    return Kind(_plain(schema))


def _plain(schema: dict[str, Any]) -> str:
    text = str(schema.get("format") or schema.get("type", "any"))
    low, high = schema.get("minimum"), schema.get("maximum")
    return f"{text} {low}-{high}" if low is not None and high is not None else text


def _parameter(item: dict[str, Any]) -> Part:
    schema = item.get("schema", {})
    text = item.get("description") or schema.get("description", "")
    return Part(item["name"], item["in"], kind(schema), bool(item.get("required")), text)


def _reply(status: str, item: dict[str, Any]) -> Reply:
    contents: dict[str, Any] = item.get("content", {})
    media_type = next(iter(contents), "")
    schema = contents.get(media_type, {}).get("schema")
    return Reply(status, item.get("description", ""), kind(schema) if schema else None, media_type)


def _shape(name: str, body: dict[str, Any]) -> Shape:
    needed = body.get("required", ())
    parts = tuple(
        Part(member, "", kind(schema), member in needed, schema.get("description", ""))
        for member, schema in body["properties"].items()
    )
    return Shape(name, body.get("description", ""), parts)
