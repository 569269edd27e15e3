#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many small files beside `lftp mirror`, on the same ProFTPD, in paired runs that take turns: bench-ftp-small.py [--runs N] [clear] [ftps] [far] [up]
clear: 5,000 files of 4 KiB, lftp with its best --parallel of 1, 4, 8 and 16; ftps: 1,000 of them with TLS; far: 300 of them with 50 ms there and back, lftp with its
defaults; up: 5,000 of them the other way. Each time from the start of the program to its end; the ratio is the median of those of the pairs. The files are on a RAM disk. Needs root (see tests/servers)
and lftp. The status is 1 when a goal is missed. Environment: TONGLU_BUILD_DIR."""
import argparse
import contextlib
import os
import platform
import shutil
import statistics
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from servers import kinds, lftp, loopback, tree  # noqa: E402
from servers.delayer import Delayer  # noqa: E402
from servers.drive import Drive  # noqa: E402
from servers.ftpd import Server, default_cache  # noqa: E402
from servers.unpack import fetch  # noqa: E402

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.setdefault("TONGLU_BUILD_DIR", os.path.join(SOURCE, "build"))
PROGRAM = os.environ.get("TONGLU_TRANSFER_DRIVE", os.path.join(BUILD, "tests", "transfer-drive"))
MEMORY = "/dev/shm"
SIZE = 4096
PARALLEL = (1, 4, 8, 16)
# name: TLS, files, seconds of each way, what lftp is tried with, the ratio (ours ÷ theirs) that is to be met, upward
CASES = {"clear": (None, 5000, 0, PARALLEL, 0.8, False), "ftps": ("1.3", 1000, 0, PARALLEL[1:], 0.35, False), "far": (None, 300, 0.025, (None,), 1 / 3, False),
         "up": (None, 5000, 0, PARALLEL, 1, True)}
MOST_SECONDS = 140


def theirs(server, port, there, here, upward, parallel):
    option = f"--parallel={parallel} " if parallel else ""
    began = time.monotonic()
    lftp.run(server, f"mirror {option}" + (f"-R {here} {there}" if upward else f"{there} {here}"), port=port, seconds=MOST_SECONDS)
    return time.monotonic() - began


def ours(server, port, there, here, upward, place):
    user, password = server.accounts["real"]
    began = time.monotonic()
    drive = Drive(PROGRAM, place)
    drive.site(port, "auto" if server.tls else "none", "real", user, password)
    drive.ask("up", here, there) if upward else drive.ask("down", there, 1, here)
    failed, _, _ = drive.ask("wait", seconds=MOST_SECONDS)
    drive.close()
    assert int(failed) == 0
    return time.monotonic() - began


def measure(name, runs, place):
    tls, files, delay, parallels, goal, upward = CASES[name]
    home, source = os.path.join(place, name), os.path.join(place, "source")
    os.makedirs(home)
    for i in range(files):
        path = os.path.join(source if upward else home, "small", str(i % 10), f"{i:05}.bin")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        tree.write(os.fsencode(path), tree.noise(SIZE, i))
    os.chmod(home, 0o755)
    tree.give(home, kinds.UID, kinds.UID)

    def there_and_back(move, *arguments):
        at = tempfile.mkdtemp(dir=home if upward else place)
        os.chown(at, kinds.UID, kinds.UID)
        there, here = (f"/{os.path.basename(at)}/small", os.path.join(source, "small")) if upward else ("/small", os.path.join(at, "small"))
        seconds = move(server, port, there, here, upward, *arguments)
        sizes = [os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(at) for name in names]
        shutil.rmtree(at)
        assert len(sizes) == files and set(sizes) == {SIZE}, f"{len(sizes)} of {files} came, of {set(sizes)} bytes"
        return seconds

    with Server("proftpd", home, tls=tls) as server, contextlib.ExitStack() as stack:
        port = stack.enter_context(Delayer(server.port, delay)).port if delay else server.port
        # Which one is its best is found out first.
        tried = {parallel: there_and_back(theirs, parallel) for parallel in parallels} if len(parallels) > 1 else {parallels[0]: 0}
        best = min(tried, key=tried.get)
        if len(tried) > 1:
            print(f"  lftp --parallel: {', '.join(f'{parallel}: {seconds:.2f} s' for parallel, seconds in tried.items())}", flush=True)
        there_and_back(ours, place)
        pairs = []
        for run in range(runs):
            pair = [None, None]
            for who in ((0, 1) if run % 2 else (1, 0)):
                pair[who] = there_and_back(theirs, best) if who else there_and_back(ours, place)
            pairs.append(pair)
    shutil.rmtree(home)
    shutil.rmtree(source, ignore_errors=True)
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"{name:6} {files} × {SIZE} B: Tonglu {statistics.median(a for a, _ in pairs):6.2f} s  lftp {statistics.median(b for _, b in pairs):6.2f} s"
          f"  ratio {ratio:.2f}  goal ≤ {goal:.2f}: {'met' if ratio <= goal else 'MISSED'}", flush=True)
    return ratio <= goal


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("cases", nargs="*", choices=[[], *CASES])
    arguments = parser.parse_args()
    if not shutil.which("lftp"):
        print("lftp is not installed", file=sys.stderr)
        return 2
    fetch(["proftpd"], default_cache())
    loopback.enter()
    print(f"{platform.machine()}, {os.cpu_count()} processors, Linux {platform.release()}, load {os.getloadavg()[0]:.1f}; medians of {arguments.runs}", flush=True)
    with tempfile.TemporaryDirectory(prefix="tonglu-bench-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as place:
        os.chmod(place, 0o755)
        return 0 if all([measure(name, arguments.runs, place) for name in arguments.cases or CASES]) else 1


if __name__ == "__main__":
    sys.exit(main())
