#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shared folder under attack: floods, guesses, strangers, noise; nothing leaks, the server goes on. Prints TAP."""
import collections
import os
import resource
import socket
import ssl
import sys
import threading
import time

from servers.share import PASSWORD, SECONDS, USER, Raw, Report, Share, until
from servers.share_place import WRITE, fresh

TRIED = "hunter2-tried"
CROWD = 10_000


def endless_line(place):
    """a command line of 1 GiB: the connection ends, the memory stays"""
    with Share(os.path.join(place, "shared"), *WRITE) as share:
        before = share.memory()
        peer = Raw(share, login=False)
        sent, block = 0, b"A" * (1 << 20)
        peer.socket.settimeout(SECONDS)
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
            thief.settimeout(SECONDS)
            thief.connect(("127.0.0.1", port))
            peer.send(b"RETR a.txt\r\n")
            assert peer.reply().startswith(b"150")
            try:
                assert thief.recv(100) == b""
            except ConnectionResetError:
                pass
        with socket.create_connection(("127.0.0.1", port), SECONDS) as data:
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
                peer = socket.create_connection(("127.0.0.1", share.port), SECONDS)
                held.append(peer)
                if len(held) > 500:
                    held.pop(100).close()
            # None is closed before all have been answered: whoever still waits at the door would come in for one who leaves.
            for peer in held:
                peer.settimeout(SECONDS)
                try:
                    said[peer.recv(3)] += 1
                except ConnectionResetError:
                    said[b"421"] += 1
            for peer in held:
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
    # Those who have logged in have been given the time to.
    with Share(os.path.join(place, "shared"), *WRITE, "idle-seconds=3", "stall-seconds=3") as share:
        before = share.descriptors()
        idle = Raw(share)
        nobody = Raw(share)
        nobody.passive()
        nobody.send(b"LIST\r\n")
        deaf = Raw(share)
        deaf.send(b"HELP\r\n" * 20_000)
        assert idle.reply().startswith(b"421")
        assert nobody.reply().startswith(b"150") and nobody.reply().startswith(b"425")
        until(lambda: share.descriptors() <= before + 2, "those who do not read are gone")
        for peer in (idle, nobody, deaf):
            peer.close()
        until(lambda: share.descriptors() <= before, "all descriptors are back")
    # The third asks for TLS within that time.
    with Share(os.path.join(place, "shared"), *WRITE, "login-seconds=3") as share:
        before = share.descriptors()
        silent = Raw(share, login=False)
        dripping = Raw(share, login=False)
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
        for peer in (silent, dripping, shaking):
            peer.close()
        until(lambda: share.descriptors() <= before, "all descriptors are back")


def guess(share, name):
    """The answer to a wrong password, and how long it took."""
    with Raw(share, login=False) as peer:
        assert peer.ask(f"USER {name}".encode()) == b"331 Now the password.\r\n"
        began = time.monotonic()
        return peer.ask(f"PASS {TRIED}".encode()), time.monotonic() - began


def guessing(place):
    """wrong passwords: all get the same answer after the same, growing time; then the end"""
    with Share(os.path.join(place, "shared"), *WRITE, "anonymous=0", "login-seconds=60") as share:
        guesses = [guess(share, name) for name in (USER, "nobody", "anonymous")]
        answers = {answer for answer, _ in guesses}
        assert len(answers) == 1 and answers.pop().startswith(b"530"), guesses
        # It may take longer on a busy machine, but never less.
        assert all(seconds >= at_least for (_, seconds), at_least in zip(guesses, (0.5, 1, 2))), guesses
        # Those who know come in at once, and end the waiting.
        with Raw(share) as peer:
            assert peer.ask(b"NOOP").startswith(b"200")
        peer = Raw(share, login=False)
        assert peer.ask(b"PASS x").startswith(b"503")
        assert peer.ask(b"RETR a.txt").startswith(b"530")
        peer.close()
    text = "\n".join(share.log)
    assert TRIED not in text, "a password that was tried is in the log"
    with Share(os.path.join(place, "shared"), *WRITE, "anonymous=1", "login-seconds=60") as share:
        guess(share, USER)
        with Raw(share, login=False) as peer:
            peer.ask(b"USER anonymous")
            assert peer.ask(b"PASS me@").startswith(b"230")
        # Who comes in without a password has not shown that they know one.
        assert guess(share, USER)[1] >= 1


def same_work(place):
    """a name that exists costs as much work as one that does not"""
    def on_processor(share):
        """Nanoseconds of all its threads, of those that have ended too: the number of this clock is made as clock_getcpuclockid() makes it."""
        return time.clock_gettime_ns(~share.process.pid << 3 | 2)

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
    assert 0.5 < exists / missing < 2, (exists, missing)


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
            assert peer.ask(b"APPE part.bin").startswith(b"150")
            data.sendall(b"abc")
            until(lambda: b" 3 bytes" in peer.ask(b"STAT"), "the rest has come")
            peer.send(b"ABOR\r\n")
            assert peer.reply().startswith(b"426") and peer.reply().startswith(b"226")
            data.close()
            assert peer.ask(b"SIZE part.bin") == b"213 123459\r\n"
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


def guests(place):
    """a guest sees the one folder, from one computer, until the time is over"""
    top = os.path.join(place, "shared")
    with Share(top, "writable=1", "guest=gast:ein-mal:sub:rw:600", "guest=kurz:nur-kurz:sub:rw:5", "address=0.0.0.0") as share:
        with Raw(share, user="kurz", password="nur-kurz") as short, Raw(share, user="gast", password="ein-mal") as peer:
            assert peer.fetch(b"NLST")[0].split() == [b"b.txt", b"deep"] or set(peer.fetch(b"NLST")[0].split()) == {b"b.txt", b"deep"}
            assert peer.fetch(b"RETR ../a.txt")[1].startswith(b"550")
            assert peer.ask(b"CWD /..").startswith(b"250") and peer.ask(b"PWD").startswith(b'257 "/"')
            with Raw(share, user="gast", password="ein-mal") as second:
                assert second.ask(b"NOOP").startswith(b"200")
            other = Raw.__new__(Raw)
            other.rest = b""
            other.socket = socket.socket()
            other.socket.bind(("127.0.0.5", 0))
            other.socket.settimeout(SECONDS)
            other.socket.connect(("127.0.0.1", share.port))
            other.reply()
            assert other.ask(b"USER gast").startswith(b"331") and other.ask(b"PASS ein-mal").startswith(b"530")
            other.close()
            assert short.reply().startswith(b"421")
            assert peer.ask(b"NOOP").startswith(b"200")
        late = Raw(share, login=False)
        assert late.ask(b"USER kurz").startswith(b"331") and late.ask(b"PASS nur-kurz").startswith(b"530")
        late.close()


def checksums(place):
    """who has long checksums computed keeps nobody else from coming in"""
    top = os.path.join(place, "shared")
    with open(os.path.join(top, "huge"), "wb") as file:
        file.truncate(1 << 40)
    with Share(top, *WRITE) as share:
        busy = [Raw(share, user="anonymous", password="x") for _ in range(12)]
        for peer in busy:
            peer.send(b"HASH huge\r\n")
        with Raw(share) as peer:
            assert peer.fetch(b"RETR a.txt")[0] == b"hello"
        for peer in busy:
            peer.close()
        # They are given up: the server has time again.
        with Raw(share) as peer:
            assert peer.ask(b"HASH a.txt").startswith(b"213")
    os.remove(os.path.join(top, "huge"))


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
    with fresh() as place:
        for operation in (endless_line, bounce, stranger, crowd, slow_ones, guessing, same_work, broken_off, injected, guests, checksums, strange_bytes):
            report.run(operation, place)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
