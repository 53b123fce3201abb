"""What Python's collector of garbage need not look at."""

import gc


def spare_what_is_loaded() -> None:
    """What was loaded at the start stays for good; going through it again and again costs a sender a tenth and more."""
    gc.collect()
    gc.freeze()
