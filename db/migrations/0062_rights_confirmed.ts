import type { Knex } from 'knex';

const refused = (says: string, constraint: string, table: string): string =>
  `raise exception '${says}' using errcode = '23514', constraint = '${constraint}', schema = 'public', table = '${table}'`;

/**
 * A statutory right to papers has reasons, the document, and what it hangs on, and counts once another person of the
 * right office has confirmed it. A right from before stays as it is: where papers were released under it, it counts, and
 * where none were it waits to be recorded again. A finding that a claimed right does not exist can be reviewed.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    alter table public.statutory_rights
      add column reasons text null constraint statutory_rights_reasons_check check (btrim(reasons) <> ''),
      add column document text null constraint statutory_rights_document_check check (btrim(document) <> ''),
      add column cites_kind text null constraint statutory_rights_cited_check
        check (cites_kind in ('meeting', 'decision', 'review')),
      add column cites_body text null,
      add column cites_on date null,
      add column cites_private boolean null,
      add column cites_scrutiny text null,
      add column claimed text null constraint statutory_rights_claimed_check
        check (claimed in ('s100F', 'reg16', 'reg17')),
      -- From before rights had reasons: whether papers were released under it.
      add column earlier text null constraint statutory_rights_earlier_check check (earlier in ('relied_on', 'open')),
      add column confirmed_at timestamptz null,
      add column confirmed_by uuid null references public.people (id),
      add column confirmed_office text null constraint statutory_rights_confirmed_office_check
        check (confirmed_office in ('democratic_services', 'childrens_services')),
      add column confirmed_capacity text null,
      add column delegation text null,
      add column findings jsonb not null default '[]',
      -- The papers asked for that it releases; null where none were named.
      add column covers jsonb null,
      add column review_asked_at timestamptz null,
      add column review_reasons text null,
      add column reviewed_at timestamptz null,
      add column reviewed_by uuid null references public.people (id),
      add column review_capacity text null,
      add column review_outcome text null constraint statutory_rights_review_outcome_check
        check (review_outcome in ('upheld', 'remitted')),
      add column review_decision_reasons text null`);
  // The rows of before are marked without a trace of their own: what they say does not change.
  await knex.raw('alter table public.statutory_rights disable trigger statutory_rights_leaves_a_trace');
  await knex.raw(`
    update public.statutory_rights s set earlier = case
      when s.right_given = 'none' or exists (select from public.releases l
        where l.request_id = s.request_id and l.version = s.version) then 'relied_on' else 'open' end`);
  await knex.raw('alter table public.statutory_rights enable always trigger statutory_rights_leaves_a_trace');
  await knex.raw(`
    alter table public.statutory_rights
      add constraint statutory_rights_reasoned check (earlier is not null or (reasons is not null
        and (right_given = 'none' or (document is not null and cites_kind is not null and cites_body is not null
          and cites_on is not null)))),
      add constraint statutory_rights_confirmed_check check (
        (confirmed_at is null) = (confirmed_by is null) and (confirmed_at is null) = (confirmed_office is null)
        and (confirmed_at is null) = (confirmed_capacity is null)
        and (confirmed_at is null or earlier is null) and (confirmed_at is not null or findings = '[]')
        and (confirmed_at is null or right_given <> 'none' or claimed is not null)),
      add constraint statutory_rights_two_people check (confirmed_by <> person_id),
      add constraint statutory_rights_confirmer check (confirmed_at is null
        or case when coalesce(nullif(right_given, 'none'), claimed) = 'reg17' then delegation is not null
          else confirmed_office = 'democratic_services' and delegation is null end),
      add constraint statutory_rights_reviewed_check check (
        (review_asked_at is null) = (review_reasons is null)
        and (review_asked_at is null or (right_given = 'none' and confirmed_at is not null))
        and (reviewed_at is null or review_asked_at is not null)
        and (reviewed_at is null) = (reviewed_by is null) and (reviewed_at is null) = (review_outcome is null)
        and (reviewed_at is null) = (review_decision_reasons is null)),
      add constraint statutory_rights_reviewed_by_another check (
        reviewed_by <> person_id and reviewed_by <> confirmed_by)`);
  await keepRights(knex);
  await knex.raw(`
    grant update (confirmed_at, confirmed_by, confirmed_office, confirmed_capacity, delegation, findings, covers,
      review_asked_at, review_reasons, reviewed_at, reviewed_by, review_capacity, review_outcome,
      review_decision_reasons) on public.statutory_rights to ntk_service`);
  await knex.raw(`
    alter table public.releases add column copy boolean not null default false
      constraint releases_copy_check check (not copy or returned_at is null)`);
  await knex.raw(releaseChecked(withRight));
};

/** A right is recorded first, confirmed later and once, and reviewed after that and once; nothing else of it changes. */
const keepRights = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create function public.keep_right() returns trigger language plpgsql set search_path = pg_catalog as $$
    declare
      confirming text[] := array['confirmed_at', 'confirmed_by', 'confirmed_office', 'confirmed_capacity',
        'delegation', 'findings', 'covers'];
      asking text[] := array['review_asked_at', 'review_reasons'];
      reviewing text[] := array['reviewed_at', 'reviewed_by', 'review_capacity', 'review_outcome',
        'review_decision_reasons'];
    begin
      if tg_op = 'INSERT' then
        if new.earlier is not null then
          ${refused('a right has its reasons', 'statutory_rights_reasoned', 'statutory_rights')};
        end if;
        if new.confirmed_at is not null or new.review_asked_at is not null then
          ${refused('a right is recorded first, and confirmed later', 'statutory_rights_kept', 'statutory_rights')};
        end if;
        return new;
      end if;
      if (to_jsonb(new) - confirming - asking - reviewing) <> (to_jsonb(old) - confirming - asking - reviewing)
        or (old.confirmed_at is not null
          and (new.confirmed_at, new.confirmed_by, new.confirmed_office, new.confirmed_capacity, new.delegation,
              new.findings, new.covers)
            is distinct from (old.confirmed_at, old.confirmed_by, old.confirmed_office, old.confirmed_capacity,
              old.delegation, old.findings, old.covers))
        or (old.review_asked_at is not null and (new.review_asked_at, new.review_reasons)
          is distinct from (old.review_asked_at, old.review_reasons))
        or (old.reviewed_at is not null
          and (new.reviewed_at, new.reviewed_by, new.review_capacity, new.review_outcome, new.review_decision_reasons)
            is distinct from
            (old.reviewed_at, old.reviewed_by, old.review_capacity, old.review_outcome, old.review_decision_reasons)) then
        ${refused('a right is confirmed once, and nothing else of it changes', 'statutory_rights_kept', 'statutory_rights')};
      end if;
      return new;
    end $$`);
  await knex.raw(`
    create trigger statutory_rights_kept before insert or update on public.statutory_rights
      for each row execute function public.keep_right()`);
  await knex.raw('alter table public.statutory_rights enable always trigger statutory_rights_kept');
};

/** The right that stood at the time of the release: as it was before, or confirmed, and for papers of this kind. */
const withRight = `
        and not exists (
          select from (select s.* from public.statutory_rights s
              where s.request_id = new.request_id and s.version = new.version
                and date_trunc('minute', s.recorded_at) <= new.released_at order by s.seq desc limit 1) as last
            where last.right_given <> 'none' and (last.earlier = 'relied_on'
              or (date_trunc('minute', last.confirmed_at) <= new.released_at
                and not exists (select from jsonb_array_elements(last.findings) f
                  where f->>'category' = new.category
                    and f->>'finding' in ('exempt', 'confidential', 'political_advice', 'outside_right'))
                and (new.category = 'process'
                  or exists (select from jsonb_array_elements(last.findings) f where f->>'category' = new.category
                    and (f->>'finding' = 'not_exempt'
                      or (last.right_given <> 'reg17' and f->>'finding' in ('paragraph_3', 'paragraph_6'))))
                  or (last.right_given = 'reg17'
                    and (last.cites_kind = 'review' or last.cites_scrutiny is not null))))))`;

const withAnyRight = `
        and coalesce('none' = (
          select s.right_given from public.statutory_rights s
            where s.request_id = new.request_id and s.version = new.version
              and date_trunc('minute', s.recorded_at) <= new.released_at order by s.seq desc limit 1), true)`;

const releaseChecked = (underRight: string): string => `
    create or replace function public.check_release() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if new.authorised ${underRight}
        and not exists (
          select from public.grants g where g.request_id = new.request_id and g.version = new.version
            and date_trunc('minute', g.made_at) <= new.released_at
            and (g.ended_at is null or g.ended_at > new.released_at)
            and not exists (
              select from public.grant_freezes f where f.grant_id = g.id and f.frozen_at <= new.released_at
                and (f.released_at is null or f.released_at > new.released_at)))
      then
        raise exception 'no papers are released with authority but under a right or a live grant'
          using errcode = '23514', constraint = 'release_without_authority';
      end if;
      return new;
    end $$`;

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw(releaseChecked(withAnyRight));
  await knex.raw('alter table public.releases drop column copy');
  await knex.raw('revoke update on public.statutory_rights from ntk_service');
  await knex.raw('drop trigger statutory_rights_kept on public.statutory_rights');
  await knex.raw('drop function public.keep_right()');
  const added = [
    'reasons',
    'document',
    'cites_kind',
    'cites_body',
    'cites_on',
    'cites_private',
    'cites_scrutiny',
    'claimed',
    'earlier',
    'confirmed_at',
    'confirmed_by',
    'confirmed_office',
    'confirmed_capacity',
    'delegation',
    'findings',
    'covers',
    'review_asked_at',
    'review_reasons',
    'reviewed_at',
    'reviewed_by',
    'review_capacity',
    'review_outcome',
    'review_decision_reasons',
  ];
  await knex.raw(
    `alter table public.statutory_rights ${added.map((column) => `drop column ${column}`).join(', ')}`,
  );
};
