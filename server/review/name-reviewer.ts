import { inTransaction } from '../../db/core/connection.js';
import { findActor } from '../../db/people/people.js';
import * as reviews from '../../db/review/reviews.js';
import { permit } from '../../policies/permission/permit.js';
import { nameReviewer as command } from '../../policies/review/commands.js';
import { londonDate } from '../../policies/core/time/london.js';
import { namedToAct } from '../../policies/review/notices.js';
import { assertSuitable, officeMeant, officeNamedFor } from '../../policies/review/review.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { holdCase } from '../case/case-file.js';
import { holdsOffice } from '../../policies/people/actor.js';
import type { Ctx } from '../case/ctx.js';
import { keepReading } from '../case/keeps-reading.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import type { SentNaming } from './bodies.js';
import { namable } from './namable.js';

/**
 * Democratic Services record the person named by the Chief Executive, with the authority, when nobody of the office
 * is free: for a review, or for a seat on a remitted request (need-to-know.md, section 4).
 */
export const nameReviewer = (ctx: Ctx, reference: string, given: SentNaming): Promise<CaseFile> => {
  screened(ctx, { namedBy: given.namedBy, authority: given.authority });
  return inTransaction(ctx.db, async (trx) => {
    const { file, record: kept, after } = await holdCase(trx, ctx, reference);
    const { row } = file;
    const { version } = row;
    const at = ctx.now();
    const today = londonDate(at);
    const found = await findActor(trx, given.person, today);
    const acting = permit(command, ctx, file, {
      version: given.version,
      namedFor: given.office,
      // Who names another office than the request waits for is told that first, and nobody is looked for.
      namable: officeMeant(row, given.office) === null ? undefined : await namable(trx, row, at),
      people: found ? [{ ...found, administers: holdsOffice(found, 'administrator') }] : [],
    });
    const office = officeNamedFor(row, given.office);
    const person = assertSuitable(found, office, row);
    await reviews.addNamed(trx, row, {
      office,
      personId: person.id,
      namedBy: given.namedBy,
      authority: given.authority,
      recordedBy: ctx.actor.id,
      at,
    });
    keepReading(trx, ctx, row);
    const entry = record(trx, ctx, acting, {
      type: 'review.reviewer_named',
      subject: reference,
      decision: { version, office },
      reasons: `person ${person.id}, named by ${given.namedBy}: ${given.authority}`,
    });
    notify(trx, ctx, entry, namedToAct(reference, person.id));
    const { namedBy, authority } = given;
    return after({
      row: {
        ...row,
        named: [...row.named, { office, personId: person.id }],
        namedIds: [...new Set([...row.namedIds, person.id])],
      },
      review: {
        ...kept.review,
        named: [...kept.review.named, { office, name: person.name, namedBy, authority, at }],
      },
    });
  });
};
