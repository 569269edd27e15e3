# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong with the history is told in the window, and the session goes on; what is in it is found in its character set."""
import socket
import sqlite3
import subprocess
import tempfile
from pathlib import Path

from .desk import Program, wait_for
from .ports import port_of


class Session:
    """A UDP session, with a history of its own."""

    def __init__(self, data):
        self.program = Program("udp://?local=127.0.0.1:0", XDG_DATA_HOME=data)
        self.program.wait_text("已打开")
        self.port = port_of(self.program)

    def say(self, text):
        """Received, and seen: the session goes on."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
            peer.sendto(text.encode(), ("127.0.0.1", self.port))
        self.program.wait_text(text)


def history_file(data):
    folder = Path(data) / "tonglu"
    folder.mkdir(exist_ok=True)
    return folder / "history.db"


def of_a_newer_version():
    with tempfile.TemporaryDirectory() as data:
        with sqlite3.connect(history_file(data)) as database:
            database.execute("CREATE TABLE other (a)")
            database.execute("PRAGMA user_version = 999")
        session = Session(data)
        try:
            session.say("版本太新时说的话")
            said = session.program.wait_text("历史记录没有保存；会话继续进行。")
            assert "由更新版本的程序写成" in said and "999" in said, said
            session.program.picture("history-newer")
            session.program.keys("key", "ctrl+shift+h")
            session.program.wait_text("无法显示历史记录")
            session.program.picture("history-newer-window")
        finally:
            session.program.end()
        with sqlite3.connect(history_file(data)) as database:
            assert database.execute("PRAGMA user_version").fetchone()[0] == 999


def damaged_file():
    with tempfile.TemporaryDirectory() as data:
        history_file(data).write_bytes(b"SQLite format 3\0" + b"damaged" * 5000)
        session = Session(data)
        try:
            session.say("文件损坏时说的话")
            said = session.program.wait_text("已损坏")
            assert "history.db" in said, said
            session.program.picture("history-damaged")
            session.program.keys("key", "ctrl+shift+h")
            wait_for("a row of the history with a name", lambda: [row for row in session.program.each("list item")
                     if all(part in row.get_name() for part in ("UDP", "进行中", f"127.0.0.1:{session.port}"))])
            aside = wait_for("the damaged file set aside", lambda: list(history_file(data).parent.glob("history.db.damaged-*")))
            assert b"damaged" in aside[0].read_bytes()
            session.say("之后说的话")
        finally:
            session.program.end()
        with sqlite3.connect(history_file(data)) as database:
            assert database.execute("SELECT count(*) FROM chunks").fetchone()[0] > 0


def locked_by_another_program():
    with tempfile.TemporaryDirectory() as data:
        session = Session(data)
        try:
            session.say("锁住之前说的话")
            wait_for("the file", history_file(data).exists)
            other = sqlite3.connect(history_file(data), isolation_level=None, timeout=90)
            other.execute("BEGIN IMMEDIATE")
            session.say("锁住时说的话")
            said = session.program.wait_text("历史记录没有保存；会话继续进行。")
            assert "(" in said or "（" in said, said
            session.program.picture("history-locked")
            other.execute("ROLLBACK")
            other.close()
            session.program.wait_text("历史记录已恢复保存")
        finally:
            session.program.end()
        with sqlite3.connect(history_file(data)) as database:
            held = b"".join(row[0] for row in database.execute("SELECT payload FROM chunks"))
            assert "锁住时说的话".encode() in held


def disk_full():
    with tempfile.TemporaryDirectory() as data:
        session = Session(data)
        try:
            session.say("磁盘满之前说的话")
            wait_for("the file", history_file(data).exists)
            subprocess.run(["prlimit", "--pid", str(session.program.process.pid), "--fsize=4096:unlimited"], check=True)
            session.say("磁盘满时说的话")
            session.program.wait_text("历史记录没有保存；会话继续进行。")
            session.program.picture("history-full")
            subprocess.run(["prlimit", "--pid", str(session.program.process.pid), "--fsize=unlimited:unlimited"], check=True)
            session.program.wait_text("历史记录已恢复保存")
        finally:
            session.program.end()
        with sqlite3.connect(history_file(data)) as database:
            held = b"".join(row[0] for row in database.execute("SELECT payload FROM chunks"))
            assert "磁盘满时说的话".encode() in held
