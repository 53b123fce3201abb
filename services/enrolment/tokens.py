"""Secrets of invites: unguessable tokens for links, six digits for phones that cannot scan; kept only as hashes."""

import hashlib
import hmac
import secrets

from domain.cards import CARD_DIGITS
from domain.invite import CODE_DIGITS, PAPER_CODE_LENGTH, PAPER_CODE_LETTERS, looks_like_paper_code, normalise_code


def new_token() -> str:
    """128 random bits, 22 letters that a link may carry."""
    return secrets.token_urlsafe(16)


def hash_token(token: str) -> str:
    """A token is long enough that its plain hash cannot be turned back."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_code() -> str:
    """Six random digits."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def hash_code(code: str, secret: bytes) -> str:
    """Six digits are few: their hash is keyed with the programme's secret."""
    return hmac.new(secret, normalise_code(code).encode(), hashlib.sha256).hexdigest()


def new_number() -> str:
    """Four digits that a volunteer types to let a chat in that stands beside her."""
    return f"{secrets.randbelow(9000) + 1000}"


def new_paper_code() -> str:
    """Eight letters and figures for paper, which lies about for a month."""
    while True:
        code = "".join(secrets.choice(PAPER_CODE_LETTERS) for _ in range(PAPER_CODE_LENGTH))
        if looks_like_paper_code(code):
            return code


def new_card_number() -> str:
    """Eight digits, the first of them no zero."""
    return str(10 ** (CARD_DIGITS - 1) + secrets.randbelow(9 * 10 ** (CARD_DIGITS - 1)))
