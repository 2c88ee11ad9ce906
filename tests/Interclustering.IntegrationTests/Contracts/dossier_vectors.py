"""A whole joint webinar: its facts in the order of the hub's journal, and the ruling after each, written by hand from section 11 of contracts/README.md."""
DOSSIER = "pasca-019b0f3e-6a00-7c11-8d22-3e44f5a6b7c8"
SLOTS = "2027-01-14T11:00:00", "2027-01-19T11:00:00", "2027-01-21T14:00:00"
PROPOSAL = {"title": "L’entrepôt face aux canicules (démonstration)", "minutes": 60, "invited": ["tenlog", "pil"], "slots": list(SLOTS[:2]),
            "deadline": "2026-12-11"}
REPLAY = {"replay": {"url": "https://video.exemple.invalid/canicules"}}
# What does not count, after the first choice, after the deadline, and at the end: by the number of the step.
EARLY = {2: "not-invited", 9: "slot-gone", 11: "slot-gone"}
LATE = {**EARLY, 7: "not-joined", 16: "deadline-over", 18: "not-joined"}
LAST = {19: "not-held", 22: "not-joined", 24: "not-the-lead"}


def answer(joins):
    return {"answer": {"joins": joins, "slots": [{"slot": SLOTS[0], "answer": "yes"}]}}


# (who says it, which fact, what with it, when), then what changes in the ruling.
STEPS = [
    ("pasca", "proposed", {"proposal": PROPOSAL}, "2026-11-24T09:00:00Z", {"state": "proposed", "participants": ["pasca"], "counted": 1}),
    ("bsc", "answered", answer("yes"), "2026-11-25T09:00:00Z", {"refused": {2: "not-invited"}}),
    ("tenlog", "answered", answer("yes"), "2026-11-26T09:00:00Z", {"state": "answering", "participants": ["pasca", "tenlog"], "counted": 2}),
    ("pil", "slot-suggested", {"slot": SLOTS[2]}, "2026-11-27T09:00:00Z", {"counted": 3}),
    ("pil", "line-written", {"line": {"id": "accueil", "minute": 0, "what": "Accueil"}}, "2026-11-27T09:10:00Z",
     {"refused": {2: "not-invited", 5: "not-joined"}}),
    # Its line counts now, too.
    ("pil", "answered", answer("if"), "2026-11-27T09:20:00Z", {"participants": ["pasca", "tenlog", "pil"], "counted": 5, "refused": {2: "not-invited"}}),
    ("tenlog", "replay-published", REPLAY, "2026-11-28T09:00:00Z", {"waiting": [7]}),
    ("tenlog", "slot-chosen", {"slot": SLOTS[0]}, "2026-12-01T09:00:00Z", {"state": "preparing", "slot": SLOTS[0], "counted": 6}),
    ("pil", "slot-chosen", {"slot": SLOTS[2]}, "2026-12-01T09:00:01Z", {"refused": {2: "not-invited", 9: "slot-gone"}}),
    ("pil", "slot-chosen", {"slot": SLOTS[0]}, "2026-12-01T09:00:02Z", {"counted": 7}),
    ("pasca", "proposed", {"proposal": PROPOSAL}, "2026-12-02T09:00:00Z", {"refused": {2: "not-invited", 9: "slot-gone", 11: "slot-gone"}}),
    # The replay that waited was given before the webinar was held.
    ("pasca", "announced", {"announcement": {"title": PROPOSAL["title"]}}, "2026-12-03T09:00:00Z",
     {"state": "announced", "announced": 12, "counted": 8, "waiting": [], "refused": {**EARLY, 7: "not-held"}}),
    ("pil", "postponed", {"text": "Salle inondée."}, "2026-12-04T09:00:00Z",
     {"state": "postponed", "slot": None, "counted": 9, "waiting": [7], "refused": EARLY}),
    ("pil", "slot-chosen", {"slot": SLOTS[2]}, "2026-12-05T09:00:00Z",
     {"state": "announced", "slot": SLOTS[2], "counted": 10, "waiting": [], "refused": {**EARLY, 7: "not-held"}}),
    # 23:30 in Paris, the last day: in time.
    ("pil", "answered", answer("yes"), "2026-12-11T22:30:00Z", {"counted": 11}),
    ("pil", "answered", answer("yes"), "2026-12-11T23:30:00Z", {"refused": {**EARLY, 7: "not-held", 16: "deadline-over"}}),
    ("tenlog", "answered", {"answer": {"joins": "no", "slots": []}}, "2026-12-14T09:00:00Z",
     {"participants": ["pasca", "pil"], "counted": 12, "refused": {**EARLY, 7: "not-joined", 16: "deadline-over"}}),
    ("tenlog", "link-shared", {"link": {"label": "Trame", "url": "https://documents.exemple.invalid/trame"}}, "2026-12-14T09:10:00Z",
     {"refused": LATE}),
    # It ends at 15:00 in Paris.
    ("pil", "replay-published", REPLAY, "2027-01-21T13:59:59Z", {"refused": {**LATE, 19: "not-held"}}),
    ("pil", "replay-published", REPLAY, "2027-01-21T14:00:00Z", {"state": "replay-online", "counted": 13}),
    ("pasca", "replay-withdrawn", {}, "2027-01-21T16:00:00Z", {"state": "announced", "counted": 14}),
    ("pasca", "lead-handed-over", {"lead": "tenlog"}, "2027-01-21T16:10:00Z", {"refused": {**LATE, 19: "not-held", 22: "not-joined"}}),
    ("pasca", "lead-handed-over", {"lead": "pil"}, "2027-01-21T16:20:00Z", {"participants": ["pil", "pasca"], "counted": 15}),
    ("pasca", "lead-handed-over", {"lead": "pasca"}, "2027-01-21T16:30:00Z", {"refused": {**LATE, **LAST}}),
    ("pasca", "closed", {}, "2027-01-22T09:00:00Z", {"state": "closed", "counted": 16}),
    ("pil", "sheet-linked", {"sheet": "pil-019b0f3e-6b00-7c11-8d22-3e44f5a6b7c8"}, "2027-01-22T10:00:00Z",
     {"refused": {**LATE, **LAST, 26: "over"}}),
    ("tenlog", "remark-made", {"text": "Merci à tous."}, "2027-01-22T11:00:00Z", {"counted": 17}),
]


def subject(cluster, number):
    return f"{cluster}-019b0f3e-6a{number:02x}-7c11-8d22-3e44f5a6b7c8"


def vectors():
    """Facts with what comes of them."""
    ids = [subject(cluster, number) for number, (cluster, *_) in enumerate(STEPS, 1)]
    ruling, facts = {"state": "", "slot": None, "participants": [], "counted": 0, "refused": {}, "waiting": [], "announced": None}, []
    for number, (cluster, fact, further, time, change) in enumerate(STEPS, 1):
        ruling = {**ruling, **change}
        said = {
            **ruling, "refused": [{"fact": ids[each - 1], "reason": reason} for each, reason in ruling["refused"].items()],
            "waiting": [ids[each - 1] for each in ruling["waiting"]],
            "announced": ids[ruling["announced"] - 1] if ruling["announced"] else None,
        }
        facts.append({
            "subject": ids[number - 1], "time": time,
            "data": {"dossier": DOSSIER, "fact": fact, **further, "nonce": f"{number:032x}"},
            "ruling": {name: part for name, part in said.items() if part not in (None, [])},
        })
    return {"note": "Each ruling is of all facts up to its own. Its refused may stand in any order; nonce is left out.", "dossier": DOSSIER, "facts": facts}
