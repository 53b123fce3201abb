"""What storage raises when it cannot work just now: nobody's fault, and over by itself or when somebody makes room."""


class NotNowError(Exception):
    """The database cannot work just now. It says nothing about what was to be done: that is tried again."""


class NoRoomError(NotNowError):
    """Nothing can be saved for want of room."""
