#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a test with a display, a session bus and a home of its own, so that others can run beside it: pointer, keyboard and clipboard are one for each
display, and the program is one for each bus. Arguments: the test, a program or Python, and its arguments."""
import os
import shutil
import signal
import subprocess
import sys
import tempfile

SIZE = "1280x1000x24"
HOMES = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")


def main():
    command = sys.argv[1:]
    if command[0].endswith(".py"):
        command.insert(0, sys.executable)
    if not shutil.which("Xvfb"):
        os.execv(command[0], command)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was started is stopped
    number, written = os.pipe()
    # Without -noreset the server starts anew when its last client leaves, and refuses the next one meanwhile.
    home = tempfile.TemporaryDirectory(prefix="tonglu-alone-", ignore_cleanup_errors=True)
    folders = {name: os.path.join(home.name, name.lower()) for name in HOMES}
    for folder in folders.values():
        os.mkdir(folder, 0o700)
    with home, subprocess.Popen(["Xvfb", "-displayfd", str(written), "-screen", "0", SIZE, "-nolisten", "tcp", "-noreset"], pass_fds=[written],
                          stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as display:
        try:
            os.close(written)
            with open(number, encoding="ascii") as said:
                line = said.readline().strip()
            if not line:
                sys.exit("Xvfb did not start.")
            # What the bus starts may say what it likes: the output is the test's own.
            output = os.dup(1)
            with subprocess.Popen(["dbus-run-session", "--", "sh", "-c", f'exec "$@" >&{output}', "sh", *command], stdout=subprocess.DEVNULL,
                                  pass_fds=[output], env=dict(os.environ, DISPLAY=":" + line, GDK_BACKEND="x11", **folders)) as test:
                try:
                    return test.wait()
                finally:
                    test.terminate()
        finally:
            display.terminate()


if __name__ == "__main__":
    sys.exit(main())
