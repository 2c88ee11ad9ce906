"""Reads mails with Python's email package, and their calendar entries with python3-icalendar: one line for each mail."""
import email
import email.policy
import sys

from icalendar import Calendar


def entry(part):
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    event, = calendar.walk("VEVENT")
    return calendar, event


for path in sys.argv[1:]:
    with open(path, "rb") as file:
        mail = email.message_from_binary_file(file, policy=email.policy.default)
    assert not mail.defects, mail.defects
    parts = list(mail.walk())
    assert not any(part.defects for part in parts), [part.defects for part in parts]
    alternative = next(part for part in parts if part.get_content_type() == "multipart/alternative")
    kinds = [part.get_content_type() for part in alternative.iter_parts()]
    line = [mail["Subject"], mail["To"], ",".join(kinds)]
    forms = [part for part in parts if part.get_content_type() == "text/calendar"]
    if forms:
        inline, attached = forms
        assert attached.get_filename() == "invite.ics" and attached.is_attachment()
        assert inline.get_payload(decode=True) == attached.get_payload(decode=True)
        calendar, event = entry(inline)
        assert str(calendar["METHOD"]) == inline.get_param("method")
        line += [str(calendar["METHOD"]), str(event["SEQUENCE"]), event["DTSTART"].dt.isoformat(), str(event["STATUS"]),
                 str(event["ORGANIZER"]).lower(), str(event["ATTENDEE"]).lower(), str(event["UID"])]
        with open(path + ".ics", "wb") as file:
            file.write(attached.get_payload(decode=True))
    print("\t".join(line))
