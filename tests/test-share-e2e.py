#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shared folder end to end: the window, in Chinese, and curl as the visitor; bytes are compared on disk. Prints TAP. With names of cases as arguments, only those."""
import ftplib
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse

from e2e.desk import Atspi, Program, plain, run_cases, wait_for

NAME = "照片 一月.jpg"
CONTENT = bytes(range(256)) * 400
KEYS = "[org/tonglu/Tonglu]\nshare-folder='{}'\nshare-port=uint32 0\n"


class Desk:
    """The program, with a folder that was chosen before."""

    def __enter__(self):
        self.place = tempfile.TemporaryDirectory(prefix="tonglu-share-e2e-")
        home = self.place.name
        self.shared = os.path.join(home, "共享")
        folders = {f"XDG_{name}_HOME": os.path.join(home, name.lower()) for name in ("DATA", "CONFIG", "CACHE", "STATE")}
        for folder in (self.shared, *folders.values(), os.path.join(folders["XDG_CONFIG_HOME"], "glib-2.0", "settings")):
            os.makedirs(folder, exist_ok=True)
        self.keyfile = os.path.join(folders["XDG_CONFIG_HOME"], "glib-2.0", "settings", "keyfile")
        with open(self.keyfile, "w", encoding="utf-8") as file:
            file.write(KEYS.format("file://" + urllib.parse.quote(self.shared)))
        self.data = folders["XDG_DATA_HOME"]
        self.program = Program(HOME=home, GTK_USE_PORTAL="0", GSETTINGS_BACKEND="keyfile", **folders)
        return self

    def open_page(self):
        self.program.keys("key", "alt+3")
        self.program.click("push button", "共享文件夹")
        self.program.wait_text("谁可以进入、可以做什么")

    def switch(self, name, on=True):
        """Presses a switch by its name until it stands so."""
        # Its row names it once more.
        node = wait_for(f"the switch “{name}”", lambda: next((node for node in self.program.each("check box", sensitive=True)
                                                              if plain(node.name).split(" ")[0] == name), None))
        if node.get_state_set().contains(Atspi.StateType.CHECKED) != on:
            node.do_action(0)
        # It slides there.
        wait_for(f"the switch “{name}” to stand {'on' if on else 'off'}", lambda: node.get_state_set().contains(Atspi.StateType.CHECKED) == on)

    def share(self):
        """Switches sharing on; returns the port."""
        self.switch("共享文件夹")
        text = self.program.wait_text("ftp://127.0.0.1:")
        return int(re.search(r"ftp://127\.0\.0\.1:(\d+)/", text)[1])

    def __exit__(self, kind, *_):
        try:
            if kind is None:
                self.program.end()
        finally:
            if self.program.process.poll() is None:
                self.program.process.kill()
                self.program.process.wait()
            self.place.cleanup()


def curl(*arguments, good=True):
    done = subprocess.run(["curl", "-sS", "--max-time", "90", *arguments], capture_output=True, check=False)
    assert (done.returncode == 0) == good, (arguments, done.returncode, done.stderr)
    return done.stdout


def upload():
    """Sharing is switched on, curl uploads a file with a Chinese name: it is on disk and in the log; switched off, nobody comes in."""
    with Desk() as desk:
        desk.open_page()
        desk.program.picture("share-e2e-off")
        port = desk.share()
        url = f"ftp://127.0.0.1:{port}/"
        local = os.path.join(desk.place.name, "local")
        with open(local, "wb") as file:
            file.write(CONTENT)
        # For reading only, until that is changed.
        curl("--upload-file", local, url + urllib.parse.quote(NAME), good=False)
        assert not os.listdir(desk.shared)
        desk.switch("允许写入")
        desk.switch("匿名访客也可以写入")
        curl("--upload-file", local, url + urllib.parse.quote(NAME))
        with open(os.path.join(desk.shared, NAME), "rb") as file:
            assert file.read() == CONTENT
        desk.program.wait_text(f"STOR {NAME}")
        desk.program.wait_text("已登录为“anonymous”")
        assert NAME in curl("--ssl-reqd", "--insecure", url).decode()
        desk.program.picture("share-e2e-on")
        desk.switch("共享文件夹", False)
        wait_for("the end of sharing", lambda: not any("ftp://127.0.0.1" in text for text in desk.program.texts()))
        curl(url, good=False)


def visitors():
    """Who is connected is shown, with what it does, and can be sent away."""
    with Desk() as desk:
        with open(os.path.join(desk.shared, "long.bin"), "wb") as file:
            file.truncate(2 << 30)
        desk.open_page()
        port = desk.share()
        visitor = ftplib.FTP(timeout=90)
        visitor.connect("127.0.0.1", port)
        visitor.login()
        with visitor.transfercmd("RETR long.bin") as data:
            data.recv(1000)
            desk.program.wait_text("anonymous · 127.0.0.1:")
            desk.program.wait_text("正在下载“long.bin”")
            desk.program.picture("share-e2e-visitor")
            desk.program.click("push button", "断开")
            desk.program.wait_text("目前无人连接")
            try:
                while data.recv(1 << 20):
                    pass
                raise AssertionError("the file came to an end")
            except ConnectionResetError:
                pass
        visitor.close()


def accounts():
    """An account and a guest are made in dialogs; both can log in, and no password is kept in clear."""
    with Desk() as desk:
        desk.open_page()
        desk.program.click("push button", "添加账户")
        desk.program.write("名称", "王五")
        desk.program.write("密码", "geheim-77")
        desk.program.picture("share-e2e-account")
        desk.program.click("push button", "添加")
        desk.program.wait_text("王五")
        desk.program.click("push button", "邀请访客")
        desk.program.wait_text("一次性密码")
        desk.program.click("push button", "添加")
        desk.program.wait_text("密码不会再次显示")
        password = desk.program.wait_text("-", start=None) and next(
            text for text in desk.program.texts() if re.fullmatch(r"[a-z3-9]{4}(-[a-z3-9]{4}){3}", text))
        desk.program.picture("share-e2e-guest")
        desk.program.keys("key", "Escape")
        wait_for("the end of the dialog", lambda: password not in desk.program.texts())
        port = desk.share()
        desk.switch("匿名访客", False)
        url = f"ftp://127.0.0.1:{port}/"
        curl(url, good=False)
        curl("--user", "王五:geheim-77", url)
        curl("--user", f"guest1:{password}", url)
        curl("--user", "王五:wrong", url, good=False)
        with open(desk.keyfile, encoding="utf-8") as file:
            kept = file.read()
        assert "王五" in kept and "geheim" not in kept and "guest1" not in kept and "$y$" in kept, kept
        assert not any("geheim-77" in text or password in text for text in desk.program.texts())


def try_it():
    """“Try it here” shares a folder with samples and looks into it."""
    with Desk() as desk:
        desk.program.keys("key", "alt+3")
        desk.program.click("push button", "先在这里试试：一个带示例文件的文件夹")
        desk.program.wait_text("请先读我.txt")
        desk.program.wait_text("平方表.csv")
        desk.program.picture("share-e2e-sample")


if __name__ == "__main__":
    sys.exit(run_cases([upload, visitors, accounts, try_it]))
