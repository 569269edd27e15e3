# SPDX-License-Identifier: GPL-3.0-or-later
"""A far away network: stands before an FTP server without TLS; whatever goes either way arrives later."""
import asyncio
import contextlib

from .cutter import Cutter, PIECE


class Delayer(Cutter):
    """`with Delayer(port, seconds) as delayer:` each way takes `seconds`; also the making of a connection."""

    def __init__(self, port, seconds):
        super().__init__(port, 0, 0)
        self.seconds = seconds

    async def _carry(self, reader, writer, change=None):
        """What is read is written `seconds` later, in order."""
        queue = asyncio.Queue()

        async def write():
            while True:
                due, piece = await queue.get()
                await asyncio.sleep(max(0, due - self.loop.time()))
                if not piece:
                    writer.close()
                    return
                writer.write(piece)

        writing = asyncio.create_task(write())
        try:
            while piece := await (reader.readline() if change else reader.read(PIECE)):
                queue.put_nowait((self.loop.time() + self.seconds, await change(piece) if change else piece))
        finally:
            queue.put_nowait((self.loop.time() + self.seconds, b""))
            await writing

    async def _control(self, reader, writer):
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self.server_port)
        # It is stopped while somebody is still connected: asyncio would print each.
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(self._carry(reader, there_writer), self._carry(there_reader, writer, lambda line: self._with_own_port(line, None)),
                                 return_exceptions=True)

    async def _data(self, port, reader, writer, both):
        # The first byte waits for the way there and back that a connection takes to be made.
        await asyncio.sleep(2 * self.seconds)
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(self._carry(reader, there_writer), self._carry(there_reader, writer), return_exceptions=True)
