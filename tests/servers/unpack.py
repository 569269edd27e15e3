# SPDX-License-Identifier: GPL-3.0-or-later
"""FTP servers from the distribution's packages, unpacked into a folder and never installed: they conflict as packages, and they would
start daemons."""
import fcntl
import os
import re
import shutil
import subprocess

PACKAGES = {
    "vsftpd": ["vsftpd"],
    "proftpd": ["proftpd-core", "proftpd-mod-crypto"],
    "pure-ftpd": ["pure-ftpd", "pure-ftpd-common"],
}


class NotPossible(Exception):
    """Why a server cannot run here: a sentence."""


def run(*command, **keywords):
    return subprocess.run(command, capture_output=True, text=True, check=False, **keywords)


def is_installed(package):
    return run("dpkg-query", "-W", "-f", "${db:Status-Status}", package).stdout == "installed"


def libraries_of(archive):
    """The library packages that it depends on and that are not there; of alternatives the first one."""
    depends = run("dpkg-deb", "-f", archive, "Depends").stdout
    names = (re.match(r"\s*([a-z0-9.+-]+)", part) for part in depends.split(","))
    return [name[1] for name in names if name and name[1].startswith("lib") and not is_installed(name[1])]


def download(packages, folder):
    """The archives of `packages`. apt-get wants a folder that it may write into as its own user, or says so; that is no error."""
    before = set(os.listdir(folder))
    for again in (False, True):
        result = run("apt-get", "-qq", "download", *packages, cwd=folder)
        if result.returncode == 0:
            break
        if again or os.geteuid() != 0 or run("apt-get", "-qq", "update").returncode != 0:
            raise NotPossible(f"{' '.join(packages)} could not be downloaded: {result.stderr.strip().splitlines()[-1:]}")
    return [os.path.join(folder, name) for name in set(os.listdir(folder)) - before if name.endswith(".deb")]


def unpack(name, cache):
    """The folder that holds the server and the libraries that it wants, as if that were the root; `/` where there is no apt-get."""
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        return "/"
    done = os.path.join(cache, name)
    if os.path.isdir(done):
        return done
    os.makedirs(cache, exist_ok=True)
    with open(os.path.join(cache, "lock"), "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # where several tests begin together, one fetches
        return done if os.path.isdir(done) else make(name, done)


def fetch(names, cache):
    """All of them, before there is no network any more. pyftpdlib is no package of this list."""
    for name in set(names) & set(PACKAGES):
        unpack(name, cache)


def make(name, done):
    making = f"{done}.{os.getpid()}"
    shutil.rmtree(making, ignore_errors=True)
    os.makedirs(making)
    try:
        seen, wanted = set(), list(PACKAGES[name])
        while wanted:
            seen.update(wanted)
            archives = download(wanted, making)
            wanted = [library for archive in archives for library in libraries_of(archive) if library not in seen]
            for archive in archives:
                if run("dpkg-deb", "-x", archive, making).returncode != 0:
                    raise NotPossible(f"{os.path.basename(archive)} could not be unpacked.")
                os.unlink(archive)
            wanted = list(dict.fromkeys(wanted))
        os.rename(making, done)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return done


def find(root, program):
    """A program below an unpacked root, or of the system when `root` is `/`."""
    if root == "/":
        path = shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    else:
        paths = [os.path.join(root, folder, program) for folder in ("usr/sbin", "usr/bin")]
        path = next((path for path in paths if os.path.exists(path)), None)
    if not path:
        raise NotPossible(f"{program} is not there.")
    return path


def folders_of(root, ends_with):
    """Folders below the unpacked root that hold a file whose name ends so, for LD_LIBRARY_PATH and ModulePath."""
    found = set()
    for folder, _, files in os.walk(os.path.join(root, "usr/lib") if root != "/" else "/usr/lib"):
        if any(ends_with in file for file in files):
            found.add(folder)
    if root != "/":
        for folder, _, files in os.walk(os.path.join(root, "lib")):
            if any(ends_with in file for file in files):
                found.add(folder)
    return sorted(found)
