#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""udp_server.py HOST: binds a port, prints it, answers the first datagram, prints it and stops."""
import socket
import sys

host = sys.argv[1]
family = socket.AF_INET6 if ":" in host else socket.AF_INET
with socket.socket(family, socket.SOCK_DGRAM) as sock:
    sock.settimeout(90)
    sock.bind((host, 0))
    print(sock.getsockname()[1], flush=True)
    message, address = sock.recvfrom(65535)
    sock.sendto(("Received msg: " + message.decode("utf-8")).encode("utf-8"), address)
    print(message.decode("utf-8"), flush=True)
