"""What went wrong, as RFC 9457 asks for it (``application/problem+json``), in Thai and in English."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import ClassVar

import msgspec
from flask import Response, current_app, request
from werkzeug.exceptions import HTTPException

from letters.errors import Language, SarabanError

API = "/api/"
"""Where addresses begin whose errors are told as problems."""

MEDIA = "application/problem+json"
_HIDDEN = 500

WORDS: dict[int, tuple[str, str]] = {
    400: ("ไม่เข้าใจคำขอ", "The request cannot be understood"),
    401: ("ต้องมีกุญแจ API ที่ยังใช้ได้", "A valid key is needed"),
    403: ("ไม่มีสิทธิ์ทำสิ่งนี้", "This is not allowed"),
    404: ("ไม่พบสิ่งที่ขอ", "There is no such thing"),
    405: ("ทำเช่นนั้นกับที่อยู่นี้ไม่ได้", "This address knows no such method"),
    409: ("ขัดกับสิ่งที่ผู้อื่นทำไปแล้ว", "It conflicts with what somebody else did"),
    412: ("ถูกเปลี่ยนไปแล้วโดยผู้อื่น", "It was changed by somebody else"),
    413: ("ไฟล์ใหญ่เกินไป", "The file is too large"),
    415: ("ไม่รับข้อมูลชนิดนี้", "Content of this type is not taken"),
    422: ("ข้อมูลไม่ถูกต้อง", "The data is not right"),
    428: ("ต้องบอกรุ่นที่เห็นใน If-Match", "If-Match must tell the version that was seen"),
    429: ("ขอถี่เกินไป โปรดรอสักครู่", "Too many requests; wait a little"),
    500: ("เกิดข้อผิดพลาดภายในระบบ", "A fault of the program"),
    503: ("ระบบยังใช้ไม่ได้ชั่วคราว", "Not available at the moment"),
    507: ("เนื้อที่เก็บเต็ม", "The disk is full"),
}


class Problem(msgspec.Struct, kw_only=True, omit_defaults=True):
    """An answer that something went wrong. ``type`` is ``urn:saraban:problem:<code>``, ``title`` and ``detail`` are
    Thai, the same in English beside them; ``incident`` is what the administrator finds in the log."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    title_en: str
    detail_en: str
    incident: str = ""


class SignedOut(SarabanError):
    """No key, or one that is wrong, over or taken back."""

    code = "no-key"
    http_status = 401
    what: ClassVar[dict[Language, str]] = {"th": "ไม่มีกุญแจ API หรือกุญแจใช้ไม่ได้แล้ว", "en": "there is no key, or it is over"}
    remedy: ClassVar[dict[Language, str]] = {
        "th": "ส่ง Authorization: Bearer พร้อมกุญแจที่ยังใช้ได้", "en": "send Authorization: Bearer with a valid key"}


class Forbidden(SarabanError):
    """The key's user may not, or the key may not."""

    code = "forbidden"
    http_status = 403
    what: ClassVar[dict[Language, str]] = {"th": "ทำ {subject} ไม่ได้", "en": "{subject} is not allowed"}
    remedy: ClassVar[dict[Language, str]] = {
        "th": "ขอสิทธิ์หรือกุญแจที่มีขอบเขตนี้จากผู้ดูแลระบบ", "en": "ask the administrator for the right or a key of that scope"}


class NotYours(Forbidden):
    """The user sees the thing, but the work on it is another's."""

    code = "not-yours"


class Overtaken(SarabanError):
    """If-Match names another version than the one that stands."""

    code = "overtaken"
    http_status = 412
    what: ClassVar[dict[Language, str]] = {"th": "{subject} ถูกเปลี่ยนไปแล้ว", "en": "{subject} was changed meanwhile"}
    remedy: ClassVar[dict[Language, str]] = {"th": "อ่านใหม่แล้วทำอีกครั้ง", "en": "read it again and repeat the change"}


class MatchNeeded(SarabanError):
    """A change without If-Match could overwrite somebody else's unseen."""

    code = "match-needed"
    http_status = 428
    what: ClassVar[dict[Language, str]] = {"th": "ไม่ได้บอกรุ่นของ {subject}", "en": "the version of {subject} is not told"}
    remedy: ClassVar[dict[Language, str]] = {
        "th": "ส่ง If-Match ด้วยค่า ETag ที่อ่านได้", "en": "send If-Match with the ETag that was read"}


class TooMany(SarabanError):
    """More requests than the limit within its time; ``seconds`` until the next may come."""

    code = "too-many"
    http_status = 429
    what: ClassVar[dict[Language, str]] = {"th": "ขอถี่เกินไป", "en": "too many requests"}
    remedy: ClassVar[dict[Language, str]] = {"th": "รอแล้วลองใหม่", "en": "wait and try again"}

    def __init__(self, seconds: int) -> None:
        super().__init__("requests", f"{seconds} s")
        self.seconds = seconds


class Invalid(SarabanError):
    """Values that do not fit their types; the detail says which and how."""

    code = "invalid"
    http_status = 422
    what: ClassVar[dict[Language, str]] = {"th": "ข้อมูลไม่ถูกต้อง", "en": "the data is not right"}
    remedy: ClassVar[dict[Language, str]] = {"th": "แก้ตามรายละเอียดแล้วส่งใหม่", "en": "mend it as told and send it again"}

    @classmethod
    def of(cls, told: str) -> Invalid:
        """From the words of the check."""
        return cls("request", told)


def told(error: Exception) -> Response:
    """Any error as an answer. What only the administrator can mend is logged under an incident id and not told."""
    if isinstance(error, SarabanError) and error.http_status < _HIDDEN:
        return _headed(error, answer(error.http_status, error.code, error.message("th"), error.message("en")))
    if isinstance(error, HTTPException) and (error.code or _HIDDEN) < _HIDDEN:
        return answer(error.code or 400, "http")
    status, code = (error.http_status, error.code) if isinstance(error, SarabanError) else (500, "fault")
    incident = secrets.token_hex(4)
    current_app.logger.error("incident %s: %s %s", incident, request.method, request.path, exc_info=error)
    return answer(status, code, incident=incident)


def answer(status: int, code: str, thai: str = "", english: str = "", incident: str = "") -> Response:
    """A problem of this status; without words of its own it has those of the status."""
    phrase = HTTPStatus(status).phrase
    title, title_en = WORDS.get(status, (phrase, phrase))
    body = Problem(type=f"urn:saraban:problem:{code}", title=title, status=status, code=code, title_en=title_en,
                   detail=thai or title, detail_en=english or title_en, incident=incident)
    return Response(msgspec.json.encode(body), status, mimetype=MEDIA)


def _headed(error: SarabanError, response: Response) -> Response:
    if isinstance(error, SignedOut):
        response.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.seconds)
    return response
