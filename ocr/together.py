"""Several pages read at a time: what they ask the engine for at a time is read in one call.

To start Tesseract and load its model takes a tenth of a second, as long as to read four lines. So the reading of a page
is a generator: it yields the line images it wants read and is sent what was found. Pages go on in step, and what they
ask in one step is one call.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from letters.errors import LimitExceeded, SarabanError
from ocr.raster import Grey
from ocr.words import Piece

T = TypeVar("T")

Found = list[list[Piece]]
"""What was read of each line image."""

Asking = Generator[Sequence[Grey], Found, T]
"""Something that is found out by having line images (dark on light) read."""

Read = Callable[[Sequence[Grey], float, str], Found]
"""Reads line images within so many seconds; the last argument is what an error calls them."""


@dataclass(slots=True)
class Underway(Generic[T]):
    """A page in reading: what an error calls it, its generator, the ``seconds`` it has left; then what it ``asked`` for
    last, and in the end what it ``came_to``."""

    name: str
    page: Asking[T]
    seconds: float
    asked: Sequence[Grey] | None = None
    came_to: T | SarabanError | None = None

    def go_on(self, found: Found | None = None) -> None:
        """Up to what it asks for next, or to its end. Its own work counts against its seconds."""
        started, self.asked = time.monotonic(), None
        try:
            asked = next(self.page) if found is None else self.page.send(found)
            self.seconds -= time.monotonic() - started
            if self.seconds < 0:
                raise LimitExceeded(self.name, "seconds")
            self.asked = asked
        except StopIteration as end:
            self.came_to = end.value
        except SarabanError as error:
            self.end(error)

    def end(self, error: SarabanError) -> None:
        """It could not be read."""
        self.asked, self.came_to = None, error
        self.page.close()


def together(readings: Sequence[Underway[T]], read: Read) -> None:
    """Takes each reading to its end. Lines that look the same are read once. A call that fails is made again for each
    page alone, so that one page spoils no other."""
    read = _remembering(read)
    for reading in readings:
        reading.go_on()
    while asking := [reading for reading in readings if reading.asked is not None]:
        for reading, found in _answers(asking, read):
            reading.go_on(found)


def _answers(asking: Sequence[Underway[T]], read: Read) -> Iterable[tuple[Underway[T], Found]]:
    """What was read for each of the pages; those for which nothing could be read are ended."""
    images = [image for reading in asking for image in reading.asked or ()]
    try:
        found = iter(read(images, min(reading.seconds for reading in asking), asking[0].name))
    except SarabanError as error:
        if len(asking) > 1:
            return [answer for reading in asking for answer in _answers([reading], read)]
        asking[0].end(error)
        return []
    return [(reading, list(islice(found, len(reading.asked or ())))) for reading in asking]


def _remembering(read: Read) -> Read:
    """As ``read``, but what looks like a line that was read is not read again."""
    known: dict[tuple[tuple[int, ...], bytes], list[Piece]] = {}

    def once(images: Sequence[Grey], seconds: float, name: str) -> Found:
        keys = [(image.shape, image.tobytes()) for image in images]
        new = {key: image for key, image in zip(keys, images, strict=True) if key not in known}
        known.update(zip(new, read([*new.values()], seconds, name), strict=True))
        return [known[key] for key in keys]

    return once
