"""Language codes as the Bot API takes them: two letters, or none for everybody."""

import re

from simulator.bot_api.errors import bad_request
from simulator.bot_api.parameters import Parameters


def language_code(parameters: Parameters) -> str:
    code = parameters.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code
