#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The queue of transfers survives: killed at random moments, cut off from its server at random moments, a server that is started anew, a file that changes
on the server, a full disk. All bytes are compared at the end. Prints TAP. Argument: another seed of the random moments."""
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback

from servers import kinds, tree
from servers.cutter import Cutter
from servers.drive import Drive
from servers.ftpd import NotPossible, Server

PROGRAM = os.environ["TONGLU_TRANSFER_DRIVE"]
# Nobody waits for it but where a test fails; a busy machine may need most of it.
SECONDS = 240
KILLS = 20
CUTS, MOST_BEFORE = 50, 3_000_000
MOST_PAUSE = 0.6
SMALL, LARGE = 1500, 4
LARGE_BYTES = 24 * 1024 * 1024 + 77


class Queue:
    """A program with a queue that is kept in `place`/transfers.db."""

    def __init__(self, server, place, port=None):
        self.place = place
        self.drive = Drive(PROGRAM, place)
        user, password = server.accounts["real"]
        self.drive.site(port or server.port, "none", "real", user, password)
        self.drive.ask("store", os.path.join(place, "transfers.db"))

    def down(self, remote, name, folder=False):
        return int(self.drive.ask("down", remote, int(folder), os.path.join(os.fsencode(self.place), name))[0])

    def up(self, name, remote):
        return int(self.drive.ask("up", os.path.join(os.fsencode(self.place), name), remote)[0])

    def attach(self):
        return int(self.drive.ask("attach", 1)[0])

    def wait(self):
        """How many asked; nothing may have failed."""
        failed, asked, _ = self.drive.ask("wait", seconds=SECONDS)
        if int(failed):
            failures = [[bytes.fromhex(part).decode(errors="replace") for part in pair.split(":")] for pair in self.drive.ask("failures")[:5]]
            raise AssertionError(f"{failed} failed: {failures}")
        return int(asked)

    def kill(self):
        self.drive.process.send_signal(signal.SIGKILL)
        self.drive.process.wait()
        self.drive.process.stdin.close()
        self.drive.process.stdout.close()
        self.drive.errors.close()

    def close(self):
        self.drive.close()


def files(top):
    """{path below `top`: its bytes}"""
    found = {}
    for folder, _, names in os.walk(top):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, top)] = file.read()
    return found


def check(have, want, what):
    missing, more = want.keys() - have.keys(), have.keys() - want.keys()
    other = [path for path in want.keys() & have.keys() if want[path] != have[path]]
    assert have == want, f"{what}: missing {sorted(missing)[:5]}, too many {sorted(more)[:5]}, other bytes {sorted(other)[:5]}"


def make_mixed(top):
    for i in range(SMALL):
        path = os.path.join(top, b"small", b"%d" % (i % 10), b"%04d.bin" % i)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        tree.write(path, tree.noise((4096, 0, 1, 70_000)[i % 4], i))
    for i in range(LARGE):
        tree.write(os.path.join(top, b"large%d.bin" % i), tree.noise(LARGE_BYTES, i))


def killed(server, place, chance):
    """killed at 20 random moments: a folder down, single files down, a folder up"""
    home = os.fsencode(server.home)
    make_mixed(os.path.join(home, b"source"))
    make_mixed(os.path.join(os.fsencode(place), b"to-upload"))
    if os.geteuid() == 0:
        tree.give(server.home, kinds.UID, kinds.UID)
    queue = Queue(server, place)
    queue.down(b"/source", b"down", folder=True)
    for i in range(LARGE):
        queue.down(b"/source/large%d.bin" % i, b"single%d.bin" % i)
    queue.up(b"to-upload", b"/work/up")
    queue.drive.ask("settle")
    restored, again = [], 0
    while len(restored) < KILLS:
        time.sleep(chance.uniform(0.0, MOST_PAUSE))
        queue.kill()
        queue = Queue(server, place)
        restored.append(queue.attach())
        if restored[-1] == 0:  # it was faster
            again += 1
            queue.down(b"/source", b"again%d" % again, folder=True)
            queue.drive.ask("settle")
    asked = queue.wait()
    print(f"# restored {restored}")
    if asked:
        print("".join(f"# {line}\n" for line in queue.drive.complaints().splitlines()), end="")
    queue.close()
    want = files(os.path.join(home, b"source"))
    check(files(os.path.join(os.fsencode(place), b"down")), want, "down")
    check(files(os.path.join(home, b"work", b"up")), files(os.path.join(os.fsencode(place), b"to-upload")), "up")
    for i in range(again):
        check(files(os.path.join(os.fsencode(place), b"again%d" % (i + 1))), want, f"again {i + 1}")
    for i in range(LARGE):
        with open(os.path.join(place, f"single{i}.bin"), "rb") as file:
            assert file.read() == want[b"large%d.bin" % i], i
    assert asked == 0, f"asked {asked} times"
    queue = Queue(server, place)
    assert queue.attach() == 0, "something is left in the store"
    queue.close()


def make_large(server, place):
    home = os.fsencode(server.home)
    for i in range(LARGE):
        tree.write(os.path.join(home, b"large%d.bin" % i), tree.noise(LARGE_BYTES, i))
        tree.write(os.path.join(os.fsencode(place), b"up%d.bin" % i), tree.noise(LARGE_BYTES, 100 + i))
    if os.geteuid() == 0:
        tree.give(server.home, kinds.UID, kinds.UID)


def move_large(queue):
    for i in range(LARGE):
        queue.down(b"/large%d.bin" % i, b"down%d.bin" % i)
        queue.up(b"up%d.bin" % i, b"/work/up%d.bin" % i)


def check_large(server, place):
    for i in range(LARGE):
        for here, there in ((f"down{i}.bin", f"large{i}.bin"), (f"up{i}.bin", f"work/up{i}.bin")):
            with open(os.path.join(place, here), "rb") as one, open(os.path.join(server.home, there), "rb") as other:
                assert one.read() == other.read(), here
    left = [name for name in os.listdir(place) if name.endswith(".part")]
    assert not left, left


def cut(server, place, chance):
    """cut off at 50 random moments: nine of ten by a reset, one by silence"""
    make_large(server, place)
    with Cutter(server.port, CUTS, MOST_BEFORE, chance, 10) as cutter:
        queue = Queue(server, place, cutter.port)
        queue.drive.ask("timeout", 2)
        move_large(queue)
        try:
            asked = queue.wait()
        finally:
            print(f"# {cutter.cuts} cuts are left")
        queue.close()
        print(f"# gone on with {cutter.resumed} times, silent {cutter.stalled} times")
        assert cutter.cuts == 0, f"{cutter.cuts} cuts were not needed"
        assert cutter.resumed >= CUTS // 4, f"gone on with {cutter.resumed} times"
    assert asked == 0, f"asked {asked} times"
    check_large(server, place)


def restarted(server, place, chance):
    """a server that is started anew in the middle"""
    make_large(server, place)
    queue = Queue(server, place)
    queue.drive.ask("limit", 40_000)
    move_large(queue)
    for _ in range(3):
        time.sleep(chance.uniform(0.1, 0.7))
        server.restart(0.3)
    assert queue.wait() == 0
    queue.close()
    check_large(server, place)


def changed(server, place, chance):
    """killed, and the file is another one when it goes on: of the same size, with another time; and of the same size and time, in what is compared"""
    make_large(server, place)
    queue = Queue(server, place)
    queue.drive.ask("limit", 2_000)
    for i in range(2):
        queue.down(b"/large%d.bin" % i, b"down%d.bin" % i)
    queue.drive.ask("settle")
    parts = [os.path.join(place, f"down{i}.bin.part") for i in range(2)]
    end = time.monotonic() + SECONDS
    while not all(os.path.exists(part) and os.path.getsize(part) > 1_000_000 for part in parts):
        assert time.monotonic() < end, "nothing came"
        time.sleep(0.02)
    queue.kill()
    for i in range(2):
        path = os.path.join(server.home, f"large{i}.bin")
        before = os.stat(path)
        tree.write(os.fsencode(path), tree.noise(LARGE_BYTES, 50 + i))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + (5_000_000_000 if i == 0 else 0)))
    queue = Queue(server, place)
    assert queue.attach() == 2
    assert queue.wait() == 0
    queue.close()
    for i in range(2):
        with open(os.path.join(place, f"down{i}.bin"), "rb") as one, open(os.path.join(server.home, f"large{i}.bin"), "rb") as other:
            assert one.read() == other.read(), i


class Report:
    def __init__(self, place, seed):
        self.place, self.seed, self.number, self.well = place, seed, 0, True

    def run(self, name, operation, **options):
        self.number += 1
        began = time.monotonic()
        home = os.path.join(self.place, f"home{self.number}")
        os.makedirs(os.path.join(home, "work"))
        os.chmod(home, 0o755)
        if os.geteuid() == 0:
            tree.give(home, kinds.UID, kinds.UID)
        place = tempfile.mkdtemp(dir=self.place)
        try:
            with Server(name, home, **options) as server:
                operation(server, place, random.Random(self.seed))
            print(f"ok {self.number} {name}: {operation.__doc__} # {time.monotonic() - began:.1f} s", flush=True)
        except NotPossible as reason:
            print(f"ok {self.number} {name} # SKIP {reason}", flush=True)
        except Exception:  # the others are to be told, too
            self.well = False
            print(f"not ok {self.number} {name}: {operation.__doc__}, seed {self.seed}")
            print("".join(f"# {line}\n" for line in traceback.format_exc().splitlines()), end="", flush=True)
        shutil.rmtree(home)
        shutil.rmtree(place)


def main():
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # servers are stopped, folders removed
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="tonglu-durable-", dir=memory) as place:
        os.chmod(place, 0o755)
        print(f"# seed {seed}")
        report = Report(place, seed)
        report.run("proftpd", killed)
        report.run("vsftpd", killed)
        report.run("proftpd", cut)
        report.run("proftpd", restarted)
        report.run("proftpd", changed)
    print(f"1..{report.number}")
    return 0 if report.well else 1


if __name__ == "__main__":
    sys.exit(main())
