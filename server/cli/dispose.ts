import { z } from 'zod';
import type { DisposalRow } from '../../db/retention/disposals.js';
import { aboutDisposal } from '../retention/disposal.js';
import type { Ctx } from '../case/ctx.js';
import { confirmDisposal } from '../retention/confirm-disposal.js';
import { proposeDisposal } from '../retention/propose-disposal.js';
import { readDisposal } from '../retention/read-disposal.js';
import { type KeptTooLong, readRetention, retentionSubject } from '../retention/read-retention.js';
import { withdrawDisposal } from '../retention/withdraw-disposal.js';
import { asPerson } from './as-person.js';
import { type Command, exitCodes, type Given, type Terminal, Usage } from './command.js';

/** The most councillors on one page of the list. */
const pageSize = 100;

const many = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const line = ({ councillorId, name, requests, councillor, matters, proposalId }: KeptTooLong): string => {
  const held = matters.filter(({ state }) => state === 'held').length;
  const due = [
    ...(requests.length > 0 ? [many(requests.length, 'request')] : []),
    ...(councillor ? ['the entry in the register'] : []),
  ];
  return [
    `${councillorId}  ${name}: ${due.length > 0 ? due.join(', ') : 'nothing is due'}`,
    ...(held > 0 ? [`${held} kept by a legal hold`] : []),
    ...(proposalId ? [`proposed as ${proposalId}`] : []),
  ].join('; ');
};

const listDue = async (ctx: Ctx, { say }: Terminal): Promise<void> => {
  let after: KeptTooLong | undefined;
  for (let first = true; first || after; first = false) {
    const { schedule, notifications, councillors } = await readRetention(ctx, { limit: pageSize, after });
    if (first) {
      say(`Requests are kept for ${schedule.requests} months after the end of the council term they were made in,
councillors for ${schedule.councillors} months after their last, notifications for ${schedule.notifications} months.`);
      say(`notifications  of before ${notifications.before}: ${notifications.count}`);
      if (councillors.items.length === 0) say('Nothing of any councillor’s has been kept for its time.');
    }
    for (const item of councillors.items) say(line(item));
    after = councillors.last ?? undefined;
  }
};

const linesOf = ({
  id,
  target,
  status,
  whole,
  before,
  requests,
  proposed,
  settled,
  certificate,
}: DisposalRow): string[] => [
  `${id}: ${status}`,
  target === 'notifications'
    ? `Notifications of before ${before}.`
    : `Data of one councillor${whole ? ', with the councillor' : ''}${status === 'proposed' ? `: ${many(requests.length, 'request')}` : ''}.`,
  `Proposed by ${proposed.name}, ${proposed.at.toISOString()}.`,
  ...(settled
    ? [
        `${status === 'disposed' ? 'Confirmed' : 'Withdrawn'} by ${settled.name}, ${settled.at.toISOString()}.`,
      ]
    : []),
  ...(certificate
    ? [
        ...Object.entries(certificate.rows).map(([table, count]) => `  ${table}: ${count}`),
        `  values erased on the trail: ${certificate.trail}`,
      ]
    : []),
];

const uuid = (option: string, value: string): string => {
  const { success, data } = z.uuid().safeParse(value);
  if (!success) throw new Usage(`--${option} takes an id.`);
  return data;
};

type Act = (ctx: Ctx, terminal: Terminal) => Promise<void>;
interface Task {
  readonly subject: string;
  readonly act: Act;
}

const onDisposal = (option: string, value: string, act: (ctx: Ctx, id: string) => Promise<unknown>): Task => {
  const id = uuid(option, value);
  return {
    subject: aboutDisposal(id),
    act: async (ctx, { say }) => {
      await act(ctx, id);
      for (const each of linesOf(await readDisposal(ctx, id))) say(each);
    },
  };
};

const proposing = (value: string): Task => {
  const what =
    value === 'notifications'
      ? ({ target: 'notifications' } as const)
      : ({ target: 'councillor', councillorId: uuid('propose', value) } as const);
  return {
    subject: retentionSubject,
    act: async (ctx, { say }) => {
      const id = await proposeDisposal(ctx, what);
      for (const each of linesOf(await readDisposal(ctx, id))) say(each);
      say('A second person confirms it.');
    },
  };
};

const tasks: Readonly<Record<string, (value: string) => Task>> = {
  propose: proposing,
  confirm: (value) => onDisposal('confirm', value, confirmDisposal),
  withdraw: (value) => onDisposal('withdraw', value, withdrawDisposal),
  certificate: (value) => onDisposal('certificate', value, () => Promise.resolve()),
};

const taskOf = (given: Given): Task => {
  const asked = Object.entries(tasks).flatMap(([option, task]) => {
    const value = given.text(option);
    return value === undefined ? [] : [task(value)];
  });
  if (asked.length > 1) throw new Usage('Say one thing at a time.');
  return asked[0] ?? { subject: retentionSubject, act: listDue };
};

export const dispose: Command = {
  name: 'dispose',
  takes: '--as EMAIL [--propose COUNCILLOR|notifications | --confirm ID | --withdraw ID | --certificate ID]',
  says: 'show what has been kept for its time, and dispose of it as two people',
  help: `Anyone who is named with --as is asked for their password, and may do here what they may do on the pages: each
step, and each look, is an entry of the trail. Without more it lists whose data is due, and what a hold keeps. With the
embedded database, stop the service first.

  --as EMAIL             who you are
  --propose COUNCILLOR   propose to dispose of all that is due of the councillor with this id, or of notifications
  --confirm ID           confirm what somebody else proposed: it is done at once and cannot be undone
  --withdraw ID          take a proposal back
  --certificate ID       show a proposal, or the certificate of what was done`,
  options: {
    as: { type: 'string' },
    propose: { type: 'string' },
    confirm: { type: 'string' },
    withdraw: { type: 'string' },
    certificate: { type: 'string' },
  },
  async run(given, terminal, around) {
    if (given.words.length > 0) throw new Usage('Say with an option what is wanted.');
    const { subject, act } = taskOf(given);
    given.needed('as');
    await asPerson(given, terminal, around, { route: 'dispose', subject }, (ctx) => act(ctx, terminal));
    return exitCodes.done;
  },
};
