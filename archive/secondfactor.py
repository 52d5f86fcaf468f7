"""A second factor for signing in: codes that change every half minute (RFC 6238), and codes for a lost device.

The shared secret must be kept as it is, so whoever reads the database can make codes: the factor guards against a
guessed or watched password, not against a stolen database, whose passwords stay hashed. A code is good once, and
recovery codes are kept as digests only.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

import pyotp
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from archive.audit import PROGRAM, note
from archive.database import Database
from archive.schema import RecoveryCodeRecord, UserRecord
from archive.users import new_stamp
from letters.errors import BadRequest, NotFound

RECOVERY_CODES = 10
ISSUER = "Saraban"
_STEP = 30
_DRIFT = 1
"""Steps by which a device's clock may be off."""


def new_secret() -> str:
    """A fresh shared secret, for the user's device."""
    return pyotp.random_base32()


def address_of(name: str, secret: str) -> str:
    """What a device reads from the QR code."""
    return str(pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER))


class SecondFactors:
    """Switches it on and off, and checks codes. Instants are UTC."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def switch_on(self, user_id: int, secret: str, code: str, now: dt.datetime,
                  actor: str = PROGRAM) -> tuple[str, ...]:
        """From now on signing in asks for a code; other sessions of the user end. Gives the recovery codes, told here
        once. Raises :class:`letters.errors.BadRequest` if the code shows that the device has another secret, and
        :class:`letters.errors.NotFound`."""
        step = _step(secret, code, now)
        if step is None:
            raise BadRequest("code", "the device shows another code")
        codes = tuple(f"{secrets.randbelow(10**5):05}-{secrets.randbelow(10**5):05}" for _ in range(RECOVERY_CODES))
        with self._database.writing("users") as session:
            row = _user(session, user_id)
            row.totp_secret, row.totp_step, row.stamp = secret, step, new_stamp()
            session.execute(delete(RecoveryCodeRecord).where(RecoveryCodeRecord.user_id == user_id))
            session.add_all(RecoveryCodeRecord(user_id=user_id, digest=_digest(user_id, one), used_at=None)
                            for one in codes)
            note(self._database, session, actor, "second-factor", f"user:{user_id}", "on", "False", "True")
        return codes

    def switch_off(self, user_id: int, actor: str = PROGRAM) -> None:
        """Signing in asks for the password only; other sessions of the user end. Raises
        :class:`letters.errors.NotFound`."""
        with self._database.writing("users") as session:
            row = _user(session, user_id)
            if row.totp_secret is not None:
                row.totp_secret, row.totp_step, row.stamp = None, None, new_stamp()
                session.execute(delete(RecoveryCodeRecord).where(RecoveryCodeRecord.user_id == user_id))
                note(self._database, session, actor, "second-factor", f"user:{user_id}", "on", "True", "False")

    def check(self, user_id: int, code: str, now: dt.datetime) -> bool:
        """Whether it is the device's code of now, not used before, or a recovery code; either is then used up."""
        tidy = "".join(code.split())
        with self._database.writing("users") as session:
            row = session.get(UserRecord, user_id, with_for_update=True)
            if row is None or row.totp_secret is None:
                return False
            step = _step(row.totp_secret, tidy, now)
            if step is not None:
                if row.totp_step is not None and step <= row.totp_step:
                    return False
                row.totp_step = step
                return True
            used = session.execute(
                update(RecoveryCodeRecord).where(
                    RecoveryCodeRecord.user_id == user_id, RecoveryCodeRecord.digest == _digest(user_id, tidy),
                    RecoveryCodeRecord.used_at.is_(None)).values(used_at=now).returning(RecoveryCodeRecord.id)).first()
            if used is not None:
                note(self._database, session, row.name, "recovery-code-used", f"user:{user_id}")
            return used is not None

    def codes_left(self, user_id: int) -> int:
        """How many recovery codes are unused."""
        query = select(func.count()).select_from(RecoveryCodeRecord).where(
            RecoveryCodeRecord.user_id == user_id, RecoveryCodeRecord.used_at.is_(None))
        with self._database.reading() as session:
            return session.execute(query).scalar_one()


def _user(session: Session, user_id: int) -> UserRecord:
    row = session.get(UserRecord, user_id, with_for_update=True)
    if row is None:
        raise NotFound(f"user {user_id}")
    return row


def _step(secret: str, code: str, now: dt.datetime) -> int | None:
    """The time step whose code this is, among those near now; ``None`` for none."""
    if not (code.isascii() and code.isdecimal()):
        return None
    here, totp = int(now.timestamp()) // _STEP, pyotp.TOTP(secret)
    near = (here + drift for drift in range(-_DRIFT, _DRIFT + 1))
    return next((step for step in near if secrets.compare_digest(totp.generate_otp(step), code)), None)


def _digest(user_id: int, code: str) -> str:
    """Of 10 random digits: slow enough with the limits of signing in, and of no use without the password."""
    return hashlib.sha256(f"{user_id} {code}".encode()).hexdigest()
