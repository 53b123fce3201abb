"""Telephone numbers, from however people type them to one international form and back."""

import re
import unicodedata

import phonenumbers

_NUMBER = re.compile(r"\+?\d[\d\s().\-/]*")


def parse_phone(text: str, country: str) -> str | None:
    """The one number in `text` as E.164 (+84912345678), or None when there is none or more than one.

    Without a country code it is a number of `country` ("VN"); a number with its own code is taken as that.
    """
    plain = re.sub(r"[‐–—−]", "-", unicodedata.normalize("NFKC", text))
    found = {number for part in _NUMBER.findall(plain) if (number := _valid(part, country))}
    return found.pop() if len(found) == 1 else None


def show_phone(e164: str, country: str) -> str:
    """A stored number as people in `country` write it; numbers of other countries keep their code."""
    number = phonenumbers.parse(e164, None)
    is_from_here = number.country_code == phonenumbers.country_code_for_region(country.upper())
    shape = phonenumbers.PhoneNumberFormat.NATIONAL if is_from_here else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, shape)


def _valid(part: str, country: str) -> str | None:
    digits = re.sub(r"\D", "", part)
    try:
        number = phonenumbers.parse("+" + digits if part.startswith("+") else digits, country.upper())
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
