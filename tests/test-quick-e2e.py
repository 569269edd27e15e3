#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Quick sends in the whole program, in Chinese, against a plain UDP socket: every step is a click, a key or a text in a field. Prints TAP."""
import json
import os
import socket
import subprocess
import sys
import tempfile
import time

from e2e.desk import DEADLINE, PATIENCE, Atspi, NotSeen, Program, run_cases, wait_for
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
    except (OSError, ValueError):
        return None  # it is not there yet, or not whole


def write_sends(data, sends, sequences=()):
    os.makedirs(os.path.join(data, "tonglu"), exist_ok=True)
    whole = [dict({"name": "", "group": "", "text": "", "format": "text;UTF-8;none;none;macros", "shortcut": 0, "period": 0}, **send)
             for send in sends]
    with open(os.path.join(data, "tonglu", "quick-sends.json"), "w", encoding="utf-8") as file:
        json.dump({"tonglu": "quick-sends", "version": 1, "sends": whole, "sequences": list(sequences)}, file)


def step(act, text, **more):
    return dict({"do": act, "text": text, "format": "text;UTF-8;none;none;macros", "pattern": "text", "fold": False, "from-targets": False, "milliseconds": 1000}, **more)


def row_of(program, name):
    """The row of a quick send: its name begins with that."""
    def look():
        for node in program.all("list item"):
            if node.name.startswith(name + ", "):
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
            program.write("消息内容", "n={conter}")
            program.wait_text("“{conter}”（第 3 个字符）不是宏")
            assert not program.all("push button", "保存", sensitive=True)
            program.picture("quick-editor-mistake")
            program.write("消息内容", "你好 {counter}")
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
            wait_for("it to be kept again", lambda: (kept(data) or {}).get("sends"))
        finally:
            program.end()
    peer.close()


def save_with_wait(program, data, milliseconds):
    """Saves the sequence that is edited; its step waits that long."""
    program.find("spin button", "毫秒").set_value(milliseconds)
    program.click("push button", "保存")
    wait_for("the sequence to be kept", lambda: any(s["steps"][1]["milliseconds"] == milliseconds for s in (kept(data) or {}).get("sequences", ())))


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
            save_with_wait(program, data, 1000 * DEADLINE)
            program.click("push button", "运行序列")
            peer.wait("the first question", lambda m: m == [b"AT 1"])
            peer.socket.sendto(b"+OK", peer.last_from)
            program.wait_text("已结束于第 1 轮第 2 步（共 2 步） · 失败 0")
            # There is none to the next question: it need not wait long.
            program.click("push button", "此序列的更多操作")
            program.click("menu item", "编辑")
            save_with_wait(program, data, 300)
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


def order(data):
    """"group: names" of the file, and the names of the sequences."""
    whole, groups = kept(data), {}
    if whole is None:
        return None
    for send in whole["sends"]:
        groups.setdefault(send["group"], []).append(send["name"])
    return "|".join(f"{group}:{''.join(names)}" for group, names in groups.items()) + "/" + "".join(s["name"] for s in whole["sequences"])


def wait_order(data, expected):
    wait_for(f"the order {expected}", lambda: order(data) == expected)


def drag(program, source, target, happened, below=True):
    """By the pointer, from the middle of one row to the lower or upper part of another, until it has `happened`. A drop is taken where the program has said
    by then that it takes it: what is let go of before that stays where it was, and is dragged again."""
    for seconds in (*PATIENCE, DEADLINE):
        x, y = program.place(row_of(program, source))
        to_x, to_y = program.place(row_of(program, target))
        to_y += 14 if below else -14
        subprocess.run(["xdotool", "mousemove", str(x), str(y), "mousedown", "1", *(word for i in range(1, 11) for word in (
            "mousemove", str(x + (to_x - x) * i // 10), str(y + (to_y - y) * i // 10), "sleep", "0.02"))], check=True)
        try:
            wait_for("what is dragged below the pointer", lambda: program.windows()[1], seconds)
            for i in (1, 0, 1):
                subprocess.run(["xdotool", "mousemove", str(to_x + i), str(to_y)], check=True)
                program.texts()  # an answer: it has seen the pointer
        except NotSeen:
            pass
        finally:
            subprocess.run(["xdotool", "mouseup", "1"], check=True)
        try:
            wait_for(f"“{source}” to be moved", happened, seconds)
            return
        except NotSeen:
            continue
    raise NotSeen(f"“{source}” could not be moved")


def shown_names(program, names):
    """Those of the names that rows begin with, in the order of the window."""
    found = []
    for node in program.all("list item"):
        found += [name for name in names if node.name.startswith(name + ", ")]
    return "".join(found)


def what_is_moved_stays_so():
    """Rows, sequences and groups, by the pointer, by keys and by menus; the next run has them in the same order."""
    peer = Peer()
    sequence = {"repeat": 1, "goes-on": False, "steps": [step("wait", "", milliseconds=5)]}
    with tempfile.TemporaryDirectory() as data:
        write_sends(data, [{"name": n, "text": n, "group": g} for n, g in (("子", "甲组"), ("丑", "甲组"), ("寅", "甲组"), ("卯", "乙组"))],
                    [dict(sequence, name=n) for n in ("晨", "午", "夜")])
        program = Program(link(peer), XDG_DATA_HOME=data)
        try:
            program.wait_text("已打开")
            program.keys("key", "F8")
            drag(program, "子", "寅", lambda: order(data) == "甲组:丑寅子|乙组:卯/晨午夜")
            drag(program, "子", "卯", lambda: order(data) == "甲组:丑寅|乙组:子卯/晨午夜", below=False)
            drag(program, "夜", "晨", lambda: order(data) == "甲组:丑寅|乙组:子卯/夜晨午", below=False)
            # The menu of the last sequence, the one of the first group.
            program.click("push button", "此序列的更多操作", nth=2)
            program.click("menu item", "上移")
            wait_order(data, "甲组:丑寅|乙组:子卯/夜午晨")
            program.click("push button", "此分组的更多操作", nth=0)
            program.picture("quick-group-menu")
            program.click("menu item", "下移")
            wait_order(data, "乙组:子卯|甲组:丑寅/夜午晨")
            program.click("push button", "此分组的更多操作", nth=0)
            program.click("menu item", "重命名")
            program.write("分组名称", "甲组")
            program.wait_text("已有同名分组")
            program.picture("quick-group-rename")
            assert not list(names_that_are_wrong(program)), list(names_that_are_wrong(program))
            program.write("分组名称", "测试台")
            program.click("push button", "重命名")
            wait_order(data, "测试台:子卯|甲组:丑寅/夜午晨")
            program.click("push button", "此分组的更多操作", nth=0)
            program.click("menu item", "删除分组")
            wait_order(data, "甲组:丑寅/夜午晨")
            program.click("push button", "撤销")
            wait_order(data, "测试台:子卯|甲组:丑寅/夜午晨")
        finally:
            program.end()
        program = Program(link(peer), XDG_DATA_HOME=data)
        try:
            program.wait_text("已打开")
            program.keys("key", "F8")
            row_of(program, "寅")
            assert shown_names(program, "子丑寅卯晨午夜") == "子卯丑寅夜午晨", shown_names(program, "子丑寅卯晨午夜")
            program.picture("quick-order")
        finally:
            program.end()
    peer.close()


def choose_file(program, title, path):
    program.wait_text(title)
    program.choose_file(path, new=title.startswith("导出"))


def they_go_into_a_file_and_come_out_of_it():
    peer = Peer()
    with tempfile.TemporaryDirectory() as data, tempfile.TemporaryDirectory() as other, tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "out.json")
        write_sends(data, [{"name": "问候", "text": "你好\n第二行", "group": "甲组", "shortcut": 1, "period": 250, "format": "text;GB18030;crlf;none;macros"}],
                    [{"name": "握手", "repeat": 3, "goes-on": True, "steps": [step("send", "A\nB")]}])
        program = Program(link(peer), XDG_DATA_HOME=data)
        try:
            program.wait_text("已打开")
            program.keys("key", "F8")
            program.click("push button", "快捷发送的更多操作", nth=1)
            program.click("menu item", "导出")
            program.picture("quick-export")
            choose_file(program, "导出快捷发送", path)
            program.wait_text("快捷发送已导出")
            whole = wait_for("the file", lambda: os.path.exists(path) and json.load(open(path, encoding="utf-8")))
            assert whole["sends"] == kept(data)["sends"] and whole["sequences"] == kept(data)["sequences"], whole
            program.click("push button", "运行序列")
            program.wait_text("已结束于第 3 轮")
            program.click("push button", "此序列的更多操作")
            program.click("menu item", "运行记录")
            log = os.path.join(folder, "run.txt")
            program.click("push button", "导出为文本")
            choose_file(program, "导出运行记录", log)
            program.wait_text("运行记录已导出")
            text = wait_for("the run log", lambda: os.path.exists(log) and open(log, encoding="utf-8").read())
            assert text.count("3 字节") == 3 and "\t3\t1\t" in text, text
        finally:
            program.end()
        program = Program(link(peer), XDG_DATA_HOME=other)
        try:
            program.wait_text("已打开")
            program.keys("key", "F8")
            for said in ("已导入 1 条快捷发送和 1 个序列", "有的快捷键已被占用"):
                program.click("push button", "快捷发送的更多操作", nth=1)
                program.click("menu item", "导入")
                choose_file(program, "导入快捷发送", path)
                program.wait_text(said)
            wait_for("them to be kept", lambda: kept(other) and len(kept(other)["sends"]) == 2)
            assert kept(other)["sends"][0] == whole["sends"][0], kept(other)
            assert kept(other)["sends"][1] == dict(whole["sends"][0], shortcut=0), kept(other)
            with open(path, "w", encoding="utf-8") as file:
                file.write("[1, 2")
            program.click("push button", "快捷发送的更多操作", nth=1)
            program.click("menu item", "导入")
            choose_file(program, "导入快捷发送", path)
            program.wait_text("没有导入任何内容")
            program.picture("quick-import-wrong")
        finally:
            program.end()
    peer.close()


def switch_rule(program):
    """The first one, on or off; what comes next is answered accordingly."""
    def is_on():
        return program.find("check box", "是否使用此规则").get_state_set().contains(Atspi.StateType.CHECKED)
    was_on = is_on()
    program.click("check box", "是否使用此规则")
    wait_for("the rule to be switched", lambda: is_on() != was_on)


def rules_answer_in_their_order():
    """What a regular expression caught, line breaks, counts, a mistake in plain words, and a rule that is switched off or moved."""
    peer = Peer()
    with tempfile.TemporaryDirectory() as data:
        program = Program(link(peer), XDG_DATA_HOME=data)
        try:
            program.wait_text("已打开")
            program.send("1")
            peer.wait("the first message", lambda m: m == [b"1"])
            program.keys("key", "ctrl+shift+p")
            program.press(program.find("page tab", "自动应答"))
            program.choose("应答内容", 4)
            for _ in range(2):
                program.click("push button", "添加")
            program.write("要匹配的内容", "^read ([0-9]+)", nth=0)
            program.write("应答", "值 {1}\n第 {counter} 次", nth=0)
            program.write("要匹配的内容", "read", nth=1)
            program.write("应答", "other", nth=1)
            program.wait_text("是正则表达式分组捕获的内容，而此规则没有正则表达式")
            program.choose("消息", 3)
            program.write("要匹配的内容", "^read ([0-9]+", nth=0)
            program.wait_text("这不是有效的正则表达式")
            program.picture("rules-mistake")
            assert not list(names_that_are_wrong(program)), list(names_that_are_wrong(program))
            program.write("要匹配的内容", "^read ([0-9]+)", nth=0)
            for sent in (b"read 42", b"read 7", b"please read"):
                peer.socket.sendto(sent, peer.last_from)
            peer.wait("three answers", lambda m: m[1:] == ["值 42\n第 1 次".encode(), "值 7\n第 2 次".encode(), b"other"])
            program.wait_text("已用 2 次")
            program.wait_text("已用 1 次")
            switch_rule(program)
            peer.socket.sendto(b"read 9", peer.last_from)
            peer.wait("the answer of the second rule", lambda m: m[4:] == [b"other"])
            switch_rule(program)
            # The first one cannot be moved up.
            program.click("push button", "上移规则")
            wait_for("the order", lambda: next(node for node in program.each(None, "要匹配的内容") if node.get_editable_text_iface())
                     .get_text_iface().get_text(0, 100) == "read")
            peer.socket.sendto(b"read 10", peer.last_from)
            peer.wait("the answer of what is first now", lambda m: m[5:] == [b"other"])
            program.picture("rules")
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
        what_is_moved_stays_so,
        they_go_into_a_file_and_come_out_of_it,
        rules_answer_in_their_order,
    ]))
