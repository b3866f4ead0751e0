/** What Legal said of lifting a council rule, written behind the API: of a block that no walk of a test brings about. */
import type { Knex } from 'knex';
import { itemOf, type Block } from '../../policies/need-to-know/blocks.js';
import type { Line } from './line.js';
import { foundRow } from './found-row.js';
import { behindTheApi } from './people.js';

/** The version that is before the offices is answered with the block while Legal speaks, and as before afterwards. */
export const sayOfBlock = async (
  db: Knex,
  line: Pick<Line, 'reference'>,
  given: {
    readonly question: 'prerequisites' | 'legal_bars';
    readonly block: Block;
    readonly reasons: string;
    readonly person: string;
    readonly at: Date;
  },
): Promise<void> => {
  const { question, block, reasons, person, at } = given;
  const { id, version } = await foundRow(
    db('requests').where({ reference: line.reference }).first('id', 'version'),
  );
  const item = itemOf(block);
  const answer = question === 'legal_bars' ? [{ bar: item }] : { [item]: 'missing' };
  const by = { person_id: person, office: 'legal' as const, capacity: 'principal' as const, at };
  const of = { request_id: id, version, question };
  await behindTheApi(db, async (trx) => {
    const before = await trx('answers').where(of).first('answer');
    if (before)
      await trx('answers')
        .where(of)
        .update({ answer: JSON.stringify(answer) });
    else await trx('answers').insert({ ...of, ...by, answer: JSON.stringify(answer), confirmed: false });
    await trx('lifts').insert({
      ...of,
      ...by,
      id: crypto.randomUUID(),
      blocks: [block],
      outcome: 'lift',
      reasons,
    });
    if (before)
      await trx('answers')
        .where(of)
        .update({ answer: JSON.stringify(before.answer) });
  });
};
