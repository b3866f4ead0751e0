import type { Knex } from 'knex';
import { findCase, lockCase } from '../../db/request/case-records.js';
import { caseFileAt, type CaseFile } from '../../policies/request/case-file.js';
import type { Ctx } from './ctx.js';

/** The file of a request for a command: its row is locked until the transaction ends. @throws NotFound */
export const lockCaseFile = async (trx: Knex.Transaction, ctx: Ctx, reference: string): Promise<CaseFile> =>
  caseFileAt(await lockCase(trx, ctx.ability, reference), ctx.settings, ctx.now());

/** The file of a request that the person has just changed: the change is the entry on the trail. */
export const caseFileAfter = async (ctx: Ctx, reference: string): Promise<CaseFile> =>
  caseFileAt(await findCase(ctx.db, ctx.ability, reference), ctx.settings, ctx.now());
