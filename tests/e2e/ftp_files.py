# SPDX-License-Identifier: GPL-3.0-or-later
"""What is done with the files of a server; what comes of it is looked at on its disk."""
import os
import stat

from e2e.desk import wait_for
from e2e.ftp_desk import CONTENT, FILE, FOLDER, Desk, whole
from servers import tree

UPLOAD = "up load.bin"
UPLOADED = tree.noise(200_000, 22)


def browse_and_download():
    with Desk() as desk:
        desk.enter()
        desk.program.picture("ftp-e2e-folder")
        desk.select_all()
        desk.program.keys("key", "ctrl+d")
        wait_for("the file in the download folder", lambda: whole(os.path.join(desk.downloads, FILE), CONTENT))
        desk.program.picture("ftp-e2e-downloaded")
        assert os.listdir(desk.downloads) == [FILE], os.listdir(desk.downloads)


def upload():
    with Desk() as desk:
        tree.write(os.path.join(desk.place, UPLOAD), UPLOADED)
        desk.enter()
        desk.program.keys("key", "ctrl+u")
        desk.program.find(None, "上传")  # the button of the file chooser
        desk.program.choose_file(os.path.join(desk.place, UPLOAD))
        wait_for("the file on the server", lambda: whole(os.path.join(desk.folder, UPLOAD), UPLOADED))
        desk.wait_names(FILE, UPLOAD)
        desk.program.picture("ftp-e2e-uploaded")


def rename():
    """By F2 and by the menu, to a Chinese name too; the list shows it and has it selected. What is there already is not written over."""
    def fill(desk):
        tree.write(os.path.join(desk.folder, "old.txt"), b"old")

    with Desk(fill=fill) as desk:
        desk.enter()
        desk.select("old.txt")
        desk.program.keys("key", "F2")
        desk.name_it("重命名", "新的 名字.txt", "重命名")
        wait_for("the new name on the server", lambda: whole(os.path.join(desk.folder, "新的 名字.txt"), b"old"))
        assert not os.path.exists(os.path.join(desk.folder, "old.txt"))
        wait_for("the new name to be selected", lambda: [row[0] for row in desk.rows() if row[1]] == ["新的 名字.txt"])
        desk.program.picture("ftp-e2e-renamed")

        desk.select(FILE)
        desk.menu("重命名")
        desk.name_it("重命名", "plain.txt", "重命名")
        wait_for("the other name on the server", lambda: whole(os.path.join(desk.folder, "plain.txt"), CONTENT))
        assert sorted(os.listdir(desk.folder)) == ["plain.txt", "新的 名字.txt"], os.listdir(desk.folder)

        desk.program.keys("key", "alt+Up")
        desk.select(FOLDER)
        desk.program.keys("key", "F2")
        desk.name_it("重命名", "文件夹二", "重命名")
        wait_for("the folder's new name", lambda: os.listdir(desk.home) == ["文件夹二"])
        desk.wait_names("文件夹二")


def delete():
    """After a question with the number: a file, a folder with all that is in it, both; what is not confirmed stays."""
    def fill(desk):
        for name in ("one.txt", "two.txt", "three.txt"):
            tree.write(os.path.join(desk.home, name), name.encode())
        os.makedirs(os.path.join(desk.home, "满的", "里面", "更里面"))
        for where in ("满的", "满的/里面", "满的/里面/更里面"):
            tree.write(os.path.join(desk.home, where, "文件.bin"), CONTENT[:1000])
        os.symlink("../two.txt", os.path.join(desk.home, "满的", "链接"))

    def there(desk):
        return sorted(name for _, folders, files in os.walk(desk.home) for name in folders + files)

    with Desk(fill=fill) as desk:
        all_of_it = there(desk)
        desk.select("满的")
        desk.select_all()
        desk.program.keys("key", "Delete")
        dialog = desk.wait_dialog("从服务器上删除？")
        text = "\n".join(desk.program.texts(dialog))
        assert "3 个文件和2 个文件夹及其全部内容" in text.replace(" 和 ", "和") and "127.0.0.1" in text and "无法恢复" in text, text
        for name in ("one.txt", "满的", FOLDER):
            assert name in text, text
        desk.program.picture("ftp-e2e-delete")
        desk.answer("从服务器上删除？", "取消")
        desk.program.keys("key", "Delete")
        desk.wait_dialog("从服务器上删除？")
        desk.program.keys("key", "Escape")
        desk.wait_gone("从服务器上删除？")
        assert there(desk) == all_of_it and not [line for line in desk.server.commands() if line.startswith(("DELE", "RMD"))]

        desk.select("one.txt")
        desk.menu("删除")
        text = "\n".join(desk.program.texts(desk.wait_dialog("从服务器上删除？")))
        assert "1 个文件将从" in text and "文件夹" not in text, text
        desk.answer("从服务器上删除？", "删除")
        wait_for("the file to be gone", lambda: not os.path.exists(os.path.join(desk.home, "one.txt")))
        desk.wait_names(*[name for name in desk.names() if name != "one.txt"])

        desk.select("满的")
        desk.program.keys("key", "Delete")
        text = "\n".join(desk.program.texts(desk.wait_dialog("从服务器上删除？")))
        assert "1 个文件夹及其全部内容将从" in text, text
        desk.answer("从服务器上删除？", "删除")
        wait_for("the folder to be gone", lambda: there(desk) == sorted([FOLDER, FILE, "two.txt", "three.txt"]))
        desk.wait_names(FOLDER, "three.txt", "two.txt")


def new_folder_and_permissions():
    with Desk() as desk:
        desk.enter()
        desk.program.keys("key", "ctrl+shift+n")
        desk.name_it("新建文件夹", "新建的 夹", "创建")
        wait_for("the folder on the server", lambda: os.path.isdir(os.path.join(desk.folder, "新建的 夹")))
        desk.wait_names("新建的 夹", FILE)

        def mode():
            return stat.S_IMODE(os.stat(os.path.join(desk.folder, FILE)).st_mode)

        assert mode() == 0o644
        desk.select(FILE)
        desk.menu("权限")
        dialog = desk.wait_dialog("权限")
        for name in ("其他人：读取", "组：写入"):
            desk.program.press(desk.program.find("check box", name, start=dialog))
        wait_for("the mode in digits", lambda: "660" in desk.program.texts(dialog))
        desk.program.picture("ftp-e2e-permissions")
        desk.answer("权限", "应用")
        wait_for("the mode 660 on the server", lambda: mode() == 0o660)
        wait_for("the mode in the list", lambda: any("rw-rw----" in row[2] for row in desk.rows()))
        desk.select(FILE)
        desk.menu("权限")
        desk.program.write("八进制", "400", start=desk.wait_dialog("权限"))
        desk.answer("权限", "应用")
        wait_for("the mode 400 on the server", lambda: mode() == 0o400)


CASES = [browse_and_download, upload, rename, delete, new_folder_and_permissions]
