# SPDX-License-Identifier: GPL-3.0-or-later
"""Files are looked for in all folders of a server; what is found is downloaded and shown where it is."""
import os

from e2e.desk import wait_for
from e2e.ftp_desk import FOLDER, Desk, whole
from servers import tree

FOUND = {"一/二/报告 新.txt": b"new" * 100, "一/旧报告.bin": b"old" * 1000}


def search():
    """By a name with wildcards, then by size too: both are listed with their folders, downloaded together; the one is selected in its folder."""
    def fill(desk):
        for path, content in FOUND.items():
            os.makedirs(os.path.dirname(os.path.join(desk.home, path)), exist_ok=True)
            tree.write(os.path.join(desk.home, path), content)
        tree.write(os.path.join(desk.home, "一", "别的.txt"), b"other")

    with Desk(fill=fill) as desk:
        wait_for("the folders", lambda: {"一", FOLDER} == set(desk.names()))
        desk.program.keys("key", "ctrl+shift+f")
        root = desk.program.root
        window = wait_for("the window of the search", lambda: next(
            (child for child in map(root.get_child_at_index, range(root.get_child_count())) if child and child.get_name() == "在服务器上搜索"), None))
        desk.program.write("要查找的名称", "*报告*", start=window)
        desk.program.click("push button", "搜索", start=window)
        desk.program.wait_text("找到 2 个；已查找 4 个文件夹", start=window)
        for text in ("报告 新.txt", "/一/二", "旧报告.bin", "/一"):
            desk.program.wait_text(text, start=window)
        desk.program.picture("ftp-e2e-search")

        desk.program.press(desk.program.find("label", "旧报告.bin", start=window))
        wait_for("what is found to be selected", lambda: desk.program.all("push button", "下载", start=window, sensitive=True))
        desk.program.keys("key", "ctrl+a")
        desk.program.click("push button", "下载", start=window)
        for path, content in FOUND.items():
            wait_for(f"{path} in the download folder", lambda: whole(os.path.join(desk.downloads, os.path.basename(path)), content))

        desk.program.write("最小大小", "0.002", start=window)
        desk.program.click("push button", "搜索", start=window)
        desk.program.wait_text("找到 1 个；已查找 4 个文件夹", start=window)
        desk.program.press(desk.program.find("label", "旧报告.bin", start=window))
        desk.program.click("push button", "在所在文件夹中显示", start=window)
        wait_for("the file to be selected in its folder", lambda: [row[0] for row in desk.rows() if row[1]] == ["旧报告.bin"])
        desk.program.picture("ftp-e2e-search-shown")


CASES = [search]
