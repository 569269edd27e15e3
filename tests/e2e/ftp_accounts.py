# SPDX-License-Identifier: GPL-3.0-or-later
"""Who logs in, over what: passwords, certificates, and what is asked before."""
import os

from e2e.desk import Atspi, wait_for
from e2e.ftp_desk import CONTENT, FILE, FOLDER, Desk, whole
from servers import kinds

CERTIFICATE = "这是正确的服务器吗？"
CHANGED = "证书已更改！"
CLEAR = "不加密也要登录吗？"
MASKED = "PASS ********"


def nowhere(desk, password):
    """The password is in no file below the program's home, in none of its arguments, and on none of its widgets but the field into which it
    was typed, where it is dots; GTK tells a screen reader what they stand for."""
    assert not desk.where_is(password.encode()), desk.where_is(password.encode())
    with open(f"/proc/{desk.program.process.pid}/cmdline", "rb") as arguments:
        assert password.encode() not in arguments.read()
    for node in desk.program.nodes():
        if node.get_role() == Atspi.Role.PASSWORD_TEXT:
            continue
        text = node.get_text_iface()
        text = text.get_text(0, min(text.get_character_count(), 4000)) if text else ""
        assert password not in text + (node.get_name() or ""), f"the password can be read in {node.get_role_name()} “{node.get_name()}”"


def password_over_tls():
    """A registered account over TLS 1.3, whose certificate is trusted always: it is asked about once, until it is another one."""
    user, password = kinds.REAL
    with Desk(tls="1.3", links=()) as desk:
        desk.program.write("服务器地址", f"127.0.0.1:{desk.server.port}", start=desk.page())
        desk.connect_as("注册账户", user, password)
        desk.program.click("push button", "始终信任", start=desk.wait_dialog(CERTIFICATE))
        desk.wait_names(FOLDER)
        assert desk.security() == "已加密" and desk.state() == "已连接"
        desk.program.picture("ftp-e2e-tls")
        desk.enter()
        desk.select_all()
        desk.program.keys("key", "ctrl+d")
        wait_for("the file, encrypted on its way", lambda: whole(os.path.join(desk.downloads, FILE), CONTENT))

        desk.program.keys("key", "F8")
        wait_for("the masked password in the transcript", lambda: desk.logged(MASKED))
        desk.program.picture("ftp-e2e-transcript")
        commands = desk.server.commands()
        assert commands.index("AUTH TLS") < commands.index(f"USER {user}") and "PROT P" in commands, commands
        nowhere(desk, password)
        desk.program.keys("key", "F8")

        desk.program.click("push button", "断开", start=desk.page())
        desk.wait_state("未连接")
        logins = desk.server.commands().count(f"USER {user}")
        desk.program.click("push button", "连接", start=desk.page())
        desk.wait_state("已连接")  # and no question: it would not be connected before an answer
        assert desk.server.commands().count(f"USER {user}") == logins + 1 and desk.security() == "已加密"

        desk.program.click("push button", "断开", start=desk.page())
        desk.wait_state("未连接")
        desk.server.change_certificate()
        logins = desk.server.commands().count(f"USER {user}")
        desk.program.click("push button", "连接", start=desk.page())
        text = "\n".join(desk.program.texts(desk.wait_dialog(CHANGED)))
        assert "与您信任的不同" in text or "信任" in text, text
        desk.program.picture("ftp-e2e-certificate-changed")
        desk.answer(CHANGED, "取消")
        wait_for("the connection to stay closed", lambda: desk.state() in ("未连接", "出错"))
        assert desk.server.commands().count(f"USER {user}") == logins, desk.server.commands()
        desk.program.click("push button", "连接", start=desk.page())
        desk.answer(CHANGED, "信任一次")
        desk.wait_state("已连接")
        wait_for("the login", lambda: desk.server.commands().count(f"USER {user}") == logins + 1)
        nowhere(desk, password)
        # Once is not for ever: the next run of the program knows only the one that is always trusted.
        desk.end()
        desk.start()
        desk.program.write("服务器地址", f"127.0.0.1:{desk.server.port}", start=desk.page())
        desk.program.click("push button", "连接", start=desk.page())
        desk.answer(CHANGED, "取消")


def password_in_clear():
    """Before a password goes out in clear text there is a question; refused, not even the name of the user goes out."""
    user, password = kinds.REAL
    with Desk(links=()) as desk:
        desk.program.write("服务器地址", f"127.0.0.1:{desk.server.port}", start=desk.page())
        desk.connect_as("注册账户", user, password)
        text = "\n".join(desk.program.texts(desk.wait_dialog(CLEAR)))
        assert "127.0.0.1" in text, text
        desk.program.picture("ftp-e2e-clear-text")
        desk.answer(CLEAR, "取消")
        wait_for("the connection to stay closed", lambda: desk.state() in ("未连接", "出错"))
        desk.program.keys("key", "F8")
        wait_for("the transcript", lambda: desk.logged("AUTH TLS"))
        assert not [line for line in desk.log_lines() + desk.server.commands() if line.startswith(("USER", "PASS"))]
        desk.program.keys("key", "F8")
        desk.program.click("push button", "连接", start=desk.page())
        desk.answer(CLEAR, "仍然登录")
        desk.wait_names(FOLDER)
        assert desk.security() == "未加密" and f"USER {user}" in desk.server.commands()
        nowhere(desk, password)


def guest():
    """User and password of a guest are asked for each time, and kept nowhere."""
    user, password = kinds.GUEST
    with Desk(tls="1.3", links=()) as desk:
        heading = f"登录 127.0.0.1:{desk.server.port}"

        def log_in(secret):
            dialog = desk.wait_dialog(heading)
            assert not desk.program.all("check box", start=dialog), "a guest's password can be kept"
            desk.program.write("用户名", user, start=dialog)
            desk.program.write("密码", secret, start=dialog)
            desk.program.picture("ftp-e2e-guest")
            desk.answer(heading, "登录")

        def connect():
            desk.program.write("服务器地址", f"127.0.0.1:{desk.server.port}", start=desk.page())
            desk.connect_as("临时/访客")
            desk.answer(CERTIFICATE, "信任一次")

        connect()
        log_in("wrong one")
        log_in(password)
        desk.wait_names(FOLDER)
        nowhere(desk, password)
        desk.end()
        assert not desk.where_is(password.encode()) and not desk.where_is(user.encode())
        desk.start()
        connect()
        log_in(password)
        desk.wait_names(FOLDER)


def other_server():
    """A certificate of a server that is not ProFTPD is shown; trusted once, it lets the connection be made, and the one of a file."""
    with Desk("pyftpdlib", tls="1.3") as desk:
        desk.program.wait_text("无法验证 127.0.0.1")
        desk.program.picture("ftp-e2e-certificate")
        assert not desk.names()
        desk.answer(CERTIFICATE, "信任一次")
        desk.enter()
        desk.program.picture("ftp-e2e-certificate-trusted")
        desk.select_all()
        desk.program.keys("key", "ctrl+d")
        wait_for("the file, encrypted on its way", lambda: whole(os.path.join(desk.downloads, FILE), CONTENT))


CASES = [password_over_tls, password_in_clear, guest]
OF_PYFTPDLIB = [other_server]
