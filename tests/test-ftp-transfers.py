#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The queue of transfers against real servers: whole folders down and up, compared by SHA-256, plain and with TLS; 10,000 files; a server that lets in
few; a network that cuts. Prints TAP. Arguments: names of servers, all without."""
import hashlib
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback

from servers import kinds, tree
from servers.cutter import Cutter
from servers.drive import Drive
from servers.ftpd import NAMES, NotPossible, Server

PROGRAM = os.environ["TONGLU_TRANSFER_DRIVE"]
TLS = (None, "1.2", "1.3")
DONE, FAILED = 3, 6
# Nobody waits for it but where a test fails; a busy machine may need most of it.
SECONDS = 400
SOURCE = b"source"
FILES = 60
LARGE = 6 * 1024 * 1024 + 77
CUTS, CUT_AFTER = 3, 1_500_000
LIMIT = 2


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def snapshot(top):
    """{path below `top`: SHA-256, or None for a folder}; links are no part of it."""
    found = {}
    for folder, folders, files in os.walk(top):
        for name in folders + files:
            path = os.path.join(folder, name)
            if not os.path.islink(path):
                found[os.path.relpath(path, top)] = None if os.path.isdir(path) else digest(path)
    return found


def local_name(path):
    """What a path of the server is called here: each name that is not UTF-8 is GBK."""
    def one(name):
        try:
            name.decode()
            return name
        except UnicodeDecodeError:
            return name.decode("gbk").encode()
    return b"/".join(map(one, path.split(b"/")))


def make_source(home):
    """A folder with all that is strange in names, and some files of all sizes."""
    top = os.path.join(home, SOURCE)
    for names in ((tree.CHINESE_FOLDER, tree.CHINESE_FILE), (tree.GBK_FOLDER, tree.GBK_FILE), (tree.GBK_FOLDER, "数据".encode("gbk"), tree.GBK_FILE),
                  (tree.BLANK_FOLDER, tree.BLANK_FILE), (b"-x", b"--help"), (b"a", b"b", b"c", b"d", b"deep")):
        path = os.path.join(top, *names)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        tree.write(path, tree.noise(10_000 + len(path), path))
    for i in range(FILES):
        tree.write(os.path.join(top, b"%03d.bin" % i), tree.noise((0, 1, 4096, 70_000, 300_001)[i % 5], i))
    os.utime(os.path.join(top, b"001.bin"), (tree.HELLO_TIME, tree.HELLO_TIME))
    os.makedirs(os.path.join(top, tree.EMPTY))
    os.symlink(b"001.bin", os.path.join(top, tree.LINK))
    tree.write(os.path.join(home, b"large.bin"), tree.noise(LARGE, 5))


class Queue:
    """The driven queue, logged in with an account of its own."""

    def __init__(self, server, place, port=None):
        self.place = tempfile.mkdtemp(dir=place)
        self.drive = Drive(PROGRAM, self.place)
        user, password = server.accounts["real"]
        self.drive.site(port or server.port, "auto" if not port else "none", "real", user, password)

    def here(self, *names):
        return os.path.join(os.fsencode(self.place), *names)

    def down(self, remote, name, folder=False):
        return int(self.drive.ask("down", remote, int(folder), self.here(name))[0])

    def up(self, name, remote):
        return int(self.drive.ask("up", self.here(name), remote)[0])

    def set(self, name, number):
        self.drive.ask("set", name, str(number), raw_words=True)

    def wait(self):
        """How many asked, and seconds; nothing may have failed."""
        failed, asked, seconds = self.drive.ask("wait", seconds=SECONDS)
        if int(failed):
            failures = [[bytes.fromhex(part).decode(errors="replace") for part in pair.split(":")] for pair in self.drive.ask("failures")[:5]]
            raise AssertionError(f"{failed} failed: {failures}")
        return int(asked), float(seconds)

    def tell(self, number):
        state, size, moved, files, ended, error, note = self.drive.ask("tell", number)
        texts = ["" if text == "-" else bytes.fromhex(text).decode() for text in (error, note)]
        return {"state": int(state), "size": int(size), "moved": int(moved), "files": int(files), "ended": int(ended), "error": texts[0], "note": texts[1]}

    def pipeline(self):
        return int(self.drive.ask("pipeline")[0])

    def close(self):
        self.drive.close()
        shutil.rmtree(self.place)


def differences(have, want):
    missing, more = want.keys() - have.keys(), have.keys() - want.keys()
    other = [path for path in want.keys() & have.keys() if want[path] != have[path]]
    return f"missing {sorted(missing)[:5]}, too many {sorted(more)[:5]}, other bytes {sorted(other)[:5]}"


def folders(server, queue):
    """a whole folder down, and up again"""
    home = os.fsencode(server.home)
    there = snapshot(os.path.join(home, SOURCE))
    if server.name == "pyftpdlib":  # it shows what a link leads to
        there[tree.LINK] = there[b"001.bin"]
    number = queue.down(b"/" + SOURCE, b"down", folder=True)
    queue.wait()
    print(f"# commands in advance: {('not tried', 'taken', 'taken between files', 'given up')[queue.pipeline()]}")
    want = {local_name(path): what for path, what in there.items()}
    have = snapshot(queue.here(b"down"))
    assert have == want, differences(have, want)
    told = queue.tell(number)
    files = sum(what is not None for what in want.values())
    assert told["state"] == DONE and told["files"] == told["ended"] == files, told
    assert told["size"] == told["moved"] == sum(os.path.getsize(queue.here(b"down", path)) for path, what in want.items() if what), told
    assert int(os.path.getmtime(queue.here(b"down", b"001.bin"))) == tree.HELLO_TIME

    # Once more: each file is there, and what was answered for one is for all.
    queue.down(b"/" + SOURCE, b"down", folder=True)
    asked, _ = queue.wait()
    assert 1 <= asked <= 3, f"asked {asked} times"

    if server.name == "pure-ftpd":  # it makes no folder that ends with a blank, but another one
        shutil.rmtree(queue.here(b"down", tree.BLANK_FOLDER))
        want = {path: what for path, what in want.items() if not path.startswith(tree.BLANK_FOLDER)}
    up = b"up-" + os.path.basename(queue.here().rstrip(b"/"))
    queue.up(b"down", b"/work/" + up)
    queue.wait()
    have = snapshot(os.path.join(home, b"work", up))
    assert have == want, differences(have, want)
    if server.name != "vsftpd" or not server.tls:
        assert int(os.path.getmtime(os.path.join(home, b"work", up, b"001.bin"))) == tree.HELLO_TIME
    shutil.rmtree(os.path.join(home, b"work", up))


def many(server, queue):
    """10,000 entries in one folder"""
    queue.set("parallel", 4)
    number = queue.down(b"/" + tree.MANY, b"many", folder=True)
    _, seconds = queue.wait()
    want = {local_name(path): what for path, what in snapshot(os.path.join(os.fsencode(server.home), tree.MANY)).items()}
    have = snapshot(queue.here(b"many"))
    assert have == want, differences(have, want)
    told = queue.tell(number)
    assert told["state"] == DONE and told["ended"] == sum(what is not None for what in want.values()), told
    print(f"# {server.name}: {len(want)} entries down in {seconds:.2f} s")
    queue.up(b"many", b"/work/many")
    _, seconds = queue.wait()
    have = snapshot(os.path.join(os.fsencode(server.home), b"work", b"many"))
    assert have == want, differences(have, want)
    print(f"# {server.name}: {len(want)} entries up in {seconds:.2f} s")
    shutil.rmtree(os.path.join(os.fsencode(server.home), b"work", b"many"))


def few(server, queue):
    """fewer connections than are wanted"""
    queue.set("parallel", 6)
    for i in range(FILES):
        queue.down(b"/" + SOURCE + b"/%03d.bin" % i, b"%03d.bin" % i)
    queue.wait()
    for i in range(FILES):
        assert digest(queue.here(b"%03d.bin" % i)) == digest(os.path.join(os.fsencode(server.home), SOURCE, b"%03d.bin" % i)), i


def cut(server, queue, cutter):
    """a network that cuts"""
    there = os.path.join(os.fsencode(server.home), b"large.bin")
    number = queue.down(b"/large.bin", b"large.bin")
    queue.wait()
    assert cutter.cuts == 0 and queue.tell(number)["state"] == DONE
    assert digest(queue.here(b"large.bin")) == digest(there)
    assert cutter.resumed >= 1, f"gone on with {cutter.resumed} times"

    cutter.cuts, cutter.resumed = CUTS, 0
    number = queue.up(b"large.bin", b"/work/large.bin")
    asked, _ = queue.wait()
    assert cutter.cuts == 0 and asked == 0 and queue.tell(number)["state"] == DONE, queue.tell(number)
    assert digest(os.path.join(os.fsencode(server.home), b"work", b"large.bin")) == digest(there)
    assert cutter.resumed >= 1, f"gone on with {cutter.resumed} times"
    os.unlink(os.path.join(os.fsencode(server.home), b"work", b"large.bin"))


class Report:
    def __init__(self):
        self.number, self.well = 0, True

    def run(self, label, home, place, name, operation, **options):
        self.number += 1
        began = time.monotonic()
        try:
            with Server(name, home, **options) as server:
                if operation is cut:
                    with Cutter(server.port, CUTS, CUT_AFTER) as cutter:
                        queue = Queue(server, place, cutter.port)
                        cut(server, queue, cutter)
                        queue.close()
                else:
                    queue = Queue(server, place)
                    operation(server, queue)
                    queue.close()
            print(f"ok {self.number} {name} {label}: {operation.__doc__} # {time.monotonic() - began:.1f} s", flush=True)
        except NotPossible as reason:
            print(f"ok {self.number} {name} {label} # SKIP {reason}", flush=True)
        except Exception:  # the others are to be told, too
            self.well = False
            print(f"not ok {self.number} {name} {label}: {operation.__doc__}")
            print("".join(f"# {line}\n" for line in traceback.format_exc().splitlines()), end="", flush=True)


def main():
    names = sys.argv[1:] or NAMES
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # servers are stopped, folders removed
    report = Report()
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="tonglu-transfers-", dir=memory) as place:
        os.chmod(place, 0o755)
        for name in names:
            home = os.path.join(place, name)
            os.makedirs(home)
            os.chmod(home, 0o755)
            make_source(os.fsencode(home))
            os.mkdir(os.path.join(home, "work"))
            if name == "proftpd":
                tree.fill(os.path.join(home, "many"), tree.ENTRIES)
            if os.geteuid() == 0:
                tree.give(home, kinds.UID, kinds.UID)
            for tls in TLS:
                report.run(f"TLS {tls}" if tls else "plain", home, place, name, folders, tls=tls)
            if name == "proftpd":
                report.run("plain", home, place, name, many)
            if name != "pyftpdlib":
                report.run(f"{LIMIT} connections", home, place, name, few, limit=LIMIT)
                report.run("1 connection", home, place, name, few, limit=1)
            report.run("cut", home, place, name, cut)
            shutil.rmtree(home)
    print(f"1..{report.number}")
    return 0 if report.well else 1


if __name__ == "__main__":
    sys.exit(main())
