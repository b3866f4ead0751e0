import type { Knex } from 'knex';

/** Of what matter a text is: all requests of its councillor are one. */
const councillor = `coalesce(given.councillor_id,
        (select r.councillor_id from public.requests r where r.id = given.request_id))`;

/** A legal hold that covers it, as before. */
const holds = (
  because: string,
): string => `exists (select from public.legal_holds h where h.lifted_at is null${because} and (
        h.request_id in (select r.id from public.requests r where r.councillor_id =
          (select own.councillor_id from public.requests own where own.id = given.request_id))
        or (h.request_id is null and h.councillor_id = ${councillor})
        or (given.request_id is null and h.councillor_id = given.councillor_id)))`;

const heldBy = (sql: string): string => `
    create or replace function public.redaction_held(given public.redactions) returns boolean
      language sql stable security definer set search_path = pg_catalog, pg_temp as $$ select ${sql} $$`;

/**
 * While an information request covers a text nobody erases it: an offence by section 173 of the Data Protection Act 2018
 * and section 77 of the Freedom of Information Act 2000. A hold says which it is for; an access request holds by itself.
 */
export const holding = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    alter table public.legal_holds add column because text not null default 'claim'
      constraint legal_holds_because_check check (because in ('claim', 'information_request'))`);
  await knex.raw(`
    create function public.redaction_held_by(given public.redactions) returns text
      language sql stable security definer set search_path = pg_catalog, pg_temp as $$
      select case when ${holds(` and h.because = 'claim'`)} then 'claim'
        when ${holds(` and h.because = 'information_request'`)} then 'information_request'
        when exists (select from public.access_requests a
          where a.released_at is null and a.councillor_id = ${councillor}) then 'access_request' end
    $$`);
  await knex.raw('revoke all on function public.redaction_held_by(public.redactions) from public');
  await knex.raw('grant execute on function public.redaction_held_by(public.redactions) to ntk_service');
  await knex.raw(heldBy('public.redaction_held_by(given) is not null'));
  // Advice is Legal’s to give up: one of the two who erase it acts for Legal, or is the Monitoring Officer.
  await knex.raw(`
    alter table public.redactions add constraint redactions_privilege check (
      status <> 'erased' or not privileged or first_office in ('legal', 'monitoring_officer')
        or settled_office in ('legal', 'monitoring_officer')) not valid`);
};

export const notHolding = async (knex: Knex): Promise<void> => {
  await knex.raw('alter table public.redactions drop constraint redactions_privilege');
  await knex.raw(heldBy(holds('')));
  await knex.raw('drop function public.redaction_held_by(public.redactions)');
  await knex.raw('alter table public.legal_holds drop column because');
};
