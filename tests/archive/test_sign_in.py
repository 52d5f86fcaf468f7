"""Failed sign-ins and second factors, on both databases."""

from __future__ import annotations

import datetime as dt

import pyotp
import pytest

from archive import Archive, Role, User
from archive.secondfactor import address_of, new_secret
from letters.errors import BadRequest, NotFound

NOON = dt.datetime(2023, 6, 20, 5, tzinfo=dt.UTC)
STEP = dt.timedelta(seconds=30)


@pytest.fixture
def malee(archive: Archive) -> User:
    return archive.users.add("malee", "correct horse battery", Role.CLERK)


def test_failures_are_counted_by_name_and_address(archive: Archive) -> None:
    long_ago, since = NOON - dt.timedelta(days=1), NOON - dt.timedelta(minutes=15)
    for who, address, at in (("a", "1", NOON), ("a", "1", NOON), ("a", "2", NOON), ("b", "1", NOON),
                             ("a", "1", long_ago)):
        archive.failures.add(who, address, at, forget=long_ago)
    assert archive.failures.count("a", "1", since) == (2, 3, 3)
    assert archive.failures.count("c", "3", since) == (0, 0, 0)
    archive.failures.forget("a", "1")
    assert archive.failures.count("a", "1", since) == (0, 1, 1)


def test_a_code_is_good_near_its_time_and_once(archive: Archive, malee: User) -> None:
    secret = new_secret()
    totp, factors = pyotp.TOTP(secret), archive.second_factors
    factors.switch_on(malee.id, secret, totp.at(NOON), NOON)
    assert archive.users.get(malee.id).second_factor and archive.users.get(malee.id).stamp != malee.stamp
    assert not factors.check(malee.id, totp.at(NOON), NOON), "used to switch it on"
    later = NOON + 4 * STEP
    assert not factors.check(malee.id, totp.at(later + 2 * STEP), later)
    assert not factors.check(malee.id, totp.at(later - 2 * STEP), later)
    assert factors.check(malee.id, totp.at(later + STEP), later), "the device's clock is ahead"
    assert not factors.check(malee.id, totp.at(later), later), "an older one than the last that was used"


@pytest.mark.parametrize("code", ["", "123", "abcdef", "๑๒๓๔๕๖", "1234567", "\x00" * 6])
def test_what_is_no_code(archive: Archive, malee: User, code: str) -> None:
    secret = new_secret()
    with pytest.raises(BadRequest):
        archive.second_factors.switch_on(malee.id, secret, code, NOON)
    archive.second_factors.switch_on(malee.id, secret, pyotp.TOTP(secret).at(NOON), NOON)
    assert not archive.second_factors.check(malee.id, code, NOON + STEP * 3)


def test_recovery_codes_are_anothers_never_and_used_once(archive: Archive, malee: User) -> None:
    secret, other = new_secret(), archive.users.add("somsri", "correct horse battery", Role.CLERK)
    codes = archive.second_factors.switch_on(malee.id, secret, pyotp.TOTP(secret).at(NOON), NOON)
    theirs = archive.second_factors.switch_on(other.id, secret, pyotp.TOTP(secret).at(NOON), NOON)
    assert len(set(codes)) == 10 and not archive.second_factors.check(malee.id, theirs[0], NOON)
    assert archive.second_factors.check(malee.id, codes[0], NOON)
    assert not archive.second_factors.check(malee.id, codes[0], NOON)
    assert archive.second_factors.codes_left(malee.id) == 9
    actions = [event.action for event in archive.audit.list(f"user:{malee.id}")]
    assert actions == ["user-added", "second-factor", "recovery-code-used"]


def test_switched_off_asks_for_nothing(archive: Archive, malee: User) -> None:
    secret = new_secret()
    codes = archive.second_factors.switch_on(malee.id, secret, pyotp.TOTP(secret).at(NOON), NOON)
    archive.second_factors.switch_off(malee.id)
    assert not archive.users.get(malee.id).second_factor
    assert not archive.second_factors.check(malee.id, codes[0], NOON)
    with pytest.raises(NotFound):
        archive.second_factors.switch_off(999)


def test_what_a_device_reads() -> None:
    assert address_of("malee", "A" * 32) == f"otpauth://totp/Saraban:malee?secret={'A' * 32}&issuer=Saraban"
