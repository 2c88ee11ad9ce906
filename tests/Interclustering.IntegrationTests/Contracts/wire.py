"""The wire's rules in Python, written from contracts/README.md and not from the C# code: the second opinion that the vectors need."""
import base64
import hashlib
import json

ORIGIN = "0" * 64
MAX_SAFE_INTEGER = 2**53 - 1
WRAPPING = ("fr.interclustering.accepted.", "fr.interclustering.quarantined.")


class Refused(ValueError):
    pass


def parse(text):
    def members(pairs):
        if len({name for name, _ in pairs}) != len(pairs):
            raise Refused("a duplicate name")
        return dict(pairs)

    def no_number(text):
        raise Refused(f"not an integer: {text}")

    try:
        return json.loads(text, object_pairs_hook=members, parse_float=no_number, parse_constant=no_number)
    except json.JSONDecodeError as error:
        raise Refused(str(error)) from error


def canonical(value):
    """RFC 8785 in UTF-8."""
    def ordered(item):
        if isinstance(item, dict):
            # §3.2.3: names are sorted by UTF-16 code units.
            return {name: ordered(item[name]) for name in sorted(item, key=lambda name: name.encode("utf-16-be", "surrogatepass"))}
        if isinstance(item, list):
            return [ordered(element) for element in item]
        if isinstance(item, float) or (isinstance(item, int) and abs(item) > MAX_SAFE_INTEGER):
            raise Refused(f"not an integer within ±(2^53-1): {item}")
        return item

    try:
        return json.dumps(ordered(value), ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    except UnicodeEncodeError as error:
        raise Refused("a lone surrogate") from error


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def without(value, *names):
    return {name: member for name, member in value.items() if name not in names}


def wraps(entry):
    return entry["type"].startswith(WRAPPING)


def digest(kind, data):
    if kind.startswith(WRAPPING):
        data = {**data, "origin": without(data["origin"], "data")}
    return sha256(canonical(data))


def hash_of(entry):
    return sha256(canonical(without(entry, "data", "hash")))


def number(entry):
    """The sequence of an entry: 16 digits on the wire."""
    if not (isinstance(entry["sequence"], str) and len(entry["sequence"]) == 16 and entry["sequence"].isdecimal()):
        raise Refused(f"not a sequence: {entry['sequence']}")
    return int(entry["sequence"])


def is_erased(entry):
    return "data" not in entry or (wraps(entry) and "data" not in entry["data"]["origin"])


def why_refused(entries, erased, previous=None):
    """Why consecutive entries are no chain; None when they are."""
    for index, entry in enumerate(entries):
        before = entries[index - 1] if index else None
        if before and (number(entry) != number(before) + 1 or entry["previous"] != before["hash"]):
            return "chain"
        if not before and previous is not None and entry["previous"] != previous:
            return "chain"
        if entry["hash"] != hash_of(entry):
            return "hash"
        if is_erased(entry) != (number(entry) in erased):
            return "erased"
        if "data" in entry and entry["digest"] != digest(entry["type"], entry["data"]):
            return "digest"
        # Only the wrapped entry's own digest covers its data.
        if "data" in entry and wraps(entry) and "data" in entry["data"]["origin"]:
            origin = entry["data"]["origin"]
            if origin["digest"] != digest(origin["type"], origin["data"]):
                return "digest"
    return None


def covered(message):
    """What the signature of a segment or of a control message covers."""
    if "entries" in message:
        return canonical({name: message[name] for name in ("journal", "epoch", "sequence", "hash", "erased")})
    return canonical(without(message, "signature"))


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def verify(message, keys):
    """Whether one of the keys ({keyid, key}) has signed the message."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec, utils

    key = next((key for key in keys if key["keyid"] == message["keyid"]), None)
    signature = message.get("signature", "")
    if key is None or len(signature) != 86:
        return False
    raw = base64.urlsafe_b64decode(signature + "==")
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    public = serialization.load_der_public_key(base64.b64decode(key["key"]))
    try:
        public.verify(utils.encode_dss_signature(r, s), covered(message), ec.ECDSA(hashes.SHA256()))
        return True
    except InvalidSignature:
        return False
