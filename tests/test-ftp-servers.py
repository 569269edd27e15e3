#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The FTP engine against real servers: each operation × vsftpd, ProFTPD, Pure-FTPd, pyftpdlib × plain, TLS 1.2, TLS 1.3, implicit TLS,
IPv6, active × anonymous, guest, real. Prints TAP and a table, which is also in build/ftp-servers.txt. Arguments: names of servers, all without."""
import concurrent.futures
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
import traceback

from servers import kinds, tree
from servers.drive import CANCELLED, Drive, Failed
from servers.ftpd import NAMES, NotPossible, Server

PROGRAM = os.environ["TONGLU_FTP_DRIVE"]
SOURCE = os.environ["TONGLU_SOURCE_DIR"]
BUILD = os.environ["TONGLU_BUILD_DIR"]
ACCOUNTS = ("anonymous", "guest", "real")
# How each server is started. Where there is more than TLS to it, one account is enough.
VARIANTS = ({"tls": None}, {"tls": "1.2"}, {"tls": "1.3"}, {"tls": "1.3", "implicit": True}, {"tls": "1.3", "host": "::1"},
            {"tls": "1.3", "passive": False}, {"tls": None, "passive": False, "host": "::1"})
READY = 5
BIG_LOCK = threading.Lock()
LINK_KINDS = {"pyftpdlib": ("file",)}  # it shows what a link leads to

# What a server does not do for an account, and says so. Anything else that is refused is a failure.
NOT_OFFERED = {
    ("vsftpd", "anonymous"): {"chmod"},
    ("pure-ftpd", "anonymous"): {"chmod", "set time", "rename", "remove", "remove folder", "store at offset"},
}
# What a refusal is taken for whose words say little: vsftpd calls everything "failed".
NO_SUCH = ("NOT_FOUND", "DENIED", "FAILED")
REFUSALS = ("DENIED", "UNSUPPORTED", "FAILED", "NOT_FOUND", "EXISTS")


class NoRoom(Exception):
    """This machine is too small for an operation: it is left out, and said so."""


def same(local, remote, offset=0):
    """Byte by byte, from an offset on."""
    with open(local, "rb") as here, open(remote, "rb") as there:
        here.seek(offset)
        there.seek(offset)
        while True:
            one, other = here.read(1 << 20), there.read(1 << 20)
            assert one == other, f"the bytes differ from {here.tell() - len(one)} on: {os.path.getsize(local)} here, {os.path.getsize(remote)} there"
            if not one:
                return


def fails(codes, function, *arguments):
    try:
        function(*arguments)
    except Failed as error:
        assert error.code in codes, f"another error than {'/'.join(codes)}: {error}"
        return error
    raise AssertionError(f"it should have failed with {'/'.join(codes)}")


def variant_of(server):
    """What the table calls it."""
    kind = "implicit" if server.implicit else server.tls or "plain"
    return kind + (" ::1" if server.host == "::1" else "") + ("" if server.passive else " active")


class Round:
    """One account on one server with one kind of encryption: the operations, in this order."""

    def __init__(self, server, account, local):
        self.server, self.account, self.local = server, account, os.fsencode(local)
        self.home = os.fsencode(server.home)
        label = f"{account}-{variant_of(server)}"
        self.work = tree.WORK + b"/" + label.encode()
        self.drive = Drive(PROGRAM, local)
        self.top = b""

    def disk(self, *names):
        return os.path.join(self.home, *names)

    def here(self, name):
        return os.path.join(self.local, name)

    def path(self, *names):
        """Absolute, as the server calls it."""
        return b"/".join((self.top.rstrip(b"/"), *names))

    def made(self, name):
        """What a name is on disk that the server was asked to make: Pure-FTPd makes no names that end with a blank."""
        return name[:-1] + b"_" if self.server.name == "pure-ftpd" and name.endswith(b" ") else name

    def fetch(self, remote, name, offset=0, cancel_at=None):
        words = ["fetch", remote, offset, self.here(name)] + ([cancel_at] if cancel_at else [])
        return int(self.drive.ask(*words)[0])

    def store(self, remote, name, offset=0, cancel_at=None):
        words = ["store", remote, offset, self.here(name)] + ([cancel_at] if cancel_at else [])
        return int(self.drive.ask(*words)[0])

    def works(self):
        """The connection is in no doubt: the next act, and the one after it, get their own answers."""
        assert self.drive.stat(self.path(tree.HELLO))[0] == os.path.getsize(self.disk(tree.HELLO))
        assert self.drive.list(self.path(tree.CHINESE_FOLDER))[0].keys() == {tree.CHINESE_FILE}

    # Each method from here on is an operation; its first line is its name in the table.

    def connect(self):
        """connect"""
        user, password = self.server.accounts[self.account]
        security = "implicit" if self.server.implicit else "auto"
        self.drive.site(self.server.port, security, self.account, user, password, self.server.host, not self.server.passive)
        self.drive.ask("connect")
        state = self.drive.state()
        self.top = state["directory"]
        assert state["state"] == READY, state
        assert state["encrypted"] == bool(self.server.tls), state
        assert not self.server.tls or self.server.tls in state["security"], state
        asked = set(state["asked"])
        secret = self.account != "anonymous"
        wanted = {"password"} if secret else set()
        wanted |= {"certificate"} if self.server.tls else {"clear"} if secret else set()
        assert asked == wanted and len(state["asked"]) == len(asked), f"asked {state['asked']}, not {wanted}"

    def list_top(self):
        """list"""
        entries, unparsed = self.drive.list()
        assert unparsed == 0 and entries.keys() == set(os.listdir(self.home)), sorted(entries)
        assert entries[tree.BIG].size == tree.BIG_SIZE, entries[tree.BIG].size
        assert entries[tree.EMPTY].kind == "directory" and entries[tree.DATA].kind == "file"
        link = entries[tree.LINK]
        assert link.kind in LINK_KINDS.get(self.server.name, ("link",)), link.kind
        assert link.kind != "link" or link.target in (b"", tree.LINK_TARGET, self.path(tree.LINK_TARGET)), link.target
        hello = entries[tree.HELLO]
        assert abs(hello.time - tree.HELLO_TIME) <= 86400, hello.time

    def list_many(self):
        """list 10,000"""
        entries, unparsed = self.drive.list(self.path(tree.MANY))
        assert unparsed == 0 and entries.keys() == set(os.listdir(self.disk(tree.MANY))), len(entries)

    def list_empty(self):
        """list an empty folder"""
        entries, unparsed = self.drive.list(self.path(tree.EMPTY))
        assert not entries and unparsed == 0, list(entries)

    def _enter(self, folder, file):
        self.drive.ask("cd", self.path(folder))
        assert self.drive.state()["directory"] == self.path(folder), self.drive.state()["directory"]
        entries, unparsed = self.drive.list()
        assert unparsed == 0 and entries.keys() == {file}, list(entries)
        self.fetch(file, b"entered")
        same(self.here(b"entered"), self.disk(folder, file))

    def chinese(self):
        """folder with a Chinese name (UTF-8)"""
        self._enter(tree.CHINESE_FOLDER, tree.CHINESE_FILE)

    def gbk(self):
        """folder with a Chinese name (GBK)"""
        self._enter(tree.GBK_FOLDER, tree.GBK_FILE)

    def blanks(self):
        """folder with blanks at both ends"""
        self._enter(tree.BLANK_FOLDER, tree.BLANK_FILE)

    def change_directory(self):
        """cd into nothing"""
        self.drive.ask("cd", self.path(tree.CHINESE_FOLDER))
        fails(NO_SUCH, self.drive.ask, "cd", self.path(b"no-such-folder"))
        assert self.drive.state()["directory"] == self.path(tree.CHINESE_FOLDER)

    def make_directory(self):
        """make folder"""
        for name in (b"", "新建 文件夹".encode(), "目录".encode("gbk"), b" blank "):
            self.drive.ask("mkdir", self.path(self.work, name) if name else self.path(self.work))
            assert os.path.isdir(self.disk(self.work, self.made(name))), name
        fails(("EXISTS", "DENIED", "FAILED"), self.drive.ask, "mkdir", self.path(self.work))

    def store_whole(self):
        """store"""
        for name, content in (("上传.bin".encode(), tree.noise(2 * 1024 ** 2 + 77, 9)), ("报告".encode("gbk"), tree.noise(70_000, 10)),
                              (b"nothing", b"")):
            tree.write(self.here(b"up"), content)
            assert self.store(self.path(self.work, name), b"up") == len(content)
            same(self.here(b"up"), self.disk(self.work, name))

    def stat_file(self):
        """size, time"""
        assert self.drive.stat(self.path(tree.BIG))[0] == tree.BIG_SIZE
        size, mtime = self.drive.stat(self.path(tree.HELLO))
        assert (size, mtime) == (os.path.getsize(self.disk(tree.HELLO)), tree.HELLO_TIME), (size, mtime)
        fails(NO_SUCH, self.drive.stat, self.path(b"no-such-file"))

    def set_time(self):
        """set time"""
        name = "上传.bin".encode()
        self.drive.ask("touch", self.path(self.work, name), 1_234_567_890)
        assert int(os.path.getmtime(self.disk(self.work, name))) == 1_234_567_890, os.path.getmtime(self.disk(self.work, name))
        assert self.drive.stat(self.path(self.work, name))[1] == 1_234_567_890

    def chmod(self):
        """chmod"""
        name = "上传.bin".encode()
        for mode in (0o640, 0o604):
            self.drive.ask("chmod", self.path(self.work, name), mode)
            found = stat.S_IMODE(os.stat(self.disk(self.work, name)).st_mode)
            assert found == mode, f"{found:o}"

    def rename(self):
        """rename"""
        folder = "目录".encode("gbk")
        self.drive.ask("mv", self.path(self.work, b"nothing"), self.path(self.work, folder, b" moved "))
        assert not os.path.exists(self.disk(self.work, b"nothing")) and os.path.exists(self.disk(self.work, folder, self.made(b" moved ")))

    def fetch_whole(self):
        """fetch"""
        for name in (tree.DATA, tree.HELLO, tree.BLANK_FILE, tree.LINK):
            assert self.fetch(self.path(name), b"down") == os.path.getsize(self.disk(name))
            same(self.here(b"down"), self.disk(name))
        fails(NO_SUCH, self.fetch, self.path(b"no-such-file"), b"down")
        self.works()

    def fetch_offset(self):
        """fetch from offset"""
        with open(self.disk(tree.DATA), "rb") as data:
            tree.write(self.here(b"rest"), data.read(1_234_567))
        assert self.fetch(self.path(tree.DATA), b"rest", 1_234_567) == os.path.getsize(self.disk(tree.DATA)) - 1_234_567
        same(self.here(b"rest"), self.disk(tree.DATA))

    def fetch_big(self):
        """the last MiB of 2.1 GiB"""
        offset = tree.BIG_SIZE - tree.BIG_END
        assert self.fetch(self.path(tree.BIG), b"big", offset) == tree.BIG_END
        same(self.here(b"big"), self.disk(tree.BIG), offset)
        os.unlink(self.here(b"big"))

    def fetch_all_of_big(self):
        """all of 2.1 GiB"""
        # One at a time: there is room for one.
        with BIG_LOCK:
            if shutil.disk_usage(self.local).free < 2 * tree.BIG_SIZE:
                raise NoRoom("there is no room for it")
            words = ["fetch", self.path(tree.BIG), 0, self.here(b"big")]
            assert int(self.drive.ask(*words, seconds=600)[0]) == tree.BIG_SIZE
            same(self.here(b"big"), self.disk(tree.BIG))
            os.unlink(self.here(b"big"))

    def fetch_many(self):
        """8 connections at once"""
        count, times = 8, 5
        assert self.drive.ask("parallel", self.path(tree.DATA), count, times, self.here(b"many"), seconds=300) == [str(count * times)]
        for i in range(count):
            same(self.here(b"many.%d" % i), self.disk(tree.DATA))
            os.unlink(self.here(b"many.%d" % i))
        self.works()

    def store_offset(self):
        """store at offset"""
        content = tree.noise(1_500_000, 11)
        tree.write(self.here(b"part"), content)
        there = self.disk(self.work, b"part")
        tree.write(there, content[:700_001])
        if os.geteuid() == 0:
            os.chown(there, kinds.UID, kinds.UID)
        assert self.store(self.path(self.work, b"part"), b"part", 700_001) == len(content) - 700_001
        same(self.here(b"part"), there)

    def cancel_fetch(self):
        """cancel a fetch"""
        fails((CANCELLED,), self.fetch, self.path(tree.BIG), b"big", 0, 4 << 20)
        os.unlink(self.here(b"big"))
        self.works()
        fails((CANCELLED,), self.drive.soon, "fetch", self.path(tree.DATA), 0, self.here(b"down"))
        self.works()

    def cancel_store(self):
        """cancel a store"""
        with open(self.here(b"big"), "wb") as big:
            big.truncate(1 << 30)
        fails((CANCELLED,), self.store, self.path(self.work, b"cancelled"), b"big", 0, 4 << 20)
        os.unlink(self.here(b"big"))
        self.works()

    def cancel_list(self):
        """cancel a listing, an act"""
        fails((CANCELLED,), self.drive.soon, "list", self.path(tree.MANY), self.here(b"listing"))
        self.works()
        try:
            self.drive.soon("stat", self.path(tree.HELLO))
        except Failed as error:
            assert error.code == CANCELLED, error
        self.works()

    def raw(self):
        """raw command"""
        assert self.drive.ask("raw", b"NOOP") == ["200"]
        assert self.drive.ask("raw", b"XYZZY")[0] in ("500", "502")
        fails(("NAME",), self.drive.ask, "raw", b"NOOP\r\nDELE x")
        self.works()

    def dropped(self):
        """dropped, then an act"""
        self.drive.ask("cd", self.path(tree.CHINESE_FOLDER))
        self.server.drop()
        assert self.drive.list()[0].keys() == {tree.CHINESE_FILE}
        assert self.drive.state()["directory"] == self.path(tree.CHINESE_FOLDER)
        self.server.drop()
        assert self.fetch(tree.CHINESE_FILE, b"down") == 10_000
        same(self.here(b"down"), self.disk(tree.CHINESE_FOLDER, tree.CHINESE_FILE))

    def remove(self):
        """remove"""
        for name in ("上传.bin".encode(), "报告".encode("gbk")):
            self.drive.ask("rm", self.path(self.work, name))
            assert not os.path.exists(self.disk(self.work, name))
        fails(NO_SUCH, self.drive.ask, "rm", self.path(self.work, b"no-such-file"))

    def remove_directory(self):
        """remove folder"""
        name = "新建 文件夹".encode()
        self.drive.ask("rmdir", self.path(self.work, name))
        assert not os.path.exists(self.disk(self.work, name))
        full = self.path(tree.CHINESE_FOLDER)
        fails(("FAILED", "DENIED", "EXISTS", "NOT_FOUND"), self.drive.ask, "rmdir", full)
        assert os.path.isdir(self.disk(tree.CHINESE_FOLDER))

    def close(self):
        """close"""
        self.drive.close()

    OPERATIONS = (connect, list_top, list_many, list_empty, chinese, gbk, blanks, change_directory, make_directory, store_whole, stat_file,
                  set_time, chmod, rename, fetch_whole, fetch_offset, fetch_big, fetch_all_of_big, fetch_many, store_offset, cancel_fetch,
                  cancel_store, cancel_list, raw, dropped, remove, remove_directory, close)
    # Where only the way to the server is another one.
    OF_THE_WAY = (connect, list_top, list_many, list_empty, chinese, make_directory, store_whole, stat_file, fetch_whole, fetch_offset,
                  fetch_many, store_offset, cancel_fetch, cancel_store, cancel_list, raw, dropped, remove, remove_directory, close)

    def operations(self):
        if self.server.implicit or not self.server.passive or self.server.host == "::1":
            # pyftpdlib may never answer EPRT when several come at the same moment; the others do.
            left_out = Round.fetch_many if self.server.name == "pyftpdlib" and not self.server.passive else None
            return tuple(operation for operation in self.OF_THE_WAY if operation is not left_out)
        # Large files once: the account makes no difference to them.
        return tuple(operation for operation in self.OPERATIONS if self.account == "real" or operation is not Round.fetch_all_of_big)

    def run(self):
        """The result of each operation by its name: `ok`, `not offered: …`, `FAILED: …`."""
        results = {}
        missing = NOT_OFFERED.get((self.server.name, self.account), set())
        for operation in self.operations():
            name = operation.__doc__
            try:
                operation(self)
                results[name] = "FAILED: it works, and is not expected to" if name in missing else "ok"
            except Failed as error:
                refused = name in missing and error.code in REFUSALS
                results[name] = f"not offered: {error}" if refused else f"FAILED: {error}"
            except NoRoom as reason:
                results[name] = f"left out: {reason}"
            except (AssertionError, OSError, BrokenPipeError, ValueError) as error:
                where = traceback.extract_tb(error.__traceback__)[-1]
                results[name] = f"FAILED: {type(error).__name__} {str(error) or where.line} (line {where.lineno})"
            if name == "connect" and results[name] != "ok":
                break
        if self.drive.process.poll() is None:
            self.drive.process.kill()
            self.drive.process.wait()
        return results


def refuses_new_sessions(server):
    """That the server does require the control connection's TLS session: a client that brings no session gets nothing."""
    user, password = server.accounts["real"]
    config = f'user = "{user}:{password}"\nurl = "ftp://127.0.0.1:{server.port}/"\n'
    result = subprocess.run(["curl", "-sS", "-k", "--ssl-reqd", "--no-sessionid", "--max-time", "10", "-K", "-"], input=config.encode(),
                            capture_output=True, check=False)
    return result.returncode != 0


def run_server(name, place):
    """Results of one server: {(variant, account): {operation: result}}, or a sentence why it is left out."""
    home = os.path.join(place, name)
    tree.make(home)
    os.chmod(home, 0o755)
    if os.geteuid() == 0:
        tree.give(home, kinds.UID, kinds.UID)
    found = {}
    for options in VARIANTS:
        server = Server(name, home, **options)
        variant, tls, implicit = variant_of(server), server.tls, server.implicit
        try:
            with server:
                for account in ACCOUNTS if set(options) == {"tls"} else ("real",):
                    local = tempfile.mkdtemp(dir=place)
                    found[variant, account] = Round(server, account, local).run()
                    shutil.rmtree(local)
                if tls and name in kinds.WANT_REUSE and set(options) == {"tls"}:
                    found[variant, "real"]["session reuse is required"] = "ok" if refuses_new_sessions(server) else \
                        "FAILED: a data connection without the session was taken"
        except NotPossible as reason:
            found[variant, "all"] = str(reason)
    shutil.rmtree(home)
    return found


def table(results):
    """Server × operation × result, and below it why something is not `ok`."""
    lines, reasons = [], {}
    for name, found in results.items():
        columns = [key for key, value in found.items() if isinstance(value, dict)]
        lines += ["", f"== {name}", f"{'':36}" + "".join(f"{variant + ' ' + account[:5]:>18}" for variant, account in columns)]
        operations = dict.fromkeys(operation for key in columns for operation in found[key])
        for operation in operations:
            cells = []
            for key in columns:
                result = found[key].get(operation, "")
                kind, _, reason = result.partition(": ")
                cells.append(kind)
                if reason:
                    reasons.setdefault(f"{name}, {operation}: {result}", []).append(" ".join(key))
            lines.append(f"{operation:36}" + "".join(f"{cell:>18}" for cell in cells))
        lines += [f"{variant}: left out. {reason}" for (variant, _), reason in found.items() if isinstance(reason, str)]
    return "\n".join([*lines, "", *(f"{reason} [{', '.join(where)}]" for reason, where in reasons.items()), ""])


def report(results):
    """TAP; returns whether all is well."""
    number, well = 0, True
    for name, found in results.items():
        for (variant, account), result in found.items():
            number += 1
            if isinstance(result, str):
                print(f"ok {number} {name} {variant} {account} # SKIP {result}")
                continue
            failed = [f"{operation}: {text}" for operation, text in result.items() if text.startswith("FAILED")]
            well = well and not failed
            print(f"{'not ok' if failed else 'ok'} {number} {name} {variant} {account}")
            for text in failed:
                print("# " + text.replace("\n", " "))
    print(f"1..{number}")
    return well


def main():
    names = sys.argv[1:] or NAMES
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # servers are stopped, folders removed
    began = time.monotonic()
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="tonglu-ftp-", dir=memory) as place:
        os.chmod(place, 0o755)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            results = dict(zip(names, pool.map(lambda name: run_server(name, place), names)))
    text = table(results)
    for line in text.splitlines():
        print(f"# {line}".rstrip())
    print(f"# {time.monotonic() - began:.0f} s")
    folder = os.path.join(SOURCE, "build")
    with open(os.path.join(folder if os.path.isdir(folder) else BUILD, "ftp-servers.txt"), "w", encoding="utf-8") as file:
        file.write(text)
    return 0 if report(results) else 1


if __name__ == "__main__":
    sys.exit(main())
