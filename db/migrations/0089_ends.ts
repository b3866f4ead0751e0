import type { Knex } from 'knex';
import { listTexts } from './listed-texts.js';

const causes = ['council_decision', 'condition', 'undertaking', 'training', 'to_protect_others'];

/**
 * How the councillor is told of an end that the council has made: a code, and, where the council decided it, reasons
 * written for them if they differ from the office's own. What ended before has no code: nothing was written for them.
 *
 * And a hearing ends before its answer where nothing that the councillor was told of is held against them any more.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    alter table public.grants
      add column end_cause text null constraint grants_end_cause_check
        check (end_cause in (${causes.map((cause) => `'${cause}'`).join(', ')})),
      add column end_told text null,
      add constraint grants_end_told_check check (
        (end_cause is null or ended_because = 'revoked')
        and (end_told is null or (end_cause = 'council_decision' and btrim(end_told) <> '')))`);
  await knex.raw(keepGranted([...kept, 'end_cause', 'end_told']));
  await knex.raw('grant update (end_cause, end_told) on public.grants to ntk_service');
  await knex.raw(`
    alter table public.hearings
      add column ended_at timestamptz null constraint hearings_ended_check check (ended_at >= told_at)`);
  await knex.raw('grant update (ended_at) on public.hearings to ntk_service');
  await listTexts(knex, () =>
    knex.raw(`
    insert into public.stored_texts (kind, field, held_in, held_as, id_sql, request_sql, author_sql, read_with, read_at_sql)
      select kind, 'endTold', held_in, 'end_told', id_sql, request_sql, author_sql, read_with, read_at_sql
        from public.stored_texts where kind = 'grant' and field = 'endReasons'`),
  );
};

const kept = ['events_used', 'ended_at', 'ended_because', 'end_reasons', 'ended_by'];

/** The trigger of 0012, over the columns that there are now. */
const keepGranted = (changing: readonly string[]): string => {
  const list = `array[${changing.map((column) => `'${column}'`).join(', ')}]`;
  return `
    create or replace function public.keep_granted() returns trigger language plpgsql set search_path = pg_catalog as $$
    begin
      if (to_jsonb(new) - ${list}) <> (to_jsonb(old) - ${list})
        or new.events_used < old.events_used
        or (old.ended_at is not null
          and (to_jsonb(new) - 'events_used') is distinct from (to_jsonb(old) - 'events_used'))
      then
        raise exception 'a grant is used or ended, and changes in nothing else'
          using errcode = '23514', constraint = 'grants_kept';
      end if;
      return new;
    end $$`;
};

export const down = async (knex: Knex): Promise<void> => {
  await listTexts(knex, () =>
    knex.raw(`delete from public.stored_texts where kind = 'grant' and field = 'endTold'`),
  );
  await knex.raw('alter table public.hearings drop column ended_at');
  await knex.raw(keepGranted(kept));
  await knex.raw('alter table public.grants drop column end_told, drop column end_cause');
};
