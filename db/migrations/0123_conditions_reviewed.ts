import type { Knex } from 'knex';
import { listTexts } from './listed-texts.js';
import { reshape } from './reshape.js';

/** A review of conditions comes while what was granted goes on, and any other one once it was refused or has ended. */
const asked = [
  "where r.id = new.request_id and r.status = 'approved' and g.version = new.version\n",
  `where r.id = new.request_id and r.status = 'approved' and g.version = new.version and new.about = 'conditions'
              and g.ended_at is null and exists (select from public.grant_conditions c where c.grant_id = g.id))
        or new.about = 'outcome' and exists (
          select from public.requests r join public.grants g on g.request_id = r.id
            where r.id = new.request_id and r.status = 'approved' and g.version = new.version\n`,
] as const;
const refused = [
  `where r.id = new.request_id and r.status = 'refused' and r.version = new.version)`,
  `where r.id = new.request_id and r.status = 'refused' and r.version = new.version and new.about = 'outcome')`,
] as const;
const passed = [
  `where r.id = new.request_id and r.status = 'time_passed' and r.version = new.version)`,
  `where r.id = new.request_id and r.status = 'time_passed' and r.version = new.version and new.about = 'outcome')`,
] as const;

const named = (to: string) => (knex: Knex) =>
  knex.raw(`update public.stored_texts set id_sql = ? where kind = 'review' and held_in = 'reviews'`, [to]);
const byVersion = `(select r.reference from public.requests r where r.id = t.request_id) || '/' || t.version`;
const byPart = `${byVersion} || case t.about when 'conditions' then '/conditions' else '' end`;

/**
 * The conditions of an approval may be reviewed while it goes on, beside a review of its end later (need-to-know.md, section
 * 4): one review each of what was decided, of its conditions and of its end.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    alter table public.reviews
      add column about text not null default 'outcome'
        constraint reviews_about_check check (about in ('outcome', 'conditions')),
      drop constraint reviews_one_a_refusal,
      add constraint reviews_one_a_refusal unique (request_id, version, about)`);
  for (const [before, after] of [refused, passed, asked]) await reshape(knex, 'keep_reviewed', before, after);
  await listTexts(knex, () => named(byPart)(knex));
};

export const down = async (knex: Knex): Promise<void> => {
  await listTexts(knex, () => named(byVersion)(knex));
  for (const [before, after] of [asked, passed, refused]) await reshape(knex, 'keep_reviewed', after, before);
  await knex.raw(`
    alter table public.reviews
      drop constraint reviews_one_a_refusal,
      add constraint reviews_one_a_refusal unique (request_id, version),
      drop column about`);
};
