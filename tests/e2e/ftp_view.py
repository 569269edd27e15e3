# SPDX-License-Identifier: GPL-3.0-or-later
"""How the folders of a server are looked at, and what of this computer is beside them."""
import os
import subprocess

from e2e.desk import PROGRAM, NotSeen, wait_for
from e2e.ftp_desk import CONTENT, FILE, FOLDER, Desk, whole
from servers import tree

GBK = "报告 资料.txt"


def local_files():
    """F3 shows the download folder beside the server's; F3 hides it."""
    with Desk() as desk:
        tree.write(os.path.join(desk.downloads, "本机.txt"), b"here")
        desk.enter()
        desk.program.keys("key", "F3")
        desk.program.wait_text("本机.txt")
        desk.program.picture("ftp-e2e-local")
        desk.program.keys("key", "F3")
        wait_for("the local files to be hidden", lambda: "本机.txt" not in desk.program.texts())


def character_set():
    """Names in GBK: read rightly by themselves; under another set shown with a mark, at once, and without a word to the server."""
    def fill(desk):
        tree.write(os.path.join(os.fsencode(desk.folder), GBK.encode("gbk")), CONTENT[:5000])

    with Desk(fill=fill) as desk:
        desk.enter()
        wait_for("both names", lambda: sorted(desk.names()) == sorted([GBK, FILE]))
        commands = desk.server.commands()
        desk.choose("文件名的字符编码", "UTF-8")
        wait_for("escapes", lambda: GBK not in desk.names() and any("\\xB1" in name or "\\xb1" in name for name in desk.names()))
        assert desk.program.all("image", "名称有问题", start=desk.page())
        desk.program.picture("ftp-e2e-garbled")
        desk.choose("文件名的字符编码", "GB18030")
        wait_for("the name in GBK again", lambda: GBK in desk.names() and FILE not in desk.names())
        desk.choose("文件名的字符编码", "自动")
        wait_for("both names", lambda: sorted(desk.names()) == sorted([GBK, FILE]))
        assert desk.server.commands() == commands, desk.server.commands()[len(commands):]
        desk.point(GBK)
        desk.program.keys("key", "ctrl+d")
        wait_for("the file with the name in GBK", lambda: whole(os.path.join(desk.downloads, GBK), CONTENT[:5000]))


def sort(desk, *names):
    """The head of the column of sizes, pressed; again where the press came while the rows were changing places, and was lost."""
    for _ in range(3):
        desk.program.press(desk.part("label", "大小"))
        try:
            wait_for("the order", lambda: desk.names() == list(names), seconds=10)
            return
        except NotSeen:
            continue
    desk.wait_names(*names)


def looks():
    """Hidden files, the filter, the order, the icons; and the ways through the folders."""
    def fill(desk):
        for name, size in (("b.txt", 30), ("a.bin", 20), ("c.txt", 10), (".hidden", 5)):
            tree.write(os.path.join(desk.home, name), b"x" * size)

    with Desk(fill=fill) as desk:
        desk.wait_names(FOLDER, "a.bin", "b.txt", "c.txt")
        desk.program.keys("key", "ctrl+h")
        desk.wait_names(FOLDER, ".hidden", "a.bin", "b.txt", "c.txt")
        desk.program.keys("key", "ctrl+h")
        desk.wait_names(FOLDER, "a.bin", "b.txt", "c.txt")
        sort(desk, FOLDER, "c.txt", "a.bin", "b.txt")
        sort(desk, FOLDER, "b.txt", "a.bin", "c.txt")
        desk.program.keys("key", "ctrl+f")
        desk.program.keys("type", "--delay", "30", "txt")
        desk.wait_names("b.txt", "c.txt")
        desk.program.keys("key", "Escape")
        desk.wait_names(FOLDER, "b.txt", "a.bin", "c.txt")
        desk.program.keys("key", "ctrl+2")
        icons = desk.part("table", "服务器上的文件")
        wait_for("the icons", lambda: {"a.bin", "b.txt", FOLDER} <= {node.name for node in desk.program.all("label", start=icons)})
        desk.program.picture("ftp-e2e-icons")
        desk.program.keys("key", "ctrl+1")
        desk.wait_names(FOLDER, "b.txt", "a.bin", "c.txt")

        desk.enter()
        desk.wait_names(FILE)
        desk.program.keys("key", "alt+Left")
        desk.wait_names(FOLDER, "b.txt", "a.bin", "c.txt")
        desk.program.keys("key", "alt+Right")
        desk.wait_names(FILE)
        desk.program.keys("key", "alt+Up")
        desk.wait_names(FOLDER, "b.txt", "a.bin", "c.txt")
        desk.program.keys("key", "ctrl+l")
        desk.program.write("服务器上的路径", f"/{FOLDER}", start=desk.page())
        desk.program.keys("key", "Return")
        desk.wait_names(FILE)
        tree.write(os.path.join(desk.folder, "zz.txt"), b"new")
        desk.program.keys("key", "F5")
        wait_for("the new file", lambda: sorted(desk.names()) == sorted([FILE, "zz.txt"]))
        desk.program.click("push button", f"127.0.0.1:{desk.server.port}", start=desk.page())
        desk.wait_names(FOLDER, "b.txt", "a.bin", "c.txt")


def second_link():
    """`tonglu ftp://…` of a second call is a tab of the program that runs, in the folder of the link."""
    with Desk() as desk:
        desk.wait_names(FOLDER)
        environment = dict(os.environ, LANG="C.UTF-8", LANGUAGE="zh_CN", HOME=desk.own, **desk.folders)
        link = f"ftp://127.0.0.1:{desk.server.port}/%E4%B8%AD%E6%96%87%E6%96%87%E4%BB%B6%E5%A4%B9/"
        subprocess.run([PROGRAM, link], env=environment, check=True, timeout=120)
        wait_for("the second tab with its folder", lambda: [FILE] in (desk.names(0), desk.names(1)))
        assert [FOLDER] in (desk.names(0), desk.names(1))
        assert desk.program.process.poll() is None
        desk.program.picture("ftp-e2e-second")


CASES = [local_files, character_set, looks, second_link]
