"""What can go wrong with a file or a request, in words a clerk can act on.

Every error of the project derives from :class:`SarabanError`. It is raised where the fault is seen and
translated once, at the edge (command line, HTTP). Each class states what happened and what to do next, in
Thai and in English; ``{subject}`` is the file or thing concerned, ``{detail}`` what the program knows more.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from letters.details import in_thai

Language = Literal["th", "en"]


class SarabanError(Exception):
    """Base of all named errors: exit code for the command line, HTTP status, message and remedy."""

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500
    what: ClassVar[dict[Language, str]] = {"th": "เกิดข้อผิดพลาดกับ {subject}", "en": "Something failed with {subject}"}
    remedy: ClassVar[dict[Language, str]] = {"th": "โปรดแจ้งผู้ดูแลระบบ", "en": "Please tell the administrator"}

    def __init__(self, subject: str, detail: str = "") -> None:
        super().__init__(subject, detail)
        self.subject = subject
        self.detail = detail

    def message(self, language: Language = "th") -> str:
        """One line: what happened to which file, what is known, and what to do next."""
        detail = self.known(language)
        what = self.what[language].format(subject=self.subject, detail=detail)
        known = f" ({detail})" if detail and "{detail}" not in self.what[language] else ""
        return f"{what}{known} – {self.remedy[language]}"

    def known(self, language: Language) -> str:  # noqa: ARG002  a file's fault differs by it
        """What the program knows more, as a reader of that language may be told."""
        return self.detail

    def __str__(self) -> str:
        return self.message("en")


class BadFile(SarabanError):
    """A file that cannot be taken in; the other files of the same call go on."""

    code = "bad-file"
    exit_code = 65
    http_status = 422

    def known(self, language: Language) -> str:
        """The detail; in Thai, where there are Thai words for it."""
        return in_thai(self.detail) if language == "th" else self.detail


class EmptyFile(BadFile):
    """Zero bytes, no pages, or text without a letter in it."""

    code = "empty"
    what = {"th": "ไฟล์ {subject} ว่างเปล่า", "en": "{subject} is empty"}
    remedy = {"th": "สแกนหรือบันทึกใหม่แล้วส่งอีกครั้ง", "en": "scan or save it again and send it once more"}


class WrongType(BadFile):
    """Content that is none of PDF, JPEG, PNG, TIFF, UTF-8 text, whatever its name says."""

    code = "wrong-type"
    what = {
        "th": "ไฟล์ {subject} ไม่ใช่ PDF, JPEG, PNG, TIFF หรือข้อความ UTF-8",
        "en": "{subject} is not a PDF, JPEG, PNG, TIFF or UTF-8 text file",
    }
    remedy = {"th": "แปลงเป็น PDF แล้วส่งอีกครั้ง", "en": "convert it to PDF and send it once more"}


class EncryptedFile(BadFile):
    """A PDF that asks for a password."""

    code = "encrypted"
    what = {"th": "ไฟล์ {subject} มีรหัสผ่าน", "en": "{subject} is protected by a password"}
    remedy = {"th": "บันทึกเป็น PDF ที่ไม่มีรหัสผ่านแล้วส่งอีกครั้ง", "en": "save it without a password and send it once more"}


class DamagedFile(BadFile):
    """Recognised by its first bytes, but truncated or broken further on."""

    code = "damaged"
    what = {"th": "ไฟล์ {subject} เสียหายหรือมาไม่ครบ", "en": "{subject} is damaged or incomplete"}
    remedy = {"th": "ขอไฟล์ใหม่จากผู้ส่งหรือสแกนใหม่", "en": "ask the sender for it again, or scan it again"}


class LimitExceeded(BadFile):
    """Too many bytes, pages, pixels or seconds; the limit is a setting named in the detail."""

    code = "limit"
    what = {"th": "ไฟล์ {subject} เกินขีดจำกัด: {detail}", "en": "{subject} is over a limit: {detail}"}
    remedy = {
        "th": "แบ่งไฟล์หรือลดความละเอียด หรือขอให้ผู้ดูแลระบบเพิ่มขีดจำกัด",
        "en": "split it or lower its resolution, or ask the administrator to raise the limit",
    }


class NotUnderstood(BadFile):
    """Read, but the program itself failed on what stands in it."""

    code = "not-understood"
    exit_code = 70
    http_status = 500
    what = {"th": "โปรแกรมขัดข้องขณะแยกหนังสือใน {subject}", "en": "the program failed on the letters in {subject}"}
    remedy = {"th": "โปรดแจ้งผู้ดูแลระบบพร้อมส่งไฟล์นี้", "en": "please tell the administrator and hand in this file"}


class NotFound(SarabanError):
    """A letter, packet or user that the archive does not hold."""

    code = "not-found"
    exit_code = 66
    http_status = 404
    what = {"th": "ไม่พบ {subject}", "en": "{subject} was not found"}
    remedy = {"th": "ตรวจเลขที่หรือวันที่แล้วค้นใหม่", "en": "check the number or the date and look again"}


class BadRequest(SarabanError):
    """A question or value the program cannot understand."""

    code = "bad-request"
    exit_code = 64
    http_status = 400
    what = {"th": "ไม่เข้าใจ {subject}", "en": "cannot understand {subject}"}
    remedy = {"th": "แก้ไขแล้วลองใหม่", "en": "correct it and try again"}


class NoArchive(SarabanError):
    """The home folder holds no archive yet, or one of another version."""

    code = "no-archive"
    exit_code = 69
    http_status = 503
    what = {"th": "ยังไม่มีคลังหนังสือที่ {subject}", "en": "there is no archive at {subject}"}
    remedy = {"th": "สั่ง saraban init ก่อน", "en": "run: saraban init"}


class MissingProgram(SarabanError):
    """An outside program that the project needs is not installed."""

    code = "missing-program"
    exit_code = 69
    http_status = 503
    what = {"th": "ไม่พบโปรแกรม {subject} ในเครื่องนี้", "en": "the program {subject} is not installed"}
    remedy = {"th": "สั่ง make setup", "en": "run: make setup"}


class IndexUnavailable(SarabanError):
    """The search index is broken or locked; taking letters in goes on without it."""

    code = "index-unavailable"
    exit_code = 75
    http_status = 503
    what = {"th": "ค้นหาคำยังใช้ไม่ได้ชั่วคราว", "en": "word search is not available at the moment"}
    remedy = {
        "th": "เลขที่และวันที่ยังค้นได้ ผู้ดูแลระบบสั่ง saraban reindex เพื่อสร้างดัชนีใหม่",
        "en": "numbers and dates can still be looked up; run: saraban reindex",
    }


class Conflict(SarabanError):
    """Somebody or something else changed the thing in between."""

    code = "conflict"
    exit_code = 75
    http_status = 409
    what = {"th": "{subject} ถูกเปลี่ยนไปแล้วโดยผู้อื่น", "en": "{subject} was changed by somebody else"}
    remedy = {"th": "เปิดใหม่แล้วทำอีกครั้ง", "en": "open it again and repeat the change"}


class StorageFull(SarabanError):
    """No room left where originals or the database are kept; nothing was half written."""

    code = "storage-full"
    exit_code = 74
    http_status = 507
    what = {"th": "เนื้อที่เก็บเต็ม บันทึก {subject} ไม่ได้", "en": "the disk is full, {subject} was not stored"}
    remedy = {
        "th": "เพิ่มเนื้อที่แล้วส่งอีกครั้ง ไม่มีข้อมูลเดิมสูญหาย",
        "en": "make room and send it again; nothing stored before is lost",
    }
