#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tcp_client.py HOST PORT TEXT: connects, sends, prints the first answer, closes."""
import socket
import sys

host, port, text = sys.argv[1], int(sys.argv[2]), sys.argv[3]
with socket.create_connection((host, port), timeout=90) as sock:
    sock.sendall(text.encode("utf-8"))
    print(sock.recv(65535).decode("utf-8"), flush=True)
