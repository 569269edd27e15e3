# SPDX-License-Identifier: GPL-3.0-or-later
"""The queue of transfers outlives the program."""
import os

from e2e.desk import wait_for
from e2e.ftp_desk import FILE, Desk, whole
from servers import tree

MANY = 1500
SIZE = 20_000
LIMIT = 300  # KiB a second: more than a minute and a half for all of them, and the program is killed after the first ones


def content(i):
    return tree.noise(SIZE, 1000 + i)


def name(i):
    return f"文件 {i:04}.bin"


def kept_when_killed():
    """Killed in the middle: the next run tells of what is left, and a click brings it to its end; nothing is asked, and nothing half done is left."""
    def fill(desk):
        for i in range(MANY):
            tree.write(os.path.join(desk.folder, name(i)), content(i))
        desk.limit(LIMIT)

    with Desk(fill=fill) as desk:
        desk.enter()
        desk.select_all()
        desk.program.wait_text(f"已选中 {MANY + 1} 项")
        desk.program.keys("key", "ctrl+d")
        wait_for("some files", lambda: len(os.listdir(desk.downloads)) > 20)
        desk.program.process.kill()
        desk.program.process.wait()
        assert len(os.listdir(desk.downloads)) < MANY, "all was there already"

        desk.limit(0)
        desk.links = ()
        desk.start()
        desk.program.wait_text("个传输尚未完成")
        desk.program.picture("ftp-queue-offered")
        desk.program.click("push button", "继续")
        wait_for("all files", lambda: all(whole(os.path.join(desk.downloads, name(i)), content(i)) for i in (MANY - 1, 0, MANY // 2))
                 and len(os.listdir(desk.downloads)) == MANY + 1, seconds=300)
        for i in range(MANY):
            assert whole(os.path.join(desk.downloads, name(i)), content(i)), name(i)
        assert os.path.exists(os.path.join(desk.downloads, FILE))
        desk.program.picture("ftp-queue-continued")


CASES = [kept_when_killed]
