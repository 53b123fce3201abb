"""The tracks of a child in its row: words between blanks, and what versions before wrote in their own column.

`tracks` is for processes of an older version that still run: there a child whose mother has died is on the track of
feeding without her milk, and no other word may stand that they do not know.
"""

from domain.tracks import Track

_KNOWN = {track.value: frozenset({track}) for track in Track}
_EARLIER = {**_KNOWN, Track.REPLACEMENT_FEEDING.value: frozenset({Track.MOTHER_ABSENT, Track.REPLACEMENT_FEEDING})}


def read_kept(kept: str | None, tracks: str | None) -> frozenset[Track]:
    """What both columns say; a word of a later version is left out."""
    found = [_KNOWN.get(word, frozenset()) for word in (kept or "").split()]
    found += [_EARLIER.get(word, frozenset()) for word in (tracks or "").split()]
    return frozenset[Track]().union(*found)


def columns_of(kept: frozenset[Track]) -> dict[str, str | None]:
    """The values of both columns."""
    words = " ".join(sorted(track.value for track in kept))
    earlier = Track.REPLACEMENT_FEEDING.value if Track.MOTHER_ABSENT in kept else None
    return {"kept_tracks": words or None, "tracks": earlier}
