"""Holds participant.py to the contract's vectors, and prints those of which it says something else.

python3 check_participant.py <folder of the vectors>
"""

import base64
import json
import pathlib
import sys

from cryptography.hazmat.primitives import serialization

import participant

VECTORS = pathlib.Path(sys.argv[1])


def read(name):
    return json.loads((VECTORS / f"{name}.json").read_text("utf-8"))


def accepts(check, *values):
    """Whether a check accepts: what is malformed is refused just as what is wrong, as a participant does with a message."""
    try:
        with participant.well_formed():
            return check(*values) is not False
    except participant.Refused:
        return False


def canonical(vector):
    form = participant.canonical(participant.parse(vector["input"].encode())).decode()
    return form == vector.get("canonical", form)


def chain(vector):
    participant.check_chain(vector["entries"], vector["erased"])
    return participant.continues(vector["entries"][0], participant.nowhere())


def keys():
    every = read("signatures")["keys"]
    return {
        (code, key["keyid"]): (serialization.load_der_public_key(base64.b64decode(key["key"])), None)
        for code, key in every.items()}


def signature(vector):
    participant.check_signature(keys(), vector["signer"], vector["message"])


def recovery(vector):
    entries, complete = list(read("recovery")["have"]), False
    for answer in vector["answers"]:
        participant.check_signature(keys(), answer["journal"], answer, returned=True)
        complete = participant.join_returned(entries, answer)
    opening = participant.opening("bsc", entries, [])
    goes_on = {"replaces": opening["data"]["replaces"], "sequence": opening["sequence"], "previous": opening["previous"]}
    return complete and goes_on == vector.get("next", goes_on)


def main():
    every = []
    for name, check in (("canonical", canonical), ("chain", chain), ("signatures", signature), ("recovery", recovery)):
        vectors = read(name)
        good = vectors["verify" if name == "signatures" else "accept"]
        every += [(name, check, one, True) for one in (good if isinstance(good, list) else [good])]
        every += [(name, check, one, False) for one in vectors["refuse"]]
    wrong = [f"{name}: {vector.get('what', vector)}" for name, check, vector, right in every if accepts(check, vector) != right]
    print(f"{len(every)} vectors", *wrong, sep="\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
