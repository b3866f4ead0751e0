import type { Knex } from 'knex';
import { reshape } from './reshape.js';

/** What is done once, by the constraint that says so: the column that tells whether it is done, and what stays with it. */
const once: readonly (readonly [table: string, trigger: string, constraint: string, columns: string[]])[] = [
  [
    'access_requests',
    'access_requests_extended_once',
    'access_requests_kept',
    ['extended_at', 'extended_by', 'extended_reasons'],
  ],
  ['conflicts', 'conflicts_contested_once', 'conflicts_kept', ['contested_at', 'contest_reasons']],
  [
    'conflicts',
    'conflicts_settled_once',
    'conflicts_kept',
    ['settled_at', 'settled_by', 'settled_outcome', 'settle_reasons', 'settle_authority'],
  ],
  [
    'conflicts',
    'conflicts_ended_once',
    'conflicts_kept',
    ['ended_at', 'ended_by', 'end_reasons', 'end_authority'],
  ],
  ['hearings', 'hearings_ended_once', 'hearings_kept', ['ended_at']],
];

/** How a text is found by its words, and what was left open: advice that repeats an ordinary text. */
const byWords = `'%3$s = any($3)' else '%4$s = $4' end,`;
const byOrdinaryWords = `'%3$s = any($3)' else '%4$s = $4' end
          || case when held.held_in = 'discussion' and not given.privileged then ' and not t.privileged' else '' end,`;

/**
 * What is done once keeps who did it and why, beside when: the reasons of an extension, of a contested conflict and of its
 * end cannot be written over, nor when time closed a request, nor what was decided afresh after a review. A redaction alone
 * puts a mark in the place of words.
 *
 * And an ordinary text that is hidden or erased takes no privileged advice with it that has the same words: that is Legal’s
 * to give up, and is reported by itself.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function public.keep_once() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      -- The first argument is the constraint, the second the column that tells whether it is done.
      if to_jsonb(old) ->> tg_argv[1] is not null and exists (
          select from unnest(tg_argv[1:]) as kept (name)
            where to_jsonb(new) -> kept.name is distinct from to_jsonb(old) -> kept.name)
      then
        raise exception 'it is done once' using errcode = '23514', constraint = tg_argv[0];
      end if;
      return new;
    end $$`);
  for (const [table, trigger, constraint, columns] of once) {
    const kept = [constraint, ...columns].map((each) => `'${each}'`).join(', ');
    await knex.raw(
      `create trigger ?? before update on public.?? for each row when (not public.is_redacting())
         execute function public.keep_once(${kept})`,
      [trigger, table],
    );
    await knex.raw('alter table public.?? enable always trigger ??', [table, trigger]);
  }
  await knex.raw(`
    create function public.keep_time_passed() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if new.time_passed_at is distinct from old.time_passed_at and new.status = old.status then
        raise exception 'time closes a request once' using errcode = '23514', constraint = 'requests_time_passed';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger requests_time_passed_kept before update of time_passed_at on public.requests
      for each row execute function public.keep_time_passed()`);
  // It goes with its own disposal, and in no other way.
  await knex.raw(`
    create function public.keep_afresh() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if new.afresh_id is null and exists (select from public.requests r where r.id = old.afresh_id) then
        raise exception 'what is decided afresh stays' using errcode = '23514', constraint = 'reviews_kept';
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger reviews_afresh_kept before update of afresh_id on public.reviews
      for each row when (old.afresh_id is not null) execute function public.keep_afresh()`);
  for (const [table, trigger] of [
    ['requests', 'requests_time_passed_kept'],
    ['reviews', 'reviews_afresh_kept'],
  ] as const)
    await knex.raw('alter table public.?? enable always trigger ??', [table, trigger]);
  for (const called of ['keep_once()', 'keep_time_passed()', 'keep_afresh()'])
    await knex.raw(`revoke all on function public.${called} from public`);
  await reshape(knex, 'swap_text', byWords, byOrdinaryWords);
};

export const down = async (knex: Knex): Promise<void> => {
  await reshape(knex, 'swap_text', byOrdinaryWords, byWords);
  await knex.raw('drop trigger reviews_afresh_kept on public.reviews');
  await knex.raw('drop trigger requests_time_passed_kept on public.requests');
  for (const [table, trigger] of once) await knex.raw('drop trigger ?? on public.??', [trigger, table]);
  for (const called of ['keep_once()', 'keep_time_passed()', 'keep_afresh()'])
    await knex.raw(`drop function public.${called}`);
};
