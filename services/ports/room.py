"""What storage raises when its disk is full: nobody's fault, and over as soon as somebody makes room."""


class NoRoomError(Exception):
    """Nothing can be saved for want of room. It says nothing about what was to be saved: that is tried again."""
