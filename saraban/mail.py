"""The one owner of SMTP: hands a mail to the server of the settings."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.header import Header
from email.mime.text import MIMEText
from email.utils import formatdate, make_msgid

from letters.errors import SarabanError
from saraban.settings import Settings

_SECONDS = 30


class MailUnavailable(SarabanError):
    """The mail server is not there, refuses us, or refuses the mail."""

    code = "mail-unavailable"
    exit_code = 75
    http_status = 503
    what = {"th": "ส่งอีเมลถึง {subject} ไม่ได้", "en": "the mail to {subject} could not be sent"}
    remedy = {"th": "ตรวจค่า SARABAN_SMTP_… แล้วสั่งใหม่ งานที่ยังไม่ได้ส่งจะส่งอีกครั้ง",
              "en": "check the settings SARABAN_SMTP_… and run it again; what was not sent is tried again"}


class Post:
    """An open line to the mail server."""

    def __init__(self, line: smtplib.SMTP, sender: str) -> None:
        self._line, self._sender = line, sender

    def send(self, to: str, subject: str, text: str) -> None:
        """Hands one mail over. Raises :class:`MailUnavailable` if it is refused."""
        mail = MIMEText(text, "plain", "utf-8")
        mail["From"], mail["To"] = self._sender, to
        # EmailMessage loses blanks where it folds a long Thai subject; Header does not.
        mail["Subject"] = Header(subject, "utf-8").encode()
        mail["Date"] = formatdate()
        mail["Message-ID"] = make_msgid(domain=self._sender.rpartition("@")[2] or None)
        mail["Auto-Submitted"] = "auto-generated"
        try:
            self._line.send_message(mail)
        except (smtplib.SMTPException, OSError) as error:
            raise MailUnavailable(to, str(error)) from error


@contextmanager
def post(settings: Settings) -> Iterator[Post]:
    """A line to the server, closed at the end. Raises :class:`MailUnavailable` if it does not answer or lets us in."""
    secure = settings.smtp_security
    try:
        with _connect(settings) as line:
            if secure == "starttls":
                line.starttls(context=ssl.create_default_context())
            if settings.smtp_user:
                line.login(settings.smtp_user, settings.smtp_password)
            yield Post(line, settings.mail_from)
    except (smtplib.SMTPException, OSError) as error:
        raise MailUnavailable(settings.smtp_host, str(error)) from error


def _connect(settings: Settings) -> smtplib.SMTP:
    where = settings.smtp_host, settings.smtp_port
    if settings.smtp_security == "tls":
        return smtplib.SMTP_SSL(*where, timeout=_SECONDS, context=ssl.create_default_context())
    return smtplib.SMTP(*where, timeout=_SECONDS)
