"""One writer at a time, whatever happens to it; and places where a study should not live."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qualbench.store.lock import WriteLock, unsafe_place


@contextmanager
def another_process_holding(folder: Path) -> Iterator[int]:
    """A process that takes the lock and does nothing else until it is killed."""
    told, tell = os.pipe()
    pid = os.fork()
    if pid == 0:
        taken = WriteLock(folder).acquire()
        os.write(tell, b"1" if taken else b"0")
        signal.pause()
    try:
        assert os.read(told, 1) == b"1"
        yield pid
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(told)
        os.close(tell)


def test_a_second_process_does_not_get_the_lock_and_learns_who_has_it(tmp_path: Path) -> None:
    with another_process_holding(tmp_path) as pid:
        lock = WriteLock(tmp_path)
        assert not lock.acquire()
        assert lock.holder() == f"process {pid} on {os.uname().nodename}"


def test_the_lock_dies_with_its_process(tmp_path: Path) -> None:
    with another_process_holding(tmp_path):
        pass  # killed with SIGKILL, which lets it tidy nothing up
    lock = WriteLock(tmp_path)
    assert lock.acquire()
    assert f"process {os.getpid()} on" in lock.holder()
    lock.release()


def test_patience_waits_for_the_lock(tmp_path: Path) -> None:
    first, second = WriteLock(tmp_path), WriteLock(tmp_path)
    assert first.acquire()
    assert not second.acquire(patience=0.1)
    first.release()
    assert second.acquire(patience=0.1)
    second.release()


@pytest.mark.parametrize(
    "text", ["", "{", '{"pid": 99999999, "host": "gone"}', "[1, 2]", "\x00" * 4096, '{"pid": 1}', "x" * 10_000]
)
def test_what_an_old_lock_file_says_does_no_harm(tmp_path: Path, text: str) -> None:
    (tmp_path / "lock").write_text(text)
    lock = WriteLock(tmp_path)
    assert "process" in lock.holder()
    assert lock.acquire()
    assert f"process {os.getpid()} on" in lock.holder()
    lock.release()


def test_bytes_that_are_no_text_in_a_lock_file_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "lock").write_bytes(b"\xff\xfe")
    assert WriteLock(tmp_path).holder() == "another process"


def test_releasing_twice_is_no_matter(tmp_path: Path) -> None:
    with WriteLock(tmp_path) as lock:
        assert lock.acquire()
        lock.release()
    assert WriteLock(tmp_path).acquire()


# --- places ----------------------------------------------------------------------------------------------------

MOUNTS = """\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 22 0:40 / /mnt/share rw,relatime shared:5 - nfs4 server:/share rw
31 22 0:41 / /mnt/Team\\040Drive rw - cifs //server/team rw
32 30 254:1 / /mnt/share/local rw - ext4 /dev/vdb rw
33 22 0:42 / /people/ana/remote rw - fuse.sshfs ana@far: rw
"""


@pytest.fixture
def mounts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with network disks."""
    monkeypatch.setattr(Path, "read_text", lambda self, *_: MOUNTS if str(self) == "/proc/self/mountinfo" else "")


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/mnt/share/studies/rain", "nfs4"),
        ("/mnt/share", "nfs4"),
        ("/mnt/Team Drive/rain", "cifs"),
        ("/people/ana/remote/rain", "fuse.sshfs"),
    ],
)
@pytest.mark.usefixtures("mounts")
def test_a_network_disk_is_warned_of(folder: str, kind: str) -> None:
    assert unsafe_place(Path(folder)) == f"it is on a network disk ({kind}), where two writers can damage it"


@pytest.mark.parametrize(
    "folder", ["/people/ana/studies", "/mnt/shared", "/mnt/share/local/rain", "/mnt", "/people/ana/remotely"]
)
@pytest.mark.usefixtures("mounts")
def test_a_disk_of_this_machine_is_not_warned_of(folder: str) -> None:
    assert unsafe_place(Path(folder)) == ""


@pytest.mark.parametrize(
    "part", ["Dropbox", "Dropbox (University)", "OneDrive - University", "Google Drive", "Nextcloud", "iCloud~org"]
)
@pytest.mark.usefixtures("mounts")
def test_a_synced_folder_is_warned_of(part: str) -> None:
    warning = unsafe_place(Path("/people/ana") / part / "studies" / "rain")
    assert warning.startswith(f"{part} is kept in step with other machines")


def test_where_mounts_can_not_be_read_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> str:
        raise PermissionError

    monkeypatch.setattr(Path, "read_text", refused)
    assert unsafe_place(Path("/people/ana/studies")) == ""
