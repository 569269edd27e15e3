#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shared folder under attack: nothing outside of it is read or written, nothing leaks, the server goes on. Prints TAP."""
import collections
import hashlib
import os
import re
import resource
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time

from servers.share import PASSWORD, USER, Raw, Report, Share, until

SECRET = b"not for you"
HASH = hashlib.sha256(SECRET).hexdigest().encode()
TRIED = "hunter2-tried"
WRITE = ("writable=1", f"account={USER}:{PASSWORD}::rw")
CROWD = 10_000


def make_place(place):
    """A shared folder with links of all kinds in it, and what is beside it."""
    top, outside = os.path.join(place, "shared"), os.path.join(place, "outside")
    os.makedirs(os.path.join(top, "sub", "deep"))
    os.makedirs(outside)
    for path, content in ((os.path.join(outside, "secret"), SECRET), (os.path.join(top, "a.txt"), b"hello"), (os.path.join(top, "sub", "b.txt"), b"there")):
        with open(path, "wb") as file:
            file.write(content)
    make_links(place)
    return top


def make_links(place):
    """Puts those back that a command took away."""
    for target, name in (("../outside/secret", "out"), (os.path.join(place, "outside", "secret"), "absolute"), ("/", "root"), ("../outside", "out-dir"),
                         ("../../outside", "sub/out-dir"), ("..", "up"), ("/proc/self/root", "magic"), ("../outside/new", "dangling-out"),
                         ("loop", "loop"), ("a.txt", "inside"), ("sub", "inside-dir")):
        path = os.path.join(place, "shared", name)
        if not os.path.islink(path):
            if os.path.isdir(path):
                shutil.rmtree(path)
            os.symlink(target, path)


def beside(place):
    """What is beside the shared folder, byte by byte."""
    found = {}
    for folder, _, files in os.walk(os.path.join(place, "outside")):
        for name in files:
            with open(os.path.join(folder, name), "rb") as file:
                found[os.path.join(folder, name)] = file.read()
    return found


SPELLINGS = [b"../outside/secret", b"/../outside/secret", b"sub/../../outside/secret", b"./.././outside/secret", b"..//outside//secret", b"//../outside/secret",
             b"../../../../../../../../etc/passwd", b"/etc/passwd", b"/../etc/passwd", b"sub/deep/../../../outside/secret", b"out", b"absolute",
             b"root/etc/passwd", b"out-dir/secret", b"sub/out-dir/secret", b"up/outside/secret", b"magic/etc/passwd", b"dangling-out", b"loop",
             b"inside-dir/../../outside/secret", b"inside-dir/out-dir/secret", b"..\\outside\\secret", b"%2e%2e/outside/secret", b"..%2foutside%2fsecret",
             b"\xc0\xae\xc0\xae/outside/secret", b"\xe2\x80\xa5/outside/secret", b".../outside/secret", b"~/../outside/secret", b"~root/.profile", b" ../outside/secret",
             b"../outside/secret/", b"sub/..", b"../shared/../outside/secret"]


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
            assert peer.ask(b"PWD").startswith(b'257 "/"')
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
        assert peer.ask(b"RMD \xff\xff").startswith(b"250")
        assert peer.ask(b"X" * 9000).startswith(b"500")
        assert peer.ask(b"NOOP").startswith(b"200")
    assert sorted(os.listdir(top)) == names


def endless_line(place):
    """a command line of 1 GiB: the connection ends, the memory stays"""
    with Share(os.path.join(place, "shared"), *WRITE) as share:
        before = share.memory()
        peer = Raw(share, login=False)
        sent, block = 0, b"A" * (1 << 20)
        peer.socket.settimeout(10)
        try:
            while sent < 1 << 30:
                sent += peer.socket.send(block)
        except OSError:
            pass
        assert sent < 64 << 20, sent
        peer.close()
        assert share.memory() < before + 8 * 1024, (before, share.memory())
        with Raw(share) as other:
            assert other.ask(b"NOOP").startswith(b"200")


def bounce(place):
    """PORT and EPRT to somebody else, or to a port of the system, are refused"""
    with socket.create_server(("127.0.0.2", 0)) as victim, Share(os.path.join(place, "shared"), *WRITE) as share, Raw(share) as peer:
        victim.settimeout(0.3)
        port = victim.getsockname()[1]
        for command in (f"PORT 127,0,0,2,{port // 256},{port % 256}", f"EPRT |1|127.0.0.2|{port}|", "PORT 127,0,0,1,0,25", "EPRT |1|127.0.0.1|1023|",
                        "PORT 8,8,8,8,200,1", "EPRT |2|::1|2000|", "PORT 1,2,3", "EPRT x"):
            assert peer.ask(command.encode())[:1] == b"5", command
            assert peer.ask(b"LIST").startswith(b"425")
        try:
            victim.accept()
            raise AssertionError("the third party was reached")
        except TimeoutError:
            pass


def stranger(place):
    """a passive port lets in the peer of the control connection alone"""
    with Share(os.path.join(place, "shared"), *WRITE, "address=0.0.0.0") as share, Raw(share) as peer:
        port = peer.passive()
        with socket.socket() as thief:
            thief.bind(("127.0.0.3", 0))
            thief.settimeout(5)
            thief.connect(("127.0.0.1", port))
            peer.send(b"RETR a.txt\r\n")
            assert peer.reply().startswith(b"150")
            try:
                assert thief.recv(100) == b""
            except ConnectionResetError:
                pass
        with socket.create_connection(("127.0.0.1", port), 10) as data:
            assert data.recv(100) == b"hello"
        assert peer.reply().startswith(b"226")


def crowd(place):
    """10,000 connections: few are let in, all others told so; then all is as before"""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        with Share(os.path.join(place, "shared"), *WRITE, "max-connections=40", "max-per-address=30") as share:
            before, memory = share.descriptors(), share.memory()
            said, held = collections.Counter(), []
            for _ in range(CROWD):
                peer = socket.create_connection(("127.0.0.1", share.port), 30)
                held.append(peer)
                if len(held) > 500:
                    held.pop(100).close()
            for peer in held:
                peer.settimeout(30)
                try:
                    said[peer.recv(3)] += 1
                except ConnectionResetError:
                    said[b"421"] += 1
                peer.close()
            until(lambda: share.descriptors() <= before, f"descriptors as before, {before}, not {share.descriptors()}")
            assert set(said) == {b"421", b"220"} and said[b"220"] <= 30, said
            assert share.memory() < memory + 32 * 1024, (memory, share.memory())
            with Raw(share) as peer:
                assert peer.fetch(b"RETR a.txt")[0] == b"hello"
        assert share.counts["refused"] >= CROWD - 100, share.counts
        assert len(share.log) < 2_000, len(share.log)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def slow_ones(place):
    """who does not log in, does not ask, does not move, does not read: all have to go"""
    with Share(os.path.join(place, "shared"), *WRITE, "login-seconds=1", "idle-seconds=2", "stall-seconds=2") as share:
        before = share.descriptors()
        silent = Raw(share, login=False)
        dripping = Raw(share, login=False)
        idle = Raw(share)
        nobody = Raw(share)
        nobody.passive()
        nobody.send(b"LIST\r\n")
        deaf = Raw(share)
        deaf.send(b"HELP\r\n" * 20_000)
        shaking = Raw(share, login=False)
        assert shaking.ask(b"AUTH TLS").startswith(b"234")
        assert silent.reply().startswith(b"421")
        try:
            for byte in b"USER " + b"x" * 100:
                dripping.send(bytes([byte]))
                time.sleep(0.05)
        except OSError:
            pass
        assert dripping.reply().startswith((b"421", b"")), "still there"
        assert shaking.socket.recv(100) == b""
        assert idle.reply().startswith(b"421")
        assert nobody.reply().startswith(b"150") and nobody.reply().startswith(b"425")
        until(lambda: share.descriptors() <= before + 2, "those who do not read are gone")
        for peer in (silent, dripping, idle, nobody, deaf, shaking):
            peer.close()
        until(lambda: share.descriptors() <= before, "all descriptors are back")


def guessing(place):
    """wrong passwords: all get the same answer after the same, growing time; then the end"""
    with Share(os.path.join(place, "shared"), *WRITE, "anonymous=0", "login-seconds=60") as share:
        answers, times = [], {}
        for name in (USER, "nobody", "anonymous", "root"):
            peer = Raw(share, login=False)
            assert peer.ask(f"USER {name}".encode()) == b"331 Now the password.\r\n"
            began = time.monotonic()
            answers.append(peer.ask(f"PASS {TRIED}".encode()))
            times[name] = time.monotonic() - began
            peer.close()
        assert len(set(answers)) == 1 and answers[0].startswith(b"530"), answers
        assert list(times.values()) == sorted(times.values()) and times["root"] > 3.5, times
        # Those who know come in at once, and end the waiting.
        with Raw(share) as peer:
            assert peer.ask(b"NOOP").startswith(b"200")
        peer = Raw(share, login=False)
        assert peer.ask(b"PASS x").startswith(b"503")
        assert peer.ask(b"RETR a.txt").startswith(b"530")
        peer.close()
    text = "\n".join(share.log)
    assert TRIED not in text, "a password that was tried is in the log"


def same_work(place):
    """a name that exists costs as much work as one that does not"""
    def on_processor(share):
        total = 0
        for thread in os.listdir(f"/proc/{share.process.pid}/task"):
            with open(f"/proc/{share.process.pid}/task/{thread}/schedstat", encoding="ascii") as file:
                total += int(file.read().split()[0])
        return total

    def measure(name):
        # The delay of the second is the first's doubled: each has a server of its own.
        with Share(os.path.join(place, "shared"), *WRITE, "anonymous=0") as share:
            peer = Raw(share, login=False)
            peer.ask(f"USER {name}".encode())
            before = on_processor(share)
            assert peer.ask(b"PASS wrong").startswith(b"530")
            used = on_processor(share) - before
            peer.close()
            return used
    # Time on the clock would be that of whatever else runs here.
    exists, missing = (min(measure(name) for _ in range(3)) for name in (USER, "nobody"))
    assert 0.6 < exists / missing < 1.7, (exists, missing)


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
    finally:
        subprocess.run(["umount", top], check=True)


def broken_off(place):
    """transfers that break: by ABOR, by a reset of either connection; what has come stays"""
    top = os.path.join(place, "shared")
    with open(os.path.join(top, "long.bin"), "wb") as file:
        file.truncate(200 << 20)
    with Share(top, *WRITE) as share:
        before = share.descriptors()
        with Raw(share) as peer:
            data = peer.data()
            assert peer.ask(b"RETR long.bin").startswith(b"150")
            data.recv(1000)
            peer.send(b"\xff\xf4\xff")
            peer.socket.send(b"\xf2", socket.MSG_OOB)
            peer.send(b"ABOR\r\n")
            assert peer.reply().startswith(b"426") and peer.reply().startswith(b"226")
            data.close()
            assert peer.ask(b"ABOR").startswith(b"226")
            data = peer.data()
            assert peer.ask(b"STOR part.bin").startswith(b"150")
            data.sendall(b"z" * 123_456)
            data.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            until(lambda: b"123456" in peer.ask(b"STAT"), "all has come")
            data.close()
            assert peer.reply().startswith(b"426")
            assert peer.ask(b"SIZE part.bin") == b"213 123456\r\n"
            data = peer.data()
            assert peer.ask(b"RETR long.bin").startswith(b"150")
            peer.send(b"QUIT\r\nNOOP\r\n")
            while data.recv(1 << 20):
                pass
            assert peer.reply().startswith(b"226") and peer.reply().startswith(b"221") and peer.reply() == b""
        for way in (b"RETR long.bin", b"STOR other.bin"):
            peer = Raw(share)
            data = peer.data()
            assert peer.ask(way).startswith(b"150")
            if way.startswith(b"STOR"):
                data.sendall(b"y" * 1000)
            peer.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            peer.close()
            try:
                while data.recv(1 << 20):
                    pass
            except ConnectionResetError:
                pass
            data.close()
        until(lambda: share.descriptors() <= before, "all descriptors are back")
        with Raw(share) as peer:
            for name in (b"part.bin", b"other.bin", b"long.bin"):
                peer.ask(b"DELE " + name)


def injected(place):
    """commands in clear behind AUTH TLS are not done"""
    with Share(os.path.join(place, "shared"), *WRITE) as share:
        peer = Raw(share, login=False)
        peer.send(f"AUTH TLS\r\nUSER {USER}\r\nPASS {PASSWORD}\r\n".encode())
        answer = peer.reply()
        assert answer in (b"", b"234 TLS begins now.\r\n"), answer
        assert peer.reply() == b""
        peer.close()
        with Raw(share, login=False) as other:
            other.start_tls(ssl.TLSVersion.TLSv1_3)
            other.log_in()
    assert sum("Logged in" in line for line in share.log) == 1


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


def guests(place):
    """a guest sees the one folder, from one computer, until the time is over"""
    top = os.path.join(place, "shared")
    with Share(top, "writable=1", "guest=gast:ein-mal:sub:rw:3", "address=0.0.0.0") as share:
        with Raw(share, user="gast", password="ein-mal") as peer:
            assert peer.fetch(b"NLST")[0].split() == [b"b.txt", b"deep"] or set(peer.fetch(b"NLST")[0].split()) == {b"b.txt", b"deep"}
            assert peer.fetch(b"RETR ../a.txt")[1].startswith(b"550")
            assert peer.ask(b"CWD /..").startswith(b"250") and peer.ask(b"PWD").startswith(b'257 "/"')
            with Raw(share, user="gast", password="ein-mal") as second:
                assert second.ask(b"NOOP").startswith(b"200")
            other = Raw.__new__(Raw)
            other.rest = b""
            other.socket = socket.socket()
            other.socket.bind(("127.0.0.5", 0))
            other.socket.settimeout(10)
            other.socket.connect(("127.0.0.1", share.port))
            other.reply()
            assert other.ask(b"USER gast").startswith(b"331") and other.ask(b"PASS ein-mal").startswith(b"530")
            other.close()
            assert peer.reply().startswith(b"421")
        late = Raw(share, login=False)
        assert late.ask(b"USER gast").startswith(b"331") and late.ask(b"PASS ein-mal").startswith(b"530")
        late.close()


def strange_bytes(place):
    """noise on the control connection, in clear and where TLS should be"""
    with Share(os.path.join(place, "shared"), *WRITE) as share:
        before = share.descriptors()

        def noise(tls):
            peer = Raw(share, login=False)
            try:
                if tls:
                    peer.ask(b"AUTH TLS")
                for _ in range(20):
                    peer.send(os.urandom(4096))
                    peer.socket.settimeout(0.01)
                    try:
                        peer.socket.recv(65536)
                    except TimeoutError:
                        pass
            except OSError:
                pass
            peer.close()
        threads = [threading.Thread(target=noise, args=(i % 2,)) for i in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        until(lambda: share.descriptors() <= before, "all descriptors are back")
        with Raw(share) as peer:
            assert peer.ask(b"NOOP").startswith(b"200")


def main():
    report = Report()
    with tempfile.TemporaryDirectory(prefix="tonglu-attack-") as place:
        report_place = os.path.join(place, "kernel")
        make_place(report_place)
        report.run(ways_out, report_place, label=", openat2")
        plain = os.path.join(place, "plain")
        make_place(plain)
        report.run(ways_out, plain, "plain", label=", step by step")
        fresh = os.path.join(place, "fresh")
        make_place(fresh)
        for operation in (bad_bytes, endless_line, bounce, stranger, crowd, slow_ones, guessing, same_work, two_on_one_file, disk_full, small_disk,
                          broken_off, injected, guests, strange_bytes):
            report.run(operation, fresh)
        report.run(read_only, fresh, label=", anonymous")
        report.run(read_only, fresh, "writable=1", f"account={USER}:{PASSWORD}::rw", label=", anonymous while others may write")
        report.run(read_only, fresh, f"account={USER}:{PASSWORD}::rw", label=", an account that might write")
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
