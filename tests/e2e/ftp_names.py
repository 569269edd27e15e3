# SPDX-License-Identifier: GPL-3.0-or-later
"""Every control of the FTP page, of its sidebar, its popovers and its dialogs has a name, in Chinese."""
from e2e.desk import wait_for
from e2e.ftp_desk import FILE, FOLDER, Desk
from e2e.names import names_that_are_wrong


def every_control_has_a_chinese_name():
    wrong = []

    def look(where, word=None):
        if word:
            desk.program.wait_text(word)
        found = wait_for("the names of " + where, lambda: [list(names_that_are_wrong(desk.program, {FILE, FOLDER}))])[0]
        wrong.extend(f"{where}: {what}" for what in found)

    with Desk() as desk:
        desk.enter()
        desk.select(FILE)
        for key in ("F3", "F7", "F9"):
            desk.program.keys("key", key)
        look("the page, its sites, the local files and the transfers", "还没有站点")
        desk.program.keys("key", "F9", "key", "F3", "key", "F8")
        look("the transcript", "AUTH TLS")
        desk.program.keys("key", "F8")
        for item, heading in (("重命名", "重命名"), ("删除", "从服务器上删除？"), ("权限", "权限"), ("新建文件夹", "新建文件夹")):
            desk.select(FILE)
            desk.menu(item)
            desk.wait_dialog(heading)
            look(heading)
            desk.answer(heading, "取消")
        assert not wrong, "\n".join(sorted(set(wrong)))


CASES = [every_control_has_a_chinese_name]
