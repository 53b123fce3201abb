"""Every method this server knows, under the name Telegram gives it."""

from collections.abc import Awaitable, Callable
from typing import Any

from simulator.bot_api import answering, commands, editing, files, profile, receiving, sending
from simulator.bot_api.call import Call

Method = Callable[[Call], Awaitable[Any]]

_METHODS: dict[str, Method] = {
    "getMe": profile.get_me,
    "getUpdates": receiving.get_updates,
    "setWebhook": receiving.set_webhook,
    "deleteWebhook": receiving.delete_webhook,
    "getWebhookInfo": receiving.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendVoice": sending.send_voice,
    "sendDocument": sending.send_document,
    "forwardMessage": sending.forward_message,
    "copyMessage": sending.copy_message,
    "sendChatAction": answering.send_chat_action,
    "answerCallbackQuery": answering.answer_callback_query,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "getChat": profile.get_chat,
    "getFile": files.get_file,
    "setMyCommands": commands.set_my_commands,
    "getMyCommands": commands.get_my_commands,
    "deleteMyCommands": commands.delete_my_commands,
    "setMyName": profile.set_my_name,
    "getMyName": profile.get_my_name,
    "setMyDescription": profile.set_my_description,
    "getMyDescription": profile.get_my_description,
    "setMyShortDescription": profile.set_my_short_description,
    "getMyShortDescription": profile.get_my_short_description,
    "setChatMenuButton": profile.set_chat_menu_button,
    "getChatMenuButton": profile.get_chat_menu_button,
}
_BY_LOWER_NAME = {name.lower(): (name, method) for name, method in _METHODS.items()}
LIMITED = frozenset({"sendMessage", "sendPhoto", "sendVoice", "sendDocument", "forwardMessage", "copyMessage"})


def find_method(name: str) -> tuple[str, Method] | None:
    """A method and its proper name; Telegram does not mind the case."""
    return _BY_LOWER_NAME.get(name.lower())
