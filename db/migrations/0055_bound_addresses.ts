import type { Knex } from 'knex';

/** The function of 0050; what is in use there is said by `entering`, of the row `old` of people. */
const keepAddress = (entering: string): string => `
  create or replace function public.keep_address() returns trigger language plpgsql set search_path = pg_catalog as $$
  begin
    if (${entering}
        or exists (select from public.offices_held o where o.person_id = old.id and o.office <> 'councillor')
        or exists (select from public.requests r where r.host_id = old.id or r.manager_id = old.id)
        or exists (select from public.named_people n where n.person_id = old.id)
        or exists (select from public.deputies d where d.deputy_id = old.id))
      and not exists (select from public.address_changes c where c.person_id = old.id and c.was = old.email
        and c.email = new.email and c.confirmed_by is not null) then
      raise exception 'two people change the address of an account in use' using errcode = '23514',
        constraint = 'people_address_two_people', schema = 'public', table = 'people';
    end if;
    return new;
  end $$`;

/** An account that is bound to the council's own sign-in is in use: two people change its address, as with a password. */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(
    keepAddress(`old.password_hash is not null
        or exists (select from public.provider_bindings b where b.person_id = old.id)`),
  );
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw(keepAddress('old.password_hash is not null'));
};
