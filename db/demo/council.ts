import type { Knex } from 'knex';
import { addDays, addMonths, atLondonTime, londonDate } from '../../policies/core/time/london.js';
import { observationTypeKeys } from '../../policies/core/observation-types.js';
import { leafletKinds } from '../../policies/leaflet/leaflet.js';
import { modelLeaflets } from '../../policies/leaflet/models.js';
import { firstOf } from '../core/rows/first-of.js';
import { accounts, emailOf, type Login } from './accounts.js';
import { members, protocolText, termBegan } from './register.js';

/** The loaded people, as far as the invented requests need them. */
export interface Council {
  readonly personId: (login: Login) => string;
  readonly councillorId: (login: Login) => string;
  /** The appointment that the member relies on. */
  readonly appointmentId: (login: Login) => string;
}

const lookup =
  (ids: ReadonlyMap<Login, string>) =>
  (login: Login): string => {
    const id = ids.get(login);
    if (id === undefined) throw new Error(`The demonstration has no ${login} of that kind.`);
    return id;
  };

/** Writes the register: members, their appointments and training, the protocol and who accepted it. */
const loadRegister = async (trx: Knex.Transaction, today: string) => {
  const councillorIds = new Map<Login, string>();
  const appointmentIds = new Map<Login, string>();
  const began = termBegan(today);
  await trx('protocol_versions').insert({
    version: 1,
    text: protocolText,
    in_force_from: atLondonTime(addDays(began, 1), '09:00'),
  });
  await trx('leaflet_versions').insert(
    leafletKinds.map((leaflet) => ({
      leaflet,
      version: 1,
      text: modelLeaflets[leaflet],
      contact: emailOf('data.protection'),
      in_force_from: atLondonTime(addDays(began, 1), '09:00'),
    })),
  );
  for (const member of members(today)) {
    const { id: councillorId } = firstOf(
      await trx('councillors')
        .insert({
          name: nameOf(member.login),
          ward: member.ward,
          standing: member.standing,
          term_from: member.term.from,
          term_to: member.term.to,
          created_at: atLondonTime(member.term.from, '09:00'),
        })
        .returning('id'),
    );
    councillorIds.set(member.login, councillorId);
    if (member.appointment) {
      const { title, kind, from, to } = member.appointment;
      const row = { councillor_id: councillorId, title, kind, from_date: from, to_date: to };
      const { id } = firstOf(await trx('appointments').insert(row).returning('id'));
      appointmentIds.set(member.login, id);
    }
    if (member.training.length > 0) {
      await trx('training').insert(
        member.training.map((training) => ({ ...training, councillor_id: councillorId })),
      );
    }
    if (member.undertaking) {
      await trx('protocol_acceptances').insert({
        councillor_id: councillorId,
        version: 1,
        accepted_at: atLondonTime(addDays(began, 20), '10:00'),
      });
    }
  }
  return { councillorIds, appointmentIds };
};

const nameOf = (login: Login): string => accounts.find((account) => account.login === login)?.name ?? login;

/** Writes the people, the offices they hold, the deputies, and the default host of each type. */
const loadPeople = async (
  trx: Knex.Transaction,
  now: Date,
  hashes: ReadonlyMap<Login, string>,
  councillorIds: ReadonlyMap<Login, string>,
) => {
  const personIds = new Map<Login, string>();
  const today = londonDate(now);
  for (const { login, name, offices } of accounts) {
    const { id: personId } = firstOf(
      await trx('people')
        .insert({
          name,
          email: emailOf(login),
          password_hash: hashes.get(login) ?? null,
          councillor_id: councillorIds.get(login) ?? null,
          created_at: atLondonTime(termBegan(today), '09:00'),
        })
        .returning('id'),
    );
    personIds.set(login, personId);
    if (offices.length > 0) {
      await trx('offices_held').insert(
        offices.map(({ office, capacity, head, delegation }) => ({
          person_id: personId,
          office,
          capacity,
          head,
          delegation: delegation ?? null,
        })),
      );
    }
  }
  const idOf = lookup(personIds);
  await trx('deputies').insert(
    accounts.flatMap(({ login, deputyOf }) =>
      deputyOf
        ? [
            {
              office: deputyOf,
              deputy_id: idOf(login),
              from_date: addDays(today, -1),
              to_date: addMonths(today, 24),
              authority: 'Demonstration scheme of delegation: the deputy of the head of the office.',
              recorded_at: now,
              recorded_by: idOf('democratic.services'),
            },
          ]
        : [],
    ),
  );
  await trx('default_hosts').insert(
    observationTypeKeys.map((type) => ({
      observation_type: type,
      host_id: idOf('host'),
      manager_id: idOf('host.line.manager'),
    })),
  );
  return idOf;
};

/**
 * Writes the council as it stands today, without an entry on the trail: the caller writes one for all.
 * @param hashes the password's hash for each account that signs in
 */
export const loadCouncil = async (
  trx: Knex.Transaction,
  now: Date,
  hashes: ReadonlyMap<Login, string>,
): Promise<Council> => {
  const { councillorIds, appointmentIds } = await loadRegister(trx, londonDate(now));
  return {
    personId: await loadPeople(trx, now, hashes, councillorIds),
    councillorId: lookup(councillorIds),
    appointmentId: lookup(appointmentIds),
  };
};
