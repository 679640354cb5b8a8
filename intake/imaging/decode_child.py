"""The decoder's own process: reads one file, writes its pages to standard output, and may die without harm.

Started by :mod:`intake.imaging.decode` as ``python -m intake.imaging.decode_child``. It imports no more than the
format at hand needs: neither NumPy nor OpenCV, so that a file costs tens of milliseconds. On standard input comes one
line of JSON, the :class:`intake.imaging.frames.Request`; on standard output goes, per page, one line of JSON with
``width``, ``height``, ``dpi``, ``scan_dpi``, ``size`` and ``coded``, and then ``width * height * 3`` bytes RGB. For a
page that is given as it is coded the line is ``{"scan": {…}, "lengths": [picture, profile]}``, and their bytes follow.
At the end comes ``{"end": true}`` or ``{"error": code, "details": {…}}``.
The pipe holds the child back: at most one page is under way.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from intake.imaging.frames import Frame, RefusalError, Request, too_many_pixels

if TYPE_CHECKING:
    from PIL import Image

    from intake.imaging.frames import Scan

_STRIP = 256  # rows


def _limit_resources(request: Request) -> None:
    cpu = int(request.seconds) + 1
    for kind, limit in (
        (resource.RLIMIT_AS, request.memory),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, 0),  # it has nothing to write but the pipe
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (limit, limit))


def _frames(request: Request) -> Iterator[Frame | Scan]:
    is_pdf = request.media_type == "application/pdf"
    if request.as_coded and is_pdf:
        from intake.imaging.decode_scan import scans  # noqa: PLC0415 - only what the file needs is loaded

        return scans(request)
    if request.as_coded:
        from intake.imaging.decode_jpeg import scans  # noqa: PLC0415 - as above

        return scans(request)
    if is_pdf:
        from intake.imaging.decode_pdf import frames  # noqa: PLC0415 - as above
    else:
        from intake.imaging.decode_image import frames  # noqa: PLC0415 - as above
    return frames(request)


def main() -> int:
    """Serve one request; exit status 0 also where the file was refused, since the refusal was told."""
    request = Request(**json.loads(sys.stdin.buffer.readline()))
    _limit_resources(request)
    try:
        for frame in _frames(request):
            if isinstance(frame, Frame):
                _send_frame(frame)
            else:
                _send_scan(frame)
        _send({"end": True})
    except RefusalError as refusal:
        _refuse(refusal)
    except MemoryError:
        _refuse(too_many_pixels(request))
    return 0


def _send_frame(frame: Frame) -> None:
    told = {name: getattr(frame, name) for name in ("dpi", "size", "coded")}
    size = {"width": frame.image.width, "height": frame.image.height}
    _send({**size, **told, "scan_dpi": frame.scan_dpi or frame.dpi})
    _write(frame.image)


def _write(image: Image.Image) -> None:
    """The pixels in strips of rows: as one string they would be held three times."""
    for top in range(0, image.height, _STRIP):
        strip = image.crop((0, top, image.width, min(top + _STRIP, image.height)))
        sys.stdout.buffer.write(strip.tobytes())


def _send_scan(scan: Scan) -> None:
    told = {name: getattr(scan, name) for name in scan.__slots__ if name not in {"data", "profile"}}
    _send({"scan": told, "lengths": [len(scan.data), len(scan.profile)]})
    sys.stdout.buffer.write(scan.data)
    sys.stdout.buffer.write(scan.profile)


def _refuse(refusal: RefusalError) -> None:
    _send({"error": refusal.code, "details": refusal.details})


def _send(message: dict[str, object]) -> None:
    sys.stdout.buffer.write(json.dumps(message).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
