#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the shared folder delivers and takes beside ProFTPD and vsftpd, with curl as the client, in paired runs that take turns:
bench-ftp-server.py [--runs N] [--mib N] [down up tls-down tls-up]
A row each: the median seconds of curl at each of the three, and the ratios (shared folder ÷ the other), which are the medians of those of the pairs. The files are on a RAM
disk. Needs root, for servers with accounts of their own (see tests/servers). Environment: TONGLU_BUILD_DIR."""
import argparse
import contextlib
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
SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.setdefault("TONGLU_BUILD_DIR", os.path.join(SOURCE, "build"))
os.environ.setdefault("TONGLU_SHARE_DRIVE", os.path.join(BUILD, "tests", "share-drive"))

from servers import kinds, tree  # noqa: E402
from servers.ftpd import NotPossible, Server  # noqa: E402
from servers.share import PASSWORD, USER, Share  # noqa: E402

MEMORY = "/dev/shm"
OTHERS = ("proftpd", "vsftpd")
# Name: under TLS, upward.
CASES = {"down": (False, False), "up": (False, True), "tls-down": (True, False), "tls-up": (True, True)}


def curl(port, account, tls, upward, home, place):
    """Seconds that curl takes, from its start to its end. The password is not in its arguments."""
    url = f"ftp://127.0.0.1:{port}/" + ("work/up.bin" if upward else "down.bin")
    there = os.path.join(home, "work", "up.bin") if upward else os.path.join(place, "down")
    what = ["-T", os.path.join(home, "down.bin")] if upward else ["-o", there]
    began = time.monotonic()
    subprocess.run(["curl", "-sS", *(["-k", "--ssl-reqd"] if tls else []), "-K", "-", *what, url], input=f'user = "{account[0]}:{account[1]}"\n'.encode(),
                   check=True)
    took = time.monotonic() - began
    assert os.path.getsize(there) == os.path.getsize(os.path.join(home, "down.bin"))
    os.unlink(there)
    return took


def measure(name, home, place, runs):
    tls, upward = CASES[name]
    with contextlib.ExitStack() as stack:
        share = stack.enter_context(Share(home, "writable=1", f"account={USER}:{PASSWORD}::rw", certificate=os.path.join(place, "certificate.pem")))
        servers = {"shared folder": (share.port, (USER, PASSWORD))}
        for kind in OTHERS:
            try:
                server = stack.enter_context(Server(kind, home, "1.3" if tls else None))
                servers[kind] = (server.port, server.accounts["real"])
            except NotPossible as reason:
                print(f"# {kind}: {reason}")
        rounds = [{kind: curl(port, account, tls, upward, home, place) for kind, (port, account) in servers.items()} for _ in range(runs + 1)][1:]
    text = "  ".join(f"{kind} {statistics.median(run[kind] for run in rounds):.2f} s" for kind in servers)
    ratios = "  ".join(f"÷ {kind} {statistics.median(run['shared folder'] / run[kind] for run in rounds):.2f}" for kind in servers if kind != "shared folder")
    print(f"{name:9} {text}  {ratios}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--mib", type=int, default=1024)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=", ".join(CASES))
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the RAM disk is cleared, the servers stopped
    with open("/proc/cpuinfo", encoding="utf-8") as cpuinfo:
        model = next((line.split(":", 1)[1].strip() for line in cpuinfo if line.startswith("model name")), platform.machine())
    print(f"{model}, {os.cpu_count()} processors, Linux {platform.release()}; {arguments.mib} MiB, {arguments.runs} runs", flush=True)
    place = tempfile.mkdtemp(prefix="tonglu-bench-", dir=MEMORY)
    try:
        os.chmod(place, 0o755)
        home = os.path.join(place, "home")
        os.makedirs(os.path.join(home, "work"))
        with open(os.path.join(home, "down.bin"), "wb") as file:
            piece = tree.noise(1 << 20, 1)
            for _ in range(arguments.mib):
                file.write(piece)
        tree.give(home, kinds.UID, kinds.UID)
        for name in arguments.cases or CASES:
            measure(name, home, place, arguments.runs)
    finally:
        shutil.rmtree(place)
    return 0


if __name__ == "__main__":
    sys.exit(main())
