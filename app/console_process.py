"""`cradle console`: listens, stores the webhook's bodies raw, and tells whether all is well."""

from app.bot_process import bot_name
from app.loops import Wake
from app.readiness import Checking
from app.wiring import Parts
from console.application import Seeing, make_console
from console.metrics import Gate
from console.serving import serve
from services.messages.receive_update import UnreadableUpdate, receive_update


async def run_console(parts: Parts, inbox: Wake) -> None:
    """Until cancelled. It starts with Telegram unreachable, and with a database that is away for a moment."""

    bot = bot_name(parts) if parts.settings.webhook_path else ""

    async def receive(body: bytes) -> bool:
        moment = await parts.clock.moment()
        new = await receive_update(parts.database, bot=bot, body=body, moment=moment)
        inbox.set()
        return new

    console = make_console(
        webhook_path=parts.settings.webhook_path,
        webhook_secrets=parts.settings.webhook_secrets(),
        receive=receive,
        unreadable=UnreadableUpdate,
        seeing=_seeing(parts),
    )
    await serve(console, parts.settings.bind.host, parts.settings.bind.port)


def _seeing(parts: Parts) -> Seeing:
    checking, token = Checking(parts), parts.settings.metrics_token
    gate = Gate(token.get_secret_value() if token is not None else None, parts.settings.bind.host)
    return Seeing(checking.ready, checking.measure, gate)
