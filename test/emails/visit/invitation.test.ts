import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { invitationTo, type Visit } from '../../../emails/visit/invitation.js';

const visit: Visit = {
  uid: '5b0f3f4e-2f0e-4c43-9a51-6a1c3f5a0d11@council.example',
  sequence: 2,
  method: 'REQUEST',
  from: new Date('2026-06-10T13:30:00.789Z'),
  to: new Date('2026-06-10T15:00:00.000Z'),
  at: new Date('2026-06-01T08:15:30.000Z'),
  reference: 'OBS-2026-0001',
  councilName: 'Test Council',
  href: 'https://observe.council.example/requests/OBS-2026-0001',
  organizer: 'need-to-know@council.example',
  attendee: 'a.person+calendar@council.example',
};

/** As another program reads it: the calendar's own properties, and those of its one event. */
const read = (content: string) => {
  const calendar = new ICAL.Component(ICAL.parse(content));
  const events = calendar.getAllSubcomponents();
  expect(events.map(({ name }) => name)).toEqual(['vevent']);
  const valuesOf = (component: ICAL.Component | undefined) =>
    Object.fromEntries(
      component?.getAllProperties().map((property) => [property.name, String(property.getFirstValue())]) ??
        [],
    );
  return {
    calendar: valuesOf(calendar),
    event: valuesOf(events[0]),
    parametersOf: (name: string) => events[0]?.getFirstProperty(name)?.toJSON()[1],
  };
};

const eventOf = (change: Partial<Visit> = {}) => read(invitationTo({ ...visit, ...change }).content).event;
const councilOf = (content: string) => read(content).parametersOf('organizer')?.['cn'];

const awkwardNames = [
  'Royal Borough of Kingston, Sutton and Merton',
  'Council; of: Somewhere',
  'Cyngor Sir Ynys Môn 🏴󠁧󠁢󠁷󠁬󠁳󠁿 – Isle of Anglesey',
  '🏛️'.repeat(60),
  'ẞ'.repeat(120),
  'A council, of; many: parts '.repeat(5).slice(0, 120),
  'A ^ council ^n ^^',
];

describe('an invitation', () => {
  test('is one event, with the times in UTC, the organiser and the attendee', () => {
    const { calendar, event, parametersOf } = read(invitationTo(visit).content);
    expect(calendar).toEqual({
      version: '2.0',
      prodid: '-//need-to-know//invitation//EN',
      method: 'REQUEST',
    });
    expect(event).toEqual({
      uid: visit.uid,
      sequence: '2',
      dtstamp: '2026-06-01T08:15:30Z',
      dtstart: '2026-06-10T13:30:00Z',
      dtend: '2026-06-10T15:00:00Z',
      summary: 'Council appointment, OBS-2026-0001',
      description:
        'Sign in to read what it is about:\nhttps://observe.council.example/requests/OBS-2026-0001',
      status: 'CONFIRMED',
      class: 'PRIVATE',
      transp: 'OPAQUE',
      organizer: 'mailto:need-to-know@council.example',
      attendee: 'MAILTO:a.person+calendar@council.example',
    });
    expect(parametersOf('organizer')).toEqual({ cn: 'Test Council' });
    expect(parametersOf('attendee')).toEqual({
      role: 'REQ-PARTICIPANT',
      partstat: 'NEEDS-ACTION',
      rsvp: 'FALSE',
    });
  });

  test('that is taken back names the same event, cancelled', () => {
    const { method, content, filename } = invitationTo({ ...visit, method: 'CANCEL', sequence: 3 });
    expect({ method, filename }).toEqual({ method: 'CANCEL', filename: 'invitation.ics' });
    expect(read(content).calendar).toMatchObject({ method: 'CANCEL' });
    expect(read(content).event).toMatchObject({
      uid: visit.uid,
      sequence: '3',
      status: 'CANCELLED',
      organizer: 'mailto:need-to-know@council.example',
      attendee: 'MAILTO:a.person+calendar@council.example',
    });
  });

  test('does not disclose where, with whom or of what kind it is to people who see the calendar', () => {
    const { content } = invitationTo(visit);
    expect(content).not.toMatch(/child|famil|observ(?!e\.council)|visit|chaperone|\bcase\b/i);
    expect(content).not.toMatch(/^(LOCATION|GEO|URL|CATEGORIES|COMMENT|CONTACT|X-)/m);
    expect(content).not.toContain('BEGIN:VALARM');
  });

  test('is the same bytes for the same visit, whenever it is written', async () => {
    const first = invitationTo(visit).content;
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(invitationTo({ ...visit }).content).toBe(first);
  });
});

describe('its text', () => {
  test.each(awkwardNames)('has short lines with CRLF, none cut within a character: %s', (councilName) => {
    const { content } = invitationTo({ ...visit, councilName });
    expect(content.endsWith('END:VCALENDAR\r\n')).toBe(true);
    const lines = content.split('\r\n');
    expect(lines.join('')).not.toMatch(/[\r\n]/);
    for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    // A half of a character would not come back from the bytes that are sent.
    expect(lines.every((line) => Buffer.from(line).toString() === line)).toBe(true);
    expect(councilOf(content)).toBe(councilName);
  });

  test('has an apostrophe for a quotation mark and a slash for a backslash in the council’s name', () => {
    expect(councilOf(invitationTo({ ...visit, councilName: 'The "Old" Council \\ West' }).content)).toBe(
      'The ’Old’ Council / West',
    );
  });

  test('holds any council’s name and any address that there may be, and never one line more', () => {
    const linesOf = (content: string) => content.replaceAll('\r\n ', '').split('\r\n').length;
    const usual = linesOf(invitationTo(visit).content);
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(text, text, (councilName, attendee) => {
        const { content } = invitationTo({ ...visit, councilName, attendee: `${attendee}@council.example` });
        expect(linesOf(content)).toBe(usual);
        expect(read(content).event).toMatchObject({ uid: visit.uid, summary: eventOf()['summary'] });
        expect(councilOf(content)).toBe(councilName.replaceAll('"', '’').replaceAll('\\', '/'));
      }),
      { numRuns: 300 },
    );
  });

  test('comes back whole from a long reference and a long address of the page', () => {
    const reference = 'OBS-2026-0001, "a; b": \\n \\ '.repeat(6);
    const href = `https://observe.council.example/requests?of=a,b;c&${'ü'.repeat(90)}`;
    expect(eventOf({ reference, href })).toMatchObject({
      summary: `Council appointment, ${reference}`,
      description: `Sign in to read what it is about:\n${href}`,
    });
  });

  test('cannot be added to through an address, which is taken without the name before it', () => {
    expect(eventOf({ attendee: 'a@council.example\r\nLOCATION:here' })).toMatchObject({
      attendee: 'MAILTO:a@council.example%0D%0ALOCATION:here',
    });
    expect(eventOf({ attendee: 'a@council.example\r\nLOCATION:here' })['location']).toBeUndefined();
    expect(eventOf({ organizer: 'The council <ntk@council.example>' })).toMatchObject({
      organizer: 'mailto:ntk@council.example',
    });
  });

  test.each(['', 'a b', 'a\r\nLOCATION:here', 'a,b', 'a\\b'])('has no place for the uid %j', (uid) => {
    expect(() => invitationTo({ ...visit, uid })).toThrow(TypeError);
  });
});
