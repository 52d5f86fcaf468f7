"""Values in a file of their own instead of in memory: a million heads take gigabytes, their places eight bytes each."""

from __future__ import annotations

import os
import tempfile
import weakref
from array import array
from collections.abc import Hashable, Iterator, Mapping
from functools import lru_cache
from typing import Generic, TypeVar

import msgspec

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

_AT_HAND = 20_000  # values that are kept unpacked


def packed(value: object) -> bytes:
    """A value as it is filed."""
    return msgspec.msgpack.encode(value)


def unpacked(data: bytes, kind: type[T]) -> T:
    """A value of this kind as it was before it was packed."""
    return msgspec.msgpack.decode(data, type=kind)


class Filed(Mapping[K, T], Generic[K, T]):
    """Values by key, in the order they were put in, each put once. The file goes away with the object."""

    def __init__(self, kind: type[T]) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as this object
        weakref.finalize(self, self._file.close)
        self._number: dict[K, int] = {}
        self._ends = array("q", [0])
        self._written = False
        self._unpack = msgspec.msgpack.Decoder(kind)
        self._read = lru_cache(_AT_HAND)(self._read_anew)

    def put(self, key: K, value: T) -> None:
        """Files a value."""
        self.put_packed(key, packed(value))

    def put_packed(self, key: K, data: bytes) -> None:
        """Files a value that was packed already."""
        self._file.write(data)
        self._written = True
        self._number[key] = len(self._number)
        self._ends.append(self._ends[-1] + len(data))

    def number(self, key: K) -> int:
        """How many were put in before it."""
        return self._number[key]

    def at(self, number: int) -> T:
        """The value with this number."""
        return self._read(number)

    def __getitem__(self, key: K) -> T:
        return self._read(self._number[key])

    def __iter__(self) -> Iterator[K]:
        return iter(self._number)

    def __len__(self) -> int:
        return len(self._number)

    def flush(self) -> None:
        """Leaves nothing unwritten, as must be before another process reads."""
        if self._written:
            self._file.flush()
            self._written = False

    def _read_anew(self, number: int) -> T:
        self.flush()
        start = self._ends[number]
        return self._unpack.decode(os.pread(self._file.fileno(), self._ends[number + 1] - start, start))
