import { established } from '../answers.js';
import { asCommitteeMember } from './content.js';
import { draft, submit } from '../councillor-acts.js';
import { answer, confirm, discuss } from '../office-acts.js';
import { decide, signOff } from '../signing-acts.js';
import type { Story, Timetable } from './timetable.js';

/** Refused on two grounds, while a review may still be asked for. */
export const refused = ({ on, span, day }: Timetable): Story => {
  const answers = {
    ...established({
      type: 'strategy_discussion',
      role: 'relevant_committee',
      standing: 'coopted',
      authority: 'work_programme',
      duty: 'The committee reviews how quickly partners are brought together, which is within its remit.',
      alternatives: 'The figures show how soon partners meet and not how well they share what they know.',
      proportionate: 'Not reached.',
    }),
    legal_bars: { answer: [{ bar: 'criminal' }] },
    proportionality: {
      answer: 'disproportionate',
      reason:
        'An inquiry is open in the matters that the meetings will take in this window. One more person in the ' +
        'room could harm it, and with it the child, for a question that a later audit can answer.',
    },
  };
  return [
    {
      at: on(15, '16:00'),
      act: draft(
        'coopted.member',
        asCommitteeMember('coopted.member', {
          observationType: 'strategy_discussion',
          citation: `Minute 19 of ${day(60)}`,
          necessity:
            'The committee was asked to find out whether police, health and the council come together soon ' +
            'enough when a concern is first raised, and whether each brings what it knows. I was named to look ' +
            'at the first meeting between them. Without hearing one such meeting I can only repeat what each ' +
            'agency says about itself.',
          alternatives:
            'The figures show how soon the agencies meet; they do not show whether what is known is shared.',
          window: span(3, 31),
          events: 1,
        }),
      ),
    },
    { at: on(14, '10:40'), act: submit('coopted.member') },
    { at: on(12, '09:25'), act: answer('democratic.services', 'democratic_services', answers) },
    { at: on(11, '11:00'), act: answer('childrens.services', 'childrens_services', answers) },
    { at: on(11, '15:15'), act: answer('legal', 'legal', answers) },
    {
      at: on(10, '14:30'),
      act: discuss(
        'legal',
        'legal',
        'The three offices met. The question of the committee is a good one; this is not the meeting to answer ' +
          'it at. An audit of closed matters was offered to the chair of the committee.',
        { present: ['childrens_services', 'democratic_services', 'legal'] },
      ),
    },
    { at: on(10, '15:00'), act: confirm('childrens.services', 'childrens_services') },
    { at: on(10, '16:45'), act: confirm('democratic.services', 'democratic_services') },
    {
      at: on(9, '10:20'),
      act: signOff('childrens.services', 'childrens_services', {
        outcome: 'object',
        grounds: ['disproportionate'],
        reasons:
          'What could be learnt does not outweigh the risk to an open inquiry and to the child concerned.',
      }),
    },
    {
      at: on(9, '12:35'),
      act: signOff('democratic.services', 'democratic_services', {
        outcome: 'agree',
        reasons: 'Standing, role and authority are in order; the purpose is within the work programme.',
      }),
    },
    {
      at: on(6, '11:30'),
      act: decide('legal', {
        outcome: 'refuse',
        grounds: ['legal_bar', 'disproportionate'],
        reasons:
          'A criminal investigation touches what would be observed, which is a bar in every case, and the ' +
          'benefit is not proportionate to the harm. A request for a core group or for an audit of closed ' +
          'matters would serve the same purpose.',
      }),
    },
  ];
};
