# SPDX-License-Identifier: GPL-3.0-or-later
"""A file of a server is edited in a program of this machine, which saves as editors do: into the file, or by another file that takes the name."""
import os
import signal
import sys

from e2e.desk import wait_for
from e2e.ftp_desk import FOLDER, Desk, whole
from servers import kinds, tree

PAGE = "网页.txt"
EDITOR = '''#!{python}
import os, sys
path = sys.argv[1]
with open({opened!r}, "a") as told:
    told.write(str(os.getpid()) + " " + path + "\\n")
while True:
    with open({orders!r}, encoding="utf-8") as pipe:
        for order in pipe:
            how, _, text = order.rstrip("\\n").partition(" ")
            if how == "end":
                sys.exit(0)
            if how == "truncate":
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
            if how == "rename":
                with open(path + ".new", "w", encoding="utf-8") as file:
                    file.write(text)
                os.rename(path + ".new", path)
'''


class Editor:
    """What opens text files on this desk, and does as it is told."""

    def __init__(self, desk):
        self.opened, self.orders = (os.path.join(desk.place, name) for name in ("opened", "orders"))
        os.mkfifo(self.orders)
        script = os.path.join(desk.place, "editor.py")
        with open(script, "w", encoding="utf-8") as file:
            file.write(EDITOR.format(python=sys.executable, opened=self.opened, orders=self.orders))
        os.chmod(script, 0o755)
        applications = os.path.join(desk.folders["XDG_DATA_HOME"], "applications")
        os.makedirs(applications)
        with open(os.path.join(applications, "editor.desktop"), "w", encoding="utf-8") as file:
            file.write(f"[Desktop Entry]\nType=Application\nName=Editor\nExec={script} %f\nMimeType=text/plain;\n")
        with open(os.path.join(desk.folders["XDG_CONFIG_HOME"], "mimeapps.list"), "w", encoding="utf-8") as file:
            file.write("[Default Applications]\ntext/plain=editor.desktop\n")

    def _told(self):
        try:
            with open(self.opened, encoding="utf-8") as file:
                return [line.split(" ", 1) for line in file.read().splitlines()]
        except OSError:
            return []

    def path(self):
        """Of the copy that was opened last, or None."""
        told = self._told()
        return told[-1][1] if told else None

    def end(self):
        for pid, _ in self._told():
            try:
                os.kill(int(pid), signal.SIGTERM)
            except ProcessLookupError:
                pass

    def tell(self, order):
        with open(self.orders, "w", encoding="utf-8") as pipe:
            pipe.write(order + "\n")


def with_editor(operation):
    """What is done with a page on the server and an editor that the desktop knows."""
    def fill(desk):
        tree.write(os.path.join(desk.folder, PAGE), "第一版".encode())
        desk.editor = Editor(desk)

    with Desk(fill=fill) as desk:
        try:
            operation(desk)
        finally:
            desk.editor.end()


def edit():
    """Opened with F4, saved both ways, uploaded after one question, or later by the button; a file that somebody else has changed meanwhile is not overwritten: both are kept."""
    with_editor(_edit)


def _edit(desk):
    def there(name, text):
        return whole(os.path.join(desk.folder, name), text.encode())

    desk.enter(FOLDER, PAGE)
    desk.select(PAGE)
    desk.program.keys("key", "F4")
    path = wait_for("the editor", desk.editor.path)
    assert whole(path, "第一版".encode()) and os.stat(path).st_mode & 0o777 == 0o600, path
    desk.program.wait_text("正在编辑；已保存的内容都在服务器上")

    desk.editor.tell("truncate 第二版")
    dialog = desk.wait_dialog("上传已保存的内容？")
    text = "\n".join(desk.program.texts(dialog))
    assert f"127.0.0.1:/{FOLDER}/{PAGE}" in text, text
    desk.program.picture("ftp-e2e-edit-question")
    assert there(PAGE, "第一版")
    desk.answer("上传已保存的内容？", "暂不")
    desk.program.wait_text("已在本机保存，尚未上传")
    desk.program.picture("ftp-e2e-edit-unsaved")
    desk.program.keys("key", "ctrl+w")
    desk.answer("不上传就关闭？", "保持打开")
    assert whole(path, "第二版".encode()) and there(PAGE, "第一版")
    desk.program.click("push button", "上传已保存的内容", start=desk.page())
    wait_for("the second version on the server", lambda: there(PAGE, "第二版"))
    desk.program.wait_text("大小一致")

    desk.editor.tell("rename 第三版")
    desk.answer("上传已保存的内容？", "上传")
    wait_for("the third version on the server", lambda: there(PAGE, "第三版"))
    desk.program.wait_text("正在编辑；已保存的内容都在服务器上")

    tree.write(os.path.join(desk.folder, PAGE), "别人写的".encode())
    os.chown(os.path.join(desk.folder, PAGE), kinds.UID, kinds.UID)
    desk.editor.tell("truncate 第四版")
    dialog = desk.wait_dialog("服务器上的文件已被更改")
    text = "\n".join(desk.program.texts(dialog))
    assert "9 字节" in text and "12 字节" in text, text
    desk.program.picture("ftp-e2e-edit-conflict")
    assert there(PAGE, "别人写的")
    desk.answer("服务器上的文件已被更改", "两个都保留")
    wait_for("both on the server", lambda: there("网页 (2).txt", "第四版") and there(PAGE, "别人写的"))
    wait_for("both in the list", lambda: {"网页 (2).txt", PAGE} < set(desk.names()))

    desk.editor.tell("rename 第五版")
    wait_for("the fifth version on the server", lambda: there("网页 (2).txt", "第五版"))
    desk.editor.tell("end")
    desk.program.click("push button", "停止编辑此文件", start=desk.page())
    wait_for("the copy to be gone", lambda: not os.path.exists(path))


def killed():
    """Killed before what was saved was uploaded: the next run offers it, and it is opened and uploaded from there, also what was typed into the editor meanwhile."""
    with_editor(_killed)


def _killed(desk):
    desk.enter(FOLDER, PAGE)
    desk.select(PAGE)
    desk.program.keys("key", "F4")
    path = wait_for("the editor", desk.editor.path)
    desk.editor.tell("truncate 打了很久的字")
    desk.wait_dialog("上传已保存的内容？")
    desk.program.process.kill()
    desk.program.process.wait()

    desk.editor.tell("rename 又改过一次的字")
    wait_for("the editor to have saved", lambda: whole(path, "又改过一次的字".encode()))
    desk.links = ()
    desk.start()
    desk.program.wait_text(f"“{PAGE}”（位于 127.0.0.1:{desk.server.port}）编辑过，还没有上传。")
    desk.program.picture("ftp-e2e-edit-offer")
    desk.program.keys("key", "alt+h")
    desk.program.wait_text(f"{PAGE}：已在本机保存，尚未上传")
    desk.program.picture("ftp-e2e-edit-left")
    assert whole(path, "又改过一次的字".encode())
    desk.program.click("push button", "上传已保存的内容")
    wait_for("what was typed on the server", lambda: whole(os.path.join(desk.folder, PAGE), "又改过一次的字".encode()))
    desk.editor.tell("end")
    desk.program.click("push button", "停止编辑此文件")
    wait_for("the copy to be gone", lambda: not os.path.exists(path))


CASES = [edit, killed]
