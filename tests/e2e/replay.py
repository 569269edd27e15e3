# SPDX-License-Identifier: GPL-3.0-or-later
"""Recording a session to a file, and playing it again, in the window."""
import base64
import json
import os
import socket
import subprocess
import tempfile

from .desk import Program, wait_for
from .names import names_that_are_wrong
from .ports import port_of


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
            program.wait_text("名称")
            program.choose_file(path, new=True)
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


def write_lines(path, messages, peer="127.0.0.1:9999"):
    """An export of messages that were sent, a tenth of a second apart, the last after a long silence."""
    with open(path, "w", encoding="utf-8") as lines:
        for number, message in enumerate(messages):
            seconds, milliseconds = divmod(number * 100, 1000)
            seconds += 50 if number == len(messages) - 1 else 0
            lines.write(json.dumps({"time": f"2026-11-25T10:00:{seconds:02}.{milliseconds:03}000+08:00", "kind": "sent", "peer": peer,
                                    "length": len(message), "text": "", "base64": base64.b64encode(message).decode()}) + "\n")


def receive(sockets, count):
    """So many datagrams, in the order in which they came."""
    return [sockets.recv(65536) for _ in range(count)]


def choose_file(program, path):
    program.keys("key", "ctrl+shift+y")
    program.wait_text("JSON Lines 导出文件")
    wrong = list(names_that_are_wrong(program))
    assert not wrong, wrong
    program.click("push button", "选择文件")
    program.wait_text("最近使用")
    program.choose_file(path)
    program.wait_text("发给 127.0.0.1:9999 · ")


def replaying_a_file():
    """Lines that were exported are played to a peer, in their order and with their bytes; in a long gap it is paused, goes on, and is stopped."""
    messages = [f"第 {number} 条".encode() + bytes([0, 255, number]) for number in range(13)]
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        path = os.path.join(folder, "sent.jsonl")
        write_lines(path, messages)
        peer.bind(("127.0.0.1", 0))
        peer.settimeout(90)
        program = Program("udp://127.0.0.1:%d?local=127.0.0.1:0" % peer.getsockname()[1])
        try:
            program.wait_text("已打开")
            choose_file(program, path)
            program.picture("replay-dialog")
            program.click("push button", "回放")
            program.wait_text("回放：sent.jsonl")
            program.picture("replay-running")
            assert receive(peer, 12) == messages[:12]
            program.wait_text("12 / 13 条")
            program.picture("replay-gap")
            program.click("push button", "暂停")
            program.wait_text("已暂停 · 12 / 13 条")
            # A bar that is not shown has one of that name, too.
            program.click("push button", "继续", laid_out=True)
            program.find("push button", "暂停", sensitive=True, laid_out=True)
            program.click("push button", "停止")
            program.wait_text("已停止 · 12 / 13 条")
        finally:
            program.end()


def replaying_a_session_of_the_history():
    """What was sent in a session is played again from the history, through another one."""
    with tempfile.TemporaryDirectory() as data, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.bind(("127.0.0.1", 0))
        peer.settimeout(90)
        link = "udp://127.0.0.1:%d?local=127.0.0.1:0" % peer.getsockname()[1]
        program = Program(link, XDG_DATA_HOME=data)
        try:
            program.wait_text("已打开")
            for text in ("first", "second"):
                program.send(text)
                assert peer.recv(65536) == text.encode()
            program.keys("key", "ctrl+shift+h")
            program.wait_text("今天")
            program.keys("key", "ctrl+g", "key", "Return")
            program.wait_text("second")
            program.click("push button", "把会话回放到…")
            program.wait_text("发给 127.0.0.1:%d · 2 条 · " % peer.getsockname()[1])
            program.picture("replay-from-history")
            program.click("push button", "回放")
            assert receive(peer, 2) == [b"first", b"second"]
            program.wait_text("已全部回放 · 2 / 2 条")
        finally:
            program.end()
