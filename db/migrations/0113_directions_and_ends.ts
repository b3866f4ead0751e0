import type { Knex } from 'knex';
import { reshape } from './reshape.js';

/** Where the guards ask whether a version carries an order out: also of a request in place of one whose end was directed. */
const orders: readonly (readonly [name: string, before: string, after: string])[] = [
  [
    'require_sign_offs',
    `join public.sign_offs s on s.request_id = d.request_id and s.version = d.version + 1
            where d.request_id = request.id and d.version + 1 = request.version and d.effect = 'order'`,
    `join public.sign_offs s on s.request_id = request.id and s.version = request.version
            where (d.request_id = request.id and d.version + 1 = request.version
                or d.afresh_id = request.id and request.version = 1) and d.effect = 'order'`,
  ],
  ...['carry_out_orders', 'watch_stages'].map(
    (name) =>
      [
        name,
        `where d.request_id = new.request_id and d.version + 1 = new.version and d.effect = 'order'`,
        `where (d.request_id = new.request_id and d.version + 1 = new.version
              or d.afresh_id = new.request_id and new.version = 1) and d.effect = 'order'`,
      ] as const,
  ),
];

/** What the guard of 0092 and 0104 asks of an end, and what it asks from here on. */
const heard: readonly (readonly [before: string, after: string])[] = [
  [
    `f.grant_id = new.id and (f.released_at is null or i.closed_at is null)`,
    `f.grant_id = new.id and (f.released_at is null or i.closed_at is null or not new.end_other_facts)`,
  ],
];

/**
 * A direction says which body gave it, since a committee may itself rescind what it decided and a court's order is obeyed
 * until it is set aside; those from before are taken for a committee's. It comes about an end as well: nothing is revived, a
 * new request is decided afresh or carries the order out.
 *
 * And the hearing before an end belongs to the facts: what an incident froze is not ended unheard once the freeze is released
 * and the incident closed either, save where somebody says on the record that the end rests on other facts.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    alter table public.directions
      add column given_by text not null default 'committee'
        constraint directions_given_by_check check (given_by in ('court', 'council', 'committee')),
      add column afresh_id bigint null constraint directions_afresh_unique unique
        references public.requests (id) on delete set null`);
  await knex.raw('alter table public.directions alter column given_by drop default');
  for (const [name, before, after] of orders) await reshape(knex, name, before, after);
  await knex.raw('alter table public.grants add column end_other_facts boolean not null default false');
  await knex.raw('grant update (end_other_facts) on public.grants to ntk_service');
  await reshape(knex, 'keep_granted', `'end_told']`, `'end_told', 'end_other_facts']`);
  for (const [before, after] of heard) await reshape(knex, 'check_end_heard', before, after);
  await recounting(knex);
};

const moved = async (knex: Knex, known: readonly string[]): Promise<void> => {
  await knex.raw('alter table public.deadline_moves drop constraint deadline_moves_because_check');
  await knex.raw(`alter table public.deadline_moves add constraint deadline_moves_because_check
    check (because in (${known.map((each) => `'${each}'`).join(', ')}))`);
};

const openings = [
  ['attendance', 'attendances', 'insert', 'new.authorised is not null', 'new.grant_id'],
  ['grant', 'grants', 'update of ended_at', 'old.ended_at is null and new.ended_at is not null', 'new.id'],
  [
    'visit',
    'visits',
    'update of journey_ended_at',
    'old.journey_ended_at is null and new.journey_ended_at is not null',
    'new.grant_id',
  ],
] as const;

/** The day of a further stage is counted anew once the stage before it is watched or has ended: its clock stood still. */
const recounting = async (knex: Knex): Promise<void> => {
  await moved(knex, ['calendar', 'settings', 'stage']);
  await knex.raw(`
    create function runtime.recount_further_stage(of_grant uuid) returns void
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      update runtime.due_days d set reckoned = null, change = d.change + 1
        from public.grants g join public.requests p on p.id = g.request_id
          join public.request_versions v on v.content->>'continues' = p.reference
          join public.requests r on r.id = v.request_id and r.version = v.version
        where g.id = of_grant and r.status = 'submitted' and d.request_id = r.id and d.kind = 'clock';
    end $$`);
  await knex.raw('revoke all on function runtime.recount_further_stage(uuid) from public');
  for (const [name, table, when, condition, grant] of openings) {
    await knex.raw(`
      create function runtime.further_stage_after_${name}() returns trigger
        language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
      begin
        perform runtime.recount_further_stage(${grant});
        return null;
      end $$`);
    await knex.raw(`revoke all on function runtime.further_stage_after_${name}() from public`);
    await knex.raw(`create trigger further_stage_after_${name} after ${when} on public.${table}
      for each row when (${condition}) execute function runtime.further_stage_after_${name}()`);
    await knex.raw(`alter table public.${table} enable always trigger further_stage_after_${name}`);
  }
};

export const down = async (knex: Knex): Promise<void> => {
  for (const [name, table] of openings) {
    await knex.raw(`drop trigger further_stage_after_${name} on public.${table}`);
    await knex.raw(`drop function runtime.further_stage_after_${name}()`);
  }
  await knex.raw('drop function runtime.recount_further_stage(uuid)');
  await moved(knex, ['calendar', 'settings']);
  for (const [before, after] of heard) await reshape(knex, 'check_end_heard', after, before);
  await reshape(knex, 'keep_granted', `'end_told', 'end_other_facts']`, `'end_told']`);
  await knex.raw('alter table public.grants drop column end_other_facts');
  for (const [name, before, after] of orders.toReversed()) await reshape(knex, name, after, before);
  await knex.raw('alter table public.directions drop column afresh_id, drop column given_by');
};
