# SPDX-License-Identifier: GPL-3.0-or-later
"""Recording a session to a file, and playing it again, in the window."""
import os
import socket
import subprocess
import tempfile

from .desk import Program, wait_for
from .names import names_that_are_wrong
from .ports import port_of


def choose_in_menu(program, name):
    """An entry of the session's menu."""
    program.click("toggle button", "会话菜单")
    program.click("menu item", name)


def save_as(program, path):
    """In the dialog for files: a path that begins with / is written over the name."""
    program.wait_text("名称")
    program.keys("key", "ctrl+a")
    program.keys("type", path)
    program.keys("key", "Return")


def recording_to_a_capture_file():
    """Begun and stopped in the window; the file is read while it grows, and at the end without one wrong packet."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "recorded.pcap")
        program = Program("tcp-listen://127.0.0.1:0?reply=echo")
        try:
            program.wait_text("监听中")
            program.keys("key", "ctrl+shift+r")
            program.wait_text("自动换新文件")
            wrong = list(names_that_are_wrong(program))
            assert not wrong, wrong
            program.picture("record-dialog")
            program.click("push button", "录制")
            save_as(program, path)
            wait_for("the file", lambda: os.path.exists(path))
            with socket.create_connection(("127.0.0.1", port_of(program)), timeout=90) as raw:
                raw.sendall("录下这一句".encode())
                program.wait_text("录下这一句")
                program.wait_text("recorded.pcap · ")
                program.picture("recording")
                wait_for("what was said to be in the file", lambda: "录下这一句".encode() in open(path, "rb").read())
                program.click("push button", "停止录制")
                program.wait_text("录制已结束：2 条消息")
                raw.sendall(b"not recorded")
                program.wait_text("not recorded")
        finally:
            program.end()
        said = subprocess.run(["tshark", "-r", path, "-T", "fields", "-e", "tcp.payload", "-Y", "tcp.len > 0"], capture_output=True, text=True, check=True)
        assert said.stdout.split() == ["录下这一句".encode().hex(), b"echo".hex()], said.stdout
