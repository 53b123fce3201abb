"""Where the file of SQLite may lie: on a disk of this machine, because its locks do not hold over a network."""

import re
from dataclasses import dataclass
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
OVER_A_NETWORK = frozenset(
    {
        *("9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs"),
        *("nfs", "nfs4", "ocfs2", "orangefs", "pvfs2", "smb3", "smbfs"),
        *("fuse.cephfs", "fuse.davfs2", "fuse.gcsfuse", "fuse.glusterfs", "fuse.mergerfs", "fuse.rclone"),
        *("fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs"),
    }
)
_ESCAPED = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True)
class Mount:
    """A file system and where it hangs."""

    kind: str
    point: Path

    @property
    def is_over_a_network(self) -> bool:
        """Whether other machines may write there too."""
        return self.kind in OVER_A_NETWORK


def mount_of(path: Path, mounts: str) -> Mount | None:
    """On which file system a path lies, by the text of /proc/self/mountinfo; None when that does not say."""
    real = path.resolve()
    over = [mount for mount in map(_read_mount, mounts.splitlines()) if mount and real.is_relative_to(mount.point)]
    # Of two at the same point the later one hides the earlier.
    return max(reversed(over), key=lambda mount: len(mount.point.parts), default=None)


def network_under(path: Path) -> Mount | None:
    """The network file system on which a path lies; None on a disk of this machine, and where nobody can tell."""
    try:
        mount = mount_of(path, MOUNTS.read_text(encoding="utf-8", errors="surrogateescape"))
    except OSError:
        return None
    return mount if mount and mount.is_over_a_network else None


def _read_mount(line: str) -> Mount | None:
    left, separator, right = line.partition(" - ")
    fields, kinds = left.split(), right.split()
    if not separator or len(fields) < 5 or not kinds:
        return None
    return Mount(kinds[0], Path(_ESCAPED.sub(lambda match: chr(int(match[1], 8)), fields[4])))
