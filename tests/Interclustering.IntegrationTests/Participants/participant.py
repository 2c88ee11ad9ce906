"""A complete participant of the federation: a second implementation, written from contracts/README.md.

python3 participant.py key --out novalog.pem    makes a key, and prints the entry for the directory
python3 participant.py run …                    takes part, and does what it reads: a command a line, an answer a line, both JSON

    {"do": "publish", "title": "…", "date": "2027-01-14"}       publishes an event; with "subject" it revises one
    {"do": "withdraw", "subject": "…"}                          takes a publication back
    {"do": "answer", "dossier": "…", "joins": "yes"}            answers a proposed joint webinar, and waits for the ruling
    {"do": "state"}                                             reads the hub's journal to its end, and folds the national view
    {"do": "reread"}                                            reads all of it again, and says whose data is gone
    {"do": "lose", "after": 2}                                  drops the own journal beyond a sequence, as in an old backup
    {"do": "recover"}                                           gets it back, and goes on in a new epoch

§7.6 is section 7, step 6 of the contract. It needs Python 3.11, python3-pika and python3-cryptography.
Stopped at any point, it may be run again with the same journal file: it goes on where it was.
"""

import argparse
import base64
import contextlib
import datetime
import hashlib
import json
import os
import queue
import re
import secrets
import sqlite3
import ssl
import sys
import threading
import time
import uuid

import pika
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

HUB = "hub"
NOTHING = "0" * 64
COVERED = ("journal", "epoch", "sequence", "hash", "erased")
LARGEST_NUMBER, LARGEST_ENTRY, LARGEST_SEGMENT, LARGEST_MESSAGE, DEEPEST = 2**53 - 1, 196_608, 262_144, 917_504, 500
WINDOW = HELD = 100
HEARTBEAT_SECONDS, GAP_SECONDS, ASK_SECONDS, LONGEST_PAUSE = 5.0, 0.25, 2.0, 8.0


class Refused(Exception):
    """A message is not authentic or not well formed: it is dropped."""


class Stopped(Exception):
    """A command can't be done; the answer says why."""


def require(true, why):
    if not true:
        raise Refused(why)


@contextlib.contextmanager
def well_formed():
    """What stumbles over a message was sent something malformed."""
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Refused(f"It is malformed: {error!r}") from error


# §2: JSON and its canonical form


def parse(body):
    """Read JSON, refusing what has no canonical form."""

    def members(pairs):
        require(len({name for name, _ in pairs}) == len(pairs), "A name is there twice.")
        return dict(pairs)

    def integer(text):
        require(abs(int(text)) <= LARGEST_NUMBER, "An integer is too large.")
        return int(text)

    def refuse(text):
        raise Refused(f"{text} is not an integer.")

    value = json.loads(body.decode("utf-8"), object_pairs_hook=members, parse_int=integer, parse_float=refuse, parse_constant=refuse)
    canonical(value)
    return value


def canonical(value):
    """The canonical form, in bytes. A lone surrogate can't be encoded, and so is refused."""

    def in_order(part, depth=1):
        require(depth <= DEEPEST or not isinstance(part, (dict, list)), "It nests too deep.")
        if isinstance(part, dict):
            return {name: in_order(part[name], depth + 1) for name in sorted(part, key=lambda text: text.encode("utf-16-be"))}
        return [in_order(item, depth + 1) for item in part] if isinstance(part, list) else part

    return json.dumps(in_order(value), ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def sha256(value):
    return hashlib.sha256(canonical(value)).hexdigest()


def without(value, *names):
    return {name: part for name, part in value.items() if name not in names}


# §3: entries


def number(entry):
    """The sequence: in an entry a text of 16 digits, everywhere else an integer."""
    require(re.fullmatch("[0-9]{16}", entry["sequence"]), "A sequence is not 16 digits.")
    return int(entry["sequence"])


def kind_of(entry):
    """The kind in fr.interclustering.<kind>.v<n>, empty for anything else."""
    match = re.fullmatch(r"fr\.interclustering\.(.+)\.v.*", entry["type"])
    return match[1] if match else ""


def origin_of(entry):
    """The entry that this one wraps, or None."""
    data = entry.get("data")
    origin = data.get("origin") if kind_of(entry) in ("accepted", "quarantined") and isinstance(data, dict) else None
    return origin if isinstance(origin, dict) else None


def is_erased(entry):
    """Whether the data is gone, or in a wrapping entry the origin's."""
    return "data" not in (origin_of(entry) or entry)


def digest_of(entry):
    """The digest of the data; in a wrapping entry the origin's own digest covers the origin's data."""
    data, origin = entry["data"], origin_of(entry)
    return sha256(data | {"origin": without(origin, "data")} if origin else data)


def hash_of(entry):
    return sha256(without(entry, "data", "hash"))


def check_entry(entry):
    """Hash and digest of an entry, and the digest of the one that it wraps (§7.6)."""
    require(entry["hash"] == hash_of(entry), "A hash is wrong.")
    require("data" not in entry or entry["digest"] == digest_of(entry), "A digest is wrong.")
    origin = origin_of(entry)
    require(not origin or "data" not in origin or origin["digest"] == digest_of(origin), "The digest of an origin is wrong.")


def continues(entry, last):
    """Whether an entry follows another one: the chain."""
    return (number(entry), entry["previous"]) == (number(last) + 1, last["hash"])


def nowhere(epoch=""):
    """What stands before the first entry of a journal."""
    return {"epoch": epoch, "sequence": "0" * 16, "hash": NOTHING}


def now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def new_subject(code):
    """<code>-<UUIDv7>: 48 bits of milliseconds, the version, the variant, and random bits."""
    bits = time.time_ns() // 1_000_000 << 80 | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62)
    return f"{code}-{uuid.UUID(int=bits)}"


def seal(code, epoch, last, kind, subject, revision, data):
    """A new entry after the last one."""
    sequence = number(last) + 1
    entry = {
        "specversion": "1.0", "id": f"{epoch}/{sequence}", "source": code, "type": f"fr.interclustering.{kind}.v1", "subject": subject,
        "time": now(), "datacontenttype": "application/json", "epoch": epoch, "sequence": f"{sequence:016}", "revision": revision,
        "previous": last["hash"], "data": data | {"nonce": secrets.token_hex(16)},
    }
    entry["digest"] = digest_of(entry)
    entry["hash"] = hash_of(entry)
    return entry


# §4: keys, signatures, and segments


class Signer:
    """Signs with a private key."""

    def __init__(self, key):
        self.key = key
        self.public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        self.keyid = hashlib.sha256(self.public).hexdigest()[:16]

    def sign(self, covered):
        r, s = utils.decode_dss_signature(self.key.sign(canonical(covered), ec.ECDSA(hashes.SHA256())))
        return base64.urlsafe_b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).decode().rstrip("=")

    def control(self, **message):
        message["keyid"] = self.keyid
        return message | {"signature": self.sign(message)}

    def segment(self, entry):
        sequence = number(entry)
        covered = dict(zip(COVERED, (entry["source"], entry["epoch"], sequence, entry["hash"], [sequence] * is_erased(entry))))
        return covered | {"keyid": self.keyid, "signature": self.sign(covered), "entries": [entry]}


def read_directory(path):
    """Whose keys are whose: public keys by code and keyid, each with the sequence through which it counts (None: all of them)."""
    with open(path, "rb") as file:
        content = parse(file.read())
    return {
        (one["code"], key["keyid"]): (serialization.load_der_public_key(base64.b64decode(key["key"])), key.get("through"))
        for one in [content["hub"], *content["clusters"]] for key in one.get("keys", [])
    }


def check_signature(keys, signer, message, *, returned=False):
    """§7.2, and §8: what comes back counts with a revoked key, too."""
    key, through = keys.get((signer, message["keyid"]), (None, None))
    require(key, "The directory does not know the key.")
    require(through is None or returned or ("entries" in message and message["sequence"] <= through), "The key was revoked.")
    require(re.fullmatch("[A-Za-z0-9_-]{86}", message["signature"]), "The signature is not 64 bytes in base64url.")
    raw = base64.urlsafe_b64decode(message["signature"] + "==")
    der = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    signed = {name: message[name] for name in COVERED} if "entries" in message else without(message, "signature")
    try:
        key.verify(der, canonical(signed), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise Refused("The signature is wrong.") from None


def check_segment(segment):
    """§7.3 and §7.4"""
    entries = segment["entries"]
    require((segment["sequence"], segment["hash"]) == (number(entries[-1]), entries[-1]["hash"]), "The end is another.")
    from_here = (segment["journal"], segment["epoch"])
    require(all((entry["source"], entry["epoch"]) == from_here for entry in entries), "An entry is from elsewhere.")
    check_chain(entries, segment["erased"])


def check_chain(entries, erased):
    """§7.5 and §7.6"""
    require(all(map(continues, entries[1:], entries)), "The chain is broken.")
    require([number(entry) for entry in entries if is_erased(entry)] == erased, "Erased says something else than the entries.")
    for entry in entries:
        check_entry(entry)


def join_returned(entries, segment):
    """§8: add what an answer brings to what came before. Whether it reaches the end that was signed."""
    for entry in segment["entries"]:
        if number(entry) > len(entries):
            require(continues(entry, entries[-1] if entries else nowhere()), "The chain is broken.")
            check_entry(entry)
            entries.append(entry)
    require(len(entries) <= segment["sequence"], "There is more than was signed.")
    require(len(entries) < segment["sequence"] or entries[-1]["hash"] == segment["hash"], "The end is another.")
    return len(entries) == segment["sequence"]


def opening(code, entries, again):
    """§3: the first entry of a new epoch after the entries that came back, when others have to be journaled again."""
    last = entries[-1]
    left = {entry["epoch"] for entry in again} | {epoch for entry in again for epoch in entry.get("data", {}).get("leaves", [])}
    leaves = sorted(left - {entry["epoch"] for entry in entries})
    data = {"replaces": {"epoch": last["epoch"], "sequence": number(last), "hash": last["hash"]}, "reason": "recovered"}
    return seal(code, str(uuid.uuid4()), last, "journal-opened", new_subject(code), 1, data | ({"leaves": leaves} if leaves else {}))


class Store:
    """A file with the own journal, and with the hub's as far as it was read, and its last signature."""

    def __init__(self, path):
        self.database = sqlite3.connect(path)
        self.database.executescript("""
            CREATE TABLE IF NOT EXISTS entry (journal TEXT, sequence INTEGER, subject TEXT, body TEXT, PRIMARY KEY (journal, sequence));
            CREATE TABLE IF NOT EXISTS signed (journal TEXT PRIMARY KEY, body TEXT)""")

    def bodies(self, query, *values):
        return [json.loads(body) for body, in self.database.execute(f"SELECT body FROM {query}", values)]

    def entries(self, journal, after=0):
        return self.bodies("entry WHERE journal = ? AND sequence > ? ORDER BY sequence", journal, after)

    def about(self, subject):
        """The entries of both journals about a subject."""
        return self.bodies("entry WHERE subject = ?", subject)

    def entry(self, journal, sequence):
        return next(iter(self.bodies("entry WHERE journal = ? AND sequence = ?", journal, sequence)), None)

    def last(self, journal):
        return next(iter(self.bodies("entry WHERE journal = ? ORDER BY sequence DESC LIMIT 1", journal)), None)

    def signed(self, journal):
        return next(iter(self.bodies("signed WHERE journal = ?", journal)), None)

    def keep(self, journal, after, entries, signed=None):
        """In one transaction: keep entries after a sequence, drop what was there instead, and erase what they withdraw."""
        with self.database:
            self.database.execute("DELETE FROM entry WHERE journal = ? AND sequence > ?", (journal, after))
            for entry in entries:
                self.erase(entry)
                row = (journal, number(entry), entry["subject"], json.dumps(entry, ensure_ascii=False))
                self.database.execute("INSERT INTO entry VALUES (?, ?, ?, ?)", row)
            if signed:
                self.database.execute("INSERT OR REPLACE INTO signed VALUES (?, ?)", (journal, json.dumps(signed)))

    def erase(self, entry):
        """§7.8: a withdrawal removes the data of its subject's lower revisions, and of another's subject only what its own source journaled."""
        withdrawal = origin_of(entry) or entry
        if kind_of(withdrawal) == "withdrawn":
            self.database.execute(
                "UPDATE entry SET body = json_remove(body, ?) WHERE journal = ? AND subject = ? AND json_extract(body, '$.revision') < ?"
                " AND (? OR json_extract(body, '$.data.origin.source') = ?)",
                ("$.data.origin.data" if origin_of(entry) else "$.data", entry["source"], entry["subject"], entry["revision"],
                 entry["subject"][:-37] == withdrawal["source"], withdrawal["source"]))


class Participant:
    """One connection, both directions: the own journal to the hub, and the hub's journal from it."""

    def __init__(self, code, channel, keys, signer, store):
        self.code, self.channel, self.keys, self.signer, self.store = code, channel, keys, signer, store
        self.first_epoch = str(uuid.uuid4())
        self.confirmed = self.sent = self.kept_there = 0
        self.heartbeat, self.next_heartbeat = "", 0.0
        self.stopped = self.forked = self.end = self.returned = None
        self.held, self.came = {}, {}
        self.gap_since, self.pause, self.replays = None, GAP_SECONDS, 0

    def send(self, **part):
        """§5; False when the broker did not take it."""
        properties = pika.BasicProperties(content_type="application/json", delivery_mode=2, message_id=str(uuid.uuid4()), user_id=self.code)
        body = json.dumps(part, ensure_ascii=False).encode("utf-8")
        try:
            self.channel.basic_publish("ic.journal", f"{self.code}.{HUB}", body, properties, mandatory=True)
            return True
        except (pika.exceptions.UnroutableError, pika.exceptions.NackError):
            return False

    # §6: to publish

    @property
    def own(self):
        """The last entry of the own journal."""
        return self.store.last(self.code) or nowhere(self.first_epoch)

    def journal(self, kind, subject, revision, data):
        """§6.1: the entry is committed before anything is sent."""
        if self.stopped:
            raise Stopped(self.stopped)
        last = self.own
        entry = seal(self.code, last["epoch"], last, kind, subject, revision, data)
        if len(canonical(entry)) > LARGEST_ENTRY:
            raise Stopped(f"An entry has at most {LARGEST_ENTRY} bytes.")
        self.store.keep(self.code, number(last), [entry])
        self.send_journal()
        return entry

    def send_journal(self):
        """§6.2: what follows, an entry to a segment, and not too far ahead of the last receipt."""
        for entry in [] if self.stopped else self.store.entries(self.code, self.sent):
            if number(entry) > self.confirmed + WINDOW or not self.send(segment=self.signer.segment(entry)):
                return
            self.sent = number(entry)

    def send_heartbeat(self):
        """§6.3"""
        last, self.heartbeat = self.own, str(uuid.uuid4())
        self.next_heartbeat = time.monotonic() + HEARTBEAT_SECONDS
        self.send(heartbeat=self.signer.control(**{
            "journal": self.code, "from": self.code, "epoch": last["epoch"], "id": self.heartbeat,
            "sequence": number(last), "hash": last["hash"], "time": now()}))

    def left_epochs(self):
        """§3: where the epochs end that the own journal has left."""
        openings = [entry["data"] for entry in self.store.entries(self.code) if kind_of(entry) == "journal-opened"]
        return {epoch: one["replaces"]["sequence"] for one in openings for epoch in [one["replaces"]["epoch"], *one.get("leaves", [])]}

    def on_receipt(self, receipt):
        """§6.4"""
        through, answers = receipt["through"], receipt.get("heartbeat") == self.heartbeat
        end = self.left_epochs().get(receipt["epoch"], through)
        kept = self.store.entry(self.code, through)
        if 0 < through <= end and (not kept or (kept["epoch"], kept["hash"]) != (receipt["epoch"], receipt["hash"])):
            self.stopped = f"The hub has another journal of {self.code} than this file, up to {through}: recover."
        elif answers:
            self.stopped = None
        if answers:
            self.kept_there, self.confirmed, self.sent = through, min(through, end), min(through, end)
        self.confirmed = max(self.confirmed, min(through, end))
        self.send_journal()

    def on_replay_request(self, request):
        """§6.5"""
        self.sent = min(self.sent, request["after"])
        self.send_journal()

    # §7: to read

    @property
    def position(self):
        """The last entry of the hub's journal that is kept."""
        return self.store.last(HUB) or nowhere()

    def on_message(self, sender, body):
        """§7.1 to §7.6, then what the message asks for."""
        with well_formed():
            require(len(body) <= LARGEST_MESSAGE, "It is too large.")
            message = parse(body)
            takers = {
                "segment": {HUB: self.on_segment, self.code: self.on_returned}, "heartbeat": {HUB: self.on_heartbeat},
                "receipt": {self.code: self.on_receipt}, "replayRequest": {self.code: self.on_replay_request, HUB: self.give_back}}
            part, = [name for name in takers if name in message]
            content = message[part]
            take = takers[part].get(content["journal"])
            require(take, "It is about another journal.")
            require(sender == HUB == content.get("from", HUB), "It is not from the hub.")
            signer = content["journal"] if part == "segment" else sender
            check_signature(self.keys, signer, content, returned=signer == self.code)
            if take == self.on_segment:
                check_segment(content)
        take(content)

    def on_segment(self, segment):
        self.came |= {number(entry): is_erased(entry) for entry in segment["entries"]}
        first = number(segment["entries"][0])
        if len(self.held) < HELD or first <= number(self.position) + 1:
            self.held[first] = segment
        for first in sorted(self.held):
            if first <= number(self.position) + 1:
                self.take(self.held.pop(first))
        self.send_receipt()

    def take(self, segment):
        """§7.7 to §7.9"""
        entries, last = segment["entries"], self.position
        if last["epoch"] not in ("", segment["epoch"]):
            last, self.forked = self.end_before(entries[0], last), None
        require(not self.forked, self.forked)
        position, new = last, []
        for entry in entries:
            if number(entry) <= number(position):
                self.compare(number(entry), entry["hash"])
            elif continues(entry, last):
                new.append(entry)
                last = entry
            else:
                self.fork(number(entry))
        if new:
            self.store.keep(HUB, number(position), new, without(segment, "entries"))
            self.gap_since, self.pause = None, GAP_SECONDS

    def end_before(self, opening, position):
        """§7.9: the entry after which a new epoch goes on."""
        require(kind_of(opening) == "journal-opened", "It is of an epoch that was left, or that nothing opened.")
        replaces, left = opening["data"]["replaces"], opening["data"].get("leaves", [])
        last = self.store.entry(HUB, replaces["sequence"]) if replaces["sequence"] else nowhere()
        require(position["epoch"] in (replaces["epoch"], *left) and last and last["hash"] == replaces["hash"] and continues(opening, last),
                "The new epoch does not continue what was read.")
        return last

    def compare(self, sequence, hash):
        if sequence and self.store.entry(HUB, sequence)["hash"] != hash:
            self.fork(sequence)

    def fork(self, sequence):
        """§7.7: nothing more is read, unless the hub opens a new epoch."""
        self.forked = f"The hub's journal is forked at {sequence}. Tell the operators."
        raise Refused(self.forked)

    def on_heartbeat(self, heartbeat):
        self.end = heartbeat["sequence"]
        if heartbeat["epoch"] == self.position["epoch"] and self.end <= number(self.position):
            self.compare(self.end, heartbeat["hash"])
        self.send_receipt(heartbeat=heartbeat["id"])

    def send_receipt(self, **heartbeat):
        position = self.position
        self.send(receipt=self.signer.control(**{
            "journal": HUB, "from": self.code, "epoch": position["epoch"],
            "through": number(position), "hash": position["hash"], **heartbeat}))

    def ask(self, journal, epoch, after):
        self.send(replayRequest=self.signer.control(**{"journal": journal, "from": self.code, "epoch": epoch, "after": after}))

    def ask_again(self):
        """§7.10: a gap that stands leads to a replay request, then to others after growing pauses."""
        position = self.position
        if max(self.end or 0, *self.held, 0) <= number(position):
            self.gap_since = None
        elif self.gap_since is None:
            self.gap_since = time.monotonic()
        elif time.monotonic() - self.gap_since >= self.pause:
            self.ask(HUB, position["epoch"], number(position))
            self.gap_since, self.pause, self.replays = time.monotonic(), min(2 * self.pause, LONGEST_PAUSE), self.replays + 1

    def fold(self):
        """§7.8: the national view: the last revision of each subject, and of each dossier the hub's last ruling (§11)."""
        view = {}
        for entry in self.store.entries(HUB):
            one = {"accepted": origin_of(entry), "joint-webinar": entry}.get(kind_of(entry))
            if one and one["revision"] > view.get(one["subject"], {"revision": 0})["revision"]:
                view[one["subject"]] = one
        return view

    # §8: to get back what was lost, and to give back

    def on_returned(self, segment):
        if self.returned is not None:
            self.returned.append(segment)

    def give_back(self, request):
        """The hub has lost its journal: its entries with its last signature, as many as fit, or at least the last one."""
        entries, size = [], 0
        for entry in self.store.entries(HUB, min(request["after"], number(self.position) - 1)):
            size += len(canonical(entry))
            if entries and size > LARGEST_SEGMENT:
                break
            entries.append(entry)
        if entries:
            self.send(segment=self.store.signed(HUB) | {"entries": entries})

    # What commands do. Each goes on at every turn of the loop, until it returns its answer.

    def publish(self, title, date, subject=None):
        return (yield from self.visible(self.journal_event(title, date, subject or new_subject(self.code))))

    def journal_event(self, title, date, subject):
        event = {"title": title, "summary": "Contenu de démonstration.", "sessions": [{"id": "1", "start": date}]}
        return self.journal("event", subject, self.next_revision(subject), event)

    def withdraw(self, subject):
        return (yield from self.visible(self.journal("withdrawn", subject, self.next_revision(subject), {})))

    def next_revision(self, subject):
        """Above all known revisions: in the own journal, and in the hub's."""
        return 1 + max((entry["revision"] for entry in self.store.about(subject)), default=0)

    def visible(self, entry):
        """§7: wait until the hub's journal shows the entry."""
        while not (found := [one for one in self.store.about(entry["subject"]) if (origin_of(one) or {}).get("hash") == entry["hash"]]):
            yield
        wrapping = found[0]
        return {"subject": entry["subject"], "revision": entry["revision"], "sequence": number(entry), "epoch": entry["epoch"],
                "as": kind_of(wrapping), "at": number(wrapping), "reason": wrapping["data"].get("reason")}

    def answer(self, dossier, joins):
        """§11: answer every slot of the proposal, and wait until the hub rules that this cluster takes part."""
        while not (proposals := [fact["proposal"] for fact in self.facts(dossier) if fact["fact"] == "proposed"]):
            yield
        slots = [{"slot": slot, "answer": "yes"} for slot in proposals[-1]["slots"]]
        fact = {"dossier": dossier, "fact": "answered", "answer": {"joins": joins, "slots": slots}}
        seen = yield from self.visible(self.journal("joint-webinar-fact", new_subject(self.code), 1, fact))
        while self.code not in (ruling := self.fold().get(dossier, {"data": {"participants": []}})["data"])["participants"]:
            yield
        return seen | {"proposal": proposals[-1]["title"], "ruling": ruling}

    def facts(self, dossier):
        """What clusters said about a dossier and did not take back, in the order of the hub's journal."""
        said = [one["data"] for one in self.fold().values() if kind_of(one) == "joint-webinar-fact"]
        return [fact for fact in said if fact["dossier"] == dossier]

    def state(self):
        """Wait until everything is read that the hub has when it says so next."""
        self.end = None
        while self.end is None or number(self.position) < self.end:
            yield
        items = [
            {"subject": subject, "kind": kind_of(one), "revision": one["revision"], "title": one.get("data", {}).get("title")}
            for subject, one in sorted(self.fold().items())]
        own = {"epoch": self.own["epoch"], "sequence": number(self.own), "hash": self.own["hash"]}
        return {"sequence": number(self.position), "hash": self.position["hash"], "entries": len(self.store.entries(HUB)),
                "replays": self.replays, "own": own, "items": items}

    def reread(self):
        """§7.6: every entry comes again, and `erased` says whose data is gone at the hub."""
        self.came, asked = {}, 0.0
        while len(self.came) < number(self.position):
            if time.monotonic() >= asked + ASK_SECONDS:
                self.ask(HUB, self.position["epoch"], 0)
                asked = time.monotonic()
            yield
        return {"erased": sorted(sequence for sequence, erased in self.came.items() if erased)}

    def lose(self, after=0, title=None, date=None):
        """Drop the journal beyond a sequence. With a title an event is published before the loss is noticed."""
        self.store.keep(self.code, after, [])
        self.confirmed = self.sent = after
        if title:
            self.journal_event(title, date, new_subject(self.code))
        self.send_heartbeat()
        while not self.stopped:
            yield
        return {"stopped": self.stopped}

    def recover(self):
        """§8: ask from the beginning; a larger journal would begin at the last sequence that is sure."""
        self.returned, entries, complete, asked = [], [], False, 0.0
        while not complete or len(entries) < self.kept_there:
            if time.monotonic() >= asked + ASK_SECONDS:
                self.ask(self.code, self.own["epoch"] if number(self.own) else "", len(entries))
                asked = time.monotonic()
            for segment in self.returned:
                with well_formed():
                    complete, asked = join_returned(entries, segment), 0.0
            self.returned = []
            yield
        self.returned = None
        known = {entry["hash"] for entry in entries}
        again = [entry for entry in self.store.entries(self.code) if entry["hash"] not in known]
        self.go_on(entries, again)
        return {"taken": len(entries), "again": len(again), "epoch": self.own["epoch"]}

    def go_on(self, entries, again):
        """A new epoch after the entries that came back. What only this file had is journaled again, in the same transaction."""
        fresh = [*entries, opening(self.code, entries, again)]
        for entry in again:
            if "data" in entry and kind_of(entry) != "journal-opened":
                seen = [one for one in [*fresh, *self.store.about(entry["subject"])] if one["subject"] == entry["subject"]]
                revision, data = 1 + max(one["revision"] for one in seen), without(entry["data"], "nonce")
                fresh.append(seal(self.code, fresh[-1]["epoch"], fresh[-1], kind_of(entry), entry["subject"], revision, data))
        self.store.keep(self.code, 0, fresh)
        self.stopped, self.confirmed, self.sent = None, len(entries), len(entries)
        self.send_journal()
        self.send_heartbeat()

    def run(self, commands, say):
        """Take part until no command will come any more: commands gives the next one, nothing for now, or None at the end."""
        task = command = None
        for method, properties, body in self.channel.consume(f"ic.cmd.{self.code}", inactivity_timeout=0.05):
            if method:
                try:
                    self.on_message(properties.user_id, body)
                except Refused as error:
                    print(f"Dropped a message: {error}", file=sys.stderr)
                self.channel.basic_ack(method.delivery_tag)
            self.ask_again()
            if time.monotonic() >= self.next_heartbeat:
                self.send_heartbeat()
            if not task and (command := commands()) is None:
                return
            if command and not task:
                deadline = time.monotonic() + command.pop("seconds", 60)
                tasks = (self.publish, self.withdraw, self.answer, self.state, self.reread, self.lose, self.recover)
                task = {one.__name__: one for one in tasks}[command.pop("do")](**command)
            try:
                if task:
                    next(task)
                    if time.monotonic() >= deadline:
                        raise Stopped(f"It was not done in time. {self.stopped or ''} {self.forked or ''}".strip())
            except StopIteration as done:
                task = say(done.value)
            except (Stopped, Refused) as error:
                task = say({"error": str(error)})


# The command line


def make_key(options):
    """Make a key, and print what the operators put into the directory."""
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    with os.fdopen(os.open(options.out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
    signer = Signer(key)
    print(json.dumps({
        "code": options.code, "name": "Novalog (démonstration)", "region": "Normandie", "insee": "28",
        "colour": {"light": "#6B4E9B", "dark": "#B9A3E3"},
        "keys": [{"keyid": signer.keyid, "key": base64.b64encode(signer.public).decode()}],
    }, ensure_ascii=False, indent=2))


def take_part(options):
    """Join, and do what is read."""
    with open(options.key, "rb") as file:
        signer = Signer(serialization.load_pem_private_key(file.read(), None))
    connection = pika.BlockingConnection(pika.ConnectionParameters(
        options.host, options.port, "interclustering", pika.PlainCredentials(options.code, options.password), blocked_connection_timeout=30,
        ssl_options=pika.SSLOptions(ssl.create_default_context(), options.host) if options.tls else None))
    channel = connection.channel()
    channel.confirm_delivery()
    channel.basic_qos(prefetch_count=20)
    lines = queue.Queue()

    def read():
        for line in sys.stdin:
            lines.put(json.loads(line))
        lines.put(None)

    def commands():
        return lines.get() if not lines.empty() else {}

    threading.Thread(target=read, daemon=True).start()
    participant = Participant(options.code, channel, read_directory(options.directory), signer, Store(options.journal))
    participant.run(commands, lambda answer: print(json.dumps(answer, ensure_ascii=False), flush=True))
    connection.close()


def main():
    parser = argparse.ArgumentParser(description="A participant of the federation.")
    parser.add_argument("--code", default="novalog", help="code of this participant")
    commands = parser.add_subparsers(required=True)
    key = commands.add_parser("key", help=make_key.__doc__)
    key.set_defaults(run=make_key)
    key.add_argument("--out", required=True, help="file for the private key, must not exist")
    run = commands.add_parser("run", help=take_part.__doc__)
    run.set_defaults(run=take_part)
    run.add_argument("--host", default="localhost")
    run.add_argument("--port", type=int, default=5672)
    run.add_argument("--tls", action="store_true", help="amqps, with the system's certificates")
    run.add_argument("--password", default=os.environ.get("INTERCLUSTERING_PASSWORD", ""), help="or in INTERCLUSTERING_PASSWORD")
    run.add_argument("--directory", required=True, help="file with the participants and their keys")
    run.add_argument("--key", required=True, help="private key, PEM")
    run.add_argument("--journal", required=True, help="file for the journals")
    options = parser.parse_args()
    try:
        options.run(options)
    except (OSError, pika.exceptions.AMQPError) as error:
        sys.exit(str(error) or f"The broker: {error!r}")


if __name__ == "__main__":
    main()
