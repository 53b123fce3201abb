"""A second oracle for the bot's calls: aiogram's models of the same Bot API, which nobody here wrote."""

from functools import cache
from typing import Any

import aiogram.methods
from aiogram.methods import TelegramMethod
from aiogram.types import BufferedInputFile
from pydantic import TypeAdapter, ValidationError

_BY_NAME = {
    name[0].lower() + name[1:]: found
    for name, found in vars(aiogram.methods).items()
    if isinstance(found, type) and issubclass(found, TelegramMethod) and found is not TelegramMethod
}


def problems_for_aiogram(entry: dict[str, Any]) -> list[str]:
    """What aiogram's models do not accept in one entry of the journal: the call, or its answer."""
    if not entry["ok"]:
        return []
    model = _BY_NAME.get(entry["method"])
    if model is None:
        return [f"{entry['method']}: aiogram does not know it"]
    return _call_problems(model, entry) + _answer_problems(model, entry)


def _call_problems(model: type[TelegramMethod[Any]], entry: dict[str, Any]) -> list[str]:
    params = dict(entry["params"])
    for name in entry["files"]:
        params[name] = BufferedInputFile(b"", name)
    unknown = sorted(params.keys() - model.model_fields.keys())
    found = [f"{entry['method']}.{name}: unknown to aiogram" for name in unknown]
    try:
        model.model_validate({name: value for name, value in params.items() if name not in unknown})
    except ValidationError as error:
        found += [f"{entry['method']}: {error}"]
    return found


@cache
def _answers(model: type[TelegramMethod[Any]]) -> TypeAdapter[Any]:
    """Made once a method: that takes far longer than any use of it."""
    returning: Any = model.__returning__
    return TypeAdapter(returning)


def _answer_problems(model: type[TelegramMethod[Any]], entry: dict[str, Any]) -> list[str]:
    try:
        _answers(model).validate_python(entry["result"])
    except ValidationError as error:
        return [f"{entry['method']} answered: {error}"]
    return []
