#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the FTP engine costs beside curl and lftp, on the same servers, in paired runs that take turns: bench-ftp.py [--runs N] [--mib N]
[--entries N] [download upload ftps-download ftps-upload listing small-clear small-ftps small-far small-up serve-down serve-up
serve-tls-down serve-tls-up]
A row each: medians in seconds, and the ratios (engine ÷ curl, engine ÷ lftp, processor time of engine ÷ curl), which are the medians of those of the pairs.
small-…: many small files, bench-ftp-small.py; serve-…: the shared folder beside other servers, bench-ftp-server.py. The files are on a RAM disk, so that no disk is
measured. Needs root, for servers with accounts of their own (see tests/servers). Environment: TONGLU_BUILD_DIR."""
import argparse
import hashlib
import os
import platform
import resource
import shutil
import signal
import ssl
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from servers import kinds, lftp, loopback, tree  # noqa: E402
from servers.drive import Drive  # noqa: E402
from servers.ftpd import Server, default_cache  # noqa: E402
from servers.unpack import fetch  # noqa: E402

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.setdefault("TONGLU_BUILD_DIR", os.path.join(SOURCE, "build"))
DRIVE = os.environ.get("TONGLU_FTP_DRIVE", os.path.join(BUILD, "tests", "ftp-drive"))
MEMORY = "/dev/shm"
# What it must not be over: the ratio to curl by the clock, by the processor, and the listing's memory.
GOALS = {"download": (0.95, 1.1), "upload": (1.05, 1.1), "ftps-download": (0.95, 1.1), "ftps-upload": (1.05, 1.1), "listing": (1.5, None)}
LISTING_MIB = 64
OTHERS = {"small-": "bench-ftp-small.py", "serve-": "bench-ftp-server.py"}
OTHER_PARTS = ("small-clear", "small-ftps", "small-far", "small-up", "serve-down", "serve-up", "serve-tls-down", "serve-tls-up")


def spent(func, *arguments):
    """Seconds by the clock and by the processor of the program that `func` runs, and what it returns. (The server has not ended: it is not counted.)"""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    answer = func(*arguments)
    took, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, answer


def curl(server, *arguments):
    """The start of the program and the login among it. The password is not in its arguments."""
    user, password = server.accounts["real"]
    tls = ["-k", "--ssl-reqd"] if server.tls else []
    subprocess.run(["curl", "-sS", *tls, "-K", "-", *arguments], input=f'user = "{user}:{password}"\n'.encode(), check=True)


def fingerprint(server):
    """Of its certificate: the client has trusted it before, as the others are told to trust any."""
    if not server.tls:
        return None
    with open(server.certificate, encoding="ascii") as file:
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(file.read())).digest().hex(":").upper()


def engine(server, folder, *words):
    """A client in a new process, likewise from its start to its end; its answer."""
    user, password = server.accounts["real"]
    drive = Drive(DRIVE, folder)
    drive.site(server.port, "auto", "real", user, password, trusted=fingerprint(server))
    drive.ask("connect")
    answer = drive.ask(*words, seconds=120)
    drive.close()
    return answer


def download(server, folder, size):
    here = os.path.join(folder, "here")

    def check(_):
        assert os.path.getsize(here) == size
        os.unlink(here)
    return {"curl": lambda: curl(server, "-o", here, f"ftp://127.0.0.1:{server.port}/down.bin"), "lftp": lambda: lftp.run(server, f"get /down.bin -o {here}"),
            "engine": lambda: engine(server, folder, "fetch", b"/down.bin", 0, here)}, check


def upload(server, folder, size):
    source = os.path.join(server.home, "down.bin")
    there = os.path.join(server.home, "work", "up.bin")

    def check(_):
        assert os.path.getsize(there) == size
        os.unlink(there)
    return {"curl": lambda: curl(server, "-T", source, f"ftp://127.0.0.1:{server.port}/work/up.bin"), "lftp": lambda: lftp.run(server, f"put {source} -o /work/up.bin"),
            "engine": lambda: engine(server, folder, "store", b"/work/up.bin", 0, source)}, check


def listing(server, folder, entries):
    text = os.path.join(folder, "list")

    def check(answer):
        if answer is not None:
            assert int(answer[0]) == entries, answer
            return
        with open(text, "rb") as lines:
            assert sum(1 for _ in lines) == entries
        os.unlink(text)
    return {"curl": lambda: curl(server, "-o", text, f"ftp://127.0.0.1:{server.port}/many/"), "lftp": lambda: lftp.run(server, f"cls -l /many/ > {text}"),
            "engine": lambda: engine(server, folder, "directory", b"/many")}, check


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
    rounds, memory = [], None
    with Server(kind, home, tls) as server:
        who, check = what(server, place, arguments.entries if what is listing else arguments.mib << 20)
        for turn in range(arguments.runs + 1):
            times = {}
            for one in (list(who) if turn % 2 else reversed(list(who))):
                *times[one], answer = spent(who[one])
                check(answer)
                if what is listing and answer is not None:
                    memory = max(memory or 0, int(answer[2]) / (1 << 20))
            rounds.append(times)
    rounds = rounds[1:]  # the first warms up
    wall, cpu, to_lftp = (statistics.median(run["engine"][i] / run[other][i] for run in rounds) for other, i in (("curl", 0), ("curl", 1), ("lftp", 0)))
    most_wall, most_cpu = GOALS[name]
    well = wall <= most_wall and (most_cpu is None or cpu <= most_cpu) and (memory is None or memory < LISTING_MIB)
    medians = "  ".join(f"{one} {statistics.median(run[one][0] for run in rounds):5.2f} s ({statistics.median(run[one][1] for run in rounds):5.2f})" for one in who)
    print(f"{name:13} {kind:7} {tls or 'clear':5} {medians}  ÷ curl {wall:.2f} (goal ≤ {most_wall})  processor {cpu:.2f}" + (f" (goal ≤ {most_cpu})" if most_cpu else "")
          + f"  ÷ lftp {to_lftp:.2f}" + (f"  {memory:.0f} MiB more memory (goal < {LISTING_MIB})" if memory is not None else "")
          + f"  {'met' if well else 'MISSED'}", flush=True)
    return well


def measure_other(name, arguments):
    """A part that is a program of its own."""
    start = next(start for start in OTHERS if name.startswith(start))
    return subprocess.run([sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), OTHERS[start]), "--runs", str(arguments.runs),
                           name.removeprefix(start)]).returncode == 0


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as cpuinfo:
        model = next((line.split(":", 1)[1].strip() for line in cpuinfo if line.startswith("model name")), platform.machine())
    return f"{model}, {os.cpu_count()} processors, Linux {platform.release()}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--mib", type=int, default=512)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=", ".join((*CASES, *OTHER_PARTS)))
    arguments = parser.parse_args()
    chosen = arguments.cases or [*CASES, *OTHER_PARTS]
    cases, others = [name for name in chosen if name in CASES], [name for name in chosen if name not in CASES]
    if unknown := [name for name in others if name not in OTHER_PARTS]:
        parser.error(f"no such part: {' '.join(unknown)}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the RAM disk is cleared, the server stopped
    print(f"{machine()}, load {os.getloadavg()[0]:.1f}; {arguments.mib} MiB, {arguments.runs} runs; seconds by the clock (and of the processor)", flush=True)
    if not cases:
        return 0 if all([measure_other(name, arguments) for name in others]) else 1
    fetch((CASES[name][0] for name in cases), default_cache())
    loopback.enter()
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
    results += [measure_other(name, arguments) for name in others]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
