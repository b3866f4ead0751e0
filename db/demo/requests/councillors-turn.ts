import { asCommitteeMember, asLeadMember } from './content.js';
import { draft, submit, withdraw } from '../councillor-acts.js';
import { answer, discuss, giveBack } from '../office-acts.js';
import type { Story, Timetable } from './timetable.js';

/** Taken back by the councillor after Legal had spoken. */
export const withdrawn = ({ on, span, day }: Timetable): Story => [
  {
    at: on(13, '14:45'),
    act: draft(
      'lead.member',
      asLeadMember({
        observationType: 'legal_gatekeeping',
        citation: `Appointment by the Leader, recorded as minute 4 of ${day(75)}`,
        necessity:
          'As lead member I agree the budget for court work and answer for delay in it. I want to understand at ' +
          'what point a matter is thought ready for court and what sends it back, because the committee asked me ' +
          'to explain why some matters return twice, and the monthly report gives numbers and no causes.',
        alternatives: 'The monthly report gives numbers without causes, and a briefing has not been tried.',
        window: span(5, 33),
        events: 1,
      }),
    ),
  },
  { at: on(12, '10:10'), act: submit('lead.member') },
  {
    at: on(11, '09:05'),
    act: answer('legal', 'legal', {
      legal_bars: {
        answer: [{ bar: 'privilege' }],
        reason: 'Everything said there is advice to the council; privilege would have to be kept throughout.',
      },
    }),
  },
  {
    at: on(10, '09:30'),
    act: discuss(
      'legal',
      'legal',
      'A briefing from the head of service would answer the question without touching privilege.',
      {
        privileged: true,
      },
    ),
  },
  { at: on(9, '16:30'), act: withdraw('lead.member') },
];

/** Sent back with questions: it is the councillor's turn, and the clock of the decision stands still. */
export const returned = ({ on, span, day }: Timetable): Story => [
  {
    at: on(9, '11:00'),
    act: draft(
      'coopted.member',
      asCommitteeMember('coopted.member', {
        observationType: 'childs_journey',
        citation: `Minute 23 of ${day(32)}`,
        necessity:
          'The committee wants to know what it is like for a child to pass from one team to the next, and asked ' +
          'me to follow one such way through the service from the conference on. Each team reports on its own ' +
          'part, and nobody reports on the gaps between them, which is where earlier reviews found that children ' +
          'were lost from view.',
        alternatives:
          'Each team’s own report leaves out what happens between teams; an audit looks back and cannot see what ' +
          'the child was told on the way.',
        window: span(21, 90),
        events: 3,
      }),
    ),
  },
  { at: on(8, '09:55'), act: submit('coopted.member') },
  {
    at: on(7, '14:20'),
    act: answer('democratic.services', 'democratic_services', {
      standing: {
        answer: 'coopted',
        reason: 'A co-opted member holds the same seat on the committee, with the same duties.',
      },
      role: { answer: 'relevant_committee' },
      authority: { answer: 'work_programme' },
    }),
  },
  {
    at: on(5, '10:45'),
    act: giveBack(
      'democratic.services',
      'Which three stages are meant, and in which weeks? Has the committee agreed who takes part in this review?',
    ),
  },
];

/** Begun and not handed in: its author alone reads it. */
export const begun = ({ on, span, day }: Timetable): Story => [
  {
    at: on(3, '17:40'),
    act: draft(
      'scrutiny.member',
      asCommitteeMember('scrutiny.member', {
        observationType: 'initial_child_protection_conference',
        citation: `Minute 23 of ${day(32)}`,
        necessity: 'To see how the voice of the child is heard at a first conference.',
        window: span(28, 56),
      }),
    ),
  },
];

/** Hardly begun. */
export const begunByLeadMember = ({ on }: Timetable): Story => [
  { at: on(2, '18:05'), act: draft('lead.member', () => ({ observationType: 'document_inspection' })) },
];
