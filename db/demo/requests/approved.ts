import { established } from '../answers.js';
import { asCommitteeMember, asLeadMember } from './content.js';
import { draft, submit } from '../councillor-acts.js';
import { answer, confirm, discuss } from '../office-acts.js';
import { decide, signOff } from '../signing-acts.js';
import type { Story, Timetable } from './timetable.js';

/** Approved with conditions; the window opens next week, so the grant waits. */
export const approvedForScrutinyMember = ({ on, span, day }: Timetable): Story => {
  const answers = established({
    type: 'safeguarding_unit',
    role: 'relevant_committee',
    authority: 'work_programme',
    duty:
      'The committee has to report on how threshold decisions are recorded and challenged. The remit covers ' +
      'exactly this unit, and the report cannot be made on written accounts alone.',
    alternatives:
      'The briefing and the figures were given already and raised the question; an audit or a closed case ' +
      'shows the outcome and not how the unit works together.',
    proportionate:
      'Half a day, accompanied, without papers and without allegations work. The harm to families is small, ' +
      'and the gain for scrutiny of the threshold is real.',
  });
  return [
    {
      at: on(24, '10:05'),
      act: draft(
        'scrutiny.member',
        asCommitteeMember('scrutiny.member', {
          observationType: 'safeguarding_unit',
          citation: `Minute 17 of ${day(60)}`,
          necessity:
            'The committee resolved to review how the safeguarding unit tests threshold decisions before it ' +
            'reports to full council. As the member who leads that review I have to be able to say whether the ' +
            'practice described to us is the practice followed, and I cannot say so from written accounts that ' +
            'the unit itself has prepared.',
          alternatives:
            'A briefing and the quarterly figures were given and left the question open; an anonymised audit ' +
            'shows outcomes and not how a decision is challenged in the room.',
          window: span(7, 35),
          events: 1,
        }),
      ),
    },
    { at: on(23, '11:20'), act: submit('scrutiny.member') },
    { at: on(21, '09:40'), act: answer('childrens.services', 'childrens_services', answers) },
    { at: on(21, '14:10'), act: answer('democratic.services', 'democratic_services', answers) },
    { at: on(20, '10:30'), act: answer('legal', 'legal', answers) },
    {
      at: on(20, '15:00'),
      act: discuss(
        'childrens.services',
        'childrens_services',
        'The unit can host this on a day without allegations work. The head of the unit agrees.',
      ),
    },
    {
      at: on(19, '09:30'),
      act: discuss(
        'democratic.services',
        'democratic_services',
        'The item stands on the work programme, and training and undertaking are in order.',
      ),
    },
    {
      at: on(19, '11:45'),
      act: discuss(
        'legal',
        'legal',
        'No bar touches what will be observed, provided that allegations work is left out.',
      ),
    },
    {
      at: on(18, '10:15'),
      act: signOff('childrens.services', 'childrens_services', {
        outcome: 'agree',
        reasons:
          'The unit can show its work without exposing a family beyond what the purpose needs, and the review ' +
          'will help the service.',
        conditions: [
          {
            text: 'Allegations work is scheduled for another day.',
            owner: 'childrens_services',
            before: 'attendance',
          },
        ],
      }),
    },
    {
      at: on(18, '16:20'),
      act: signOff('democratic.services', 'democratic_services', {
        outcome: 'agree',
        reasons: 'The appointment and the term cover the whole window, and the minute names this review.',
        conditions: [
          {
            text: 'Questions for the committee are sent to the scrutiny officer afterwards.',
            owner: 'councillor',
            before: 'closing',
          },
        ],
      }),
    },
    {
      at: on(16, '12:00'),
      act: decide('legal', {
        outcome: 'approve',
        reasons:
          'The need to know is established: a named activity, a duty of the committee that needs it, nothing ' +
          'less intrusive would do, and the offices agree after discussion.',
        conditions: [
          { text: 'The host reads out the protocol at the door.', owner: 'host', before: 'attendance' },
        ],
        categories: ['process', 'family'],
      }),
    },
  ];
};

/** Approved by people who are authorised for their offices; nothing is open, so the grant is active. */
export const approvedForLeadMember = ({ on, span, day }: Timetable): Story => {
  const answers = established({
    type: 'safeguarding_board',
    role: 'lead_member',
    authority: 'appointment',
    duty:
      'The lead member answers in public for how the partnership works and is its participant observer; the ' +
      'remit and the meetings coincide.',
    alternatives:
      'Minutes and a talk with the chair come after the event and do not show how partners hold one another ' +
      'to account.',
    proportionate: 'The meetings mostly concern no case, and the member leaves for the part on reviews.',
    scope: 'Two ordinary meetings in one window, both named in the calendar of the partnership.',
  });
  return [
    {
      at: on(21, '09:15'),
      act: draft(
        'lead.member',
        asLeadMember({
          observationType: 'safeguarding_board',
          citation: `Appointment by the Leader, recorded as minute 4 of ${day(75)}`,
          necessity:
            'As lead member I am answerable to the council and to the public for how partners work together to ' +
            'keep children safe. I have to judge whether the partnership tests what its members report, and ' +
            'whether the council plays its part there. That cannot be judged without hearing how the partners ' +
            'question one another at two ordinary meetings.',
          alternatives:
            'I have read the minutes and met the chair; neither shows how a report is challenged. Figures and ' +
            'audits answer another question.',
          window: span(-5, 23),
          events: 2,
        }),
      ),
    },
    { at: on(20, '13:30'), act: submit('lead.member') },
    { at: on(19, '10:05'), act: answer('democratic.services.second', 'democratic_services', answers) },
    { at: on(18, '09:20'), act: answer('childrens.services', 'childrens_services', answers) },
    { at: on(17, '14:00'), act: answer('legal.second', 'legal', answers) },
    {
      at: on(16, '15:30'),
      act: discuss(
        'democratic.services.second',
        'democratic_services',
        'Children’s Services, Democratic Services and Legal met: the calendar has two meetings in the window, ' +
          'and the member will leave for the part on case reviews.',
        { present: ['childrens_services', 'democratic_services', 'legal'] },
      ),
    },
    { at: on(16, '15:50'), act: confirm('childrens.services', 'childrens_services') },
    { at: on(16, '16:20'), act: confirm('legal.second', 'legal') },
    {
      at: on(15, '10:00'),
      act: signOff('childrens.services', 'childrens_services', {
        outcome: 'agree',
        reasons: 'The chair and the partners agree, and no case is discussed in the open part.',
      }),
    },
    {
      at: on(15, '11:10'),
      act: signOff('democratic.services.second', 'democratic_services', {
        outcome: 'agree',
        reasons: 'The appointment carries this duty, and everything the register must hold is in place.',
      }),
    },
    {
      at: on(13, '09:50'),
      act: decide('legal.second', {
        outcome: 'approve',
        reasons:
          'The need to know is established for two meetings: the duty of the lead member cannot be carried out ' +
          'from minutes, and the exposure is slight.',
        conditions: [
          { text: 'The member leaves for the part on case reviews.', owner: 'host', before: 'closing' },
        ],
      }),
    },
  ];
};
