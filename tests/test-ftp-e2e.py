#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The FTP page end to end: the window, in Chinese, against real servers; bytes are compared on disk. Prints TAP."""
import os
import shutil
import sys
import tempfile

from e2e.desk import Program, run_cases, wait_for
from servers import kinds, tree
from servers.ftpd import NotPossible, Server

FOLDER = "中文文件夹"
FILE = "说明 文档.txt"
CONTENT = tree.noise(300_000, 21)
UPLOAD = "up load.bin"
UPLOADED = tree.noise(200_000, 22)


def whole(path, content):
    """Whether the file is there with exactly these bytes."""
    try:
        with open(path, "rb") as file:
            return file.read() == content
    except OSError:
        return False


class Desk:
    """A server with one folder, the program, and a download folder of its own."""

    def __init__(self, kind="proftpd", tls=None):
        self.kind, self.tls = kind, tls

    def __enter__(self):
        self.place = tempfile.mkdtemp(prefix="tonglu-ftp-e2e-")
        os.chmod(self.place, 0o755)
        self.home, self.downloads, config = (os.path.join(self.place, name) for name in ("home", "downloads", "config"))
        self.folder = os.path.join(self.home, FOLDER)
        for folder in (self.folder, self.downloads, config):
            os.makedirs(folder)
        tree.write(os.path.join(self.folder, FILE), CONTENT)
        tree.write(os.path.join(self.place, UPLOAD), UPLOADED)
        with open(os.path.join(config, "user-dirs.dirs"), "w", encoding="utf-8") as dirs:
            dirs.write(f'XDG_DOWNLOAD_DIR="{self.downloads}"\n')
        tree.give(self.home, kinds.UID, kinds.UID)
        try:
            self.server = Server(self.kind, self.home, tls=self.tls).__enter__()
        except BaseException:
            shutil.rmtree(self.place)
            raise
        self.program = None
        try:
            self.program = Program(f"ftp://127.0.0.1:{self.server.port}/", XDG_CONFIG_HOME=config, GTK_USE_PORTAL="0")
        except BaseException:
            self.__exit__(*sys.exc_info())
            raise
        return self

    def __exit__(self, kind, error, trace):
        try:
            if self.program:
                if kind:
                    self.program.picture("ftp-e2e-failed")
                self.program.end()
        finally:
            self.server.stop()
            shutil.rmtree(self.place)

    def enter(self):
        """Walks into the folder, as one does with the keyboard."""
        self.program.wait_text(FOLDER)
        self.program.keys("key", "Home", "key", "Return")
        self.program.wait_text(FILE)


def test_browse_and_download():
    with Desk() as desk:
        desk.enter()
        desk.program.picture("ftp-e2e-folder")
        desk.program.keys("key", "ctrl+a", "key", "ctrl+d")
        wait_for("the file in the download folder", lambda: whole(os.path.join(desk.downloads, FILE), CONTENT))
        desk.program.picture("ftp-e2e-downloaded")
        assert os.listdir(desk.downloads) == [FILE], os.listdir(desk.downloads)


def test_upload():
    with Desk() as desk:
        desk.enter()
        desk.program.keys("key", "ctrl+u")
        desk.program.find(None, "上传")  # the button of the file chooser
        desk.program.keys("type", "--delay", "30", os.path.join(desk.place, UPLOAD))
        desk.program.keys("key", "Return")
        wait_for("the file on the server", lambda: whole(os.path.join(desk.folder, UPLOAD), UPLOADED))
        desk.program.wait_text(UPLOAD)
        desk.program.picture("ftp-e2e-uploaded")


def test_certificate():
    """A certificate of the server's own making is shown; trusted, it lets the connection be made, and the one of a file."""
    with Desk("pyftpdlib", tls="1.3") as desk:
        desk.program.wait_text("这是正确的服务器吗？")
        desk.program.wait_text("无法验证 127.0.0.1")
        desk.program.picture("ftp-e2e-certificate")
        assert not desk.program.all(None, FOLDER)
        desk.program.click("push button", "信任一次")
        desk.enter()
        desk.program.picture("ftp-e2e-certificate-trusted")
        desk.program.keys("key", "ctrl+a", "key", "ctrl+d")
        wait_for("the file, encrypted on its way", lambda: whole(os.path.join(desk.downloads, FILE), CONTENT))


def test_local_files():
    """F3 shows the download folder beside the server's; F3 hides it."""
    with Desk() as desk:
        tree.write(os.path.join(desk.downloads, "本机.txt"), b"here")
        desk.enter()
        desk.program.keys("key", "F3")
        desk.program.wait_text("本机.txt")
        desk.program.picture("ftp-e2e-local")
        desk.program.keys("key", "F3")
        wait_for("the local files to be hidden", lambda: "本机.txt" not in desk.program.texts())


def can_run(kind, tls=None):
    """Whether such a server can run here; says why it cannot."""
    place = tempfile.mkdtemp()
    try:
        with Server(kind, place, tls=tls):
            return True
    except NotPossible as reason:
        print(f"# {kind}: {reason}")
        return False
    finally:
        shutil.rmtree(place)


def main():
    cases = []
    if can_run("proftpd"):
        cases += [test_browse_and_download, test_upload, test_local_files]
    if can_run("pyftpdlib", "1.3"):
        cases += [test_certificate]
    if not cases:
        print("1..0 # SKIP no FTP server can run here")
        return 0
    return run_cases(cases)


if __name__ == "__main__":
    sys.exit(main())
