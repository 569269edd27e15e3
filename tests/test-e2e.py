#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole program, in Chinese, against plain Python programs: every step is a click or a text in a field. Prints TAP."""
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from gi.repository import Atspi

from e2e.desk import PROGRAM, Program, peer, run_cases, wait_for
from e2e.names import names_that_are_wrong
from e2e.ports import port_of

HELLO = "你好"
REPLY = "收到，你好！"


def fill_local(program, port="0"):
    program.write("本地地址", "127.0.0.1")
    program.write("本地端口", port)


def udp_with_python_programs():
    program = Program()
    try:
        program.wait_text("UDP 聊天")
        program.picture("udp-empty")
        program.click("push button", "新建 UDP 会话")
        fill_local(program)
        program.click("push button", "打开")
        program.wait_text("已打开")
        port = port_of(program)

        client = peer("udp_client.py", "127.0.0.1", port, HELLO)
        program.wait_text(HELLO)
        program.send(REPLY)
        assert client.communicate(timeout=120)[0].strip() == REPLY
        program.wait_text(REPLY)

        server = peer("udp_server.py", "127.0.0.1")
        server_port = int(server.stdout.readline())
        program.write("新对端的地址和端口", f"127.0.0.1:{server_port}")
        program.click("push button", "添加此对端")
        program.send("第二条")
        assert server.communicate(timeout=120)[0].strip() == "第二条"
        program.wait_text("Received msg: 第二条")
        program.picture("udp-chat")
    finally:
        program.end()


def tcp_server_with_python_client():
    program = Program("tcp-listen://127.0.0.1:0?reply=Received%20msg:%20{text}%20from%20{peer}")
    try:
        program.wait_text("监听中")
        port = port_of(program)
        client = peer("tcp_client.py", "127.0.0.1", port, HELLO)
        answer = client.communicate(timeout=120)[0].strip()
        assert answer.startswith(f"Received msg: {HELLO} from 127.0.0.1:"), answer
        program.wait_text(HELLO)
        program.wait_text("Received msg: " + HELLO)

        with socket.create_connection(("127.0.0.1", port), timeout=90) as raw:
            raw.sendall("半个汉字：汉".encode()[:-2])
            raw.sendall("半个汉字：汉".encode()[-2:])
            program.wait_text("半个汉字：")
            program.send(REPLY)
            wait_for("the words at the raw client", lambda: REPLY in raw.recv(65536).decode("utf-8", "replace"))
            program.picture("tcp-server")
    finally:
        program.end()


def tcp_client_with_python_server():
    server = peer("tcp_server.py", "127.0.0.1")
    port = int(server.stdout.readline())
    program = Program()
    try:
        program.click("page tab", "TCP")
        program.find("push button", "新建客户端", laid_out=True)
        program.picture("tcp-empty")
        program.click("push button", "新建客户端")
        program.write("远程地址", "127.0.0.1")
        program.write("远程端口", str(port))
        program.click("push button", "连接")
        program.wait_text("已连接")
        program.send(HELLO)
        assert server.communicate(timeout=120)[0].strip() == HELLO
        program.wait_text(f"Received msg: {HELLO} from ")
        program.wait_text("未连接")
        program.picture("tcp-client")
    finally:
        program.end()


def wrong_address_is_told_while_typing():
    program = Program("udp://?local=127.0.0.1:0")
    try:
        program.wait_text("已打开")
        program.click("push button", "关闭", nth=1)  # the first is the window's
        program.write("本地地址", "256.1.1.1")
        program.wait_text("第 1 个字段是 256")
        button = program.find("push button", "打开")
        wait_for("the button to be insensitive", lambda: not program.all("push button", "打开", sensitive=True))
        assert button
        program.write("本地地址", "１２７。０。０。１")
        wait_for("the button to be sensitive", lambda: program.all("push button", "打开", sensitive=True))
        program.write("本地端口", "65536")
        program.wait_text("65536 太大")
        program.picture("wrong-address")
    finally:
        program.end()


def try_it_here_connects_both():
    program = Program()
    try:
        program.click("page tab", "TCP")
        program.click("push button", "在本机试一试：服务端和客户端", laid_out=True)
        program.wait_text("监听中")
        program.wait_text("已连接")
        program.picture("try-it-here")
    finally:
        program.end()


def every_control_has_a_chinese_name():
    program = Program("udp://?local=127.0.0.1:0", "tcp-listen://127.0.0.1:0", "tcp://127.0.0.1:1")
    wrong = []

    def look(where):
        found = wait_for("the names of " + where, lambda: [list(names_that_are_wrong(program))])[0]
        wrong.extend(f"{where}: {what}" for what in found)

    try:
        program.wait_text("监听中")
        look("the TCP client")
        program.keys("key", "ctrl+Page_Up")
        look("the TCP server")
        program.keys("key", "alt+1")
        program.wait_text("已打开")
        look("UDP")
        for keys, word in (("ctrl+shift+p", "套接字"), ("ctrl+comma", "按回车键发送"), ("ctrl+s", "导出消息"), ("ctrl+o", "打开链接"),
                           ("ctrl+shift+t", "间隔")):
            program.keys("key", keys)
            program.wait_text(word)
            look(keys)
            program.keys("key", "Escape")
        assert not wrong, "\n".join(sorted(set(wrong)))
    finally:
        program.end()


def history_is_there_after_a_kill():
    """Two sessions talk, the program is killed; started again, what was said is read, found and deleted."""
    first, second = "第一个会话说的话", "数据报里的话"

    def is_saved(text):
        with sqlite3.connect(f"file:{data}/tonglu/history.db?mode=ro", uri=True) as database:
            return database.execute("SELECT count(*) FROM chunks WHERE instr(payload, ?) > 0", (text.encode(),)).fetchone()[0] > 0

    def look():
        try:
            return is_saved(first) and is_saved(second)
        except sqlite3.OperationalError:
            return False  # it is not there yet

    with tempfile.TemporaryDirectory() as data:
        program = Program("udp://?local=127.0.0.1:0", "tcp-listen://127.0.0.2:0", XDG_DATA_HOME=data)
        try:
            program.wait_text("监听中")
            with socket.create_connection(("127.0.0.2", port_of(program, "127.0.0.2")), timeout=90) as raw:
                raw.sendall(first.encode())
                program.wait_text(first)
                program.keys("key", "alt+1")
                program.wait_text("已打开")
                with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
                    datagrams.sendto(second.encode(), ("127.0.0.1", port_of(program)))
                program.wait_text(second)
                wait_for("both to be on disk", look)
        finally:
            program.process.kill()
            program.process.wait(10)

        program = Program(XDG_DATA_HOME=data)
        try:
            program.wait_text("UDP 聊天")
            program.keys("key", "ctrl+shift+h")
            program.wait_text("今天")
            program.picture("history-sessions")
            assert not list(names_that_are_wrong(program)), list(names_that_are_wrong(program))
            program.write("标题或对端含有此内容的会话", "TCP 服务端")
            wait_for("the other session to be left out", lambda: not [text for text in program.texts() if text.startswith("UDP, ")])
            program.keys("key", "ctrl+g", "key", "Return")
            program.wait_text(first)
            program.picture("history-read")
            program.click("push button", "删除选中的会话")
            program.wait_text("删除 1 个会话")
            program.click("push button", "删除")
            program.wait_text("没有这样的会话")
            wait_for("it to be gone from the disk", lambda: not is_saved(first) and is_saved(second))

            program.click("page tab", "查找")
            program.write("在全部历史记录中查找", "报里的")
            program.wait_text("找到 1 条消息")
            program.wait_text(second)
            assert not list(names_that_are_wrong(program)), list(names_that_are_wrong(program))
            program.picture("history-find")
        finally:
            program.end()


def help_is_chinese():
    program_help = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, encoding="utf-8",
                                  env=dict(os.environ, LANG="C.UTF-8", LANGUAGE="zh_CN"), check=True).stdout
    assert "链接会立即打开会话" in program_help, program_help


def bad_link_ends_with_status_1():
    ended = subprocess.run([PROGRAM, "tcp://127.0.0.1:99999"], capture_output=True, text=True, encoding="utf-8", timeout=120,
                           env=dict(os.environ, LANG="C.UTF-8", LANGUAGE="zh_CN"), check=False)
    assert ended.returncode == 1, ended
    assert "99999" in ended.stderr and "65535" in ended.stderr, ended.stderr


def bad_ftp_links_end_with_status_1():
    """One line: the link, and in Chinese what is wrong with it; never the password."""
    for link, said in (("ftp://256.1.1.1/", "256"), ("ftp://ann:hunter2@127.0.0.1:99999/", "65535"), ("ftps://", "ftps://"),
                       ("ftp://127.0.0.1/%0d%0aDELE%20a", "ftp://")):
        ended = subprocess.run([PROGRAM, link], capture_output=True, text=True, encoding="utf-8", timeout=120,
                               env=dict(os.environ, LANG="C.UTF-8", LANGUAGE="zh_CN"), check=False)
        assert ended.returncode == 1, (link, ended)
        assert len(ended.stderr.splitlines()) == 1 and said in ended.stderr, (link, ended.stderr)
        assert any("\u4e00" <= letter <= "\u9fff" for letter in ended.stderr), (link, ended.stderr)
        assert "hunter2" not in ended.stderr, ended.stderr


def no_display_is_a_sentence():
    """In Chinese too where the locale is not installed, or none is set but the language; and the sentence is all that is said."""
    clean = {name: value for name, value in os.environ.items()
             if name not in ("DISPLAY", "LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LOCPATH")}
    for locale in ({"LANG": "C.UTF-8", "LANGUAGE": "zh_CN"}, {"LANGUAGE": "zh_CN"}, {"LANG": "zh_CN.UTF-8", "LOCPATH": "/nonexistent"},
                   {"LC_ALL": "zh_CN.UTF-8", "LOCPATH": "/nonexistent"}):
        ended = subprocess.run([PROGRAM], capture_output=True, text=True, encoding="utf-8", timeout=120,
                               env={**clean, **locale, "GDK_BACKEND": "x11"}, check=False)
        assert ended.returncode == 1, (locale, ended)
        assert ended.stderr.startswith("没有可以显示窗口的图形环境"), (locale, ended)
        assert "app/run --web" in ended.stderr and len(ended.stderr.splitlines()) == 2, (locale, ended)


def no_schema_is_a_sentence():
    installed = Path("/usr/local/share/glib-2.0/schemas/gschemas.compiled")
    if installed.exists() and b"org.tonglu.Tonglu" in installed.read_bytes():
        return  # it is found there, rightly
    environment = dict(os.environ, LANG="C.UTF-8", LANGUAGE="zh_CN", XDG_DATA_DIRS="/nonexistent")
    del environment["GSETTINGS_SCHEMA_DIR"]
    ended = subprocess.run([PROGRAM], capture_output=True, text=True, encoding="utf-8", timeout=120, env=environment, check=False)
    assert ended.returncode == 1, ended
    assert "org.tonglu.Tonglu 没有安装" in ended.stderr, ended.stderr


def no_session_bus_is_no_warning():
    with tempfile.TemporaryDirectory() as runtime, tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        environment = dict(os.environ, LANG="C.UTF-8", LANGUAGE="zh_CN", XDG_RUNTIME_DIR=runtime, PATH=runtime)
        environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
        environment.pop("GTK_A11Y", None)
        with subprocess.Popen([PROGRAM, "udp://?local=127.0.0.1:0"], env=environment, stderr=errors) as program:
            wait_for("the window", lambda: program.poll() is not None or subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--pid", str(program.pid)], capture_output=True, check=False).stdout)
            assert program.poll() is None
            program.terminate()
        errors.seek(0)
        assert errors.read() == "", errors.seek(0) or errors.read()


if __name__ == "__main__":
    sys.exit(run_cases([
        help_is_chinese,
        no_display_is_a_sentence,
        no_schema_is_a_sentence,
        no_session_bus_is_no_warning,
        bad_link_ends_with_status_1,
        bad_ftp_links_end_with_status_1,
        udp_with_python_programs,
        tcp_server_with_python_client,
        tcp_client_with_python_server,
        wrong_address_is_told_while_typing,
        try_it_here_connects_both,
        every_control_has_a_chinese_name,
        history_is_there_after_a_kill,
    ]))
