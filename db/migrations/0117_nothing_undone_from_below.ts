import type { Knex } from 'knex';
import { reshape } from './reshape.js';

/** A refusal that a review upheld is the Monitoring Officer's to remit: nobody undoes the review from below. */
const remitted = [
  `      if new.own_because is null and exists`,
  `      if exists (select from public.reviews v
            where v.request_id = new.request_id and v.version = new.version and v.outcome = 'upheld')
          and not public.acts_for(new.remitted_by, 'monitoring_officer', new.remitted_at)
      then
        raise exception 'the Monitoring Officer remits what a review upheld' using errcode = '23514',
          constraint = 'remittals_after_review', schema = 'public', table = 'remittals';
      end if;
      if new.own_because is null and exists`,
] as const;

/**
 * A corrected state that narrows access holds from when the wrong one was recorded: what was attended meanwhile is judged by
 * it. One that opens it holds from now on: nothing is approved after the event.
 */
const conditions = [
  `new.corrected ->> 'state', new.proposed_at,`,
  `new.corrected ->> 'state', case when new.corrected ->> 'state' = 'met' then new.proposed_at else s.at end,`,
] as const;

export const up = async (knex: Knex): Promise<void> => {
  await reshape(knex, 'check_remittal', remitted[0], remitted[1]);
  await reshape(knex, 'correct_condition', conditions[0], conditions[1]);
};

export const down = async (knex: Knex): Promise<void> => {
  await reshape(knex, 'correct_condition', conditions[1], conditions[0]);
  await reshape(knex, 'check_remittal', remitted[1], remitted[0]);
};
