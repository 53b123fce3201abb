"""Reply markup: inline keyboards, reply keyboards, their removal and forced replies, checked as Telegram checks."""

from collections.abc import Callable
from typing import Any

from simulator.accounts import Json
from simulator.bot_api.errors import ApiError, bad_request
from simulator.bot_api.links import LinkError, checked_link
from simulator.bot_api.parameters import Parameters

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
MOST_KEYS = 300
_ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip
_LOOKS = ("text", "style", "icon_custom_emoji_id")
_STYLES = ("danger", "success", "primary")
_KEY_REQUESTS = (
    "request_contact", "request_location", "request_poll", "request_users", "request_chat", "web_app",
)  # fmt: skip
_KEYBOARD_FLAGS = ("is_persistent", "resize_keyboard", "one_time_keyboard", "selective")


def reply_markup(parameters: Parameters) -> Json | None:
    """The markup of a call, checked and written as Telegram stores it; None without one."""
    if not parameters.has("reply_markup"):
        return None
    markup = parameters.decoded("reply_markup", "can't parse reply keyboard markup JSON object")
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    for name, check in _KINDS.items():
        if name in markup:
            return check(markup)
    raise (
        bad_request("can't parse reply keyboard markup JSON object")
        if markup
        else bad_request("object expected as reply markup")
    )


def inline_markup(parameters: Parameters) -> Json | None:
    """The markup of an edit, which can be an inline keyboard only; None removes it."""
    markup = reply_markup(parameters)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup if markup and markup["inline_keyboard"] else None


def _inline_keyboard(markup: Json) -> Json:
    rows = [[_inline_button(button) for button in row] for row in _rows(markup, "inline_keyboard")]
    rows = [row for row in rows if row]
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in rows):
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": rows}


def _reply_keyboard(markup: Json) -> Json:
    rows = [[_key(key) for key in row] for row in _rows(markup, "keyboard")]
    rows = [row for row in rows if row]
    if not rows:
        raise bad_request("object expected as reply markup")
    if sum(map(len, rows)) > MOST_KEYS:
        raise bad_request("reply markup is too long")
    kept: Json = {name: _flag(markup, name) for name in _KEYBOARD_FLAGS if name in markup}
    if "input_field_placeholder" in markup:
        kept["input_field_placeholder"] = markup["input_field_placeholder"]
    return {"keyboard": rows, **kept}


def _removal(markup: Json) -> Json:
    return {"remove_keyboard": _flag(markup, "remove_keyboard")}


def _forced_reply(markup: Json) -> Json:
    return {"force_reply": _flag(markup, "force_reply")}


_KINDS: dict[str, Callable[[Json], Json]] = {
    "inline_keyboard": _inline_keyboard,
    "keyboard": _reply_keyboard,
    "remove_keyboard": _removal,
    "force_reply": _forced_reply,
}


def _rows(markup: Json, name: str) -> list[list[Any]]:
    rows = markup[name]
    if not isinstance(rows, list):
        raise bad_request(f'field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{name}" must be an Array of Arrays')
    return rows


def _flag(markup: Json, name: str) -> bool:
    value = markup[name]
    if not isinstance(value, bool):
        raise bad_request(f'field "{name}" must be of type Boolean')
    return value


def _inline_button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise _unreadable("InlineKeyboardButton must be an Object")
    _check_text(button, "inline keyboard button")
    actions = [name for name in _ACTIONS if button.get(name) not in (None, "") or _empty_query(button, name)]
    if not actions:
        raise _unreadable("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1 or actions[0] in ("pay", "callback_game"):
        raise bad_request("BUTTON_TYPE_INVALID")
    looks = {name: button[name] for name in _LOOKS if name in button}
    if looks.get("style", "danger") not in _STYLES:
        raise bad_request("BUTTON_STYLE_INVALID")
    return looks | {actions[0]: _action(actions[0], button[actions[0]])}


def _empty_query(button: Json, name: str) -> bool:
    """Switching to inline mode may carry an empty query."""
    return name.startswith("switch_inline_query") and button.get(name) == ""


def _action(name: str, value: Any) -> Any:
    if name == "callback_data":
        return _callback_data(value)
    if name == "url":
        return _link(value)
    if name == "web_app":
        _check_web_app(value, "inline keyboard button")
    if name == "copy_text" and not 1 <= len(str(value.get("text", ""))) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return value


def _callback_data(value: Any) -> str:
    if not isinstance(value, str):
        raise _unreadable('Field "callback_data" must be of type String')
    if len(value.encode()) > 64:
        raise bad_request("BUTTON_DATA_INVALID")
    return value


def _link(url: Any) -> str:
    if not isinstance(url, str):
        raise _unreadable('Field "url" must be of type String')
    try:
        link = checked_link(url)
    except LinkError as error:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {error}") from None
    if len(link) > 2048 or " " in link:
        raise bad_request("BUTTON_URL_INVALID")
    return link


def _key(key: Any) -> Json:
    if isinstance(key, str):
        key = {"text": key}
    if not isinstance(key, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be an Object")
    _check_text(key, "keyboard button")
    if "web_app" in key:
        _check_web_app(key["web_app"], "keyboard button")
    return {name: key[name] for name in (*_LOOKS, *_KEY_REQUESTS) if name in key}


def _check_text(button: Json, what: str) -> None:
    if "text" not in button:
        raise bad_request(f"can't parse {what}: Can't find field \"text\"")
    if not isinstance(button["text"], str):
        raise bad_request(f'can\'t parse {what}: Field "text" must be of type String')
    if not button["text"].strip():
        raise bad_request(f"{what} text is empty")


def _check_web_app(web_app: Any, what: str) -> None:
    url = web_app.get("url", "") if isinstance(web_app, dict) else ""
    if not url.startswith("https://"):
        raise bad_request(f"{what} Web App URL '{url}' is invalid: Only HTTPS links are allowed")


def _unreadable(reason: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {reason}")
