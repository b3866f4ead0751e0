import { paths } from '../../server/paths.js';
import type { Account, Council } from './council.js';
import { Line } from './line.js';
import { lineAt } from './people.js';

/** Refused, and a review of it asked for. */
const inReview = async (council: Council): Promise<Line> => {
  const line = await lineAt(council, 'ready');
  await line.decide('refuse');
  const chair = await council.as('scrutiny.chair');
  await chair.post(`${line.path}/review`, { reasons: 'The decision does not speak of the review.' });
  return line;
};

const conflicted = async (council: Council, { reference }: Line, ...people: Account[]): Promise<void> => {
  const services = await council.as('democratic.services');
  for (const each of people) {
    const person = `${each}@council.example`;
    await services.post('/api/conflicts', { person, kind: 'relation', reference });
  }
};

/** Every page that a person of that office may open, with whatever it needs. */
export const placesOf = async (
  council: Council,
): Promise<readonly (readonly [Account, readonly string[]])[]> => {
  const draft = await Line.drafted(council);
  const open = await Line.assessed(council, {}, { legal_bars: { answer: [{ bar: 'lado' }] } });
  await open.discuss();
  const ready = await Line.readyForLegal(council);
  const refused = await Line.assessed(council, {}, { scope: { answer: 'open_ended' } });
  await refused.decide('refuse', { grounds: ['roving_commission'] });
  const reviewed = await inReview(council);
  const nobodyFree = await inReview(council);
  await conflicted(council, nobodyFree, 'monitoring.officer', 'monitoring.officer.deputy');
  const approved = await Line.approved(council);
  const papers = await Line.drafted(council, { observationType: 'document_inspection' });
  const returned = await Line.submitted(council);
  const legal = await council.as('legal');
  await legal.post(`${returned.path}/return`, { version: 1, questions: 'Which duty is it?' });
  const { reference } = open;
  const steps = ['type', 'role', 'authority', 'necessity', 'alternatives', 'window', 'declarations'];
  return [
    [
      'scrutiny.chair',
      [
        paths.requests,
        paths.newRequest,
        paths.ask(papers.reference, 'papers'),
        paths.check(returned.reference),
        paths.check(papers.reference),
        paths.withdraw(reference),
        ...steps.map((step) => paths.ask(draft.reference, step)),
        paths.check(draft.reference),
        paths.withdraw(draft.reference),
        paths.request(reference),
        paths.check(reference),
        paths.submitted(ready.reference),
        paths.notice(refused.reference),
        paths.review(refused.reference),
        paths.request(reviewed.reference),
        paths.notice(approved.reference),
        paths.trail,
      ],
    ],
    [
      'childrens.services',
      [
        paths.requests,
        `${paths.requests}?status=approved`,
        paths.request(reference),
        paths.test(reference),
        paths.question(reference, 'agreements'),
        paths.question(reference, 'alternatives'),
        paths.question(reference, 'connection'),
        paths.host(reference),
        paths.return(reference),
        paths.sign(reference, 'childrens_services'),
        paths.withdrawSignOff(ready.reference, 'childrens_services'),
        paths.discussion(reference),
        paths.meeting(reference),
        paths.standby,
        paths.absence,
        paths.conflict,
      ],
    ],
    [
      'legal',
      [
        paths.question(reference, 'legal_bars'),
        paths.question(reference, 'necessity'),
        paths.decide(reference),
        paths.decide(ready.reference),
        paths.request(refused.reference),
        paths.test(refused.reference),
      ],
    ],
    [
      'democratic.services',
      [
        paths.nameReviewer(nobodyFree.reference),
        paths.question(reference, 'prerequisites'),
        paths.question(reference, 'standing'),
        paths.sign(reference, 'democratic_services'),
        paths.deputy,
        paths.absence,
        paths.conflict,
        paths.standby,
        `${paths.standby}?done=absence`,
        `${paths.trail}?subject=nonsense`,
        paths.mailbox,
        paths.trail,
        `${paths.trail}?subject=${reference}`,
        paths.request('OBS-2026-9999'),
      ],
    ],
    [
      'monitoring.officer',
      [
        paths.request(reviewed.reference),
        paths.reviewDecision(reviewed.reference),
        paths.direction(refused.reference),
      ],
    ],
    ['host', [paths.requests, paths.request(approved.reference)]],
    ['auditor', [paths.request(approved.reference), paths.notice(refused.reference), paths.trail]],
    ['data.protection', [paths.request(approved.reference), paths.notice(approved.reference)]],
    ['administrator', [paths.requests]],
  ];
};
