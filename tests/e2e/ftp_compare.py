# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder of a server and one of this computer beside each other: compared, browsed together, synchronised; what comes of it is looked at on both disks."""
import os
import shutil

from e2e.desk import wait_for
from e2e.ftp_desk import Desk
from servers import tree

OLD, NEW = 1_700_000_000, 1_750_000_000


def put(folder, name, content, when=OLD):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    tree.write(path, content)
    os.utime(path, (when, when))


def fill_remote(desk):
    for name, content, when in (("相同.txt", b"same", OLD), ("服务器较新.txt", b"newer there", NEW), ("本机较新.txt", b"older", OLD), ("大小.txt", b"long", OLD),
                                ("只在服务器.txt", b"there", OLD), ("共有/里面.txt", b"inside there", OLD), ("远夹/深/文件.txt", b"deep there", OLD)):
        put(desk.home, name, content, when)
    shutil.rmtree(desk.folder)


def fill_local(desk):
    for name, content, when in (("相同.txt", b"same", OLD), ("服务器较新.txt", b"old here", OLD), ("本机较新.txt", b"newer here", NEW), ("大小.txt", b"longer", OLD),
                                ("只在本机.txt", b"here", OLD), ("共有/另一个.txt", b"inside here", OLD), ("近夹/深/文件.txt", b"deep here", OLD)):
        put(desk.downloads, name, content, when)


class Compared(Desk):
    def __init__(self):
        super().__init__(fill=self.fill_both)

    def fill_both(self, _):
        fill_remote(self)
        fill_local(self)

    def __enter__(self):
        desk = super().__enter__()
        wait_for("the files", lambda: sorted(desk.names()) == sorted(os.listdir(desk.home)))
        return desk

    def local_names(self):
        found = []
        for row in self.program.all("table row", start=self.part("tree table", "本机上的文件"))[1:]:
            labels = [node.get_name() for node in self.program.all("label", start=row)]
            if labels:
                found.append(tuple(labels[:2]))
        return found


def marks():
    with Compared() as desk:
        desk.program.keys("key", "ctrl+shift+o")
        desk.program.wait_text("只在本机：2")
        desk.program.picture("ftp-compare")


CASES = [marks]
