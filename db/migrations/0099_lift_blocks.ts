import type { Knex } from 'knex';

/** The item of an answer, and the council rule that it meets. */
const blocks = [
  'proceedings:barNeverObserved',
  'court_order:barNeverObserved',
  'adoption:barNeverObserved',
  'criminal:barNeverObserved',
  'lado:barNeverObserved',
  'proceedings:journeyEnds',
  'adoption:journeyEnds',
  'constituent_case:constituentByPapers',
  'undertaking:prerequisites',
  'safeguarding_training:prerequisites',
  'data_protection_training:prerequisites',
];

/** Whether the answer to the question holds the item of a block, `answer` and `block` being those. */
const isAnswered = (question: string, answer: string, block: string): string => `
  case ${question}
    when 'legal_bars' then ${answer} @> jsonb_build_array(jsonb_build_object('bar', split_part(${block}, ':', 1)))
    when 'collateral_purpose' then ${answer} = to_jsonb(split_part(${block}, ':', 1))
    when 'prerequisites' then ${answer} ->> split_part(${block}, ':', 1) = 'missing'
    else false
  end`;

/**
 * What an office says of lifting a council rule counts for the blocks that it is said of, and for no other under the same
 * question. Each is an item that the version is answered with. What was said before counts for the blocks that it lifted:
 * all under its question.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw('alter table public.lifts add column blocks text[] null');
  await knex.raw('alter table public.lifts disable trigger lifts_kept');
  await knex.raw('alter table public.lifts disable trigger lifts_leaves_a_trace');
  await knex.raw(
    `update public.lifts l set blocks = coalesce((
        select array_agg(b.block order by b.at)
        from unnest(string_to_array(?, ' ')) with ordinality b (block, at)
        join public.answers a on a.request_id = l.request_id and a.version = l.version and a.question = l.question
        where ${isAnswered('l.question', 'a.answer', 'b.block')}), '{}')`,
    [blocks.join(' ')],
  );
  await knex.raw('alter table public.lifts enable always trigger lifts_kept');
  await knex.raw('alter table public.lifts enable always trigger lifts_leaves_a_trace');
  await knex.raw('alter table public.lifts alter column blocks set not null');
  await knex.raw(`alter table public.lifts add constraint lifts_blocks_check
    check (blocks <@ array[${blocks.map((block) => `'${block}'`).join(', ')}])`);
  await knex.raw(`
    create function public.lifts_what_is_answered() returns trigger
    language plpgsql set search_path = pg_catalog as $$
    begin
      if cardinality(new.blocks) = 0 or exists (
          select from unnest(new.blocks) b (block)
          where not exists (
            select from public.answers a
            where a.request_id = new.request_id and a.version = new.version and a.question = new.question
              and ${isAnswered('new.question', 'a.answer', 'b.block')})) then
        raise exception 'an office lifts what the version is answered with'
          using errcode = '23514', constraint = 'lifts_of_what_is_answered', schema = 'public', table = 'lifts';
      end if;
      return new;
    end $$`);
  // After the other guards, by its name: they say more.
  await knex.raw(`create trigger lifts_what_is_answered before insert on public.lifts
    for each row execute function public.lifts_what_is_answered()`);
  await knex.raw('alter table public.lifts enable always trigger lifts_what_is_answered');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop trigger lifts_what_is_answered on public.lifts');
  await knex.raw('drop function public.lifts_what_is_answered()');
  await knex.raw('alter table public.lifts drop column blocks');
};
