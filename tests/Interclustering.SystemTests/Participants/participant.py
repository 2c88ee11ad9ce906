"""A complete participant of the federation, for demonstration.

python3 participant.py key --out novalog.pem      makes a key, and prints the entry for the directory
python3 participant.py publish --title … --date … joins, publishes one event, and reads the hub's journal until it is there

Written from contracts/README.md; §7.6 is section 7, step 6 there. It needs Python 3.11, python3-pika and python3-cryptography.
Stopped at any point, it may be run again with the same journal file: it goes on where it was.
"""

import argparse
import base64
import datetime
import hashlib
import json
import os
import re
import secrets
import signal
import sqlite3
import ssl
import sys
import time
import uuid

import pika
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

NOTHING = "0" * 64
LARGEST = 2**53 - 1
COVERED = ("journal", "epoch", "sequence", "hash", "erased")
WINDOW = 100
HELD = 100
HEARTBEAT_SECONDS = 5.0
GAP_SECONDS = 0.25
LONGEST_PAUSE = 8.0


class Refused(Exception):
    """A message is not authentic or not well formed: it is dropped."""


class Stopped(Exception):
    """People are needed: going on would do harm, or lead nowhere."""


def require(true, why):
    if not true:
        raise Refused(why)


# §2: JSON and its canonical form


def parse(body):
    """Read JSON, refusing what has no canonical form."""

    def members(pairs):
        require(len({name for name, _ in pairs}) == len(pairs), "A name is there twice.")
        return dict(pairs)

    def integer(text):
        number = int(text)
        require(abs(number) <= LARGEST, "An integer is too large.")
        return number

    def refuse(text):
        raise Refused(f"{text} is not an integer.")

    return json.loads(body.decode("utf-8"), object_pairs_hook=members, parse_int=integer, parse_float=refuse, parse_constant=refuse)


def canonical(value):
    """The canonical form, in bytes. A lone surrogate can't be encoded, and so is refused."""

    def in_order(part):
        if isinstance(part, dict):
            return {name: in_order(part[name]) for name in sorted(part, key=lambda text: text.encode("utf-16-be"))}
        return [in_order(item) for item in part] if isinstance(part, list) else part

    return json.dumps(in_order(value), ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def sha256(value):
    return hashlib.sha256(canonical(value)).hexdigest()


def without(value, *names):
    return {name: part for name, part in value.items() if name not in names}


# §3: entries


def kind_of(entry):
    """The kind in fr.interclustering.<kind>.v<n>, empty for anything else."""
    match = re.fullmatch(r"fr\.interclustering\.(.+)\.v.*", entry["type"])
    return match[1] if match else ""


def number(entry):
    """The sequence of an entry: 16 digits on the wire, so that texts sort as numbers do."""
    require(isinstance(entry["sequence"], str) and re.fullmatch("[0-9]{16}", entry["sequence"]), "A sequence has another form.")
    return int(entry["sequence"])


def origin_of(entry):
    """The entry that this one wraps; None where it is of another kind, or is not what its kind promises."""
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
    """Hash and digest of an entry, and of the one that it wraps."""
    require(entry["hash"] == hash_of(entry), "A hash is wrong.")
    require("data" not in entry or entry["digest"] == digest_of(entry), "A digest is wrong.")
    if origin_of(entry):
        check_entry(origin_of(entry))


def now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def new_subject(code):
    """<code>-<UUIDv7>: 48 bits of milliseconds, the version, the variant, and random bits."""
    bits = time.time_ns() // 1_000_000 << 80 | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62)
    return f"{code}-{uuid.UUID(int=bits)}"


def seal(code, epoch, previous, kind, subject, revision, data):
    """A new entry after the previous one (None at the start)."""
    sequence = number(previous) + 1 if previous else 1
    entry = {
        "specversion": "1.0", "id": f"{epoch}/{sequence}", "source": code, "type": f"fr.interclustering.{kind}.v1", "subject": subject,
        "time": now(), "datacontenttype": "application/json", "epoch": epoch, "sequence": f"{sequence:016}", "revision": revision,
        "previous": previous["hash"] if previous else NOTHING, "data": data | {"nonce": secrets.token_hex(16)},
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

    def control(self, message):
        message = message | {"keyid": self.keyid}
        return message | {"signature": self.sign(message)}

    def segment(self, entries):
        last = entries[-1]
        erased = [number(entry) for entry in entries if is_erased(entry)]
        covered = dict(zip(COVERED, (last["source"], last["epoch"], number(last), last["hash"], erased)))
        return covered | {"keyid": self.keyid, "signature": self.sign(covered), "entries": entries}


def read_directory(path):
    """Whose keys are whose: public keys by code and keyid, each with the sequence through which it counts (None: all of them)."""
    with open(path, "rb") as file:
        content = parse(file.read())
    return {
        (one["code"], key["keyid"]): (serialization.load_der_public_key(base64.b64decode(key["key"])), key.get("through"))
        for one in [content["hub"], *content["clusters"]] for key in one.get("keys", [])
    }


def check_signature(keys, sender, message, signed):
    """§7.2"""
    key, through = keys.get((sender, message["keyid"]), (None, None))
    require(key, "The directory does not know the key.")
    require(through is None or ("entries" in message and message["sequence"] <= through), "The key was revoked.")
    require(re.fullmatch("[A-Za-z0-9_-]{86}", message["signature"]), "The signature is not 64 bytes in base64url.")
    raw = base64.urlsafe_b64decode(message["signature"] + "==")
    der = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    try:
        key.verify(der, canonical(signed), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise Refused("The signature is wrong.") from None


def check_segment(segment):
    """§7.3 to §7.6"""
    entries, previous = segment["entries"], None
    require((segment["sequence"], segment["hash"]) == (number(entries[-1]), entries[-1]["hash"]), "The end is another.")
    for entry in entries:
        require((entry["source"], entry["epoch"]) == (segment["journal"], segment["epoch"]), "An entry is from elsewhere.")
        require(previous is None or continues(entry, number(previous), previous["hash"]), "The chain is broken.")
        previous = entry
    for entry in entries:
        require(is_erased(entry) == (number(entry) in segment["erased"]), "Data is absent that was not erased, or the reverse.")
        check_entry(entry)


def continues(entry, sequence, hash):
    return (number(entry), entry["previous"]) == (sequence + 1, hash)


class Store:
    """A file with the own journal, and with the hub's as far as it was read."""

    def __init__(self, path):
        self.database = sqlite3.connect(path)
        with self.database:
            self.database.execute(
                "CREATE TABLE IF NOT EXISTS entry (journal TEXT, sequence INTEGER, subject TEXT, body TEXT, PRIMARY KEY (journal, sequence))")

    def entries(self, journal, after=0):
        rows = self.database.execute("SELECT body FROM entry WHERE journal = ? AND sequence > ? ORDER BY sequence", (journal, after))
        return [json.loads(body) for body, in rows]

    def entry(self, journal, sequence):
        row = self.database.execute("SELECT body FROM entry WHERE journal = ? AND sequence = ?", (journal, sequence)).fetchone()
        return json.loads(row[0]) if row else None

    def last(self, journal):
        end, = self.database.execute("SELECT max(sequence) FROM entry WHERE journal = ?", (journal,)).fetchone()
        return self.entry(journal, end)

    def leave(self, journal, sequence):
        """Forget what lies beyond the end of an epoch that was replaced."""
        with self.database:
            self.database.execute("DELETE FROM entry WHERE journal = ? AND sequence > ?", (journal, sequence))

    def keep(self, entries):
        """Commit entries; what a withdrawal takes back is erased in the same transaction."""
        with self.database:
            for entry in entries:
                origin = origin_of(entry)
                if origin and kind_of(entry) == "accepted" and kind_of(origin) == "withdrawn":
                    self.database.execute(
                        "UPDATE entry SET body = json_remove(body, '$.data.origin.data') "
                        "WHERE journal = ? AND subject = ? AND json_extract(body, '$.revision') < ?",
                        (entry["source"], entry["subject"], entry["revision"]))
                self.database.execute(
                    "INSERT INTO entry VALUES (?, ?, ?, ?)",
                    (entry["source"], number(entry), entry["subject"], json.dumps(entry, ensure_ascii=False)))


class Participant:
    """One connection, both directions: the own journal to the hub, and the hub's journal from it."""

    def __init__(self, code, hub, channel, keys, signer, store):
        self.code, self.hub, self.channel, self.keys, self.signer, self.store = code, hub, channel, keys, signer, store
        self.confirmed = self.sent = 0
        self.heartbeat, self.next_heartbeat = "", 0
        self.announced = self.known_end = 0
        self.own = self.accepted = None
        self.held = {}
        self.gap_since, self.pause, self.replays = None, GAP_SECONDS, 0

    # §6: to publish

    def journal_event(self, title, date):
        """Journal an event, unless a run before did; the entry is committed before anything is sent."""
        for entry in self.store.entries(self.code):
            if (entry["data"]["title"], entry["data"]["sessions"][0]["start"]) == (title, date):
                return entry
        last = self.store.last(self.code)
        event = {"title": title, "summary": "Contenu de démonstration.", "sessions": [{"id": "1", "start": date}]}
        entry = seal(self.code, last["epoch"] if last else str(uuid.uuid4()), last, "event", new_subject(self.code), 1, event)
        self.store.keep([entry])
        return entry

    def publish(self, **part):
        """§5; False when the broker did not take it."""
        properties = pika.BasicProperties(
            content_type="application/json", delivery_mode=2, message_id=str(uuid.uuid4()), user_id=self.code)
        body = json.dumps(part, ensure_ascii=False).encode("utf-8")
        try:
            self.channel.basic_publish("ic.journal", f"{self.code}.{self.hub}", body, properties, mandatory=True)
            return True
        except (pika.exceptions.UnroutableError, pika.exceptions.NackError):
            return False

    def send_journal(self):
        """Send what follows, an entry to a segment, and not too far ahead of the last receipt."""
        for entry in self.store.entries(self.code, self.sent):
            if number(entry) > self.confirmed + WINDOW or not self.publish(segment=self.signer.segment([entry])):
                return
            self.sent = number(entry)

    def send_heartbeat(self):
        last = self.store.last(self.code)
        self.heartbeat = str(uuid.uuid4())
        self.publish(heartbeat=self.signer.control({
            "journal": self.code, "from": self.code, "epoch": last["epoch"], "id": self.heartbeat,
            "sequence": number(last), "hash": last["hash"], "time": now()}))

    def on_receipt(self, receipt):
        through = receipt["through"]
        kept = self.store.entry(self.code, through)
        if through and (not kept or (kept["epoch"], kept["hash"]) != (receipt["epoch"], receipt["hash"])):
            raise Stopped(f"The hub has another journal of {self.code} than this file; was it restored from a backup? Ask the operators.")
        if receipt.get("heartbeat") == self.heartbeat:
            self.confirmed = self.sent = through
        self.confirmed = max(self.confirmed, through)
        self.send_journal()

    def on_replay_request(self, request):
        require(request["epoch"] in ("", self.store.last(self.code)["epoch"]), "The request is for another life of this journal.")
        self.sent = min(self.sent, request["after"])
        self.send_journal()

    # §7: to read

    @property
    def position(self):
        """The last entry of the hub's journal that is kept; a stand-in before the first."""
        return self.store.last(self.hub) or {"epoch": "", "sequence": "0" * 16, "hash": NOTHING}

    def authentic(self, sender, body):
        """§7.1 to §7.6: the part that the message holds, and its content."""
        try:
            message = parse(body)
            part, = [name for name in ("segment", "receipt", "replayRequest", "heartbeat") if name in message]
            content = message[part]
            require(sender == self.hub == content["journal" if part == "segment" else "from"], "It is not from the hub.")
            require(content["journal"] == (self.hub if part in ("segment", "heartbeat") else self.code), "It is about another journal.")
            signed = {name: content[name] for name in COVERED} if part == "segment" else without(content, "signature")
            check_signature(self.keys, sender, content, signed)
            if part == "segment":
                check_segment(content)
            return part, content
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise Refused(f"It is malformed: {error!r}") from error

    def on_message(self, sender, body):
        part, content = self.authentic(sender, body)
        {"segment": self.on_segment, "receipt": self.on_receipt,
         "replayRequest": self.on_replay_request, "heartbeat": self.on_heartbeat}[part](content)

    def on_segment(self, segment):
        self.known_end = max(self.known_end, segment["sequence"])
        if len(self.held) < HELD or number(segment["entries"][0]) <= number(self.position) + 1:
            self.held[number(segment["entries"][0])] = segment["entries"]
        for first in sorted(self.held):
            if first <= number(self.position) + 1:
                self.take(self.held.pop(first))
        self.send_receipt()

    def take(self, entries):
        """§7.7 to §7.9"""
        if self.position["epoch"] not in ("", entries[0]["epoch"]):
            self.follow_epoch(entries[0])
        position, new = self.position, []
        for entry in entries:
            if number(entry) <= number(position):
                self.compare(number(entry), entry["hash"])
            elif continues(entry, number(position) + len(new), new[-1]["hash"] if new else position["hash"]):
                new.append(entry)
            else:
                raise Stopped("The hub's journal is forked: its next entry does not continue what was read. Tell the operators.")
        if new:
            self.store.keep(new)
            self.gap_since, self.pause = None, GAP_SECONDS
            self.look_for_own(new)

    def follow_epoch(self, opening):
        """§7.9: a new epoch replaces the end of the current one, which must be here."""
        require(kind_of(opening) == "journal-opened", "It is of an epoch that was left, or that nothing opened.")
        end = opening["data"]["replaces"]
        kept = self.store.entry(self.hub, end["sequence"]) if end["sequence"] else {"hash": NOTHING}
        require(self.position["epoch"] in [end["epoch"], *opening["data"].get("leaves", [])] and kept and kept["hash"] == end["hash"]
                and continues(opening, end["sequence"], end["hash"]), "The new epoch does not continue what was read.")
        self.store.leave(self.hub, end["sequence"])

    def compare(self, sequence, hash):
        if sequence and self.store.entry(self.hub, sequence)["hash"] != hash:
            raise Stopped(f"The hub's journal is forked at {sequence}. Tell the operators.")

    def on_heartbeat(self, heartbeat):
        self.known_end = max(self.known_end, heartbeat["sequence"])
        if heartbeat["epoch"] == self.position["epoch"] and heartbeat["sequence"] <= number(self.position):
            self.compare(heartbeat["sequence"], heartbeat["hash"])
            self.announced = max(self.announced, heartbeat["sequence"])
        self.send_receipt(heartbeat=heartbeat["id"])

    def send_receipt(self, **heartbeat):
        position = self.position
        self.publish(receipt=self.signer.control({
            "journal": self.hub, "from": self.code, "epoch": position["epoch"],
            "through": number(position), "hash": position["hash"], **heartbeat}))

    def ask_again(self):
        """§7.10: a gap that stands leads to a replay request, then to others after growing pauses."""
        position = self.position
        if self.known_end <= number(position):
            self.gap_since = None
        elif self.gap_since is None:
            self.gap_since = time.monotonic()
        elif time.monotonic() - self.gap_since >= self.pause:
            self.publish(replayRequest=self.signer.control({
                "journal": self.hub, "from": self.code, "epoch": position["epoch"], "after": number(position)}))
            self.gap_since, self.pause, self.replays = time.monotonic(), min(2 * self.pause, LONGEST_PAUSE), self.replays + 1

    def run(self, own):
        """Take part until the own entry is visible and the hub's journal is read to the end that the hub announced."""
        self.own = own
        self.look_for_own(self.store.entries(self.hub))
        self.send_journal()
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
                self.next_heartbeat = time.monotonic() + HEARTBEAT_SECONDS
            if self.accepted and self.announced >= number(self.accepted) and number(self.position) >= self.known_end:
                return
        raise Stopped("The broker has ended the subscription.")

    def look_for_own(self, entries):
        for entry in entries:
            origin = origin_of(entry)
            if origin and origin["hash"] == self.own["hash"]:
                if kind_of(entry) == "quarantined":
                    raise Stopped(f"The hub could not apply the entry: {entry['data']['reason']}, {entry['data']['detail']}")
                self.accepted = entry


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


def publish(options):
    """Join, publish, and print what was seen."""

    def too_late(*_):
        raise Stopped(f"After {options.timeout} s the hub's journal does not show the entry as accepted, or was not read to its end.")

    signal.signal(signal.SIGALRM, too_late)
    signal.setitimer(signal.ITIMER_REAL, options.timeout)
    with open(options.key, "rb") as file:
        signer = Signer(serialization.load_pem_private_key(file.read(), None))
    keys, store = read_directory(options.directory), Store(options.journal)
    connection = pika.BlockingConnection(pika.ConnectionParameters(
        options.host, options.port, options.vhost, pika.PlainCredentials(options.user or options.code, options.password),
        ssl_options=pika.SSLOptions(ssl.create_default_context(), options.host) if options.tls else None))
    channel = connection.channel()
    channel.confirm_delivery()
    channel.basic_qos(prefetch_count=20)
    participant = Participant(options.code, options.hub, channel, keys, signer, store)
    own = participant.journal_event(options.title, options.date)
    participant.run(own)
    head = participant.position
    print(json.dumps({
        "subject": own["subject"], "accepted": number(participant.accepted), "replays": participant.replays,
        "entries": len(store.entries(options.hub)), "sequence": number(head), "hash": head["hash"]}))
    connection.close()


def main():
    parser = argparse.ArgumentParser(description="A participant of the federation, for demonstration.")
    parser.add_argument("--code", default="novalog", help="code of this participant")
    commands = parser.add_subparsers(required=True)
    key = commands.add_parser("key", help=make_key.__doc__)
    key.set_defaults(run=make_key)
    key.add_argument("--out", required=True, help="file for the private key, must not exist")
    join = commands.add_parser("publish", help=publish.__doc__)
    join.set_defaults(run=publish)
    join.add_argument("--host", default="localhost")
    join.add_argument("--port", type=int, default=5672)
    join.add_argument("--tls", action="store_true", help="amqps, with the system's certificates")
    join.add_argument("--vhost", default="interclustering")
    join.add_argument("--user", help="the code, unless given")
    join.add_argument("--password", default=os.environ.get("INTERCLUSTERING_PASSWORD", ""), help="or in INTERCLUSTERING_PASSWORD")
    join.add_argument("--hub", default="hub", help="code of the hub")
    join.add_argument("--timeout", type=float, default=60, help="seconds")
    for name, meaning in {
            "directory": "file with the participants and their keys", "key": "private key, PEM", "journal": "file for the journals",
            "title": "title of the event", "date": "day of the event, as 2027-01-14"}.items():
        join.add_argument(f"--{name}", required=True, help=meaning)
    options = parser.parse_args()
    try:
        options.run(options)
    except (Stopped, OSError, pika.exceptions.AMQPError) as error:
        sys.exit(str(error) or f"The broker: {error!r}")


if __name__ == "__main__":
    main()
