import type { Knex } from 'knex';

/**
 * The lawful basis in coded fields beside the reason, and a guard: no grant opens more than the process while the answer on
 * its version leaves out the ground, or what special categories and police information call for.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    alter table public.answers add column basis jsonb null
      constraint answers_basis_check check (basis is null or question = 'lawful_basis')`);
  await knex.raw('grant update (basis) on public.answers to ntk_service');
  await knex.raw(
    `
    create function public.check_lawful_basis() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if new.categories && array['family', 'health', 'education', 'third_party', 'other_case', 'police']
        and not exists (
          select from public.answers a where a.request_id = new.request_id and a.version = new.version
            and a.question = 'lawful_basis' and a.basis ? 'article6'
            and (a.basis ? 'article9'
              or not new.categories && array['family', 'health', 'education', 'third_party', 'other_case'])
            and (a.basis ?& array['article10', 'policyDocument'] or not 'police' = any (new.categories))
            and (coalesce(a.basis->>'article9', '') not in ('9(2)(b)', '9(2)(g)', '9(2)(h)') or a.basis ? 'schedule1')
            and (coalesce(a.basis->>'article9', '') not in ('9(2)(b)', '9(2)(g)') or a.basis ? 'policyDocument'))
      then
        raise exception 'the lawful basis leaves out what these categories call for'
          using errcode = '23514', constraint = 'grants_lawful_basis', schema = 'public', table = 'grants';
      end if;
      return new;
    end $$`.replaceAll('?', '\\?'),
  );
  await knex.raw('revoke all on function public.check_lawful_basis() from public');
  await knex.raw(`
    create trigger grants_lawful_basis before insert on public.grants
      for each row execute function public.check_lawful_basis()`);
  await knex.raw('alter table public.grants enable always trigger grants_lawful_basis');
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop trigger grants_lawful_basis on public.grants');
  await knex.raw('drop function public.check_lawful_basis()');
  await knex.raw('alter table public.answers drop column basis');
};
