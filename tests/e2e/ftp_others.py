# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes from the FTP page to other programs: dragged files, opened files."""
import os
import subprocess
import tempfile

from e2e.desk import wait_for
from e2e.ftp_desk import CONTENT, FILE, FOLDER, Desk, whole
from servers import tree

OPENER = """#!/bin/sh
cat "$1" > "$(dirname "$0")/got.part" && echo "$1" > "$(dirname "$0")/name" && mv "$(dirname "$0")/got.part" "$(dirname "$0")/got"
"""


class Target:
    """Another program with a window in the lower right corner, which takes files."""

    def __init__(self):
        self.output = tempfile.TemporaryFile("w+", encoding="utf-8")
        self.process = subprocess.Popen([os.environ["TONGLU_DROP_TARGET"]], stdout=self.output)

    def __enter__(self):
        def window():
            found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)], capture_output=True, text=True, check=False)
            return found.stdout.split()
        self.window = wait_for("the window of the other program", window)[-1]
        size = subprocess.run(["xdotool", "getdisplaygeometry"], capture_output=True, text=True, check=True).stdout.split()
        self.x, self.y = int(size[0]) - 120, int(size[1]) - 100
        subprocess.run(["xdotool", "windowmove", "--sync", self.window, str(self.x - 80), str(self.y - 60), "windowraise", self.window], check=True)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)
        self.output.close()

    def lines(self):
        self.output.seek(0)
        return self.output.read().splitlines()


def drag(desk, name, target):
    """With the button held until the other program knows what comes."""
    x, y = desk.program.place(desk.part("label", name))
    subprocess.run(["xdotool", "mousemove", str(x), str(y), "mousedown", "1", *(word for i in range(1, 13) for word in ("mousemove", str(x + 2 * i), str(y + i)))],
                   check=True)
    wiggle = iter(range(1, 100_000))

    def over():
        i = next(wiggle)
        subprocess.run(["xdotool", "mousemove", str(target.x + i % 2), str(target.y)], check=True)
        return "over" in target.lines()
    try:
        wait_for("the other program to know what comes", over)
    finally:
        subprocess.run(["xdotool", "mouseup", "1"], check=True)


def other_programs():
    """Rows dragged into the window of another program arrive there, each fetched once; a file that is opened goes to its application as a copy."""
    def fill(desk):
        tree.write(os.path.join(desk.home, "read me.txt"), b"for the application")
        data, config = desk.folders["XDG_DATA_HOME"], desk.folders["XDG_CONFIG_HOME"]
        os.makedirs(os.path.join(data, "applications"))
        opener = os.path.join(desk.place, "opener")
        with open(opener, "w", encoding="utf-8") as script:
            script.write(OPENER)
        os.chmod(opener, 0o755)
        with open(os.path.join(data, "applications", "opener.desktop"), "w", encoding="utf-8") as entry:
            entry.write(f"[Desktop Entry]\nType=Application\nName=Opener\nExec={opener} %f\nMimeType=text/plain;\n")
        with open(os.path.join(config, "mimeapps.list"), "w", encoding="utf-8") as apps:
            apps.write("[Default Applications]\ntext/plain=opener.desktop\n")

    with Desk(fill=fill) as desk:
        desk.wait_names(FOLDER, "read me.txt")
        desk.select_all()
        wait_for("both to be selected", lambda: [row[1] for row in desk.rows()] == [True, True])
        with Target() as target:
            drag(desk, "read me.txt", target)
            dropped = wait_for("both files", lambda: len(target.lines()) >= 3 and [line[8:] for line in target.lines() if line.startswith("dropped ")])
        assert [os.path.basename(path) for path in dropped] == [FOLDER, "read me.txt"], dropped
        assert whole(os.path.join(dropped[0], FILE), CONTENT) and whole(dropped[1], b"for the application")
        fetched = [line for line in desk.server.commands() if line.startswith("RETR")]
        assert len(fetched) == 2, fetched
        desk.program.picture("ftp-e2e-dragged")

        desk.select("read me.txt")
        desk.program.keys("key", "Return")
        desk.wait_dialog("下载并打开这个文件？")
        desk.program.keys("key", "Return")
        wait_for("the application to have read the file", lambda: whole(os.path.join(desk.place, "got"), b"for the application"))
        with open(os.path.join(desk.place, "name"), encoding="utf-8") as name:
            assert os.path.basename(name.read().strip()) == "read me.txt"


CASES = [other_programs]
