import type { Knex } from 'knex';
import { govern } from './govern.js';

/**
 * What families are given before they are asked: the leaflet, and how information about them is used. A version is published,
 * and neither changed nor taken back.
 */
export const up = async (knex: Knex): Promise<void> => {
  await knex.raw(`
    create table public.leaflet_versions (
      leaflet text not null constraint leaflet_versions_leaflet_check check (leaflet in ('families', 'privacy')),
      version int not null constraint leaflet_versions_version_check check (version >= 1),
      text text not null,
      contact text null,
      in_force_from timestamptz not null,
      primary key (leaflet, version)
    )`);
  await govern(knex, 'leaflet_versions', ['select', 'insert']);
};

export const down = async (knex: Knex): Promise<void> => {
  await knex.raw('drop table public.leaflet_versions');
};
