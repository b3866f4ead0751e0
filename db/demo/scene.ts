import type { Knex } from 'knex';
import { abilityFor, type AppAbility } from '../../policies/permission/ability.js';
import { londonDate } from '../../policies/core/time/london.js';
import { defaultSettings } from '../../policies/settings/settings.js';
import type { Acting, Actor } from '../../policies/people/actor.js';
import type { Proof } from '../../policies/proof/proof.js';
import type { ObservationRequest } from '../../policies/request/request.js';
import { append, type Entry } from '../audit/append.js';
import { loadActor } from '../people/people.js';
import { lock } from '../request/requests.js';
import type { Login } from './accounts.js';
import type { Council } from './council.js';

/** Where an act takes place. */
export interface Scene {
  readonly trx: Knex.Transaction;
  readonly council: Council;
  readonly at: Date;
  /** Null before the draft. */
  readonly reference: string | null;
}

/**
 * An act on a request, done as the service's use cases do it: by the rules (`permit`), through the same database
 * functions, with the same entries on the trail. Only the clock differs, and nobody gets a message about an invented
 * request.
 *
 * A draft returns the new reference, the others the one they were given.
 */
export type Act = (scene: Scene) => Promise<string>;

export interface Who {
  readonly actor: Actor;
  readonly ability: AppAbility;
  readonly proof: Proof;
}

/** The person as the rules see them. */
export const as = async ({ trx, council, at }: Scene, login: Login): Promise<Who> => {
  const actor = await loadActor(trx, council.personId(login), londonDate(at));
  if (!actor) throw new Error(`The demonstration has no ${login}.`);
  return { actor, ability: abilityFor(actor), proof: { by: 'passphrase', at } };
};

/** The person, and the request as they may read it. */
export const begin = async (
  scene: Scene,
  login: Login,
): Promise<{ readonly who: Who; readonly row: ObservationRequest }> => {
  const who = await as(scene, login);
  return { who, row: await lock(scene.trx, who.ability, scene.reference ?? '') };
};

/** Records what the person did, and for which office, on the trail. */
export const record = (
  { trx, at }: Scene,
  { actor }: Who,
  acting: Acting | null,
  happening: Pick<Entry, 'type' | 'subject' | 'decision' | 'reasons'> & { readonly at?: Date },
): Promise<string> =>
  append(trx, {
    at,
    settings: defaultSettings.revision,
    ...happening,
    ...(acting?.proof ? { decision: { ...happening.decision, proof: acting.proof } } : {}),
    actor: actor.id,
    actorName: actor.name,
    office: acting?.office ?? null,
    capacity: acting?.capacity ?? null,
  });
