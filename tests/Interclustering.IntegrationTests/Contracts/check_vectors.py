"""Checks contracts/vectors with Python alone: python3 check_vectors.py. Exit code 0 when all hold, 1 with a line for each that does not."""
import json
import pathlib
import sys

import wire

VECTORS = pathlib.Path(__file__).resolve().parents[3] / "contracts" / "vectors"
failures, passed = [], 0


def check(holds, what):
    global passed
    passed += bool(holds)
    if not holds:
        failures.append(what)


def read(name):
    return json.loads((VECTORS / name).read_text(encoding="utf-8"))


def is_refused(text):
    try:
        wire.canonical(wire.parse(text))
        return False
    except wire.Refused:
        return True


canonical = read("canonical.json")
for case in canonical["accept"]:
    check(wire.canonical(wire.parse(case["input"])) == case["canonical"].encode(), f"canonical: {case['what']}")
for case in canonical["refuse"]:
    check(is_refused(case["input"]), f"canonical, to refuse: {case['what']}")

for case in read("entries.json")["entries"]:
    entry = case["entry"]
    check(wire.sha256(case["canonicalData"].encode()) == case["digest"] == wire.digest(entry["type"], entry["data"]), f"digest of {entry['id']}")
    check(wire.sha256(case["canonicalHead"].encode()) == case["hash"] == wire.hash_of(entry), f"hash of {entry['id']}")

chain = read("chain.json")
for case in chain["accept"]:
    check(wire.why_refused(case["entries"], case["erased"], wire.ORIGIN) is None, f"chain: {case['what']}")
for case in chain["refuse"]:
    check(wire.why_refused(case["entries"], case["erased"], wire.ORIGIN) == case["why"], f"chain, to refuse: {case['what']}")

for case in read("envelopes.json")["entries"]:
    check(case["entry"]["hash"] == wire.hash_of(case["entry"]), f"envelope: {case['what']}")

try:
    import cryptography  # noqa: F401
except ImportError:
    print("skipped signatures: python3-cryptography is not installed")
else:
    signatures = read("signatures.json")
    keys = signatures["keys"]
    for case in signatures["verify"]:
        check(wire.covered(case["message"]) == case["covered"].encode(), f"covered: {case['what']}")
        check(wire.verify(case["message"], [keys[case["signer"]]]), f"signature: {case['what']}")
    for case in signatures["refuse"]:
        check(not wire.verify(case["message"], [keys[case["signer"]]]), f"signature, to refuse: {case['what']}")

    recovery = read("recovery.json")

    def why_not_mine(answers):
        """Why given entries are not the owner's; None when they are."""
        entries = recovery["have"] + [entry for answer in answers for entry in answer["entries"]]
        if not all(wire.verify({**answer, "entries": []}, [keys["bsc"]]) for answer in answers):
            return "signature"
        if any(entry["hash"] != wire.hash_of(entry) or ("data" in entry and entry["digest"] != wire.digest(entry["type"], entry["data"])) for entry in entries):
            return "intact"
        if any((wire.number(after), after["previous"]) != (wire.number(before) + 1, before["hash"]) for before, after in zip(entries, entries[1:])):
            return "chain"
        return None if (wire.number(entries[-1]), entries[-1]["hash"]) == (answers[-1]["sequence"], answers[-1]["hash"]) else "end"

    check(why_not_mine(recovery["accept"]["answers"]) is None, "recovery")
    for case in recovery["refuse"]:
        check(why_not_mine(case["answers"]) == case["why"], f"recovery, to refuse: {case['what']}")

print(f"{passed} hold, {len(failures)} do not")
for failure in failures:
    print(failure)
sys.exit(1 if failures else 0)
