"""Writes contracts/vectors and the sealed examples again: python3 make_vectors.py. A signature that still verifies is kept, since ECDSA is random."""
import base64
import copy
import hashlib
import json
import pathlib
import unicodedata

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

import dossier_vectors
import wire

CONTRACTS = pathlib.Path(__file__).resolve().parents[3] / "contracts"
RECORDS = CONTRACTS / "Interclustering.Contracts"
EPOCH = "4b1d7f0e-2c1a-4d5e-9f60-7a8b9c0d1e2f"
NEXT_EPOCH = "c0d1e2f3-a4b5-4c6d-8e7f-0a1b2c3d4e5f"
HUB_EPOCH = "9e0f1a2b-3c4d-4e5f-8a6b-7c8d9e0f1a2b"
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def escaped(text):
    """As System.Text.Json writes with UnsafeRelaxedJsonEscaping: spaces that can't be seen and characters beyond the BMP as escapes."""
    def one(char):
        hidden = char not in " \n" and unicodedata.category(char) in ("Cc", "Cf", "Co", "Cn", "Zl", "Zp", "Zs")
        if not hidden and ord(char) <= 0xFFFF:
            return char
        units = char.encode("utf-16-be")
        return "".join(f"\\u{units[i]:02X}{units[i + 1]:02X}" for i in range(0, len(units), 2))

    return "".join(map(one, text))


def write(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(escaped(json.dumps(value, indent=2, ensure_ascii=False)) + "\n", encoding="utf-8")


def example(path):
    return json.loads((RECORDS / path).read_text(encoding="utf-8"))


class Key:
    """A TEST key, derived from public text: never trust it."""

    def __init__(self, owner):
        self.owner = owner
        scalar = int.from_bytes(hashlib.sha256(f"interclustering TEST KEY {owner}".encode()).digest(), "big") % (ORDER - 1) + 1
        self.private = ec.derive_private_key(scalar, ec.SECP256R1())
        spki = self.private.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        self.public = {"keyid": wire.sha256(spki)[:16], "key": base64.b64encode(spki).decode()}

    def pem(self):
        return self.private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()

    def sign(self, message):
        entries = {"entries": message.pop("entries")} if "entries" in message else {}
        message = {**message, "keyid": self.public["keyid"], "signature": "", **entries}
        for signature in KEPT.get(wire.covered(message), []):
            if wire.verify({**message, "signature": signature}, [self.public]):
                return {**message, "signature": signature}
        r, s = utils.decode_dss_signature(self.private.sign(wire.covered(message), ec.ECDSA(hashes.SHA256())))
        signature = wire.base64url(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
        KEPT.setdefault(wire.covered(message), []).append(signature)
        return {**message, "signature": signature}


def kept_signatures():
    """Signatures of the last run by what they cover."""
    found = {}
    vectors = CONTRACTS / "vectors" / "signatures.json"
    cases = json.loads(vectors.read_text(encoding="utf-8")) if vectors.exists() else {"verify": [], "refuse": []}
    messages = [case["message"] for case in cases["verify"] + cases["refuse"]]
    messages += [json.loads(path.read_text(encoding="utf-8")) for path in (RECORDS / "Journal" / "examples").glob("*.json")]
    for message in messages:
        if "signature" in message:
            found.setdefault(wire.covered(message), []).append(message["signature"])
    return found


def seal(journal, epoch, drafts, start=wire.ORIGIN, first=1):
    """Entries of a journal: (kind, subject, revision, time, data, further attributes)."""
    entries, previous = [], start
    for index, (kind, subject, revision, time, data, further) in enumerate(drafts, first):
        later = dict(further)
        trace = {"traceparent": later.pop("traceparent")} if "traceparent" in later else {}
        entry = {
            "specversion": "1.0", "id": f"{epoch}/{index}", "source": journal, "type": f"fr.interclustering.{kind}",
            "subject": subject, "time": time, "datacontenttype": "application/json", **trace,
            "epoch": epoch, "sequence": f"{index:016}", "revision": revision, "previous": previous,
            "digest": wire.digest(f"fr.interclustering.{kind}", data), "hash": "", "data": data, **later,
        }
        previous = entry["hash"] = wire.hash_of(entry)
        entries.append(entry)
    return entries


def segment(journal, epoch, entries, erased, key):
    last = entries[-1]
    return key.sign({
        "journal": journal, "epoch": epoch, "sequence": wire.number(last), "hash": last["hash"], "erased": erased, "entries": entries})


KEPT = kept_signatures()
BSC, NEXT, HUB, STRANGER = Key("bsc"), Key("bsc next"), Key("hub"), Key("stranger")
EVENT, PERSON, POLL, OPENING, LATER, AGAIN = (
    f"bsc-0193a1b2-{number}-7abc-8def-0123456789ab" for number in ("0001", "0101", "0002", "0003", "0004", "0005"))


def chain_of_five():
    event = example("Events/examples/Event.minimal.json")
    moved = {**event, "sessions": [{"id": "1", "start": "2027-01-21T08:30:00"}], "status": "rescheduled",
             "previousStart": "2027-01-14T08:30:00", "nonce": "5d41402abc4b2a76b9719d911017c592"}
    poll = {"question": "Quel thème en juin\u202f? 🚚 (démonstration)", "options": ["Stocks", "Énergie"], "seats": 12,
            "nonce": "7b52009b64fd0a2a49e6d8a939753077"}
    return seal("bsc", EPOCH, [
        ("event.v1", EVENT, 1, "2026-11-23T09:00:00.000000Z", event,
         {"traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}),
        ("person.v1", PERSON, 1, "2026-11-23T09:00:01.000000Z", example("People/examples/Person.rich.json"), {}),
        ("event.v1", EVENT, 2, "2026-11-24T10:30:00.123456Z", moved, {}),
        ("poll.v2", POLL, 1, "2026-11-24T11:00:00.000000Z", poll, {"fromlaterversion": "é"}),
        ("withdrawn.v1", EVENT, 3, "2026-11-25T08:00:00.000000Z", example("Withdrawals/examples/Withdrawal.with-reason.json"), {}),
    ])


def next_epoch(entries):
    last = entries[-1]
    opened = {"replaces": {"epoch": EPOCH, "sequence": wire.number(last), "hash": last["hash"]}, "reason": "recovered",
              "nonce": "e4da3b7fbbce2345d7772b0674a318d5"}
    return seal("bsc", NEXT_EPOCH, [("journal-opened.v1", OPENING, 1, "2026-11-26T07:00:00.000000Z", opened, {})],
                start=last["hash"], first=wire.number(last) + 1)


def changed(value, change):
    value = copy.deepcopy(value)
    change(value)
    return value


def flipped(signature, index):
    return signature[:index] + ("A" if signature[index] != "A" else "B") + signature[index + 1:]


def main():
    entries = chain_of_five()
    gone = [wire.without(entry, "data") if wire.number(entry) in (1, 3) else entry for entry in entries]
    accepted, quarantined, national = national_entries(entries)
    write_entry_vectors(entries, gone, national)
    sealed_examples(entries, gone, accepted, quarantined, national)


def national_entries(entries):
    accepted = {"origin": entries[1], "nonce": "0cc175b9c0f1b6a831c399e269772661"}
    later = {"title": "Un webinaire d’une version suivante (démonstration)", "rooms": [{"of": 12}], "nonce": "8f14e45fceea167a5a36dedd4bea2543"}
    origin, = seal("bsc", EPOCH, [("webinar.v2", LATER, 1, "2026-11-25T09:00:00.000000Z", later, {})], entries[-1]["hash"], len(entries) + 1)
    quarantined = {"origin": origin, "reason": "future", "detail": "Version 2 of webinar is not known to this hub: it can be applied after an upgrade.",
                   "nonce": "92eb5ffee6ae2fec3ad71c777531578f"}
    unknown = {"origin": entries[3], "nonce": "6512bd43d9caa6e02c990b0a82652dca"}
    national = seal("hub", HUB_EPOCH, [
        ("accepted.v1", PERSON, 1, "2026-11-23T09:00:01.250000Z", accepted, {}),
        ("accepted.v1", POLL, 1, "2026-11-24T11:00:00.250000Z", unknown, {}),
        ("quarantined.v1", LATER, 1, "2026-11-25T09:00:00.250000Z", quarantined, {}),
    ])
    return accepted, quarantined, national


def write_entry_vectors(entries, gone, national):
    vectors = CONTRACTS / "vectors"
    erased_person = changed(national, lambda all: all[0]["data"]["origin"].pop("data"))
    write(vectors / "entries.json", {
        "note": "digest = SHA-256 of canonicalData; hash = SHA-256 of canonicalHead, the entry without data and hash.",
        "entries": [{
            "entry": entry,
            "canonicalData": wire.canonical(
                {**entry["data"], "origin": wire.without(entry["data"]["origin"], "data")} if wire.wraps(entry) else entry["data"]).decode(),
            "canonicalHead": wire.canonical(wire.without(entry, "data", "hash")).decode(),
            "digest": entry["digest"], "hash": entry["hash"],
        } for entry in entries + national],
    })
    write(vectors / "chain.json", {
        "note": "accept: entries that form a chain from 64 zeros on, erased being the sequences sent without data. refuse: why is the first rule broken.",
        "accept": [
            {"what": "five entries, one of a kind and with an attribute from a later version", "erased": [], "entries": entries},
            {"what": "the event was withdrawn: its data is gone, the chain holds", "erased": [1, 3], "entries": gone},
            {"what": "the hub wraps origins' entries", "erased": [], "entries": national},
            {"what": "a new epoch continues sequence and chain", "erased": [], "entries": entries + next_epoch(entries)},
            {"what": "the person was erased: their data is gone from the hub's entry, which still verifies", "erased": [1], "entries": erased_person},
        ],
        "refuse": [
            {"what": "data was changed", "why": "digest", "erased": [],
             "entries": changed(entries, lambda all: all[1]["data"].update(name="Quelqu’un d’autre"))},
            {"what": "an attribute was changed", "why": "hash", "erased": [],
             "entries": changed(entries, lambda all: all[2].update(time="2026-11-24T10:30:00.123457Z"))},
            {"what": "an attribute of a later version was changed", "why": "hash", "erased": [],
             "entries": changed(entries, lambda all: all[3].update(fromlaterversion="è"))},
            {"what": "a wrapped entry's data was changed", "why": "digest", "erased": [],
             "entries": changed(national, lambda all: all[0]["data"]["origin"]["data"].update(name="Quelqu’un d’autre"))},
            {"what": "the third entry is missing", "why": "chain", "erased": [], "entries": entries[:2] + entries[3:]},
            {"what": "two entries changed places", "why": "chain", "erased": [], "entries": [entries[1], entries[0]] + entries[2:]},
            {"what": "the chain does not begin at 64 zeros", "why": "chain", "erased": [], "entries": entries[1:]},
            {"what": "data is missing that nobody erased", "why": "erased", "erased": [1], "entries": gone},
            {"what": "data is there that was erased", "why": "erased", "erased": [1, 3], "entries": entries},
        ],
    })
    write_signature_vectors(entries, gone)
    write(vectors / "envelopes.json", envelopes())
    write(vectors / "recovery.json", recovery(entries))
    write(vectors / "joint-webinar.json", dossier_vectors.vectors())


def envelopes():
    """Intact entries of bsc that the hub sets aside, or not: reason is null then."""
    person = example("People/examples/Person.minimal.json")
    event = example("Events/examples/Event.minimal.json")
    deep = "x"
    for _ in range(17):
        deep = [deep]

    def case(what, reason, kind="person.v1", data=None, **attributes):
        entry, = seal("bsc", EPOCH, [(kind, attributes.pop("subject", PERSON), 1, "2026-11-23T09:00:01.000000Z", person if data is None else data, {})])
        entry = wire.without({**entry, **attributes}, *[name for name, value in attributes.items() if value is None])
        return {"what": what, "reason": reason, "entry": {**entry, "hash": wire.hash_of(entry)}}

    return {
        "note": "Each entry is intact, and bsc's own; the hub's clock says 2026-11-23. reason: what a quarantined entry says of it; null: it is accepted.",
        "entries": [
            case("nothing is wrong", None),
            case("a kind that nobody knows", None, kind="poll.v2"),
            case("an attribute that nobody knows", None, fromlaterversion="é"),
            case("29 February of a leap year", None, time="2024-02-29T09:00:00Z"),
            case("the largest revision", None, revision=2**31 - 1),
            case("a later version of a kind that the hub knows", "future", kind="person.v2"),
            case("another cluster's subject", "foreign", subject=PERSON.replace("bsc", "pil")),
            case("a subject that is no UUIDv7", "invalid", subject=PERSON.replace("-7abc-", "-4abc-")),
            case("a subject in capitals", "invalid", subject=PERSON[:4] + PERSON[4:].upper()),
            case("another version of CloudEvents", "invalid", specversion="0.3"),
            case("an id of another form", "invalid", id="1"),
            case("an epoch that is no UUID in lower case", "invalid", epoch=EPOCH.upper()),
            case("a type with a space", "invalid", type="fr.interclustering.person .v1"),
            case("another media type", "invalid", datacontenttype="application/xml"),
            case("a traceparent of another form", "invalid", traceparent="00-1-2-3"),
            case("revision 0", "invalid", revision=0),
            case("a revision beyond 2^31-1", "invalid", revision=2**31),
            case("30 February", "invalid", time="2026-02-30T09:00:00Z"),
            case("29 February of a year that is none", "invalid", time="2100-02-29T09:00:00Z"),
            case("a leap second", "invalid", time="2016-12-31T23:59:60Z"),
            case("the year 9999", "invalid", time="9999-12-31T23:59:59Z"),
            case("a time with an offset", "invalid", time="2026-11-23T10:00:01+01:00"),
            case("a time two days ahead of the hub's clock", "invalid", time="2026-11-25T09:00:01Z"),
            case("a name with U+0085", "invalid", data={**person, "name": "Maëlle\u0085L’Exemple"}),
            case("a nonce that is too short", "invalid", data={**person, "nonce": "1"}),
            case("no nonce", "unreadable", data=wire.without(person, "nonce")),
            case("no name", "unreadable", data=wire.without(person, "name")),
            case("a name that is a number", "unreadable", data={**person, "name": 7}),
            case("data that is a list", "unreadable", data=[person]),
            case("data that nests 17 deep", "invalid", data={**person, "further": deep}),
            case("data with the hub's origin", "invalid", data={**person, "origin": {}}),
            case("a day that the calendar does not have", "invalid", kind="event.v1", data={**event, "sessions": [{"id": "1", "start": "2027-02-29"}]}),
            case("a kind that only the hub journals", "invalid", kind="joint-webinar.v1", data={"nonce": person["nonce"]}),
        ],
    }


def recovery(entries):
    """What readers give an owner that has only its first two entries left."""
    opening = next_epoch(entries)
    new = seal("bsc", NEXT_EPOCH, [("person.v1", AGAIN, 1, "2026-11-26T07:00:01.000000Z", example("People/examples/Person.minimal.json"), {})],
               start=opening[-1]["hash"], first=len(entries) + 2)
    # The withdrawal came after the proof was signed, and took the event's text away here.
    kept = [wire.without(entry, "data") if entry["subject"] == EVENT and entry["type"].startswith("fr.interclustering.event.") else entry for entry in entries]
    proof = wire.without(segment("bsc", NEXT_EPOCH, new, [], BSC), "entries")
    whole = kept[2:] + opening + new

    def answers(given, end=proof):
        half = len(given) // 2
        return [{**end, "entries": part} for part in (given[:half], given[half:])]

    return {
        "note": "The owner has the first two entries. It asks after 2, then after the last sequence that came. accept: it goes on as next says. "
                "refuse: it takes nothing, and why is the rule that breaks.",
        "have": kept[:2],
        "accept": {
            "answers": answers(whole), "leftEpochs": [EPOCH, NEXT_EPOCH],
            "next": {"replaces": {"epoch": NEXT_EPOCH, "sequence": wire.number(new[-1]), "hash": new[-1]["hash"]},
                     "sequence": f"{wire.number(new[-1]) + 1:016}", "previous": new[-1]["hash"]},
        },
        "refuse": [
            {"what": "an entry is missing", "why": "chain", "answers": answers(whole[:1] + whole[2:])},
            {"what": "an entry was changed", "why": "intact", "answers": answers(changed(whole, lambda all: all[1].update(revision=9)))},
            {"what": "another's key", "why": "signature", "answers": answers(whole, wire.without(segment("bsc", NEXT_EPOCH, new, [], STRANGER), "entries"))},
            {"what": "an end that was not signed", "why": "signature", "answers": answers(whole[:-1], {**proof, "sequence": 6, "hash": opening[-1]["hash"]})},
            {"what": "entries that lead to another end", "why": "end",
             "answers": answers(whole[:-1] + seal("bsc", NEXT_EPOCH, [("person.v1", AGAIN, 1, "2026-11-26T07:00:02.000000Z", new[0]["data"], {})],
                                                  start=opening[-1]["hash"], first=len(entries) + 2))},
        ],
    }


def with_software(heartbeat):
    told = {key: value for key, value in heartbeat.items() if key not in ("keyid", "signature")}
    return BSC.sign({**told, "software": "Interclustering/0.2.0+06a0c07f724a"})


def control_messages(entries):
    last = entries[-1]
    heartbeat = {"journal": "bsc", "from": "bsc", "epoch": EPOCH, "id": "0193a1b2-1000-7abc-8def-0123456789ab",
                 "sequence": 5, "hash": last["hash"], "time": "2026-11-25T08:00:05.000000Z"}
    receipt = {"journal": "bsc", "from": "hub", "epoch": EPOCH, "through": 5, "hash": last["hash"], "heartbeat": heartbeat["id"]}
    replay = {"journal": "bsc", "from": "hub", "epoch": EPOCH, "after": 2}
    return BSC.sign(heartbeat), HUB.sign(receipt), HUB.sign(replay)


def write_signature_vectors(entries, gone):
    whole, short = segment("bsc", EPOCH, entries, [], BSC), segment("bsc", EPOCH, gone, [1, 3], BSC)
    heartbeat, receipt, replay = control_messages(entries)
    good = [("segment", "five entries", "bsc", whole), ("segment", "five entries, two of them erased", "bsc", short),
            ("heartbeat", "the end of the journal", "bsc", heartbeat),
            ("heartbeat", "the same from a program that says which it is", "bsc", with_software(heartbeat)), ("receipt", "the answer to the heartbeat", "hub", receipt),
            ("replayRequest", "entries are missing after the second", "hub", replay)]
    other = "00000000-2c1a-4d5e-9f60-7a8b9c0d1e2f"
    bad = [
        ("segment", "a flipped bit in r", "bsc", {**whole, "signature": flipped(whole["signature"], 3)}),
        ("segment", "a flipped bit in s", "bsc", {**whole, "signature": flipped(whole["signature"], 60)}),
        ("segment", "r and s are zero", "bsc", {**whole, "signature": "A" * 86}),
        ("segment", "a signature that is too short", "bsc", {**whole, "signature": whole["signature"][:-2]}),
        ("segment", "another's key under the name of the right one", "bsc",
         {**segment("bsc", EPOCH, entries, [], STRANGER), "keyid": BSC.public["keyid"]}),
        ("segment", "a key that the directory does not know", "bsc", segment("bsc", EPOCH, entries, [], STRANGER)),
        ("segment", "a key of another participant", "bsc", segment("bsc", EPOCH, entries, [], HUB)),
        ("segment", "another epoch", "bsc", {**whole, "epoch": other}),
        ("segment", "another journal", "bsc", {**whole, "journal": "pil"}),
        ("segment", "another end", "bsc", {**whole, "sequence": 4, "hash": entries[3]["hash"]}),
        ("segment", "erased was changed", "bsc", {**short, "erased": [1]}),
        ("segment", "erased was emptied", "bsc", {**short, "erased": []}),
        ("receipt", "a receipt that claims more", "hub", {**receipt, "through": 6}),
        ("receipt", "a field was added after signing", "hub", {**receipt, "further": 1}),
        ("heartbeat", "another participant sends it", "bsc", {**heartbeat, "from": "pil"}),
        ("replayRequest", "another position", "hub", {**replay, "after": 0}),
    ]
    write(CONTRACTS / "vectors" / "signatures.json", {
        "note": "TEST KEYS, published on purpose: never put them into a directory that anybody trusts. ECDSA is random, so a signer can't be "
                "compared with these signatures; a verifier can. signer is the participant whose keys count.",
        "keys": {key.owner: {**key.public, "TEST ONLY private key": key.pem()} for key in (BSC, HUB, STRANGER)},
        "verify": [{"what": what, "part": part, "signer": signer, "covered": wire.covered(message).decode(), "message": message}
                   for part, what, signer, message in good],
        "refuse": [{"what": what, "part": part, "signer": signer, "message": message} for part, what, signer, message in bad],
    })


def sealed_examples(entries, gone, accepted, quarantined, national):
    journal = RECORDS / "Journal" / "examples"
    heartbeat, receipt, replay = control_messages(entries)
    first = segment("bsc", EPOCH, entries[:1], [], BSC)
    write(RECORDS / "National" / "examples" / "Accepted.person.json", accepted)
    write(RECORDS / "National" / "examples" / "Quarantined.future.json", quarantined)
    for name, entry in {"minimal": entries[1], "traced": entries[0], "erased": gone[0], "from-a-later-version": entries[3],
                        "withdrawn": entries[4], "accepted": national[0], "accepted-unknown-kind": national[1], "quarantined": national[2]}.items():
        write(journal / f"JournalEntry.{name}.json", entry)
    write(journal / "JournalSegment.minimal.json", first)
    write(journal / "JournalSegment.five-entries.json", segment("bsc", EPOCH, entries, [], BSC))
    write(journal / "JournalSegment.erased.json", segment("bsc", EPOCH, gone, [1, 3], BSC))
    opening = next_epoch(entries)
    write(journal / "JournalOpened.recovered.json", opening[0]["data"])
    write(journal / "JournalSegment.new-epoch.json", segment("bsc", NEXT_EPOCH, opening, [], BSC))
    write(journal / "JournalSegment.hub.json", segment("hub", HUB_EPOCH, national, [], HUB))
    empty = {"journal": "bsc", "from": "bsc", "epoch": EPOCH, "id": "0193a1b2-0fff-7abc-8def-0123456789ab", "sequence": 0,
             "hash": wire.ORIGIN, "time": "2026-11-23T08:59:00.000000Z"}
    write(journal / "Heartbeat.rich.json", with_software(heartbeat))
    write(journal / "Heartbeat.minimal.json", BSC.sign(empty))
    write(journal / "Receipt.rich.json", receipt)
    write(journal / "Receipt.minimal.json", HUB.sign({"journal": "bsc", "from": "hub", "epoch": "", "through": 0, "hash": wire.ORIGIN}))
    write(journal / "ReplayRequest.minimal.json", HUB.sign({"journal": "bsc", "from": "hub", "epoch": "", "after": 0}))
    write(journal / "ReplayRequest.rich.json", replay)
    for part, message in {"segment": first, "receipt": receipt, "replayRequest": replay, "heartbeat": heartbeat}.items():
        write(journal / f"FederationMessage.{part}.json", {part: message})
    directory()


def directory():
    colour = {"light": "#14806F", "dark": "#5CC4B2"}
    write(RECORDS / "Directory" / "examples" / "FederationDirectory.minimal.json", {
        "hub": {"code": "hub", "name": "Site national (démonstration)", "keys": []}, "clusters": []})
    write(RECORDS / "Directory" / "examples" / "FederationDirectory.rich.json", {
        "hub": {"code": "hub", "name": "Site national (démonstration)", "address": "https://exemple.invalid", "keys": [HUB.public]},
        "clusters": [
            {"code": "bsc", "name": "Bretagne Supply Chain", "region": "Bretagne", "insee": "53", "colour": colour,
             "site": "https://bsc.exemple.invalid", "contact": "bonjour@bsc.exemple.invalid",
             "address": "https://noeud.bsc.exemple.invalid", "keys": [BSC.public, NEXT.public]},
            {"code": "nouvelle", "name": "Un cluster dont la première clé est révoquée (fictif)", "region": "Corse", "insee": "94", "colour": colour,
             "keys": [{**STRANGER.public, "through": 41}, NEXT.public]},
            {"code": "septieme", "name": "Un septième cluster (fictif)", "region": "Grand Est", "insee": "44", "colour": colour, "keys": []},
        ],
    })


if __name__ == "__main__":
    main()
