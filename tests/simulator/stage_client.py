"""The hands of the people in our tests: a small client for the simulator's stage."""

from types import TracebackType
from typing import Any, Self

import httpx

Json = dict[str, Any]


class StageRefusedError(Exception):
    """The stage said no; `status` and the sentence say why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class Stage:
    """What people and tests do with the simulator at `base_url`."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")
        # Shorter than the simulator keeps a silent connection: otherwise a call may meet one that it just closes.
        limits = httpx.Limits(keepalive_expiry=2)
        self._client = httpx.AsyncClient(base_url=self.base_url, timeout=70, trust_env=False, limits=limits)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def state(self) -> Json:
        return await self._get("/sim/state")

    async def add_phone(
        self, name: str, *, language_code: str = "vi", phone_number: str | None = None, label: str | None = None
    ) -> int:
        """A new phone; answers its id."""
        facts = {"name": name, "language_code": language_code, "phone_number": phone_number, "label": label}
        return int((await self._post("/sim/phones", facts))["id"])

    async def phone(self, phone_id: int) -> Json:
        return await self._get(f"/sim/phones/{phone_id}")

    async def messages(self, phone_id: int) -> list[Json]:
        messages: list[Json] = (await self.phone(phone_id))["messages"]
        return messages

    async def last_message(self, phone_id: int) -> Json:
        return (await self.messages(phone_id))[-1]

    async def text(self, phone_id: int, text: str, *, reply_to: int | None = None) -> Json:
        return await self._act(phone_id, "text", {"text": text, "reply_to": reply_to})

    async def tap(self, phone_id: int, message_id: int, *, row: int = 0, column: int = 0) -> Json:
        return await self._act(phone_id, "tap", {"message_id": message_id, "row": row, "column": column})

    async def tap_labelled(self, phone_id: int, label: str) -> Json:
        """Tap the newest button that begins with these words."""
        for message in reversed(await self.messages(phone_id)):
            rows = [] if message["deleted"] else message.get("reply_markup", {}).get("inline_keyboard", [])
            for row, buttons in enumerate(rows):
                for column, button in enumerate(buttons):
                    if button["text"].startswith(label):
                        return await self.tap(phone_id, message["message_id"], row=row, column=column)
        raise LookupError(f"no button begins with {label!r}")

    async def forge_tap(self, phone_id: int, message_id: int, data: str) -> Json:
        return await self._act(phone_id, "tap", {"message_id": message_id, "data": data})

    async def key(self, phone_id: int, *, row: int = 0, column: int = 0) -> Json:
        return await self._act(phone_id, "key", {"row": row, "column": column})

    async def contact(self, phone_id: int, phone_number: str, first_name: str, *, user_id: int | None = None) -> Json:
        shared = {"phone_number": phone_number, "first_name": first_name, "user_id": user_id}
        return await self._act(phone_id, "contact", shared)

    async def file(self, phone_id: int, kind: str, content: bytes, *, name: str = "file", caption: str = "") -> Json:
        return _checked(
            await self._client.post(
                f"/sim/phones/{phone_id}/file",
                data={"kind": kind, "caption": caption},
                files={"file": (name, content)},
            )
        )

    async def open(self, phone_id: int, link: str) -> Json:
        return await self._act(phone_id, "open", {"link": link})

    async def scan(self, phone_id: int, *, screen_of: int, message_id: int) -> Json:
        return await self._act(phone_id, "scan", {"phone": screen_of, "message_id": message_id})

    async def scan_picture(self, phone_id: int, picture: bytes) -> Json:
        files = {"file": ("picture.png", picture)}
        return _checked(await self._client.post(f"/sim/phones/{phone_id}/scan", files=files))

    async def block(self, phone_id: int) -> Json:
        return await self._act(phone_id, "block", {})

    async def unblock(self, phone_id: int) -> Json:
        return await self._act(phone_id, "unblock", {})

    async def deactivate(self, phone_id: int) -> Json:
        return await self._act(phone_id, "deactivate", {})

    async def clock(self) -> Json:
        return await self._get("/sim/clock")

    async def wait_for_clock(self, *, rev: int, timeout: int = 25) -> Json:
        return await self._get("/sim/clock/wait", rev=rev, timeout=timeout)

    async def move(self, **how: Any) -> Json:
        """`to="2026-12-01T08:00:00Z"`, `days=1`, `months=1` or `until="next_message"`."""
        return await self._post("/sim/clock/move", how)

    async def step(self, now: str, *, done: bool = False) -> Json:
        return await self._post("/sim/clock/step", {"now": now, "done": done})

    async def follow(self, seconds: float = 30) -> Json:
        return await self._post("/sim/clock/follow", {"seconds": seconds})

    async def journal(
        self, *, since: int = 0, method: str = "", chat_id: int | None = None, timeout: int = 0
    ) -> list[Json]:
        """The matching calls after `since`; with `timeout`, wait for the first of them."""
        asked: Json = {"since": since, "method": method, "timeout": timeout}
        if chat_id is not None:
            asked["chat_id"] = chat_id
        entries: list[Json] = (await self._get("/sim/journal", **asked))["entries"]
        return entries

    async def faults(self) -> list[Json]:
        faults: list[Json] = (await self._get("/sim/faults"))["faults"]
        return faults

    async def add_fault(self, kind: str, **facts: Any) -> None:
        await self._post("/sim/faults", {"kind": kind, **facts})

    async def clear_faults(self) -> None:
        _checked(await self._client.delete("/sim/faults"))

    async def limits(self, *, enabled: bool) -> None:
        await self._post("/sim/limits", {"enabled": enabled})

    async def reset(self) -> None:
        await self._post("/sim/reset", {})

    async def picture(self, file_unique_id: str) -> bytes:
        response = await self._client.get(f"/sim/files/{file_unique_id}")
        response.raise_for_status()
        return response.content

    async def _act(self, phone_id: int, what: str, body: Json) -> Json:
        return await self._post(f"/sim/phones/{phone_id}/{what}", body)

    async def _get(self, path: str, **asked: Any) -> Json:
        return _checked(await self._client.get(path, params=asked))

    async def _post(self, path: str, body: Json) -> Json:
        return _checked(await self._client.post(path, json=body))


def _checked(response: httpx.Response) -> Json:
    answer: Json = response.json()
    if response.is_error:
        raise StageRefusedError(response.status_code, answer["error"])
    return answer
