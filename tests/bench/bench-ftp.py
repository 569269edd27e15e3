#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the FTP engine costs beside curl, on the same servers, in paired runs that take turns: bench-ftp.py [--runs N] [--mib N]
[--entries N] [download upload ftps-download ftps-upload listing]
A row each: medians in seconds, and the ratio (engine ÷ curl), which is the median of the ratios of the pairs. The files are on a RAM disk, so
that no disk is measured. Needs root, for servers with accounts of their own (see tests/servers). Environment: TONGLU_BUILD_DIR."""
import argparse
import os
import platform
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from servers import kinds, tree  # noqa: E402
from servers.drive import Drive  # noqa: E402
from servers.ftpd import Server  # noqa: E402

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.setdefault("TONGLU_BUILD_DIR", os.path.join(SOURCE, "build"))
DRIVE = os.environ.get("TONGLU_FTP_DRIVE", os.path.join(BUILD, "tests", "ftp-drive"))
MEMORY = "/dev/shm"
# What it must not be over: the ratio to curl, and the listing's memory.
GOALS = {"download": 1.3, "listing": 1.5}
LISTING_MIB = 64


def curl(server, *arguments):
    """Seconds that curl takes, the start of the program and the login among them. The password is not in its arguments."""
    user, password = server.accounts["real"]
    config = f'user = "{user}:{password}"\n'
    tls = ["-k", "--ssl-reqd"] if server.tls else []
    began = time.monotonic()
    subprocess.run(["curl", "-sS", *tls, "-K", "-", *arguments], input=config.encode(), check=True)
    return time.monotonic() - began


def engine(server, folder, *words):
    """Seconds that a client in a new process takes, likewise from its start to its end; and its answer."""
    user, password = server.accounts["real"]
    began = time.monotonic()
    drive = Drive(DRIVE, folder)
    drive.site(server.port, "auto", "real", user, password)
    drive.ask("connect")
    answer = drive.ask(*words, seconds=120)
    drive.close()
    return time.monotonic() - began, answer


def download(server, folder, size):
    url = f"ftp://127.0.0.1:{server.port}/down.bin"
    theirs, ours = os.path.join(folder, "theirs"), os.path.join(folder, "ours")

    def pair():
        a = curl(server, "-o", theirs, url)
        os.unlink(theirs)
        b, answer = engine(server, folder, "fetch", b"/down.bin", 0, ours)
        assert int(answer[0]) == size == os.path.getsize(ours), answer
        os.unlink(ours)
        return a, b, None
    return pair


def upload(server, folder, size):
    source = os.path.join(server.home, "down.bin")
    there = os.path.join(server.home, "work", "up.bin")

    def pair():
        a = curl(server, "-T", source, f"ftp://127.0.0.1:{server.port}/work/up.bin")
        os.unlink(there)
        b, answer = engine(server, folder, "store", b"/work/up.bin", 0, source)
        assert int(answer[0]) == size == os.path.getsize(there), answer
        os.unlink(there)
        return a, b, None
    return pair


def listing(server, folder, entries):
    text = os.path.join(folder, "list")

    def pair():
        a = curl(server, "-o", text, f"ftp://127.0.0.1:{server.port}/many/")
        with open(text, "rb") as lines:
            assert sum(1 for _ in lines) == entries
        b, (count, seconds, memory) = engine(server, folder, "directory", b"/many")
        assert int(count) == entries, count
        return a, b, int(memory) / (1 << 20)
    return pair


# Name: the server, TLS, what is done.
CASES = {
    "download": ("proftpd", None, download),
    "upload": ("vsftpd", None, upload),
    "ftps-download": ("proftpd", "1.3", download),
    "ftps-upload": ("vsftpd", "1.3", upload),
    "listing": ("vsftpd", None, listing),
}


def measure(name, home, place, arguments):
    kind, tls, what = CASES[name]
    with Server(kind, home, tls) as server:
        pair = what(server, place, arguments.entries if what is listing else arguments.mib << 20)
        pair()  # warms up
        pairs = [pair() for _ in range(arguments.runs)]
    theirs, ours = (statistics.median(run[i] for run in pairs) for i in (0, 1))
    ratio = statistics.median(run[1] / run[0] for run in pairs)
    memory = max((run[2] for run in pairs if run[2] is not None), default=None)
    goal = GOALS.get(name)
    well = (goal is None or ratio <= goal) and (memory is None or memory < LISTING_MIB)
    print(f"{name:14} {kind:8} {tls or 'clear':6} curl {theirs:6.2f} s  engine {ours:6.2f} s  ratio {ratio:5.2f}"
          + (f"  goal {goal} {'met' if well else 'MISSED'}" if goal else "")
          + (f"  {memory:.0f} MiB more memory" if memory is not None else ""), flush=True)
    return well


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as cpuinfo:
        model = next((line.split(":", 1)[1].strip() for line in cpuinfo if line.startswith("model name")), platform.machine())
    return f"{model}, {os.cpu_count()} processors, Linux {platform.release()}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--mib", type=int, default=2048)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=", ".join(CASES))
    arguments = parser.parse_args()
    cases = arguments.cases or list(CASES)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the RAM disk is cleared, the server stopped
    print(machine(), flush=True)
    place = tempfile.mkdtemp(prefix="tonglu-bench-", dir=MEMORY)
    try:
        os.chmod(place, 0o755)
        home = os.path.join(place, "home")
        os.makedirs(os.path.join(home, "work"))
        with open(os.path.join(home, "down.bin"), "wb") as file:
            piece = tree.noise(1 << 20, 1)
            for _ in range(arguments.mib):
                file.write(piece)
        if "listing" in cases:
            tree.fill(os.path.join(home, "many"), arguments.entries)
        tree.give(home, kinds.UID, kinds.UID)
        results = [measure(name, home, place, arguments) for name in cases]
    finally:
        shutil.rmtree(place)
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
