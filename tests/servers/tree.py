#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The folder that a test's FTP server shows: tree.py FOLDER [--entries N] [--uid UID]. Names are bytes."""
import argparse
import os
import random
import time

HELLO = b"hello.txt"
DATA = b"data.bin"
CHINESE_FOLDER = "中文文件夹".encode()
CHINESE_FILE = "说明 文档.txt".encode()
GBK_FOLDER = "资料".encode("gbk")
GBK_FILE = "报告.txt".encode("gbk")
BLANK_FILE = b" blanks at both ends "
BLANK_FOLDER = b"  two before, one after "
LINK = b"link"
LINK_TARGET = b"hello.txt"
EMPTY = b"empty"
BIG = b"big.bin"
MANY = b"many"
# The only one at the top into which can be written: vsftpd lets nobody in anonymously whose top folder is writable.
WORK = b"work"

# More than a number of 32 bits with a sign holds.
BIG_SIZE = 2 ** 31 + 2 ** 26
BIG_END = 1024 ** 2
HELLO_TIME = 1_600_000_000
ENTRIES = 10_000


def noise(size, seed):
    return random.Random(seed).randbytes(size)


def write(path, content):
    with open(path, "wb") as file:
        file.write(content)


def fill(folder, count):
    """`count` files and folders: every 50th is a folder; names of different lengths, some Chinese."""
    folder = os.fsencode(folder)
    os.makedirs(folder, exist_ok=True)
    for i in range(count):
        name = ("%06d-文件.dat" % i if i % 10 == 0 else "%06d-file.dat" % i).encode()
        if i % 50 == 49:
            os.mkdir(os.path.join(folder, name))
        else:
            os.close(os.open(os.path.join(folder, name), os.O_WRONLY | os.O_CREAT, 0o644))


def make(root, entries=ENTRIES):
    root = os.fsencode(root)

    def at(*names):
        return os.path.join(root, *names)

    os.makedirs(root, exist_ok=True)
    write(at(HELLO), b"Hello, \xe9\x80\x9a\xe8\xb7\xaf.\r\nSecond line.\n")
    os.utime(at(HELLO), (HELLO_TIME, HELLO_TIME))
    write(at(DATA), noise(3 * 1024 ** 2 + 137, 1))
    for folder, file in ((CHINESE_FOLDER, CHINESE_FILE), (GBK_FOLDER, GBK_FILE), (BLANK_FOLDER, BLANK_FILE)):
        os.mkdir(at(folder))
        write(at(folder, file), noise(10_000, file))
    write(at(BLANK_FILE), noise(5_000, 3))
    os.symlink(LINK_TARGET, at(LINK))
    os.mkdir(at(EMPTY))
    with open(at(BIG), "wb") as big:
        big.truncate(BIG_SIZE)
        big.seek(BIG_SIZE - BIG_END)
        big.write(noise(BIG_END, 4))
    old = time.time() - 400 * 86400
    os.utime(at(BIG), (old, old))
    fill(at(MANY), entries)
    os.mkdir(at(WORK))


def give(root, uid, gid):
    """All but the top folder itself to the user as whom the server works."""
    root = os.fsencode(root)
    for folder, folders, files in os.walk(root):
        for name in folders + files:
            os.chown(os.path.join(folder, name), uid, gid, follow_symlinks=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--entries", type=int, default=ENTRIES)
    parser.add_argument("--uid", type=int)
    arguments = parser.parse_args()
    make(arguments.folder, arguments.entries)
    if arguments.uid is not None:
        give(arguments.folder, arguments.uid, arguments.uid)


if __name__ == "__main__":
    main()
