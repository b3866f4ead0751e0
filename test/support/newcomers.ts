/** People who are made by the council's own commands, with a password of their own. */
import type { Server } from 'node:http';
import request from 'supertest';
import type { Knex } from 'knex';
import { linksOf } from '../../server/case/links.js';
import { foundRow } from './found-row.js';
import type { Client, Council } from './council.js';
import { expectOk } from './line.js';
import { sockets } from './council.js';
import { behindTheApi } from './people.js';

/** A passphrase that is good for anybody. */
export const passphrase = 'kettle moss lantern ninth';

/** What the last link of a person holds that works: as the mail to them has it. */
export const tokenOf = async (db: Knex, personId: string): Promise<string> => {
  const { id } = await foundRow(
    db('password_links')
      .where({ person_id: personId })
      .whereNull('used_at')
      .orderBy('made_at', 'desc')
      .first('id'),
  );
  return linksOf('a secret of the test').tokenOf(id);
};

export interface Newcomer {
  readonly id: string;
  readonly email: string;
}

let newcomers = 0;

/** Adds somebody and sends them a link. */
export const added = async (by: Client, name = 'A Newcomer'): Promise<Newcomer> => {
  const email = `newcomer.${++newcomers}@borough.example`;
  const { body } = expectOk(await by.post('/api/people', { name: `${name} ${newcomers}`, email }));
  expectOk(await by.post(`/api/people/${body.id}/invite`));
  return { id: body.id, email };
};

type Agent = ReturnType<typeof request.agent>;

/** Signs somebody in with that password. @throws where it does not work */
const entered = async (server: Server, email: string, password: string = passphrase): Promise<Agent> => {
  const agent = request.agent(server);
  const { status } = await agent.post('/api/session').agent(sockets).send({ email, password });
  if (status !== 201) throw new Error(`${email} could not sign in: ${status}`);
  return agent;
};

/** Sets the password with the link that was sent, and signs in. */
export const cameIn = async ({ world, server }: Council, { id, email }: Newcomer): Promise<Agent> => {
  const token = await tokenOf(world.db, id);
  const set = await request(server).post('/api/password').send({ token, password: passphrase });
  if (set.status !== 204) throw new Error(`${email} could not set a password: ${set.status}`);
  return entered(server, email);
};

/** Adds somebody without any office, who signs in like the accounts of the demonstration. */
export const withoutOffice = async ({ world }: Council, account: string): Promise<void> => {
  const like = await foundRow(
    world.db('people').where({ email: 'host@council.example' }).first('password_hash'),
  );
  await behindTheApi(world.db, (trx) =>
    trx('people').insert({ name: account, email: `${account}@council.example`, ...like }),
  );
};
