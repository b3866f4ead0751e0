import { dueOf } from '../../policies/request/clock.js';
import { permitOn } from '../../policies/permission/permit.js';
import { confirmMeeting, discuss as discussCommand } from '../../policies/decision/commands.js';
import { meetingsIn } from '../../policies/decision/sign-off.js';
import { answer as answerCommand } from '../../policies/need-to-know/commands.js';
import { recordRight } from '../../policies/papers/commands.js';
import { returnToCouncillor } from '../../policies/request/commands.js';
import { londonDate } from '../../policies/core/time/london.js';
import { isBars, type Answer, type Answers } from '../../policies/need-to-know/answers.js';
import { question, questionKeys } from '../../policies/need-to-know/questions.js';
import type { DecidingOffice, Seat } from '../../policies/core/office.js';
import { defaultSettings } from '../../policies/settings/settings.js';
import { puttingAnswer } from '../need-to-know/assessments.js';
import { findCase } from '../case/case-records.js';
import { addingConfirmation, addingEntry } from '../decision/discussion.js';
import { addRight } from '../papers/papers.js';
import * as requests from '../request/requests.js';
import type { Login } from './accounts.js';
import { begin, record, type Act } from './scene.js';

/** An office sends it back with questions. */
export const giveBack =
  (login: Login, questions: string): Act =>
  async (scene) => {
    const { trx, at } = scene;
    const { who, row } = await begin(scene, login);
    const acting = permitOn(returnToCouncillor, who, row, {});
    const { office, capacity } = acting;
    await requests.addReturn(trx, row, { questions, personId: who.actor.id, office, capacity, at });
    const returns = [...row.returns, { from: at, to: null }];
    const dueOn = dueOf(defaultSettings, { ...row, status: 'returned', returns })?.at ?? null;
    await requests.save(trx, row.id, { status: 'returned', dueOn, actedBy: who.actor.id });
    await record(scene, who, acting, {
      type: 'request.returned',
      subject: row.reference,
      decision: { version: row.version, due: dueOn },
      reasons: questions,
    });
    return row.reference;
  };

const MINUTE_MS = 60_000;

/** An office answers those of its questions that are given, a minute after the other. */
export const answer =
  (login: Login, office: Seat, given: Answers): Act =>
  async (scene) => {
    const { trx } = scene;
    const { who, row } = await begin(scene, login);
    const acting = permitOn(answerCommand, who, row, { office });
    const personId = who.actor.id;
    const asked = questionKeys.flatMap((key) => {
      const each = given[key];
      return each && question(key).office === office ? [{ key, each }] : [];
    });
    for (const [place, { key, each }] of asked.entries()) {
      const at = new Date(scene.at.getTime() + place * MINUTE_MS);
      const by = { by: who.actor.name, office, capacity: acting.capacity, at };
      await puttingAnswer(trx, row, { question: key, ...each, confirmed: true, ...by }, personId);
      await record(scene, who, acting, {
        at,
        type: 'request.answered',
        subject: row.reference,
        // No invented answer changes: confirm those carried over from the earlier version.
        decision: { version: row.version, question: key, answer: coded(each), changed: false },
        reasons: reasonsOf(each),
      });
    }
    await requests.save(trx, row.id, { actedBy: personId });
    return row.reference;
  };

const coded = ({ answer: value }: Answer): string | Record<string, string> | string[] => {
  if (typeof value === 'string') return value;
  return isBars(value) ? value.map(({ bar }) => bar) : { ...value };
};

const reasonsOf = ({ answer: value, reason }: Answer): string | undefined => {
  const routes = isBars(value)
    ? value.flatMap(({ bar, lawfulRoute }) => (lawfulRoute ? [`${bar}: ${lawfulRoute}`] : []))
    : [];
  const reasons =
    typeof reason === 'object'
      ? Object.entries(reason).map(([item, text]) => `${item}: ${text}`)
      : [reason ?? ''];
  return [...routes, ...reasons].filter(Boolean).join('\n') || undefined;
};

/** An office speaks; the trail records that it did, and never the words. */
export const discuss =
  (
    login: Login,
    office: DecidingOffice,
    text: string,
    more: { readonly privileged?: boolean; readonly present?: readonly DecidingOffice[] } = {},
  ): Act =>
  async (scene) => {
    const { trx, at } = scene;
    const { who, row } = await begin(scene, login);
    const acting = permitOn(discussCommand, who, row, { office });
    const privileged = more.privileged ?? false;
    const meeting = more.present ? { date: londonDate(at), present: more.present } : null;
    await addingEntry(trx, row, {
      personId: who.actor.id,
      office,
      capacity: acting.capacity,
      at,
      text,
      privileged,
      meetingDate: meeting?.date ?? null,
      present: meeting?.present ?? null,
    });
    await requests.save(trx, row.id, { actedBy: who.actor.id });
    await record(scene, who, acting, {
      type: 'request.discussed',
      subject: row.reference,
      decision: {
        version: row.version,
        privileged,
        meeting: meeting && { date: meeting.date, present: [...meeting.present] },
      },
    });
    return row.reference;
  };

/** An office says that it was at the last meeting that is recorded. */
export const confirm =
  (login: Login, office: DecidingOffice): Act =>
  async (scene) => {
    const { trx, at } = scene;
    const { who, row } = await begin(scene, login);
    const { version } = row;
    const meeting = meetingsIn((await findCase(trx, who.ability, row.reference)).spoken).at(-1);
    const personId = who.actor.id;
    const acting = permitOn(confirmMeeting, who, row, { version, office, meeting, by: personId });
    const { capacity } = acting;
    await addingConfirmation(trx, meeting?.id ?? '', { office, wasThere: true, personId, capacity, at });
    await requests.save(trx, row.id, { actedBy: personId });
    await record(scene, who, acting, {
      type: 'meeting.confirmed',
      subject: row.reference,
      decision: { version, date: meeting?.date ?? null, present: true },
    });
    return row.reference;
  };

/** Legal records that there is no statutory right to the papers, so that the three offices decide. */
export const recordNoRight =
  (login: Login): Act =>
  async (scene) => {
    const { trx, at } = scene;
    const { who, row } = await begin(scene, login);
    const { capacity } = permitOn(recordRight, who, row, {});
    const { version } = row;
    await addRight(trx, row, {
      right: 'none',
      due: null,
      claimed: null,
      reasons: 'The papers are about how cases are recorded, and no meeting has them before it.',
      document: null,
      cites: null,
      personId: who.actor.id,
      capacity,
      at,
    });
    await requests.save(trx, row.id, { actedBy: who.actor.id });
    await record(
      scene,
      who,
      { office: 'legal', capacity, deputyFor: null },
      {
        type: 'right.recorded',
        subject: row.reference,
        decision: { version, right: 'none', claimed: null, due: null, cites: null },
      },
    );
    return row.reference;
  };
