# SPDX-License-Identifier: GPL-3.0-or-later
"""A loopback network of the program's own: thousands of data connections leave as many ports closed for a minute (TIME_WAIT), and whoever looks for a free one
afterwards pays for what was measured before. Here they leave none."""
import ctypes
import fcntl
import os
import socket
import struct

CLONE_NEWNET = 0x40000000
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1


def enter():
    """This process and those that it starts from now on. Needs root."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "a network of its own cannot be had")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        flags = struct.unpack("16sh", fcntl.ioctl(control, SIOCGIFFLAGS, struct.pack("16sh", b"lo", 0)))[1]
        fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sh", b"lo", flags | IFF_UP))
    if os.access("/proc/sys/net/ipv4/tcp_max_tw_buckets", os.W_OK):
        with open("/proc/sys/net/ipv4/tcp_max_tw_buckets", "w", encoding="ascii") as setting:
            setting.write("0")
