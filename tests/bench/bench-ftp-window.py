#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window costs with a large folder and with many transfers, beside curl on the same server in the same run:
bench-ftp-window.py [--runs N] [--entries N] [--files N] [--mib N] [listing acts transfers download]
The real window with a real FTP page (the program bench-ftp-window), on an Xvfb of its own with openbox, in Chinese; real servers on loopback; the
files on a RAM disk. A row for each act: from the act to the end of the frame that shows what came of it, the frames meanwhile, the longest turn
of the main loop. The status is 1 when a goal is missed. Needs root (see tests/servers). Environment: TONGLU_BUILD_DIR."""
import argparse
import contextlib
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from servers import kinds, tree  # noqa: E402
from servers.drive import Drive, word  # noqa: E402
from servers.ftpd import Server  # noqa: E402

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.setdefault("TONGLU_BUILD_DIR", os.path.join(SOURCE, "build"))
PROGRAM = os.path.join(BUILD, "tests", "bench-ftp-window")
MEMORY = "/dev/shm"
HIDDEN = 100
# Ratios to curl; what the listing may take; the longest turn of the main loop.
LISTING, DOWNLOAD, LISTING_MIB, TURN_MS = 1.5, 1.3, 64, 50
ANSWER_SECONDS = 320
# What is started on a bus writes to the standard output of the bus; the answers are the program's alone.
SESSION = ("sh", "-c", """exec dbus-run-session -- sh -c 'exec "$0" >&3' "$0" 3>&1 >&2""")


class Window(Drive):
    """The program in a session of its own. Answers are dictionaries of numbers."""

    def __init__(self, place, display):
        home = tempfile.mkdtemp(dir=place)
        runtime = os.path.join(home, "runtime")
        os.mkdir(runtime, 0o700)
        environment = {f"XDG_{name}_HOME": home for name in ("DATA", "CONFIG", "CACHE", "STATE")}
        environment.update(HOME=home, XDG_RUNTIME_DIR=runtime, DISPLAY=display, GDK_BACKEND="x11", GSK_RENDERER="cairo", GDK_DEBUG="gl-disable",
                           GSETTINGS_BACKEND="memory", GSETTINGS_SCHEMA_DIR=os.path.join(BUILD, "data"), TONGLU_LOCALEDIR=os.path.join(BUILD, "po"),
                           LANGUAGE="zh_CN", LANG="zh_CN.UTF-8")
        super().__init__(PROGRAM, home, SESSION, environment)
        self.home = home

    def ask(self, *words, **_):
        line = " ".join([words[0], *(word(w) for w in words[1:])])
        answer = super().ask(line, raw_words=True, seconds=ANSWER_SECONDS)
        return {name: float(value) for name, _, value in (part.partition("=") for part in answer)}


@contextlib.contextmanager
def screen(place):
    """An X server and a window manager."""
    reader, writer = os.pipe()
    with open(os.path.join(place, "xvfb.log"), "wb") as log:
        server = subprocess.Popen(["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x1000x24", "-nolisten", "tcp", "-noreset"],
                                  pass_fds=(writer,), stderr=log)
        os.close(writer)
        with open(reader, encoding="ascii") as told:
            number = told.readline().strip()
        assert number, "Xvfb did not start"
        manager = subprocess.Popen(["openbox"], env=dict(os.environ, DISPLAY=f":{number}"), stderr=log)
        try:
            yield f":{number}"
        finally:
            for process in (manager, server):
                process.terminate()
                process.wait()


class Bench:
    def __init__(self, place, home, display, arguments):
        self.place, self.home, self.display, self.arguments = place, home, display, arguments
        self.well = True

    def goal(self, what, value, limit, unit=""):
        met = value <= limit
        self.well = self.well and met
        print(f"  goal: {what} {value:.2f}{unit} ≤ {limit}{unit}: {'met' if met else 'MISSED'}", flush=True)

    def row(self, what, answer):
        """One act; a turn that is too long is a goal that is missed."""
        done = f"{answer['done']:8.0f} ms" if "done" in answer else " " * 11
        slow = "" if answer["turn"] <= TURN_MS else f"  MISSED: a turn over {TURN_MS} ms"
        self.well = self.well and not slow
        print(f"  {what:42}{done}  frames {answer['frames']:5.0f}  p50 {answer['p50']:5.1f}  p99 {answer['p99']:6.1f}  max {answer['max']:6.1f}"
              f"  longest turn {answer['turn']:6.1f} ms, processor {answer['used']:5.1f} ms{slow}", flush=True)
        return answer

    @contextlib.contextmanager
    def window(self, server):
        user, password = server.accounts["real"]
        window = Window(self.place, self.display)
        try:
            window.ask("connect", server.port, user, password, len(os.listdir(self.home)))
            yield window
        finally:
            window.close()

    def curl(self, server, folder, output):
        """Seconds of the second of two listings, or of one file, over a connection that is there already."""
        user, password = server.accounts["real"]
        first, second = f"ftp://127.0.0.1:{server.port}/work/", f"ftp://127.0.0.1:{server.port}/{folder}"
        done = subprocess.run(["curl", "-sS", "-K", "-", "-w", "%{time_total}\n", "-o", os.devnull, first, "-o", output, second],
                              input=f'user = "{user}:{password}"\n'.encode(), check=True, capture_output=True)
        return float(done.stdout.split()[1])

    def listing(self):
        """The folder in the view, in pairs that take turns; each in a new program, whose memory is looked at."""
        entries, pairs = self.arguments.entries, []
        text = os.path.join(self.place, "list")
        with Server("vsftpd", self.home) as server:
            for run in range(self.arguments.runs + 1):
                theirs = self.curl(server, "many/", text)
                with open(text, "rb") as lines:
                    assert sum(1 for _ in lines) >= entries
                with self.window(server) as window:
                    window.ask("memory")
                    before = window.ask("memory")
                    answer = window.ask("open", "many", entries)
                    after = window.ask("memory")
                    window.ask("scroll", 0, 100)
                    scrolled = window.ask("memory")
                    if run > 0:
                        pairs.append((theirs * 1000, answer, before, after, scrolled))
                    if run == 1:
                        self.row("open the folder", answer)
        curl = statistics.median(pair[0] for pair in pairs)
        print(f"  {entries} entries, {len(pairs)} pairs: curl LIST {curl:.0f} ms; in the view {statistics.median(p[1]['shown'] for p in pairs):.0f} ms, "
              f"in their order {statistics.median(p[1]['done'] for p in pairs):.0f} ms; longest turn {max(p[1]['turn'] for p in pairs):.0f} ms")
        for what, name in (("all in the view and painted, to curl", "shown"), ("sorted and painted, to curl", "done")):
            self.goal(what, statistics.median(pair[1][name] / pair[0] for pair in pairs), LISTING)
        for what, which, name in (("more memory (RSS)", 3, "rss"), ("more memory (PSS)", 3, "pss"), ("the peak while it loads (RSS)", 3, "peak"),
                                  ("after scrolling through it (RSS)", 4, "rss")):
            more = max(pair[which][name] - pair[2]["pss" if name == "pss" else "rss"] for pair in pairs) / 1024
            self.goal(what, more, LISTING_MIB, " MiB")
        self.goal("longest turn of the main loop", max(pair[1]["turn"] for pair in pairs), TURN_MS, " ms")

    def acts(self):
        """What a person does in the folder."""
        entries = self.arguments.entries
        with Server("vsftpd", self.home) as server, self.window(server) as window:
            self.row("open the folder", window.ask("open", "many", entries))
            for look in "table", "grid":
                if look == "grid":
                    self.row("from the table to icons", window.ask("icons"))
                self.row(f"{look}: the wheel, 120 pixels a frame", window.ask("scroll", 120, 300))
                self.row(f"{look}: a page a frame", window.ask("scroll", 600, 300))
                self.row(f"{look}: through all in 200 frames", window.ask("scroll", 0, 200))
                for column, name in ((1, "size"), (2, "time"), (0, "name")):
                    self.row(f"{look}: by {name}, descending", window.ask("sort", column, 1))
                self.row(f"{look}: by name", window.ask("sort", 0, 0))
                answer = self.row(f"{look}: the filter typed, slowest letter", window.ask("filter", "0123"))
                assert 0 < answer["count"] < entries, answer
                answer = self.row(f"{look}: the filter cleared", window.ask("filter", ""))
                assert answer["count"] == entries, answer
                self.row(f"{look}: hidden files shown", window.ask("hidden", entries + HIDDEN))
                self.row(f"{look}: hidden files hidden", window.ask("hidden", entries))
                self.row(f"{look}: all selected", window.ask("select"))
                self.row(f"{look}: the wheel, all selected", window.ask("scroll", 120, 100))
                self.row(f"{look}: nothing selected", window.ask("unselect"))
            self.row("back to the table", window.ask("table"))
            window.ask("select")
            self.row("all selected: asked to delete, and not", window.ask("ask-delete"))
            self.row("the folder above", window.ask("up", len(os.listdir(self.home))))

    def transfers(self):
        """Many small files, then all of the large folder, which is given up; then all of it is deleted."""
        files, entries = self.arguments.files, self.arguments.entries
        with Server("vsftpd", self.home) as server, self.window(server) as window:
            window.ask("open", "small", files)
            window.ask("select")
            self.row(f"download {files} files: all in the queue", window.ask("download", files))
            answer = self.row("until all are there", window.ask("transfers"))
            there = len([name for name in os.listdir(window.home) if name.endswith(".txt")])
            assert answer["failed"] == 0 and there == files, (answer, there)
            self.row("the list cleared", window.ask("clear"))
            window.ask("up", len(os.listdir(self.home)))
            window.ask("open", "many", entries)
            window.ask("select")
            self.row(f"download {entries} files: all in the queue", window.ask("download", entries))
            self.row("all cancelled", window.ask("cancel-all"))
            self.row("the list cleared", window.ask("clear"))
            window.ask("select")
            self.row(f"{entries} files and folders deleted", window.ask("delete", 0))

    def download(self):
        """One large file, in pairs that take turns."""
        size, pairs = self.arguments.mib << 20, []
        theirs_file = os.path.join(self.place, "theirs")
        with Server("proftpd", self.home) as server, self.window(server) as window:
            window.ask("choose", "down.bin")
            ours_file = os.path.join(window.home, "down.bin")
            for run in range(self.arguments.runs + 1):
                theirs = self.curl(server, "down.bin", theirs_file) * 1000
                os.unlink(theirs_file)
                answer = window.ask("fetch")
                assert answer["failed"] == 0 and os.path.getsize(ours_file) == size, answer
                os.unlink(ours_file)
                window.ask("clear")
                if run > 0:
                    pairs.append((theirs, answer))
                    self.row(f"download {self.arguments.mib} MiB (curl {theirs:.0f} ms)", answer)
        print(f"  {len(pairs)} pairs: curl {statistics.median(p[0] for p in pairs):.0f} ms, window {statistics.median(p[1]['done'] for p in pairs):.0f} ms")
        self.goal("download, to curl", statistics.median(pair[1]["done"] / pair[0] for pair in pairs), DOWNLOAD)


CASES = ("listing", "acts", "transfers", "download")


def fill(home, cases, arguments):
    os.makedirs(os.path.join(home, "work"))
    os.mkdir(os.path.join(home, "work", "a"))
    if set(cases) & {"listing", "acts", "transfers"}:
        many = os.path.join(home, "many")
        tree.fill(many, arguments.entries)
        for i, name in enumerate(os.listdir(many)):
            path = os.path.join(many, name)
            if os.path.isfile(path):
                os.truncate(path, i * 7919 % 100_003)
                os.utime(path, (tree.HELLO_TIME + i * 104_729 % 100_000_007,) * 2)
        for i in range(HIDDEN):
            tree.write(os.path.join(many, f".hidden-{i}"), b"")
    if "transfers" in cases:
        small = os.path.join(home, "small")
        os.mkdir(small)
        for i in range(arguments.files):
            tree.write(os.path.join(small, f"{i:05}.txt"), b"%d\n" % i * (i % 100))
    if "download" in cases:
        with open(os.path.join(home, "down.bin"), "wb") as file:
            piece = tree.noise(1 << 20, 1)
            for _ in range(arguments.mib):
                file.write(piece)
    tree.give(home, kinds.UID, kinds.UID)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--mib", type=int, default=2048)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=", ".join(CASES))
    arguments = parser.parse_args()
    cases = arguments.cases or list(CASES)
    for name in ("GTK_A11Y", "NO_AT_BRIDGE", "LC_ALL", "LC_MESSAGES", "DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY"):
        os.environ.pop(name, None)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the RAM disk is cleared, what was started is stopped
    place = tempfile.mkdtemp(prefix="tonglu-bench-", dir=MEMORY)
    try:
        os.chmod(place, 0o755)
        os.environ["LOCPATH"] = place
        subprocess.run(["localedef", "-i", "zh_CN", "-f", "UTF-8", os.path.join(place, "zh_CN.UTF-8")], check=False, capture_output=True)
        home = os.path.join(place, "home")
        fill(home, cases, arguments)
        with screen(place) as display:
            bench = Bench(place, home, display, arguments)
            for name in cases:
                print(f"{name}:", flush=True)
                getattr(bench, name)()
    finally:
        shutil.rmtree(place)
    return 0 if bench.well else 1


if __name__ == "__main__":
    sys.exit(main())
