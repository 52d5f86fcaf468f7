"""What a letter as read puts into the columns of a register."""

from __future__ import annotations

from letters import Letter
from registers.model import Columns


def columns_of(letter: Letter) -> Columns:
    """Number, date, sender, addressees and subject as read; what could not be read stays empty for the clerk. The
    sender is the office, else the post of the one who signed (clause 38.5 allows both)."""
    signed = letter.signatory
    post = (signed.acting_for or signed.position or "") if signed else ""
    return Columns(
        number=str(letter.number.value or ""), dated=letter.date.value.iso if letter.date.value else "",
        sender=letter.issuer.value or post, recipient=", ".join(one.name for one in letter.recipients),
        subject=letter.subject.value or "")
