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
        for _, labels in self.program.rows(self.part("tree table", "本机文件"))[1:]:
            if labels:
                found.append((labels[0], labels[-1]))
        return found


def contents(folder):
    """Every file and folder below: path → its bytes, None for a folder."""
    found = {}
    for place, folders, files in os.walk(folder):
        for name in folders:
            found[os.path.relpath(os.path.join(place, name), folder)] = None
        for name in files:
            try:
                with open(os.path.join(place, name), "rb") as file:
                    found[os.path.relpath(os.path.join(place, name), folder)] = file.read()
            except FileNotFoundError:
                pass  # it got another name, or was deleted, since its folder was looked at
    return found


def marks():
    """Each file has its sign and word on both sides; a filter leaves the others out; what changes is compared anew."""
    with Compared() as desk:
        desk.program.keys("key", "ctrl+shift+o")
        desk.program.wait_text("只在本机：2 · 只在服务器上：2 · 本机较新：1 · 服务器上较新：1 · 大小不同：1 · 相同：1")
        wait_for("the marks of the server", lambda: {row[0]: row[2][-1] for row in desk.rows()} == {
            "共有": "", "远夹": "＋ 仅此处", "本机较新.txt": "▽ 较旧", "大小.txt": "≠ 大小不同", "服务器较新.txt": "▲ 较新", "相同.txt": "＝ 相同",
            "只在服务器.txt": "＋ 仅此处"})
        wait_for("the marks of this computer", lambda: dict(desk.local_names()) == {
            "共有": "", "近夹": "＋ 仅此处", "本机较新.txt": "▲ 较新", "大小.txt": "≠ 大小不同", "服务器较新.txt": "▽ 较旧", "相同.txt": "＝ 相同",
            "只在本机.txt": "＋ 仅此处"})
        desk.program.picture("ftp-compare")
        desk.choose("显示哪些文件", "只看有差异的")
        wait_for("only what differs", lambda: "相同.txt" not in desk.names() and "共有" not in desk.names() and len(desk.names()) == 5)
        wait_for("only what differs here", lambda: len(desk.local_names()) == 5)
        put(desk.downloads, "后来.txt", b"later")
        wait_for("a file that came later", lambda: ("后来.txt", "＋ 仅此处") in desk.local_names())
        desk.program.picture("ftp-compare-filtered")
        desk.program.keys("key", "ctrl+shift+o")
        wait_for("the end of the comparison", lambda: "相同.txt" in desk.names())


def browse_together():
    """Into a folder on one side, and the other follows; where there is none it stays, and that is told."""
    with Compared() as desk:
        desk.program.keys("key", "ctrl+y")
        wait_for("this computer's files", lambda: len(desk.local_names()) == 7)
        desk.select("共有")
        desk.program.keys("key", "Return")
        wait_for("the same folder on both sides", lambda: desk.names() == ["里面.txt"] and [row[0] for row in desk.local_names()] == ["另一个.txt"])
        desk.program.keys("key", "alt+Up")
        wait_for("both back", lambda: len(desk.names()) == 7 and len(desk.local_names()) == 7)
        desk.select("远夹")
        desk.program.keys("key", "Return")
        desk.program.wait_text("本机一侧保持不变")
        desk.program.picture("ftp-compare-browse")
        wait_for("only the server's folder", lambda: desk.names() == ["深"])
        assert len(desk.local_names()) == 7, desk.local_names()


def begin(desk, mode):
    desk.program.keys("key", "ctrl+shift+o")
    desk.program.wait_text("只在本机：2")
    desk.program.keys("key", "ctrl+shift+y")
    desk.program.wait_text("将执行")
    if mode:
        desk.choose("同步方向", mode, start=desk.program.root)


def update_computer():
    """What the server has comes here; nothing is deleted, and what is newer here stays."""
    with Compared() as desk:
        there, here = contents(desk.home), contents(desk.downloads)
        begin(desk, None)
        desk.program.wait_text("将执行：下载 7 项，上传 0 项")
        desk.program.picture("ftp-sync-plan")
        desk.program.click("push button", "开始同步")
        desk.program.wait_text("已下载：5 · 新建文件夹：2")
        awaited = dict(here)
        for name in ("服务器较新.txt", "大小.txt", "只在服务器.txt", "共有/里面.txt", "远夹", "远夹/深", "远夹/深/文件.txt"):
            awaited[name] = there[name]
        wait_for("the files here", lambda: contents(desk.downloads) == awaited)
        assert contents(desk.home) == there
        assert os.stat(os.path.join(desk.downloads, "服务器较新.txt")).st_mtime == NEW
        desk.program.picture("ftp-sync-done")


def update_server_with_deletions():
    """The server becomes as this computer is, but for what is newer there; deleting is asked about, by name."""
    with Compared() as desk:
        there, here = contents(desk.home), contents(desk.downloads)
        begin(desk, "更新服务器")
        desk.program.wait_text("删除 0 项")
        desk.program.press(desk.program.find("check box", "删除：3"))
        desk.program.wait_text("删除 3 项")
        desk.program.write("只显示名称包含", "远", start=desk.program.root)
        desk.program.wait_text("其中 9 项因筛选未显示，仍会执行")
        desk.program.wait_text("内有 2 个文件和文件夹")
        desk.program.picture("ftp-sync-delete")
        desk.program.click("push button", "开始同步")
        text = "\n".join(desk.program.texts(desk.wait_dialog("同步时删除？")))
        assert "3 项将从服务器上删除" in text and "远夹" in text and "共有/里面.txt" in text, text
        desk.answer("同步时删除？", "删除并同步")
        awaited = dict(here)
        awaited["服务器较新.txt"] = there["服务器较新.txt"]
        wait_for("the files of the server", lambda: contents(desk.home) == awaited)
        assert contents(desk.downloads) == here


def both_ways():
    """The newer one wins, everything is on both sides in the end; what nobody can decide stays as it is."""
    with Compared() as desk:
        there, here = contents(desk.home), contents(desk.downloads)
        begin(desk, "双向")
        desk.program.wait_text("保持不变：")
        desk.program.click("push button", "开始同步")
        awaited = {**there, **here, "服务器较新.txt": there["服务器较新.txt"]}
        wait_for("the same on both sides", lambda: {**contents(desk.home), "大小.txt": b"longer"} == awaited and contents(desk.downloads) == awaited)
        assert contents(desk.home)["大小.txt"] == b"long"
        desk.program.wait_text("相同：")
        wait_for("nothing but the sizes to differ", lambda: any("大小不同：1 · 相同：" in text for text in desk.program.texts()))
        desk.program.picture("ftp-sync-equal")


CASES = [marks, browse_together, update_computer, update_server_with_deletions, both_ways]
