# SPDX-License-Identifier: GPL-3.0-or-later
"""A bad network: stands before an FTP server without TLS and breaks connections in the middle: with a reset, or they say nothing any more."""
import asyncio
import contextlib
import re
import socket
import struct
import threading

PIECE = 16384


def reset(writer):
    sock = writer.get_extra_info("socket")
    if sock is not None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def unread(writer):
    """Bytes that have come to the other end of a connection over loopback and that its program has not read yet. A reset throws them away."""
    own, peer = (f":{writer.get_extra_info(name)[1]:04X}" for name in ("sockname", "peername"))
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with open(table) as lines:
            for words in map(str.split, lines):
                if words[1].endswith(peer) and words[2].endswith(own):
                    return int(words[4].split(":")[1], 16)
    return 0


class Cutter:
    """`with Cutter(port, cuts=3, after=1_000_000) as cutter:` the first `cuts` data connections that carry so much are cut there, together with
    their control connections, once the other end has read what came: that it has something to go on with is certain. `resumed`: how often something
    was gone on with, not at its beginning. `chance`: a random.Random: each data connection is cut at a random place before `after`, whatever has been
    read, and one in `stalls` is not reset, but says nothing any more."""

    def __init__(self, port, cuts, after, chance=None, stalls=0):
        self.server_port, self.cuts, self.after, self.chance, self.stalls = port, cuts, after, chance, stalls
        self.stalled = 0
        self.port = self.loop = None
        self.resumed = 0
        self.ready = threading.Event()

    def __enter__(self):
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()
        assert self.ready.wait(60)
        return self

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)

    def _run(self):
        self.loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self.loop)
        server = self.loop.run_until_complete(asyncio.start_server(self._control, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self.ready.set()
        self.loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(self.loop)
        for task in tasks:
            task.cancel()
        self.loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self.loop.close()

    async def _control(self, reader, writer):
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self.server_port)
        both = (writer, there_writer)

        async def forward():
            while line := await reader.readline():
                self.resumed += line.startswith(b"APPE") or bool(re.match(rb"REST [1-9]", line))
                there_writer.write(line)
            there_writer.close()

        async def back():
            while line := await there_reader.readline():
                writer.write(await self._with_own_port(line, both))
            writer.close()

        with contextlib.suppress(asyncio.CancelledError):  # the test is over; a cancelled handler is told as an error
            await asyncio.gather(forward(), back(), return_exceptions=True)

    async def _with_own_port(self, line, both):
        """The reply, with the port of a listener of ours for the data."""
        epsv = re.match(rb"229 .*\|\|\|(\d+)\|", line)
        pasv = re.match(rb"227 .*?(\d+),(\d+),(\d+),(\d+),(\d+),(\d+)", line)
        if not epsv and not pasv:
            return line
        port = int(epsv[1]) if epsv else int(pasv[5]) * 256 + int(pasv[6])

        async def data(reader, writer):
            listener.close()
            await self._data(port, reader, writer, both)

        listener = await asyncio.start_server(data, "127.0.0.1", 0)
        own = listener.sockets[0].getsockname()[1]
        if epsv:
            return b"229 Extended passive (|||%d|)\r\n" % own
        return b"227 Passive (127,0,0,1,%d,%d)\r\n" % (own // 256, own % 256)

    async def _data(self, port, reader, writer, both):
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", port)
        came = 0
        after = self.chance.randrange(self.after) if self.chance else self.after

        async def pipe(source, target):
            nonlocal came
            while piece := await source.read(PIECE):
                came += len(piece)
                target.write(piece)
                await target.drain()
                if self.cuts > 0 and came > after:
                    self.cuts -= 1
                    if self.stalls and self.cuts % self.stalls == 0:
                        self.stalled += 1
                        await asyncio.sleep(60)
                        return
                    while not self.chance and unread(target):
                        await asyncio.sleep(0.001)
                    for one in (writer, there_writer, *both):
                        reset(one)
                    return
            target.close()

        await asyncio.gather(pipe(reader, there_writer), pipe(there_reader, writer), return_exceptions=True)
