"""What the stage says when something cannot be done."""


class RefusedError(Exception):
    """The stage refuses, in one sentence, with an HTTP status (400, 404 or 409)."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def impossible(sentence: str) -> RefusedError:
    return RefusedError(400, sentence)


def unknown(sentence: str) -> RefusedError:
    return RefusedError(404, sentence)


def not_now(sentence: str) -> RefusedError:
    return RefusedError(409, sentence)
