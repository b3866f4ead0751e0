import type { Knex } from 'knex';
import { inTransaction } from '../../db/core/connection.js';
import { councillorExists } from '../../db/register/councillors.js';
import { lockGrantsOf, lockRecord, lockVisit } from '../../db/grant/grants.js';
import * as requests from '../../db/request/requests.js';
import { permit } from '../../policies/permission/permit.js';
import { report } from '../../policies/incident/commands.js';
import { NotFound, type FieldError } from '../../policies/core/refusals.js';
import { isPersonal } from '../../policies/core/category.js';
import { disclosedBy, faultsOfDisclosed } from '../../policies/disclosure/disclosed.js';
import { invalid } from '../../policies/core/rules.js';
import type { Separated } from '../../policies/core/separated.js';
import type { Ctx } from '../case/ctx.js';
import { incidentAbout, nobodyBut, raiseIncident, type RaisedIncident } from './follows/incident.js';
import { screened } from '../case/screened.js';
import type { SentIncident } from './bodies.js';

/** What an incident is about, and the people it concerns. */
type About = Pick<RaisedIncident, 'record' | 'reference' | 'visitId'> & { readonly row: Separated };

/**
 * Reports something outside what was approved: at a visit, under a grant, on a request, or about a councillor who had
 * none. The offices responsible may report; the councillor may not (need-to-know.md, section 6).
 * @returns the incident's id
 */
export const reportIncident = (ctx: Ctx, given: SentIncident): Promise<string> => {
  screened(ctx, { text: given.text, caseReference: given.caseReference });
  return inTransaction(ctx.db, async (trx) => {
    const about = await aboutOf(trx, ctx, given);
    const { row } = about;
    const happenedAt = new Date(given.happenedAt);
    const disclosed = disclosedBy(given, happenedAt);
    const namesCase = disclosed?.caseReference ? ctx.actor : undefined;
    const acting = permit(report, ctx, incidentAbout(row), { namesCase });
    const errors: FieldError[] = disclosed
      ? faultsOfDisclosed(given, disclosed, ctx.now(), ctx.settings.choices.caseReferences)
      : [];
    if (given.councillor !== undefined && !(await councillorExists(trx, given.councillor))) {
      errors.push({ field: 'councillor', message: 'There is no such councillor.' });
    }
    if (happenedAt > ctx.now()) errors.push({ field: 'happenedAt', message: 'This has not happened yet.' });
    const awareAt = given.awareAt === undefined ? undefined : new Date(given.awareAt);
    errors.push(...faultsOfAware(awareAt, happenedAt, ctx.now()));
    const exposes = isPersonal(disclosed?.categories ?? []);
    if (exposes && given.exposed === 'no')
      errors.push({ field: 'exposed', message: 'What was disclosed is personal data of others.' });
    if (errors.length > 0) throw invalid('incident', errors);
    return raiseIncident(trx, ctx, acting, {
      what: given.what,
      causedBy: given.causedBy,
      councillorId: row.councillorId,
      record: about.record,
      reference: about.reference ?? null,
      visitId: about.visitId,
      happenedAt,
      awareAt,
      exposed: exposes ? 'yes' : given.exposed,
      text: given.text,
      outside: [],
      disclosed,
    });
  });
};

const faultsOfAware = (awareAt: Date | undefined, happenedAt: Date, now: Date): FieldError[] => {
  if (awareAt === undefined) return [];
  if (awareAt > now) return [{ field: 'awareAt', message: 'This has not happened yet.' }];
  return awareAt < happenedAt
    ? [{ field: 'awareAt', message: 'Enter a time that is not before it happened.' }]
    : [];
};

/** @throws Invalid naming the field. Hidden and missing records give the same error. */
const aboutOf = async (trx: Knex.Transaction, ctx: Ctx, given: SentIncident): Promise<About> => {
  const { visit: visitId, grant, reference, councillor } = given;
  if (visitId !== undefined) {
    const { record, visit } = await readable('visit', 'visit', () => lockVisit(trx, ctx.ability, visitId));
    return { row: record, record, visitId: visit.id };
  }
  if (grant !== undefined) {
    const record = await readable('grant', 'grant', () => lockRecord(trx, ctx.ability, grant));
    return { row: record, record, visitId: null };
  }
  if (reference !== undefined) {
    const row = await readable('reference', 'request', () => requests.find(trx, ctx.ability, reference));
    await lockGrantsOf(trx, row.councillorId);
    return { row, record: null, reference, visitId: null };
  }
  if (councillor !== undefined) await lockGrantsOf(trx, councillor);
  return { row: nobodyBut(councillor ?? ''), record: null, visitId: null };
};

const readable = async <T>(field: string, what: string, load: () => Promise<T>): Promise<T> => {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    throw invalid('incident', [{ field, message: `There is no such ${what} that you may see.` }]);
  }
};
