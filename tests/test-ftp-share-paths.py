#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shared folder under attack: no name leads out of it, nothing outside is read or written, two clients and a full disk spoil nothing. Prints TAP."""
import hashlib
import os
import re
import resource
import subprocess
import sys

from servers.share import PASSWORD, USER, Raw, Report, Share, until
from servers.share_place import SECRET, WRITE, beside, fresh, make_links

HASH = hashlib.sha256(SECRET).hexdigest().encode()


SPELLINGS = [b"../outside/secret", b"/../outside/secret", b"sub/../../outside/secret", b"./.././outside/secret", b"..//outside//secret", b"//../outside/secret",
             b"../../../../../../../../etc/passwd", b"/etc/passwd", b"/../etc/passwd", b"sub/deep/../../../outside/secret", b"out", b"absolute",
             b"root/etc/passwd", b"out-dir/secret", b"sub/out-dir/secret", b"up/outside/secret", b"magic/etc/passwd", b"dangling-out", b"loop",
             b"inside-dir/../../outside/secret", b"inside-dir/out-dir/secret", b"..\\outside\\secret", b"%2e%2e/outside/secret", b"..%2foutside%2fsecret",
             b"\xc0\xae\xc0\xae/outside/secret", b"\xe2\x80\xa5/outside/secret", b".../outside/secret", b"~/../outside/secret", b"~root/.profile", b" ../outside/secret",
             b"../outside/secret/", b"sub/..", b"../shared/../outside/secret"]
WILD = [b"../*", b"../outside/*", b"out-dir/*", b"sub/out-dir/s*", b"root/etc/p*", b"up/outside/?ecret", b"*/secret", b"magic/etc/*", b"o*/secret"]


def ways_out(place, *options):
    """every spelling of a way out, with every command"""
    before = beside(place)
    with Share(os.path.join(place, "shared"), *WRITE, *options) as share, Raw(share) as peer:
        for spelling in SPELLINGS:
            make_links(place)
            for command in (b"RETR", b"LIST", b"NLST", b"MLSD"):
                found, _ = peer.fetch(command + b" " + spelling)
                assert SECRET not in found and b"root:" not in found, (command, spelling, found)
                assert not re.search(rb"(^|[ \n/])(secret|passwd)\r\n", found), (command, spelling, found)
            for command in (b"STOR", b"APPE"):
                peer.store(command + b" " + spelling + b"/new", b"mine")
                if spelling not in (b"sub/..",) and b"\\" not in spelling and b"%" not in spelling:
                    answer = peer.store(command + b" " + spelling, b"mine")
                    assert not answer.startswith(b"226") or b"/" not in spelling.strip(b" "), (command, spelling, answer)
            for command in (b"SIZE", b"MDTM", b"MLST", b"HASH", b"STAT", b"CWD", b"DELE", b"RMD", b"MKD", b"RNFR"):
                answer = peer.ask(command + b" " + spelling)
                if command == b"SIZE":
                    assert answer != b"213 %d\r\n" % len(SECRET), spelling
                assert HASH not in answer and not re.search(rb"(^|[ \n])(secret|passwd)\r\n", answer), (command, spelling, answer)
                peer.ask(b"CWD /")
            if peer.ask(b"RNFR a.txt").startswith(b"350"):
                peer.ask(b"RNTO " + spelling + b"/x")
            peer.ask(b"MFMT 20200202000000 " + spelling)
            peer.ask(b"MDTM 20200202000000 " + spelling)
            assert peer.ask(b"PWD").startswith(b'257 "/"')
        for spelling in WILD:
            for command in (b"LIST", b"NLST", b"STAT"):
                found = peer.ask(command + b" " + spelling) if command == b"STAT" else b"".join(peer.fetch(command + b" " + spelling))
                assert not re.search(rb"(secret|passwd)\r\n", found), (command, spelling, found)
        assert peer.ask(b"NOOP").startswith(b"200")
    assert beside(place) == before


def bad_bytes(place):
    """NUL, CR, LF, IAC in names; a name that is too long"""
    top = os.path.join(place, "shared")
    names = sorted(os.listdir(top))
    with Share(top, *WRITE) as share, Raw(share) as peer:
        for name in (b"a\0b", b"a\rb", b"a\r\0b", b"\xffa", b"a\xff"):
            for command in (b"STOR", b"MKD", b"RNTO", b"CWD", b"USER"):
                answer = peer.ask(command + b" " + name)
                assert answer.startswith(b"501"), (command, name, answer)
        # A line feed ends the command: what follows is another one.
        assert peer.ask(b"MKD x" + b"y" * 300).startswith(b"553")
        assert peer.ask(b"SIZE " + b"a/" * 3000).startswith((b"550", b"553"))
        peer.send(b"\xff\xf4\xff\xf2\xff\xfb\x01NOOP\r\n")
        assert peer.reply().startswith(b"200")
        assert peer.ask(b"MKD \xff\xff").startswith(b"257")
        assert b"\xff" in os.listdir(os.fsencode(top))
        # To Telnet a single one would begin a command.
        assert peer.ask(b"CWD \xff\xff").startswith(b"250") and peer.ask(b"PWD").startswith(b'257 "/\xff\xff"')
        assert peer.ask(b"CDUP").startswith(b"250") and peer.ask(b"RMD \xff\xff").startswith(b"250")
        assert peer.ask(b"X" * 9000).startswith(b"500")
        assert peer.ask(b"NOOP").startswith(b"200")
    assert sorted(os.listdir(top)) == names


def read_only(place, *options):
    """reading only: nothing that changes anything is done"""
    top = os.path.join(place, "shared")
    names = sorted(os.listdir(top))
    with Share(top, *options) as share:
        accounts = [("anonymous", "x")] + ([(USER, PASSWORD)] if not any(option.startswith("writable") for option in options) and options else [])
        for user, password in accounts:
            with Raw(share, user=user, password=password) as peer:
                for command in (b"DELE a.txt", b"MKD x", b"RMD sub", b"RNFR a.txt", b"RNTO b", b"STOR x", b"APPE x", b"MFMT 20200202000000 a.txt"):
                    assert peer.ask(command).startswith(b"550"), command
                assert peer.fetch(b"RETR a.txt")[0] == b"hello"
    assert sorted(os.listdir(top)) == names


def two_on_one_file(place):
    """two clients on one file: one of them waits for another time"""
    top = os.path.join(place, "shared")
    with Share(top, *WRITE) as share, Raw(share) as one, Raw(share) as other:
        data = one.data()
        assert one.ask(b"STOR both.bin").startswith(b"150")
        data.sendall(b"1" * 100_000)
        assert other.store(b"STOR both.bin", b"2" * 50).startswith(b"450")
        assert other.store(b"APPE both.bin", b"2" * 50).startswith(b"450")
        assert other.fetch(b"RETR both.bin")[1].startswith(b"450")
        data.close()
        assert one.reply().startswith(b"226")
        with open(os.path.join(top, "both.bin"), "rb") as file:
            assert file.read() == b"1" * 100_000
        assert other.store(b"STOR both.bin", b"2" * 50).startswith(b"226")
        assert other.ask(b"DELE both.bin").startswith(b"250")


def pour(data):
    """5 MB, or what is taken of it"""
    try:
        for _ in range(80):
            data.sendall(b"x" * 65536)
    except OSError:
        pass
    data.close()


def disk_full(place):
    """a disk without room: a new file is taken away again, an old one stays, the server goes on"""
    top = os.path.join(place, "shared")
    with Share(top, *WRITE, limits=((resource.RLIMIT_FSIZE, 1 << 20),)) as share:
        before = share.descriptors()
        with Raw(share) as peer:
            for _ in range(3):
                data = peer.data()
                assert peer.ask(b"STOR big.bin").startswith(b"150")
                pour(data)
                answer = peer.reply()
                assert answer.startswith((b"452", b"552")), answer
                assert not os.path.exists(os.path.join(top, "big.bin"))
            assert peer.store(b"STOR small.bin", b"x").startswith(b"226")
            data = peer.data()
            assert peer.ask(b"APPE small.bin").startswith(b"150")
            pour(data)
            assert peer.reply().startswith((b"452", b"552"))
            assert os.path.exists(os.path.join(top, "small.bin"))
            assert peer.ask(b"DELE small.bin").startswith(b"250")
        until(lambda: share.descriptors() <= before, "all descriptors are back")


def small_disk(place):
    """a disk that is full (tmpfs): 452, and nothing is left of the file"""
    top = os.path.join(place, "full")
    os.makedirs(top)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", top], capture_output=True, check=False).returncode:
        return
    try:
        with Share(top, *WRITE) as share, Raw(share) as peer:
            data = peer.data()
            assert peer.ask(b"STOR big.bin").startswith(b"150")
            pour(data)
            answer = peer.reply()
            assert answer.startswith(b"452"), answer
            assert not os.listdir(top)
            assert peer.store(b"STOR small.bin", b"x" * 1000).startswith(b"226")
        with Share(place, *WRITE) as share, Raw(share) as peer:
            assert peer.ask(b"RNFR full/small.bin").startswith(b"350")
            answer = peer.ask(b"RNTO small.bin")
            assert answer.startswith(b"553") and b"another disk" in answer, answer
    finally:
        subprocess.run(["umount", top], check=True)


def main():
    report = Report()
    for options, label in (((), ", openat2"), (("plain",), ", step by step")):
        with fresh() as place:
            report.run(ways_out, place, *options, label=label)
    with fresh() as place:
        for operation in (bad_bytes, two_on_one_file, disk_full, small_disk):
            report.run(operation, place)
        report.run(read_only, place, label=", anonymous")
        report.run(read_only, place, "writable=1", f"account={USER}:{PASSWORD}::rw", label=", anonymous while others may write")
        report.run(read_only, place, f"account={USER}:{PASSWORD}::rw", label=", an account that might write")
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
