"""getFile: the way to a file's bytes."""

from simulator.accounts import Json
from simulator.bot_api.call import Call
from simulator.bot_api.errors import bad_request
from simulator.stored_files import file_path_of, find_file

LARGEST_DOWNLOAD = 20 * 1024 * 1024


async def get_file(call: Call) -> Json:
    file_id = call.parameters.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    stored = find_file(call.world, call.bot.id, file_id)
    if stored is None:
        raise bad_request("invalid file_id")
    if stored.size > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return {
        "file_id": file_id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "file_path": file_path_of(stored),
    }
