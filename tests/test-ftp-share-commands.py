#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shared folder, command by command, as old and odd programs say them. Prints TAP."""
import hashlib
import os
import re
import socket
import subprocess
import sys

from servers.share import PASSWORD, PROGRAM, SECONDS, USER, Raw, Report, Share, until
from servers.share_place import WRITE, fresh

TEXT = b"one\n\ntwo\r\nthree\rfour\r"
SENT = b"one\r\n\r\ntwo\r\nthree\rfour\r"


def put(top, name, content):
    with open(os.path.join(top, name), "wb") as file:
        file.write(content)


def get(top, name):
    with open(os.path.join(top, name), "rb") as file:
        return file.read()


def lines_of_text(place):
    """TYPE A converts the ends of lines, both ways; TYPE I, and none, nothing"""
    top = os.path.join(place, "shared")
    put(top, "text", TEXT)
    many = b"\n" * 300_000 + b"x\n" * 700_001
    put(top, "many", many)
    with Share(top, *WRITE) as share, Raw(share) as peer:
        assert peer.fetch(b"RETR text")[0] == TEXT
        assert peer.store(b"STOR same", SENT).startswith(b"226") and get(top, "same") == SENT
        assert b"TYPE: I" in peer.ask(b"STAT")
        for command in (b"TYPE A", b"type a n", b"TYPE a"):
            assert peer.ask(command).startswith(b"200"), command
        assert b"TYPE: A N" in peer.ask(b"STAT")
        assert peer.fetch(b"RETR text")[0] == SENT
        assert peer.fetch(b"RETR many")[0] == many.replace(b"\n", b"\r\n")
        assert peer.store(b"STOR text2", SENT).startswith(b"226")
        assert get(top, "text2") == b"one\n\ntwo\nthree\rfour\r"
        assert peer.store(b"APPE text2", b"\r\n").startswith(b"226")
        assert get(top, "text2") == b"one\n\ntwo\nthree\rfour\r\n"
        assert peer.store(b"STOR many2", many.replace(b"\n", b"\r\n")).startswith(b"226") and get(top, "many2") == many
        assert peer.store(b"STOR nothing", b"").startswith(b"226") and get(top, "nothing") == b""
        assert peer.ask(b"SIZE text").startswith(b"550")
        assert peer.ask(b"REST 3").startswith(b"501") and peer.ask(b"REST 0").startswith(b"350")
        for command in (b"TYPE A X", b"TYPE E", b"TYPE L 7", b"TYPE AI", b"MODE B", b"MODE SS", b"STRU R"):
            assert peer.ask(command).startswith(b"504"), command
        assert peer.ask(b"TYPE L 8").startswith(b"200") and peer.ask(b"SIZE text") == b"213 %d\r\n" % len(TEXT)
        # What REST said does not count for another TYPE.
        assert peer.ask(b"REST 3").startswith(b"350") and peer.ask(b"TYPE A").startswith(b"200")
        assert peer.fetch(b"RETR text")[1].startswith(b"554")
        assert peer.fetch(b"RETR text")[0] == SENT
        for name in ("text", "text2", "many", "many2", "same", "nothing"):
            os.remove(os.path.join(top, name))


def ranges(place):
    """RANG: a part of a file, fetched and hashed, once"""
    top = os.path.join(place, "shared")
    content = bytes(range(256)) * 5000
    put(top, "file", content)

    def digest(data):
        return hashlib.sha256(data).hexdigest().encode()
    with Share(top, *WRITE) as share, Raw(share) as peer:
        assert b" RANG STREAM\r\n" in peer.ask(b"FEAT")
        for first, last in ((0, 0), (3, 10), (1000, 700_000), (len(content) - 5, len(content) - 1), (len(content) - 5, len(content) + 100)):
            assert peer.ask(b"RANG %d %d" % (first, last)).startswith(b"350")
            found, answer = peer.fetch(b"RETR file")
            assert found == content[first:last + 1] and answer.startswith(b"226"), (first, last, len(found), answer)
            assert peer.ask(b"RANG %d %d" % (first, last)).startswith(b"350")
            end = min(last, len(content) - 1)
            assert peer.ask(b"HASH file") == b"213 SHA-256 %d-%d %s file\r\n" % (first, end, digest(content[first:last + 1]))
        assert peer.ask(b"HASH file") == b"213 SHA-256 0-%d %s file\r\n" % (len(content), digest(content))
        assert peer.fetch(b"RETR file")[0] == content
        assert peer.ask(b"RANG 5 9").startswith(b"350") and peer.ask(b"RANG 1 0").startswith(b"350")
        assert peer.fetch(b"RETR file")[0] == content
        assert peer.ask(b"REST 1279990").startswith(b"350") and peer.ask(b"HASH file").startswith(b"213 SHA-256 1279990-1279999 ")
        for command in (b"REST 5", b"RANG 0 9", b"RANG 5 9"):
            assert peer.ask(command).startswith(b"350") and peer.ask(b"TYPE A").startswith(b"200")
            assert peer.fetch(b"RETR file")[1].startswith(b"554") and peer.ask(b"TYPE I").startswith(b"200")
            assert peer.fetch(b"RETR file")[0] == content, "what was refused has used it up"
        for command in (b"REST 5", b"RANG 5 9"):
            assert peer.ask(command).startswith(b"350") and peer.fetch(b"LIST")[1].startswith(b"226")
            assert peer.fetch(b"RETR file")[0] == content, "a listing has used it up"
        assert peer.ask(b"RANG 2000000 2000001").startswith(b"350") and peer.ask(b"HASH file").startswith(b"554")
        for command in (b"RANG", b"RANG 5", b"RANG 5 4", b"RANG 1 x", b"RANG -1 5"):
            assert peer.ask(command).startswith(b"501"), command
        assert peer.ask(b"RANG 0 4").startswith(b"350") and peer.store(b"STOR file", b"x").startswith(b"501")
        assert get(top, "file") == content
        os.remove(os.path.join(top, "file"))


def times(place):
    """MDTM tells a time, and sets it for programs that know no MFMT"""
    top = os.path.join(place, "shared")
    odd = "20200202000000 odd"
    put(top, odd, b"")
    os.utime(os.path.join(top, odd), (1_000_000_000, 1_000_000_000))
    with Share(top, *WRITE) as share:
        with Raw(share) as peer:
            assert peer.ask(b"MDTM 20200202000000 a.txt").startswith(b"213")
            assert peer.ask(b"MDTM a.txt") == b"213 20200202000000\r\n"
            assert peer.ask(b"MDTM 20210101123000.123 /a.txt").startswith(b"213")
            assert peer.ask(b"MDTM a.txt") == b"213 20210101123000\r\n"
            # A file that is there is meant, whatever it is called.
            assert peer.ask(b"MDTM " + odd.encode()) == b"213 20010909014640\r\n"
            assert peer.ask(b"MDTM 20200202000000 missing").startswith(b"550")
            assert peer.ask(b"MDTM 20201302000000 a.txt").startswith(b"550")
            assert peer.ask(b"MDTM sub").startswith(b"213") and peer.ask(b"SIZE sub").startswith(b"550")
            assert peer.ask(b"MFMT 20200202000000 a.txt") == b"213 Modify=20200202000000; a.txt\r\n"
            # No file system here knows that year, and none may say that it does; a large one may.
            answer = peer.ask(b"MFMT 99991231235959 a.txt")
            told = peer.ask(b"MDTM a.txt")
            assert answer.startswith(b"213") == (told == b"213 99991231235959\r\n") and answer[:3] in (b"213", b"550"), (answer, told)
            assert peer.ask(b"MFMT 20200202000000 a.txt").startswith(b"213")
            assert peer.ask(b"MFMT 20200202000000").startswith(b"501") and peer.ask(b"MFMT x a.txt").startswith(b"501")
        with Raw(share, user="anonymous", password="x") as peer:
            assert peer.ask(b"MDTM 20210101123000 a.txt").startswith(b"550")
            assert peer.ask(b"MDTM a.txt") == b"213 20200202000000\r\n"
    os.remove(os.path.join(top, odd))


def listings(place):
    """LIST and NLST with options, of files, with * and ?"""
    top = os.path.join(place, "shared")
    for name in ("图一.jpg", "图二.jpg", ".hidden.jpg", "b.jpg.bak"):
        put(top, name, b"x")
    with Share(top, *WRITE) as share, Raw(share) as peer:
        def names(command):
            found, answer = peer.fetch(command)
            assert answer.startswith(b"226"), (command, answer)
            return sorted(line.decode() for line in found.split(b"\r\n")[:-1])

        whole = names(b"LIST")
        assert sum(line.endswith(" a.txt") for line in whole) == 1
        for options in (b"-al", b"-a", b"-la", b"-l -a", b"-aL .", b"-al /"):
            assert names(b"LIST " + options) == whole, options
        assert [line.split()[-1] for line in names(b"LIST -la sub")] == ["b.txt", "deep"] == names(b"NLST -1")[:0] + ["b.txt", "deep"]
        assert peer.ask(b"STAT -la sub") == peer.ask(b"STAT sub") and b" b.txt" in peer.ask(b"STAT -l sub")
        assert names(b"NLST sub") == ["sub/b.txt", "sub/deep"] == names(b"NLST sub/")
        assert names(b"NLST a.txt") == ["a.txt"] and names(b"NLST /sub/b.txt") == ["/sub/b.txt"]
        assert names(b"NLST *.jpg") == sorted(["图一.jpg", "图二.jpg"]) == names("NLST 图?.jpg".encode()) == names(b"NLST ??.jpg")
        assert names(b"NLST .*") == [".hidden.jpg"]
        assert names(b"NLST sub/*.txt") == ["sub/b.txt"] and names(b"NLST /sub/*") == ["/sub/b.txt", "/sub/deep"]
        assert [line.split()[-1] for line in names(b"LIST *.bak")] == ["b.jpg.bak"]
        for nothing in (b"NLST *.png", b"LIST missing", b"NLST missing", b"NLST */*", b"NLST sub/?"):
            assert peer.fetch(nothing)[1].startswith(b"550"), nothing
        # A pattern that other matchers take for ever for.
        put(top, "a" * 200, b"")
        assert peer.fetch(b"NLST " + b"*a" * 100 + b"*b")[1].startswith(b"550")
        for name in ("图一.jpg", "图二.jpg", ".hidden.jpg", "b.jpg.bak", "a" * 200):
            os.remove(os.path.join(top, name))


def file_managers(place):
    """what the file managers of Windows and of telephones, and cameras say"""
    top = os.path.join(place, "shared")
    with Share(top, *WRITE, "anonymous-writable=1") as share:
        with Raw(share, login=False) as peer:
            for command, code in (("USER anonymous", 331), ("PASS IEUser@", 230), ("opts utf8 on", 200), ("syst", 215), ("site help", 500), ("PWD", 257), ("noop", 200),
                                  ("CWD /", 250), ("TYPE A", 200)):
                answer = peer.ask(command.encode())
                assert answer.startswith(str(code).encode()), (command, answer)
            answer = peer.ask(b"PASV")
            numbers = [int(number) for number in re.search(rb"\(([\d,]+)\)", answer)[1].split(b",")]
            assert numbers[:4] == [127, 0, 0, 1], answer
            with socket.create_connection(("127.0.0.1", numbers[4] * 256 + numbers[5]), 10) as data:
                assert peer.ask(b"LIST").startswith(b"150")
                assert b"a.txt\r\n" in b"".join(iter(lambda: data.recv(65536), b""))
            assert peer.reply().startswith(b"226")
        with Raw(share) as peer:
            for command, code in (("CLNT Test", 200), ("OPTS UTF8", 200), ("OPTS UTF-8 ON", 501), ("ALLO 100", 202), ("XMKD /DCIM", 257), ("MKD /DCIM/100", 257), ("MKD /DCIM/100", 550),
                                  ("XCWD /DCIM/100", 250), ("SIZE DSC1.JPG", 550), ("STRU F", 200), ("MODE S", 200), ("TYPE I", 200)):
                answer = peer.ask(command.encode())
                assert answer.startswith(str(code).encode()), (command, answer)
            assert peer.store(b"STOR DSC1.JPG.tmp", b"\xff\xd8\n\r\n").startswith(b"226")
            assert peer.ask(b"RNFR DSC1.JPG.tmp").startswith(b"350") and peer.ask(b"RNTO DSC1.JPG").startswith(b"250")
            assert peer.ask(b"RNFR /DCIM").startswith(b"350") and peer.ask(b"RNTO /DCIM/100/x").startswith(b"553")
            assert get(top, "DCIM/100/DSC1.JPG") == b"\xff\xd8\n\r\n"
            assert peer.ask(b'MKD a"b').startswith(b'257 "/DCIM/100/a""b"') and peer.ask(b'CWD a"b').startswith(b"250")
            assert peer.ask(b"PWD").startswith(b'257 "/DCIM/100/a""b"') and peer.ask(b"XCUP").startswith(b"250")
            for command in (b'RMD a"b', b"DELE DSC1.JPG", b"CDUP", b"RMD 100", b"CWD /", b"RMD DCIM"):
                assert peer.ask(command).startswith(b"250"), command


def while_moving(place):
    """STAT, NOOP and ABOR are answered while a file moves; all else waits"""
    top = os.path.join(place, "shared")
    with open(os.path.join(top, "long"), "wb") as file:
        file.truncate(100 << 20)
    with Share(top, *WRITE) as share, Raw(share) as peer:
        data = peer.data()
        assert peer.ask(b"RETR long").startswith(b"150")
        answer = peer.ask(b"STAT")
        assert answer.startswith(b"211-") and b"A transfer is going on" in answer and b"TYPE: I" in answer, answer
        assert peer.ask(b"NOOP").startswith(b"200") and peer.ask(b"STAT a.txt").startswith(b"450")
        peer.send(b"PWD\r\n")
        total = 0
        while part := data.recv(1 << 20):
            total += len(part)
        assert total == 100 << 20
        assert peer.reply().startswith(b"226") and peer.reply().startswith(b"257")
    os.remove(os.path.join(top, "long"))


def sent_away(place):
    """who is in goes when the account is taken away, or anonymous visitors are no longer wanted; the others stay"""
    with Share(os.path.join(place, "shared"), *WRITE, "account=other:geheim-2::ro") as share:
        one, other, anonymous = Raw(share), Raw(share, user="other", password="geheim-2"), Raw(share, user="anonymous", password="x")
        share.tell("forget other")
        assert other.reply().startswith(b"421") and other.reply() == b""
        assert anonymous.ask(b"NOOP").startswith(b"200")
        share.tell("anonymous=0")
        assert anonymous.reply().startswith(b"421") and anonymous.reply() == b""
        assert one.ask(b"NOOP").startswith(b"200")
        for peer in (one, other, anonymous):
            peer.close()


def writing_ends(place):
    """an upload ends when writing is switched off; what has come is kept"""
    top = os.path.join(place, "shared")
    with Share(top, *WRITE) as share, Raw(share) as peer, peer.data() as data:
        assert peer.ask(b"STOR half").startswith(b"150")
        data.sendall(b"x" * 1000)
        until(lambda: b"1000 bytes" in peer.ask(b"STAT"), "the first bytes have come")
        share.tell("writable=0")
        answer = peer.reply()
        assert answer.startswith(b"550"), answer
        assert peer.ask(b"SIZE half") == b"213 1000\r\n"
        # Downloads go on.
        assert peer.fetch(b"RETR half") == (b"x" * 1000, b"226 Done.\r\n")
    os.remove(os.path.join(top, "half"))


def ports_for_data(place):
    """passive ports come from the range; when it is used up, that is said"""
    for _ in range(20):
        with socket.create_server(("127.0.0.1", 0)) as one:
            first = one.getsockname()[1]
        with Share(os.path.join(place, "shared"), *WRITE, f"passive-min={first}", f"passive-max={first}") as share, Raw(share) as peer, Raw(share) as other:
            # Somebody else may have been faster.
            if peer.ask(b"EPSV") != b"229 Entering Extended Passive Mode (|||%d|).\r\n" % first:
                continue
            assert other.ask(b"EPSV").startswith(b"425")
            assert peer.ask(b"ABOR").startswith(b"226")
            if other.ask(b"EPSV").startswith(b"229"):
                return
    raise AssertionError("no port in 20 tries")


def other_addresses(place):
    """another address of this computer, and IPv6: there, and nowhere else"""
    top = os.path.join(place, "shared")
    with Share(top, *WRITE, "address=127.0.0.8") as share:
        with Raw(share) as peer:
            assert b"(127,0,0,8," in peer.ask(b"PASV")
            assert peer.fetch(b"RETR a.txt")[0] == b"hello"
        try:
            socket.create_connection(("127.0.0.1", share.port), 5).close()
            raise AssertionError("it listens elsewhere, too")
        except ConnectionRefusedError:
            pass
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return
    for address in ("::1", "::"):
        with Share(top, *WRITE, f"address={address}") as share, Raw(share) as peer:
            assert peer.ask(b"PASV").startswith(b"501") and peer.ask(b"PORT 127,0,0,1,200,1").startswith(b"522")
            assert peer.ask(b"EPSV 1").startswith(b"522") and peer.ask(b"EPSV 2").startswith(b"229")
            assert peer.fetch(b"RETR a.txt")[0] == b"hello"
            with socket.create_server(("::1", 0), family=socket.AF_INET6) as active:
                active.settimeout(SECONDS)
                assert peer.ask(b"EPRT |2|::1|%d|" % active.getsockname()[1]).startswith(b"200")
                assert peer.ask(b"RETR a.txt").startswith(b"150")
                with active.accept()[0] as data:
                    assert data.recv(100) == b"hello"
            assert peer.reply().startswith(b"226")


def gone(place):
    """a folder that is renamed or deleted is no longer shared, and that is said"""
    moved, deleted = os.path.join(place, "moved"), os.path.join(place, "deleted")
    os.makedirs(moved)
    os.makedirs(deleted)
    with Share(moved, *WRITE) as one, Share(deleted, *WRITE) as other, Raw(one) as peer, Raw(other) as second:
        os.rename(moved, moved + "-elsewhere")
        os.rmdir(deleted)
        assert peer.reply() == b"" and second.reply() == b""
        for share in (one, other):
            try:
                socket.create_connection(("127.0.0.1", share.port), 5).close()
                raise AssertionError("it still listens")
            except ConnectionRefusedError:
                pass
    for share in (one, other):
        assert any("is not there any more" in line for line in share.log), share.log


def cannot_start(place):
    """what cannot be shared: a port that is taken, ports that make no sense, a folder that is missing or cannot be read"""
    top, closed = os.path.join(place, "shared"), os.path.join(place, "closed")
    os.makedirs(closed)
    os.chmod(closed, 0)
    os.chmod(place, 0o755)
    os.chmod(os.path.dirname(place), 0o755)

    def why(folder, *options, **more):
        with subprocess.Popen([PROGRAM, folder, os.path.join(place, "none.pem"), "tls=0", *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, **more) as process:
            return process.stdout.readline().decode()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"(process {os.getpid()}) has the port {port} already. Choose another port. (" in why(top, f"port={port}")
    assert "FAILED The highest port for data is below" in why(top, "passive-min=5000", "passive-max=4999")
    assert "FAILED Give both" in why(top, "passive-max=5000")
    assert "FAILED Ports below 1024" in why(top, "passive-min=1000", "passive-max=2000")
    assert "FAILED Visitors log in at port 5000" in why(top, "port=5000", "passive-min=5000", "passive-max=5000")
    assert "cannot be opened. Choose another one. (No such file" in why(os.path.join(place, "missing"))
    assert "cannot be opened. Choose another one. (Not a directory" in why(os.path.join(top, "a.txt"))
    try:
        said = why(closed, **({"user": 65534} if os.geteuid() == 0 else {}))
    except PermissionError:
        return  # the program itself is where nobody else may look
    assert "cannot be opened. Choose another one. (Permission denied" in said, said


def main():
    report = Report()
    with fresh() as place:
        for operation in (lines_of_text, ranges, times, listings, file_managers, while_moving, sent_away, writing_ends, ports_for_data, other_addresses, gone, cannot_start):
            report.run(operation, place)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
