/** The check list on the administrator's home: counted from what is there, for who sets the council up. */
import { expect, test } from '@jest/globals';
import request from 'supertest';
import { londonDate } from '../../../policies/core/time/london.js';
import { useCouncil, type Answer } from '../../support/council.js';
import { expectOk } from '../../support/line.js';
import { added, cameIn } from '../../support/newcomers.js';
import { readersOf } from '../../support/officers.js';
import { behindTheApi, notFound } from '../../support/people.js';

const council = useCouncil();
const as = readersOf(council);
const list = async (by = 'administrator'): Promise<Answer> => (await council.as(by)).get('/api/set-up');
const stepOf = async (key: string) => {
  const { body } = expectOk(await list());
  return (body.steps as { key: string; done: boolean; says: string; page: string | null }[]).find(
    (step) => step.key === key,
  );
};

test('an office is done once somebody holds it who was confirmed, has a password and heads it', async () => {
  const { db } = council.world;
  const administrator = await council.as('administrator');
  const officer = await council.as('monitoring.officer');
  // Nobody holds it any more.
  await behindTheApi(db, (trx) => trx('offices_held').where({ office: 'auditor' }).delete());
  expect(await stepOf('auditor')).toMatchObject({
    done: false,
    says: expect.stringMatching(/^Nobody holds/),
  });

  const person = await added(administrator);
  const given = { office: 'auditor', capacity: 'principal', from: londonDate(council.clock) };
  const { body } = expectOk(await administrator.post(`/api/people/${person.id}/offices`, given));
  expect(await stepOf('auditor')).toMatchObject({
    done: false,
    says: expect.stringContaining('waits for a second person'),
    page: '/people?show=waiting',
  });
  expectOk(await officer.post(`/api/people/${person.id}/offices/${body.offices[0].id}/confirm`));
  expect(await stepOf('auditor')).toMatchObject({
    done: false,
    says: expect.stringMatching(/^Nobody has set a password/),
  });
  await cameIn(council, person);
  expect(await stepOf('auditor')).toMatchObject({ done: true, says: '1 person can sign in.' });
  expectOk(await administrator.post(`/api/people/${person.id}/suspend`, { reasons: 'They have left.' }));
  expect(await stepOf('auditor')).toMatchObject({ done: false });
});

test('mail, register, members and protocol are counted', async () => {
  const { db } = council.world;
  expect(await stepOf('register')).toMatchObject({ done: true });
  expect(await stepOf('members')).toMatchObject({ done: true });
  expect(await stepOf('protocol')).toMatchObject({ done: true });
  await behindTheApi(db, (trx) => trx('messages').update({ sent_at: null, failed_at: council.clock }));
  expect(await stepOf('mail')).toMatchObject({ done: false, says: expect.stringContaining('given up') });
  await behindTheApi(db, (trx) => trx('messages').update({ sent_at: council.clock, failed_at: null }));
  expect(await stepOf('mail')).toMatchObject({ done: true });
});

test('who sets the council up reads it, without a name, and is led to the pages that they may open', async () => {
  for (const by of ['scrutiny.chair', 'legal', 'childrens.services', 'host', 'auditor', 'data.protection'])
    expect([by, await list(by)]).toMatchObject([by, notFound]);
  for (const by of ['administrator', 'democratic.services', 'monitoring.officer']) {
    const { body } = expectOk(await list(by));
    expect(JSON.stringify(body)).not.toContain('(demonstration)');
    const who = await as(by);
    const pages = (body.steps as { page: string | null }[]).flatMap(({ page }) => (page ? [page] : []));
    for (const page of new Set(pages))
      expect([by, page, (await who.open(page)).status]).toEqual([by, page, 200]);
  }
});

test('it is the home of an administrator, and of nobody else', async () => {
  const home = async (by: string) => {
    const who = await as(by);
    return (await who.open('/')).html.match(/<h1[^>]*>([^<]*)/)?.[1];
  };
  expect(await home('administrator')).toBe('Set up the council');
  expect(await home('legal')).toBe('Requests');
  const visitor = await request(council.server).get('/');
  expect([visitor.status, visitor.headers['location']]).toEqual([303, '/requests']);
});
