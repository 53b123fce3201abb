"""What a fault does to a call: a refusal in Telegram's words, or silence on the line."""

from simulator.bot_api.errors import ApiError, bad_request, forbidden, too_many_requests
from simulator.faults import Fault

HELD = ("timeout_before", "timeout_after")
SILENT = (*HELD, "disconnect_after")


def refusal(fault: Fault, chat_id: int | None) -> ApiError | None:
    """The error a fault answers with; None for faults that answer nothing."""
    refusals = {
        "retry_after": too_many_requests(fault.retry_after),
        "blocked": forbidden("bot was blocked by the user"),
        "deactivated": forbidden("user is deactivated"),
        "chat_not_found": bad_request("chat not found"),
        "migrated": bad_request(
            "group chat was upgraded to a supergroup chat",
            migrate_to_chat_id=fault.new_chat_id or -1_000_000_000_000 - abs(chat_id or 0),
        ),
        "server_error": ApiError(502, "Bad Gateway"),
    }
    return refusals.get(fault.kind)
