import { paths } from '../../server/paths.js';
import type { Account, Council } from './council.js';
import { Line } from './line.js';

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
    ['host', [paths.requests, paths.request(approved.reference)]],
    ['auditor', [paths.request(approved.reference), paths.notice(refused.reference), paths.trail]],
    ['data.protection', [paths.request(approved.reference), paths.notice(approved.reference)]],
    ['administrator', [paths.requests]],
  ];
};
