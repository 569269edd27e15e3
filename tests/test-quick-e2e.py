#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Quick sends in the whole program, in Chinese, against a plain UDP socket: every step is a click, a key or a text in a field. Prints TAP."""
import json
import os
import socket
import sys
import tempfile
import time

from e2e.desk import Program, run_cases, wait_for
from e2e.names import names_that_are_wrong


class Peer:
    """A UDP socket with all that came to it."""

    def __init__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.setblocking(False)
        self.port = self.socket.getsockname()[1]
        self.messages = []
        self.last_from = None

    def read(self):
        while True:
            try:
                data, self.last_from = self.socket.recvfrom(65536)
            except BlockingIOError:
                return self.messages
            self.messages.append(data)

    def wait(self, what, condition):
        return wait_for(what, lambda: condition(self.read()))

    def close(self):
        self.socket.close()


def link(peer):
    return f"udp://127.0.0.1:{peer.port}?local=127.0.0.1:0"


def kept(data):
    try:
        with open(os.path.join(data, "tonglu", "quick-sends.json"), encoding="utf-8") as file:
            return json.load(file)
    except OSError:
        return None


def write_sends(data, sends, sequences=()):
    os.makedirs(os.path.join(data, "tonglu"), exist_ok=True)
    whole = [dict({"name": "", "group": "", "text": "", "format": "text;UTF-8;none;none;macros", "shortcut": 0, "period": 0}, **send)
             for send in sends]
    with open(os.path.join(data, "tonglu", "quick-sends.json"), "w", encoding="utf-8") as file:
        json.dump({"tonglu": "quick-sends", "version": 1, "sends": whole, "sequences": list(sequences)}, file)


def row_of(program, name):
    """The row of a quick send: its name begins with that."""
    def look():
        for node in program.all("list item"):
            if (node.get_name() or "").startswith(name + ", "):
                return node
        return None
    return wait_for(f"the row “{name}”", look)


def a_new_one_is_written_sent_and_kept():
    """Written in the editor, with a mistake first; sent by click and by key; there again in the next run."""
    peer = Peer()
    with tempfile.TemporaryDirectory() as data:
        program = Program(link(peer), XDG_DATA_HOME=data)
        try:
            program.wait_text("已打开")
            program.keys("key", "F8")
            program.wait_text("快捷发送")
            program.picture("quick-empty")
            program.click("push button", "新建快捷发送")
            program.wait_text("发送内容")
            program.write("名称", "问候")
            program.write("分组", "设备")
            program.write("消息", "n={conter}", nth=1)
            program.wait_text("“{conter}”（第 3 个字符）不是宏")
            assert not program.all("push button", "保存", sensitive=True)
            program.picture("quick-editor-mistake")
            program.write("消息", "你好 {counter}", nth=1)
            program.wait_text("将发送：你好 1")
            program.picture("quick-editor")
            assert not list(names_that_are_wrong(program)), list(names_that_are_wrong(program))
            program.click("push button", "保存")
            program.press(row_of(program, "问候"))
            peer.wait("the first message", lambda m: m == ["你好 1".encode()])
            wait_for("it to be kept", lambda: kept(data) and kept(data)["sends"][0]["text"] == "你好 {counter}")
            program.picture("quick-pane")
            assert not list(names_that_are_wrong(program)), list(names_that_are_wrong(program))
        finally:
            program.end()

        whole = kept(data)
        whole["sends"][0]["shortcut"] = 3
        write_sends(data, whole["sends"])
        program = Program(link(peer), XDG_DATA_HOME=data)
        try:
            program.wait_text("已打开")
            program.keys("key", "ctrl+3")
            peer.wait("the message of the next run", lambda m: len(m) == 2 and m[1] == "你好 1".encode())
            # The panel keeps the sentence; without it, it would be gone after some seconds.
            program.keys("key", "F8", "key", "ctrl+4")
            program.wait_text("没有快捷键为 Ctrl+4 的快捷发送")
        finally:
            program.end()
    peer.close()


def a_timer_runs_and_is_stopped():
    peer = Peer()
    with tempfile.TemporaryDirectory() as data:
        write_sends(data, [{"name": "心跳", "text": "hb {counter}", "period": 50}, {"name": "其他", "text": "01 02", "format": "hex;UTF-8;none;sum8", "period": 60000}])
        program = Program(link(peer), XDG_DATA_HOME=data)
        try:
            program.wait_text("已打开")
            program.keys("key", "F8")
            program.click("push button", "定时发送（每 50 毫秒）")
            peer.wait("ten beats", lambda m: len(m) >= 10)
            assert peer.messages[:3] == [b"hb 1", b"hb 2", b"hb 3"], peer.messages[:3]
            program.wait_text("实测")
            program.click("push button", "定时发送（每 1 分）")
            peer.wait("the other one", lambda m: b"\x01\x02\x03" in m)
            program.picture("quick-timers")
            program.click("push button", "停止定时发送")
            wait_for("the other one to go on alone", lambda: len(program.all("push button", "停止定时发送")) == 1)
            program.click("push button", "停止此会话的所有定时发送和序列")
            wait_for("none to run", lambda: not program.all("push button", "停止定时发送"))
            peer.read()
            count = len(peer.messages)
            # Several intervals: the clock of the test is that of the timer.
            end = time.monotonic() + 0.3
            wait_for("some intervals to pass", lambda: time.monotonic() > end)
            assert len(peer.read()) == count, "it went on"
        finally:
            program.end()
    peer.close()


def what_is_closed_says_so_and_nothing_is_lost():
    peer = Peer()
    with tempfile.TemporaryDirectory() as data:
        write_sends(data, [{"name": "问候", "text": "hello"}])
        program = Program(link(peer), XDG_DATA_HOME=data)
        try:
            program.wait_text("已打开")
            program.keys("key", "F8")
            program.keys("key", "F5")
            program.wait_text("已关闭")
            program.press(row_of(program, "问候"))
            program.wait_text("还没有打开")
            program.picture("quick-closed")
            assert not peer.read()
            assert kept(data)["sends"][0]["text"] == "hello"
        finally:
            program.end()
    peer.close()


def the_composer_is_kept_deleting_is_undone():
    peer = Peer()
    with tempfile.TemporaryDirectory() as data:
        program = Program(link(peer), XDG_DATA_HOME=data)
        try:
            program.wait_text("已打开")
            program.keys("key", "F8")
            program.write("消息", "从输入框 {\"a\":1}")
            program.keys("key", "ctrl+shift+s")
            program.wait_text("发送内容")
            program.write("名称", "存下的")
            program.click("push button", "保存")
            row_of(program, "存下的")
            program.click("push button", "此快捷发送的更多操作")
            program.click("menu item", "删除")
            program.click("push button", "撤销")
            program.press(row_of(program, "存下的"))
            peer.wait("the message", lambda m: m == ["从输入框 {\"a\":1}".encode()])
            wait_for("it to be kept again", lambda: kept(data)["sends"])
        finally:
            program.end()
    peer.close()


def a_sequence_is_written_and_run():
    """Written in the editor; the peer answers once and then no more: the second run fails, and its run log says so."""
    peer = Peer()
    with tempfile.TemporaryDirectory() as data:
        program = Program(link(peer), XDG_DATA_HOME=data)
        try:
            program.wait_text("已打开")
            program.keys("key", "F8")
            program.click("push button", "快捷发送的更多操作", nth=1)
            program.click("menu item", "新建序列")
            program.wait_text("序列没有步骤")
            program.write("名称", "握手")
            for kind in ("发送", "等待收到"):
                program.click("push button", "在末尾添加步骤", nth=1)
                program.click("menu item", kind)
            program.write("发送或等待的内容", "AT {counter}", nth=0)
            program.write("发送或等待的内容", "OK", nth=1)
            program.picture("sequence-editor")
            assert not list(names_that_are_wrong(program)), list(names_that_are_wrong(program))
            program.click("push button", "保存")
            program.click("push button", "运行序列")
            peer.wait("the first question", lambda m: m == [b"AT 1"])
            peer.socket.sendto(b"+OK", peer.last_from)
            program.wait_text("已结束于第 1 轮第 2 步（共 2 步） · 失败 0")
            program.click("push button", "运行序列")
            peer.wait("the question of the second run", lambda m: m == [b"AT 1", b"AT 1"])
            program.wait_text("失败 1")
            program.click("push button", "此序列的更多操作")
            program.click("menu item", "运行记录")
            program.wait_text("毫秒内没有收到“OK”")
            program.picture("sequence-log")
            assert not list(names_that_are_wrong(program)), list(names_that_are_wrong(program))
            assert kept(data)["sequences"][0]["steps"][1]["text"] == "OK"
        finally:
            program.end()
    peer.close()


if __name__ == "__main__":
    sys.exit(run_cases([
        a_new_one_is_written_sent_and_kept,
        a_timer_runs_and_is_stopped,
        what_is_closed_says_so_and_nothing_is_lost,
        the_composer_is_kept_deleting_is_undone,
        a_sequence_is_written_and_run,
    ]))
