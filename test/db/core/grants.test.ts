/** What the service's login may change: the columns that its commands change, and of a row of the record nothing else. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { inTransaction } from '../../../db/core/connection.js';
import { useDatabase } from '../../support/database.js';

const world = useDatabase();

/** Tables of which the service may change or delete whole rows, each with the reason. */
const whole: Readonly<Record<string, string>> = {
  'UPDATE graphile_worker._private_job_queues': 'the queue of jobs is the library’s own',
  'UPDATE graphile_worker._private_jobs': 'the queue of jobs is the library’s own',
  'UPDATE graphile_worker._private_known_crontabs': 'the queue of jobs is the library’s own',
  'UPDATE graphile_worker._private_tasks': 'the queue of jobs is the library’s own',
  'UPDATE graphile_worker.jobs': 'the queue of jobs is the library’s own',
  'UPDATE public.access_marks':
    'a passage of a subject access file is marked anew until the release, which freezes all of them',
  'UPDATE runtime.deliveries': 'how often a message was tried is no record: the message says how it ended',
  'UPDATE runtime.idempotency': 'a key that has run out is taken again',
  'UPDATE runtime.job_runs': 'how a job fares is noted over what was before',
  'UPDATE runtime.limits': 'tries are counted',
  'UPDATE runtime.links_asked': 'how often a link was asked for is counted',
  'UPDATE runtime.sessions': 'a session is put off, and keeps what pages remember',
  'DELETE graphile_worker._private_job_queues': 'the queue of jobs is the library’s own',
  'DELETE graphile_worker._private_jobs': 'the queue of jobs is the library’s own',
  'DELETE graphile_worker._private_known_crontabs': 'the queue of jobs is the library’s own',
  'DELETE graphile_worker._private_tasks': 'the queue of jobs is the library’s own',
  'DELETE graphile_worker.jobs': 'the queue of jobs is the library’s own',
  'DELETE public.access_marks':
    'a mark goes with the passage that changed; a release freezes those that stand',
  'DELETE public.calendar_addresses':
    'an address that was given out is called back, with an entry on the trail',
  'DELETE public.code_keys': 'a key goes once a second person has confirmed it, with an entry on the trail',
  'DELETE public.offices_held': 'an office that never counted is taken back, with an entry on the trail',
  'DELETE public.passkeys': 'its owner removes a passkey, or two others, with an entry on the trail',
  'DELETE public.provider_bindings': 'two others remove it, with an entry on the trail',
  'DELETE public.recovery_codes': 'new ones take the place of those before',
  'DELETE runtime.deliveries': 'a message that was sent is not tried again',
  'DELETE runtime.idempotency': 'a key runs out',
  'DELETE runtime.known_browsers': 'a browser becomes a stranger again',
  'DELETE runtime.limits': 'counts run out',
  'DELETE runtime.links_asked': 'counts run out',
  'DELETE runtime.provider_used': 'what the provider said cannot come again, once its time is over',
  'DELETE runtime.passkey_challenges': 'a challenge that was answered would have run out',
  'DELETE runtime.sessions': 'a session ends',
  'DELETE runtime.unsent_forms': 'what was typed and not sent is kept for an hour',
};

/** Columns that say who did something or when, and may be changed all the same: they are empty until it is done. */
const doneLater =
  /\.(?:settled|released|ended|closed|lifted|confirmed|given|decided|answered|voided|used|sent|failed|gathered|returned|resubmitted|submitted|withdrawn|remitted|journey_ended|suspended|password_set|defeat_declared|contested|extended|time_passed)_(?:by|at)$/;
/** And those that are written over, each with the reason. */
const writtenOver: Readonly<Record<string, string>> = {
  'access_marks.marked_at': 'a mark takes the place of the one before, until the file is released',
  'access_marks.marked_by': 'a mark takes the place of the one before, until the file is released',
  'address_changes.asked_at':
    'a change that was withdrawn, confirmed, or whose time is over, is followed by another',
  'address_changes.asked_by':
    'a change that was withdrawn, confirmed, or whose time is over, is followed by another',
  'answers.at': 'an answer takes the place of the one before, which the trail keeps',
  'answers.person_id': 'an answer takes the place of the one before, which the trail keeps',
  'code_keys.removal_asked_at': 'a removal that was withdrawn, or whose time is over, is asked for again',
  'code_keys.removal_asked_by': 'a removal that was withdrawn, or whose time is over, is asked for again',
  'code_keys.removal_confirmed_by': 'empty until it is done, and gone with the key',
  'passkeys.last_used_at': 'it says when a passkey was used last',
  'passkeys.removed_by': 'empty until it goes',
  'incidents.acted_by': 'whoever acts on it is added',
  'requests.acted_by': 'whoever acts on it is added',
  'reviews.accepted_at': 'empty until a review that was asked for late is accepted',
  'reviews.accepted_by': 'empty until a review that was asked for late is accepted',
  'statutory_rights.review_asked_at': 'empty until the councillor asks',
  'statutory_rights.reviewed_at': 'empty until the review is decided',
  'statutory_rights.reviewed_by': 'empty until the review is decided',
  'reminder_wishes.at': 'a wish takes the place of the one before',
};

let columns: string[];
beforeAll(async () => {
  const { rows } = await world.owner.raw<{ rows: { name: string }[] }>(
    `select table_name || '.' || column_name as name from information_schema.column_privileges
       where grantee = 'ntk_service' and privilege_type = 'UPDATE' and table_schema = 'public'`,
  );
  columns = rows.map(({ name }) => name);
});

describe('the service’s login', () => {
  test('changes and deletes whole rows of no table but those of a list, each with its reason', async () => {
    const { rows } = await world.owner.raw<{ rows: { may: string }[] }>(
      `select distinct privilege_type || ' ' || table_schema || '.' || table_name as may
         from information_schema.table_privileges
         where grantee in ('ntk_service', 'PUBLIC') and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')
           and table_schema not in ('pg_catalog', 'information_schema')`,
    );
    expect(rows.map(({ may }) => may).toSorted()).toEqual(Object.keys(whole).toSorted());
  });

  test('has no right of its own, beside those of its role', async () => {
    const { rows } = await world.owner.raw<{ rows: object[] }>(
      `select grantee, table_name, privilege_type from information_schema.table_privileges
         where grantee = 'ntk_app' and table_schema not in ('pg_catalog', 'information_schema')`,
    );
    expect(rows).toEqual([]);
  });

  test('changes neither who did something nor when, once it is done', () => {
    const telling = columns.filter((name) => /\.(?:at|person_id|.*_(?:by|at))$/.test(name));
    expect(telling.length).toBeGreaterThan(20);
    expect(telling.filter((name) => !doneLater.test(name)).toSorted()).toEqual(
      Object.keys(writtenOver).toSorted(),
    );
  });

  test.each([
    ['sign_offs', { reasons: 'Other reasons.' }],
    ['sign_offs', { person_id: '00000000-0000-4000-8000-000000000000' }],
    ['grants', { window_to: '2099-01-01' }],
    ['requests', { councillor_id: '00000000-0000-4000-8000-000000000000' }],
    ['messages', { to_person: '00000000-0000-4000-8000-000000000000' }],
    ['training', { expires: '2099-01-01' }],
    ['people', { councillor_id: null }],
    ['offices_held', { office: 'legal' }],
  ])('is refused by the database where it changes %s: %j', async (table, change) => {
    const changing = inTransaction(world.db, (trx) => trx(table).update(change));
    await expect(changing).rejects.toMatchObject({ code: '42501' });
  });
});
