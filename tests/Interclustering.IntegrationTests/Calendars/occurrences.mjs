// Prints the occurrences that ical.js finds in a calendar: day or local start, and title, a line each, sorted. Floating times stay.
// usage: node occurrences.mjs FROM TO < calendar
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';

const [from, to] = process.argv.slice(2);
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, 'utf8')));
for (const zone of calendar.getAllSubcomponents('vtimezone')) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
}

const paris = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Paris', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit'
});
const found = [];
const put = (time, title) => found.push(
  `${time.isDate ? time.toString()
    : time.zone === ICAL.Timezone.localTimezone ? time.toString().slice(0, 16)
    : paris.format(time.toJSDate()).replace(' ', 'T')} ${title}`);

const series = new Map();
for (const component of calendar.getAllSubcomponents('vevent')) {
  const event = new ICAL.Event(component);
  const key = event.uid || Symbol('without a key');
  series.set(key, [...series.get(key) ?? [], event]);
}

for (const events of series.values()) {
  const exceptions = events.filter(event => event.isRecurrenceException());
  for (const main of events.filter(event => !event.isRecurrenceException())) {
    if (!main.isRecurring()) {
      put(main.startDate, main.summary);
      continue;
    }

    exceptions.forEach(event => main.relateException(event));
    const dates = main.iterator();
    for (let date = dates.next(); date && date.toString().slice(0, 10) <= to; date = dates.next()) {
      const one = main.getOccurrenceDetails(date);
      put(one.startDate, one.item.summary);
    }
  }
}

console.log(found.filter(line => line.slice(0, 10) >= from && line.slice(0, 10) <= to).sort().join('\n'));
