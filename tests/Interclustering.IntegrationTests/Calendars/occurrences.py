"""Reads an iCalendar from standard input with Debian's python3-icalendar and python3-recurring-ical-events.

Usage: occurrences.py FROM TO     (days, inclusive; prints one line per occurrence: local start in Paris, or the day of an all-day one)
"""
import datetime
import sys
import zoneinfo

import icalendar
import recurring_ical_events

first, last = (datetime.date.fromisoformat(day) for day in sys.argv[1:3])
calendar = icalendar.Calendar.from_ical(sys.stdin.read())
lines = []
for event in recurring_ical_events.of(calendar).between(first, last + datetime.timedelta(days=1)):
    start = event["DTSTART"].dt
    if isinstance(start, datetime.datetime):
        start = start.astimezone(zoneinfo.ZoneInfo("Europe/Paris")).strftime("%Y-%m-%dT%H:%M")
    lines.append(f"{start} {event['SUMMARY']}")
print("\n".join(sorted(lines)))
