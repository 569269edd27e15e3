#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts a real FTP server on a loopback port, with a folder of its own, until Ctrl+C:
  ftpd.py vsftpd|proftpd|pure-ftpd|pyftpdlib [--tls 1.2|1.3|none] [--reuse] [--implicit] [--tree] ROOT
In a test: `with Server("proftpd", root, tls="1.3") as server: … server.port`."""
import argparse
import errno
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from servers import kinds, tree  # noqa: E402
from servers.unpack import NotPossible, run  # noqa: E402

NAMES = tuple(kinds.KINDS)
ATTEMPTS = 5
# Nobody waits for it but where a test fails; a busy machine may need most of it.
START_SECONDS = 90


def free_port(host="127.0.0.1"):
    """One that the system gives to nobody by itself: it is free until the server has it, and while the server is started anew."""
    with open("/proc/sys/net/ipv4/ip_local_port_range", encoding="ascii") as ports:
        first = int(ports.read().split()[0])
    for _ in range(200):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            try:
                probe.bind((host, random.randrange(max(1024, first - 12_000), first) if first > 2048 else 0))
                return probe.getsockname()[1]
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise NotPossible(f"There is no {host} here.") from error
    raise NotPossible(f"No port of {host} is free.")


def default_cache():
    """One for all build trees below build/, so that nothing is fetched twice."""
    here = os.path.dirname(os.path.abspath(__file__))
    common, own = os.path.join(os.path.dirname(os.path.dirname(here)), "build"), os.environ.get("TONGLU_BUILD_DIR")
    return os.path.join(own if own and not os.access(common, os.W_OK) else common, "ftp-servers")


def children_of(pid):
    """Every process below `pid`, the nearest first."""
    parents = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/stat", encoding="utf-8", errors="replace") as stat:
                parents.setdefault(int(stat.read().rpartition(")")[2].split()[1]), []).append(int(entry))
        except OSError:
            continue
    found, look = [], [pid]
    while look:
        look = [child for parent in look for child in parents.get(parent, [])]
        found += look
    return found


class Server:
    """One server in the foreground. `home`: the folder that all three accounts see. `limit`: connections that it takes from one address, 0:
    any number (vsftpd, ProFTPD, Pure-FTPd). `host`: 127.0.0.1 or ::1. `passive`: whether it listens for data connections. NotPossible,
    with a sentence, when it cannot run here."""

    own_key = None
    accounts = {"anonymous": ("anonymous", "tester@example.org"), "guest": kinds.GUEST, "real": kinds.REAL}

    def __init__(self, name, home, tls=None, reuse=True, implicit=False, cache=None, limit=0, host="127.0.0.1", passive=True):
        self.host, self.passive = host, passive
        self.name, self.home, self.tls, self.reuse, self.implicit = name, os.path.abspath(home), tls, reuse, implicit
        self.limit = limit
        self.cache = cache or default_cache()
        self.port = self.process = self.place = None
        self.certificate = self.key = self.both = None

    def __enter__(self):
        self.place = tempfile.mkdtemp(prefix="tonglu-ftpd-")
        os.chmod(self.place, 0o755)
        try:
            if self.tls:
                self._make_certificate()
            for attempt in range(ATTEMPTS):
                self.port = free_port(self.host)
                if self._start():
                    return self
            raise NotPossible(f"{self.name} did not start: {self.output()[-500:]}")
        except BaseException:
            self.stop()
            raise

    def __exit__(self, *_):
        self.stop()

    def _make_certificate(self):
        self.certificate, self.key, self.both = (os.path.join(self.place, name) for name in ("cert.pem", "key.pem", "both.pem"))
        if Server.own_key is None:  # to find its primes takes long, and one is enough for all certificates
            Server.own_key = run("openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048").stdout
        with open(self.key, "w", encoding="ascii", opener=lambda path, flags: os.open(path, flags, 0o600)) as key:
            key.write(Server.own_key)
        made = run("openssl", "req", "-x509", "-key", self.key, "-days", "30", "-subj", "/CN=localhost/O=Tonglu test",
                   "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1", "-out", self.certificate)
        if made.returncode != 0:
            raise NotPossible(f"openssl made no certificate: {made.stderr.strip()[-200:]}")
        with open(self.both, "w", encoding="ascii") as both:
            for part in (self.key, self.certificate):
                with open(part, encoding="ascii") as file:
                    both.write(file.read())
        os.chmod(self.both, 0o600)

    def _start(self):
        command, env = kinds.KINDS[self.name](self, self.place)
        with open(os.path.join(self.place, "output"), "wb") as output:
            self.process = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            if self._greets():
                return True
            time.sleep(0.02)  # nothing tells when another program listens
        self._end()
        return False

    def _greets(self):
        try:
            with socket.create_connection((self.host, self.port), timeout=START_SECONDS) as connection:
                return self.implicit or connection.recv(4).startswith(b"220")
        except OSError:
            return False

    def output(self):
        text = ""
        for name in ("output", "log", "tls.log"):
            path = os.path.join(self.place, name)
            if os.path.exists(path):
                with open(path, encoding="utf-8", errors="replace") as file:
                    text += file.read()
        return text

    def commands(self):
        """Every command that ProFTPD was given, in order; of a password it writes that there was one."""
        try:
            with open(os.path.join(self.place, "commands"), encoding="utf-8", errors="surrogateescape") as file:
                return file.read().splitlines()
        except FileNotFoundError:
            return []

    def change_certificate(self):
        """Comes again at the same port, with a certificate that nobody has seen."""
        self._end()
        self._make_certificate()
        if not self._start():
            raise NotPossible(f"{self.name} did not start again: {self.output()[-500:]}")

    def restart(self, pause=0.0):
        """Ends, with all its connections, and comes again at the same port, `pause` seconds later."""
        self._end()
        time.sleep(pause)  # nobody listens meanwhile
        if not self._start():
            raise NotPossible(f"{self.name} did not start again: {self.output()[-500:]}")

    def drop(self):
        """Ends all its connections without a word; it goes on listening."""
        if self.name == "pyftpdlib":
            self.process.send_signal(signal.SIGUSR1)
            return
        for pid in children_of(self.process.pid):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def _end(self):
        if self.process is None:
            return
        children = children_of(self.process.pid)
        self.process.terminate()
        try:
            self.process.wait(3)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for pid in children:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process = None

    def stop(self):
        self._end()
        if self.place:
            shutil.rmtree(self.place, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("root")
    parser.add_argument("--tls", choices=("1.2", "1.3", "none"), default="none")
    parser.add_argument("--reuse", action="store_true", help="data connections must use the control connection's TLS session")
    parser.add_argument("--implicit", action="store_true", help="TLS from the first byte")
    parser.add_argument("--tree", action="store_true", help="makes the tests' tree in ROOT first")
    parser.add_argument("--entries", type=int, default=tree.ENTRIES, help="of the tree's large folder")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if arguments.tree:
        tree.make(arguments.root, arguments.entries)
    if os.geteuid() == 0:
        tree.give(arguments.root, kinds.UID, kinds.UID)
    try:
        with Server(arguments.name, arguments.root, None if arguments.tls == "none" else arguments.tls, arguments.reuse,
                    arguments.implicit) as server:
            print(f"{arguments.name} on 127.0.0.1:{server.port}, pid {server.process.pid}", flush=True)
            for kind, (user, password) in server.accounts.items():
                print(f"  {kind}: {user} / {password}", flush=True)
            server.process.wait()
    except NotPossible as reason:
        sys.exit(str(reason))
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
