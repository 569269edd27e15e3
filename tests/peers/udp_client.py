#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""udp_client.py HOST PORT TEXT: sends a datagram, waits for the answer, prints it."""
import socket
import sys

host, port, text = sys.argv[1], int(sys.argv[2]), sys.argv[3]
family = socket.AF_INET6 if ":" in host else socket.AF_INET
with socket.socket(family, socket.SOCK_DGRAM) as sock:
    sock.settimeout(90)
    sock.sendto(text.encode("utf-8"), (host, port))
    answer, address = sock.recvfrom(65535)
    print(answer.decode("utf-8"), flush=True)
