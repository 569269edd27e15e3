#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tcp_server.py HOST: listens on a port, prints it, answers one client as the course book does, prints what it got and stops."""
import socket
import sys

with socket.create_server((sys.argv[1], 0)) as server:
    server.settimeout(90)
    print(server.getsockname()[1], flush=True)
    connection, address = server.accept()
    with connection:
        connection.settimeout(90)
        message = connection.recv(65535).decode("utf-8")
        connection.sendall(f"Received msg: {message} from {address}".encode("utf-8"))
        print(message, flush=True)
