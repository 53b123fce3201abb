"""A process that runs for weeks does not go through its content again at every collection."""

import gc

from app.garbage import spare_what_is_loaded


def test_what_is_loaded_is_not_looked_at_again() -> None:
    loaded: list[list[int]] = [[] for _ in range(1000)]
    try:
        spare_what_is_loaded()
        assert gc.get_freeze_count() > len(loaded)
        assert not any(one is loaded for one in gc.get_objects())
    finally:
        gc.unfreeze()
