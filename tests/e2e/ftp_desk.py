# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk for the FTP page: a real server with a folder of its own, the program with a home of its own, and what a person does there."""
import hashlib
import os
import shutil
import sys
import tempfile

from e2e.desk import DEADLINE, PATIENCE, Atspi, NotSeen, Program, plain, wait_for
from servers import kinds, tree
from servers.ftpd import Server

FOLDER = "中文文件夹"
FILE = "说明 文档.txt"
CONTENT = tree.noise(300_000, 21)


def sha256(path):
    """Of the file, or None where there is none."""
    try:
        with open(path, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()
    except OSError:
        return None


def whole(path, content):
    """Whether the file is there with exactly these bytes."""
    return sha256(path) == hashlib.sha256(content).hexdigest()


class Desk:
    """A server with one folder, the program, and a download folder of its own."""

    def __init__(self, kind="proftpd", tls=None, links=("ftp://127.0.0.1:{}/",), fill=None):
        """`fill`: a function that puts more into the server's folder. `links`: what the program is started with, {} being the port; without one a tab is
        opened that is not connected."""
        self.kind, self.tls, self.links, self.fill = kind, tls, links, fill
        self.program = self.server = None
        self.found, self.environment = {}, {}

    def __enter__(self):
        self.place = tempfile.mkdtemp(prefix="tonglu-ftp-e2e-")
        os.chmod(self.place, 0o755)
        self.home, self.downloads, self.own = (os.path.join(self.place, name) for name in ("home", "downloads", "own"))
        self.folder = os.path.join(self.home, FOLDER)
        self.folders = {f"XDG_{name}_HOME": os.path.join(self.own, name.lower()) for name in ("DATA", "CONFIG", "CACHE", "STATE")}
        for folder in (self.folder, self.downloads, *self.folders.values()):
            os.makedirs(folder)
        with open(os.path.join(self.folders["XDG_CONFIG_HOME"], "user-dirs.dirs"), "w", encoding="utf-8") as dirs:
            dirs.write(f'XDG_DOWNLOAD_DIR="{self.downloads}"\n')
        tree.write(os.path.join(self.folder, FILE), CONTENT)
        if self.fill:
            self.fill(self)
        tree.give(self.home, kinds.UID, kinds.UID)
        try:
            self.server = Server(self.kind, self.home, tls=self.tls).__enter__()
            os.chown(self.home, kinds.UID, kinds.UID)
            self.start()
        except BaseException:
            self.__exit__(*sys.exc_info())
            raise
        return self

    def start(self):
        links = [link.format(self.server.port) for link in self.links]
        self.found = {}
        self.program = Program(*links, HOME=self.own, GTK_USE_PORTAL="0", **self.folders, **self.environment)
        if not links:
            self.program.keys("key", "alt+3", "key", "ctrl+t")

    def limit(self, kib):
        """How much the program brings in a second, from its next start on; 0: any amount."""
        settings = os.path.join(self.folders["XDG_CONFIG_HOME"], "glib-2.0", "settings")
        os.makedirs(settings, exist_ok=True)
        with open(os.path.join(settings, "keyfile"), "w", encoding="utf-8") as file:
            file.write(f"[org/tonglu/Tonglu]\nftp-download-limit={kib}\n")
        self.environment["GSETTINGS_BACKEND"] = "keyfile"

    def end(self):
        program, self.program = self.program, None
        program.end()

    def __exit__(self, kind, error, trace):
        try:
            if self.program:
                if kind:
                    self.program.picture("ftp-e2e-failed")
                    print("# the last commands:", *self.server.commands()[-12:], sep="\n#   ")
                self.program.end()
        finally:
            if self.server:
                self.server.stop()
            shutil.rmtree(self.place)

    # What is on the screen

    def kept(self, key, look):
        """A widget that stays as long as its page: to look for it takes longer than all that is asked of it."""
        node = self.found.get(key)
        if not node or node.get_state_set().contains(Atspi.StateType.DEFUNCT):
            node = self.found[key] = look()
        return node

    def page(self, nth=0):
        return self.kept(("page", nth), lambda: self.program.find("filler", "TlFtpPage", nth=nth))

    def part(self, role, name, page=None):
        return self.program.find(role, name, start=page or self.page())

    def rows(self, nth=0):
        """The files in the order in which they are shown: name, whether selected, and the texts of the other columns."""
        found = []
        table = self.kept(("table", nth), lambda: self.part("tree table", "服务器上的文件", self.page(nth)))
        for row, labels in self.program.rows(table)[1:]:
            if labels:
                found.append((labels[0], row.states.contains(Atspi.StateType.SELECTED), labels[1:]))
        return found

    def names(self, nth=0):
        return [row[0] for row in self.rows(nth)]

    def wait_names(self, *names):
        """Until exactly these are shown, in this order."""
        try:
            wait_for("names", lambda: self.names() == list(names))
        except NotSeen:
            raise NotSeen(f"awaited in vain: the names {names}; there were {self.names()}") from None

    def state(self):
        """The word of the state pill."""
        return self.kept("pill", lambda: self.part("status bar", None)).get_name()

    def wait_state(self, word):
        try:
            wait_for("state", lambda: self.state() == word)
        except NotSeen:
            raise NotSeen(f"awaited in vain: the state {word}; it is {self.state()}") from None

    def security(self):
        """The word on the button of encryption and certificate."""
        return next(plain(node.name) for node in self.program.all("push button", start=self.page()) if node.name in ("已加密", "未加密"))

    def wait_dialog(self, heading):
        return self.program.find("dialog", heading)

    def wait_gone(self, heading):
        wait_for(f"the dialog “{heading}” to go", lambda: not self.program.all("dialog", heading))

    # What a person does

    def select(self, name):
        """With the keyboard."""
        for seconds in (*PATIENCE, DEADLINE):
            wait_for(f"“{name}” among the files", lambda: name in self.names())
            self.program.keys("key", "Home", *["key", "Down"] * self.names().index(name))
            try:
                wait_for(f"“{name}” to be selected", lambda: [row[0] for row in self.rows() if row[1]] == [name], seconds)
                return
            except NotSeen:
                if seconds == DEADLINE:
                    raise NotSeen(f"“{name}” could not be selected; of {self.rows()}") from None

    def select_all(self):
        """With the keyboard, as soon as the files have it."""
        for seconds in (*PATIENCE, DEADLINE):
            self.program.keys("key", "ctrl+a")
            try:
                wait_for("all files to be selected", lambda: (lambda rows: rows and all(row[1] for row in rows))(self.rows()), seconds)
                return
            except NotSeen:
                if seconds == DEADLINE:
                    raise NotSeen(f"not all could be selected; of {self.rows()}") from None

    def point(self, name):
        """Selects with the pointer, wherever the focus is."""
        self.program.press(self.part("label", name))
        wait_for(f"“{name}” to be selected", lambda: [row[0] for row in self.rows() if row[1]] == [name])

    def enter(self, name=FOLDER, inside=FILE):
        """Walks into the folder, as one does with the keyboard, until what is inside is listed."""
        self.select(name)
        self.program.keys("key", "Return")
        wait_for(f"“{inside}” in “{name}”", lambda: inside in self.names())

    def menu(self, item):
        """The context menu of what is selected."""
        self.program.keys("key", "Menu")
        self.program.click("menu item", item, start=self.page())

    def answer(self, heading, button):
        """A button of the dialog, and waits for the dialog to go; the next one may say the same."""
        dialog = self.wait_dialog(heading)
        self.program.click("push button", button, start=dialog)
        wait_for(f"the dialog “{heading}” to go", lambda: dialog not in self.program.all("dialog", heading))

    def name_it(self, heading, name, button):
        """The dialog in which a file or folder gets its name."""
        dialog = self.wait_dialog(heading)
        self.program.write("名称", name, start=dialog)
        self.program.click("push button", button, start=dialog)
        self.wait_gone(heading)

    def choose(self, combo, item, start=None):
        self.program.choose(combo, item, start=start or self.page())

    def connect_as(self, kind, user=None, password=None):
        """Fills the fields and connects; the address is there already."""
        self.choose("账户类型", kind)
        if user is not None:
            self.program.write("用户名", user, start=self.page())
        if password is not None:
            self.program.write("密码", password, start=self.page())
        self.program.click("push button", "连接", start=self.page())

    def log_lines(self):
        """The texts of the transcript (F8), from the first to the last that is there."""
        table = self.part("tree table", "消息记录")
        return [node.name for node in self.program.all("label", start=table)]

    def logged(self, line):
        """Whether the transcript has this line."""
        table = self.kept("transcript", lambda: self.part("tree table", "消息记录"))
        return any(node.name == line for node in self.program.each("label", start=table))

    def where_is(self, secret):
        """The files below the program's own folders in which these bytes are."""
        found = []
        for folder, _, files in os.walk(self.own):
            for name in files:
                try:
                    with open(os.path.join(folder, name), "rb") as file:
                        if secret in file.read():
                            found.append(os.path.join(folder, name))
                except FileNotFoundError:
                    pass  # a temporary one, gone since its folder was looked at
        return found
