"""The routes of the phones: everything a person can do."""

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from simulator.people import add_phone
from simulator.refusal import impossible, unknown
from simulator.stage.bodies import (
    body_of,
    bot_of,
    hand_of,
    hand_on,
    number_in,
    optional_number_in,
    simulation_of,
    text_in,
)
from simulator.stage.views import phone_view
from simulator.stored_files import Upload

# A document may be a page with a script in it; the browser must not run it beside the stage.
_HARMLESS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}


def phone_routes() -> list[Route]:
    one = "/sim/phones/{phone_id:int}"
    acts = {
        "text": _text,
        "tap": _tap,
        "key": _key,
        "contact": _contact,
        "file": _file,
        "open": _open,
        "scan": _scan,
        "block": _block,
        "unblock": _unblock,
        "deactivate": _deactivate,
    }
    return [
        Route("/sim/phones", _add, methods=["POST"]),
        Route(one, _show, methods=["GET"]),
        Route("/sim/files/{unique_id}", _bytes, methods=["GET"]),
        *(Route(f"{one}/{name}", endpoint, methods=["POST"]) for name, endpoint in acts.items()),
    ]


async def _add(request: Request) -> Response:
    body = await body_of(request)
    text_in(body, "name")
    optional_number_in(body, "id")
    world = simulation_of(request).world
    return JSONResponse(phone_view(world, bot_of(request), add_phone(world, body)))


async def _show(request: Request) -> Response:
    hand = hand_of(request)
    return JSONResponse(phone_view(hand.world, hand.bot, hand.phone))


async def _text(request: Request) -> Response:
    body = await body_of(request)
    reply_to = optional_number_in(body, "reply_to")
    return JSONResponse(hand_of(request).type_text(text_in(body, "text"), reply_to=reply_to))


async def _tap(request: Request) -> Response:
    body = await body_of(request)
    message_id = number_in(body, "message_id")
    if "data" in body:
        return JSONResponse(hand_of(request).forge_tap(message_id, text_in(body, "data")))
    answer = hand_of(request).tap(message_id, number_in(body, "row"), number_in(body, "column"))
    return JSONResponse(answer)


async def _key(request: Request) -> Response:
    body = await body_of(request)
    return JSONResponse(hand_of(request).press_key(number_in(body, "row"), number_in(body, "column")))


async def _contact(request: Request) -> Response:
    body = await body_of(request)
    answer = hand_of(request).share_contact(
        text_in(body, "phone_number"), text_in(body, "first_name"), optional_number_in(body, "user_id")
    )
    return JSONResponse(answer)


async def _file(request: Request) -> Response:
    async with request.form() as form:
        upload = await _uploaded(form)
        kind, caption = str(form.get("kind", "")), str(form.get("caption", ""))
    return JSONResponse(hand_of(request).send_file(kind, upload, caption=caption))


async def _open(request: Request) -> Response:
    return JSONResponse(hand_of(request).open_link(text_in(await body_of(request), "link")))


async def _scan(request: Request) -> Response:
    return JSONResponse(hand_of(request).scan(await _picture(request)))


async def _picture(request: Request) -> bytes:
    """What the camera sees: another phone's screen, or a picture that was brought along."""
    if request.headers.get("content-type", "").startswith("multipart/"):
        async with request.form() as form:
            return (await _uploaded(form)).content
    body = await body_of(request)
    return hand_on(request, number_in(body, "phone")).photo_of(number_in(body, "message_id"))


async def _uploaded(form: FormData) -> Upload:
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise impossible('There is no "file".')
    return Upload(file.filename or "file", await file.read(), file.content_type)


async def _block(request: Request) -> Response:
    hand_of(request).block()
    return await _show(request)


async def _unblock(request: Request) -> Response:
    hand_of(request).unblock()
    return await _show(request)


async def _deactivate(request: Request) -> Response:
    hand_of(request).deactivate()
    return await _show(request)


async def _bytes(request: Request) -> Response:
    world = simulation_of(request).world
    stored = world.files.get(request.path_params["unique_id"])
    if stored is None:
        raise unknown("There is no such file.")
    content = world.file_bytes.read(stored.unique_id)
    return Response(content, media_type=stored.mime_type, headers=_HARMLESS)
