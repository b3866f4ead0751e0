import { established } from '../answers.js';
import { asCommitteeMember, asLeadMember } from './content.js';
import { draft, edit, submit } from '../councillor-acts.js';
import { answer, discuss, giveBack, recordNoRight } from '../office-acts.js';
import { signOff } from '../signing-acts.js';
import type { Story, Timetable } from './timetable.js';

/** Handed in yesterday: no office has answered yet. */
export const fresh = ({ on, span, day }: Timetable): Story => [
  {
    at: on(2, '09:10'),
    act: draft(
      'scrutiny.member',
      asCommitteeMember('scrutiny.member', {
        observationType: 'assessment_team',
        citation: `Minute 24 of ${day(32)}`,
        necessity:
          'The committee reviews why the time from contact to assessment has grown, and I was asked to look at ' +
          'how work is shared out in the assessment team. The committee has to say whether the growth comes from ' +
          'more work, from fewer people or from how work moves between them, and only the last of these cannot ' +
          'be read from the figures.',
        alternatives:
          'The figures and the briefing show how long it takes and not why; staff were heard and described it ' +
          'in different ways.',
        window: span(10, 38),
        events: 1,
      }),
    ),
  },
  { at: on(1, '15:25'), act: submit('scrutiny.member') },
];

/** Returned, changed and handed in again: answers of the earlier version wait for confirmation. */
export const resubmitted = ({ on, span, day }: Timetable): Story => {
  const answers = established({
    type: 'core_group',
    role: 'lead_member',
    authority: 'appointment',
    duty: 'The lead member answers for whether plans are carried out, and the core group is where that shows.',
    alternatives: 'Plans on paper and audits show what was agreed, and not how a plan is kept on course.',
    proportionate: 'One meeting, with the agreement of everybody in it, and nothing is taken away.',
  });
  return [
    {
      at: on(12, '11:35'),
      act: draft(
        'lead.member',
        asLeadMember({
          observationType: 'core_group',
          citation: `Appointment by the Leader, recorded as minute 4 of ${day(75)}`,
          necessity:
            'As lead member I answer for whether the plans made for children are carried out. I read the plans in ' +
            'summary and the audits of them, and both say that the core group is where a plan succeeds or is ' +
            'quietly given up. I cannot answer for that without having seen how one such group works.',
          alternatives: 'Summaries and audits say that it matters how the group works, and not how it works.',
          window: span(12, 75),
          events: 2,
        }),
      ),
    },
    { at: on(11, '10:25'), act: submit('lead.member') },
    { at: on(10, '13:40'), act: answer('childrens.services', 'childrens_services', answers) },
    {
      at: on(9, '15:50'),
      act: giveBack('legal', 'Is one meeting of one group enough for the purpose, and in a shorter window?'),
    },
    { at: on(7, '09:45'), act: edit('lead.member', { window: span(12, 40), events: 1 }) },
    { at: on(7, '10:00'), act: submit('lead.member') },
    { at: on(5, '11:15'), act: answer('democratic.services', 'democratic_services', answers) },
    {
      at: on(4, '14:05'),
      act: discuss(
        'democratic.services',
        'democratic_services',
        'The shorter window answers the question that Legal put; the register bears out the role.',
      ),
    },
  ];
};

/** Everything is answered and discussed, two have signed: it is Legal's turn. */
export const readyForLegal = ({ on, span, day }: Timetable): Story => {
  const answers = established({
    type: 'child_in_need_team',
    role: 'relevant_committee',
    authority: 'work_programme',
    duty: 'The committee reviews how caseloads are kept safe, and the team’s daily allocation is what it reviews.',
    alternatives:
      'Caseload figures were given; how a manager weighs one against the other does not show in them.',
    proportionate:
      'Half a day without home visits; families are named only incidentally, and nothing is noted.',
  });
  return [
    {
      at: on(10, '16:10'),
      act: draft(
        'scrutiny.member',
        asCommitteeMember('scrutiny.member', {
          observationType: 'child_in_need_team',
          citation: `Minute 17 of ${day(60)}`,
          necessity:
            'The committee has to advise on the staffing of this team before the budget is set. Its figures show ' +
            'the number of children for each worker and say nothing of how a manager decides who can take one ' +
            'more. I was asked to observe a morning of allocation, so that the advice rests on how the work is ' +
            'shared and not on numbers alone.',
          alternatives:
            'The figures are known, a briefing repeated them, and an audit looks at single children and not at ' +
            'the sharing of work.',
          window: span(10, 38),
          events: 1,
        }),
      ),
    },
    { at: on(9, '09:35'), act: submit('scrutiny.member') },
    { at: on(7, '10:50'), act: answer('childrens.services', 'childrens_services', answers) },
    { at: on(6, '09:15'), act: answer('democratic.services.second', 'democratic_services', answers) },
    { at: on(6, '14:40'), act: answer('legal', 'legal', answers) },
    {
      at: on(4, '09:20'),
      act: discuss(
        'childrens.services',
        'childrens_services',
        'The team has an allocation meeting each week that can be hosted; the staff agree.',
      ),
    },
    {
      at: on(4, '11:05'),
      act: discuss(
        'democratic.services.second',
        'democratic_services',
        'The minute names this team and this purpose.',
      ),
    },
    {
      at: on(3, '10:10'),
      act: discuss(
        'legal',
        'legal',
        'Matters before the court are to be left out of the morning; a condition says so.',
      ),
    },
    {
      at: on(2, '10:30'),
      act: signOff('childrens.services', 'childrens_services', {
        outcome: 'agree',
        reasons:
          'The allocation can be shown without harm, and the advice on staffing will be the better for it.',
        conditions: [
          {
            text: 'Matters that are before the court are allocated at another time.',
            owner: 'childrens_services',
            before: 'attendance',
          },
        ],
      }),
    },
    {
      at: on(1, '11:40'),
      act: signOff('democratic.services.second', 'democratic_services', {
        outcome: 'agree',
        reasons: 'Role, authority and training are in place for the whole window.',
      }),
    },
  ];
};

/** One office objects, since something less intrusive would do: Legal may refuse. */
export const objected = ({ on, span, day }: Timetable): Story => {
  const answers = {
    ...established({
      type: 'document_inspection',
      role: 'relevant_committee',
      standing: 'coopted',
      authority: 'work_programme',
      duty: 'The committee reviews the quality of recording, and the records are what is recorded.',
      alternatives: 'See each.',
      proportionate:
        'One supervised sitting without copies would be a small exposure, were nothing less to do.',
    }),
    alternatives: {
      answer: {
        briefing: 'insufficient',
        data: 'insufficient',
        anonymised_audit: 'sufficient',
        closed_case: 'insufficient',
        staff_talk: 'insufficient',
        other_type: 'insufficient',
      },
      reason: {
        briefing: 'A briefing describes the standard and not the records.',
        data: 'The figures count records and do not weigh them.',
        anonymised_audit: 'The audit of forty records that was finished last month answers the question.',
        closed_case: 'A single one shows little of the quality of recording at large.',
        staff_talk: 'Staff can say how they record and not how good it is.',
        other_type: 'No meeting shows the quality of records.',
      },
    },
  };
  return [
    {
      at: on(9, '14:15'),
      act: draft(
        'coopted.member',
        asCommitteeMember('coopted.member', {
          observationType: 'document_inspection',
          citation: `Minute 19 of ${day(60)}`,
          necessity:
            'The committee was told that recording has improved since the last inspection and wants to be sure of ' +
            'it before it closes the recommendation. I was asked to look at a small number of records to see ' +
            'whether the reasons for a decision can be followed by somebody who was not there, because that is ' +
            'what the recommendation was about.',
          alternatives:
            'We were told that recording has improved; no figure shows whether reasons can be followed.',
          window: span(8, 29),
          events: 1,
        }),
      ),
    },
    { at: on(8, '15:05'), act: submit('coopted.member') },
    { at: on(7, '10:20'), act: recordNoRight('legal.second') },
    { at: on(6, '11:25'), act: answer('democratic.services', 'democratic_services', answers) },
    { at: on(5, '09:30'), act: answer('legal.second', 'legal', answers) },
    { at: on(4, '16:15'), act: answer('childrens.services', 'childrens_services', answers) },
    {
      at: on(3, '14:00'),
      act: discuss(
        'childrens.services',
        'childrens_services',
        'The audit that was finished last month can be shown to the whole committee.',
      ),
    },
    {
      at: on(2, '13:20'),
      act: signOff('childrens.services', 'childrens_services', {
        outcome: 'object',
        grounds: ['alternative_sufficient'],
        reasons:
          'The anonymised audit answers the question of the committee without showing a record of anybody.',
      }),
    },
  ];
};
