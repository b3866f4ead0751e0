import type { Knex } from 'knex';
import { reshape } from './reshape.js';

const three = 'if agreed < 3 or not exists (';
/** An order's approval has Legal's signature alone, by somebody else than who recorded the order. */
const threeOrOrdered = `if (agreed < 3 and not exists (
          select from public.directions d join public.sign_offs s on s.request_id = d.request_id and s.version = d.version + 1
            where d.request_id = request.id and d.version + 1 = request.version and d.effect = 'order'
              and s.office = 'legal' and s.outcome = 'approve' and s.voided_at is null and s.person_id <> d.recorded_by
        )) or not exists (`;

/**
 * A direction is an order, which is carried out, or a recommendation, which has the request decided afresh. What is ordered
 * is approved by Legal's signature alone, with the order as its authority, through another person than who recorded the
 * order; nobody refuses it, and no other office judges it again. Every direction so far was carried out by deciding afresh.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    alter table public.directions add column effect text not null default 'recommendation'
      constraint directions_effect_check check (effect in ('order', 'recommendation'))`);
  await knex.raw('alter table public.directions alter column effect drop default');
  await reshape(knex, 'require_sign_offs', three, threeOrOrdered);
  await knex.raw(`
    create function public.carry_out_orders() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if exists (select from public.directions d
          where d.request_id = new.request_id and d.version + 1 = new.version and d.effect = 'order'
            and (new.outcome <> 'approve' or new.person_id = d.recorded_by)) then
        raise exception 'an order is carried out by Legal, through somebody else than who recorded it'
          using errcode = '23514', constraint = 'orders_carried_out', schema = 'public', table = 'sign_offs';
      end if;
      return new;
    end $$`);
  await knex.raw('revoke all on function public.carry_out_orders() from public');
  await knex.raw(`
    create trigger orders_carried_out before insert on public.sign_offs
      for each row execute function public.carry_out_orders()`);
  await knex.raw('alter table public.sign_offs enable always trigger orders_carried_out');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop trigger orders_carried_out on public.sign_offs');
  await knex.raw('drop function public.carry_out_orders()');
  await reshape(knex, 'require_sign_offs', threeOrOrdered, three);
  await knex.raw('alter table public.directions drop column effect');
};
