import type { Knex } from 'knex';

/**
 * How far the sending of a message has come: who has it in hand, and when it is tried again. A working
 * state like sessions, so not governed: only the end of a message, sent or given up, stands in
 * `public.messages` and on the trail. Losing this table loses no message; each is then tried at once.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table runtime.deliveries (
      message_id uuid primary key references public.messages (id) on delete cascade,
      attempts int not null constraint deliveries_attempts_check check (attempts >= 0),
      next_attempt_at timestamptz not null,
      claim uuid null,
      claimed_until timestamptz null,
      last_error text null,
      constraint deliveries_claim_check check ((claim is null) = (claimed_until is null))
    )`);
  await knex.raw('grant select, insert, update, delete on runtime.deliveries to ntk_service');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop table runtime.deliveries');
};
