import type { Knex } from 'knex';
import { findCase, lockCase } from '../../db/case/case-records.js';
import { caseFileAt, type CaseFile } from '../../policies/case/case-file.js';
import type { CaseRecord } from '../../policies/case/case-record.js';
import type { Ctx } from './ctx.js';

/** The file that a command holds while nobody else changes the request, and the same after its change. */
export interface HeldCase {
  readonly file: CaseFile;
  readonly record: CaseRecord;
  /** The file with these facts in place of the earlier ones: the command's answer is made from it. */
  readonly after: (changes: Partial<CaseRecord>) => CaseFile;
}

/** The file of a request for a command: its row is locked until the transaction ends. @throws NotFound */
export const holdCase = async (trx: Knex.Transaction, ctx: Ctx, reference: string): Promise<HeldCase> => {
  const record = await lockCase(trx, ctx.ability, reference);
  const at = ctx.now();
  return {
    record,
    file: caseFileAt(record, ctx.settings, at),
    after: (changes) => caseFileAt({ ...record, ...changes }, ctx.settings, at),
  };
};

/**
 * The file of a request for a call that has already recorded something on the trail: a change of the request, or a
 * reading of another part of it.
 */
export const caseFileAfter = async (ctx: Ctx, reference: string): Promise<CaseFile> =>
  caseFileAt(await findCase(ctx.db, ctx.ability, reference), ctx.settings, ctx.now());
