import type { Knex } from 'knex';
import { z } from 'zod';
import type { AppAbility } from '../../policies/permission/ability.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { Acting } from '../../policies/people/actor.js';
import type { AccessRequest, AccessStatus } from '../../policies/subject-access/access-request.js';
import type { Unanswered } from '../../policies/subject-access/answer-due.js';
import { exemptions, type Exemption } from '../../policies/subject-access/exemptions.js';
import { marks, type Mark } from '../../policies/subject-access/passages.js';
import { plainly, type Ask } from '../core/ask.js';
import { firstOf } from '../core/rows/first-of.js';
import { idOnly, moment, rowsOf } from '../core/rows/rows-of.js';
import { day, instant, whole } from '../core/rows/stored.js';
import { visible, type Columns } from '../core/visible.js';
import { digest, everythingHeld, passagesOf, type Passage } from './passages.js';
import { nameOf } from '../people/name-of.js';

/** An access request as it is on record. */
export interface AccessRow extends AccessRequest {
  readonly id: string;
  readonly seq: number;
  readonly councillorName: string;
  readonly askedBy: string;
  readonly openedAt: Date;
  readonly openedBy: string;
  readonly extendedReasons: string | null;
  readonly released: { readonly at: Date; readonly by: string } | null;
}

/** A mark, by the passage that it is about as it was when it was weighed. */
export interface StoredMark {
  readonly passage: string;
  readonly fingerprint: string;
  readonly mark: Mark;
  readonly exemption: Exemption | null;
  readonly instead: string | null;
  readonly markedBy: string;
  readonly markedAt: Date;
}

const columns: Columns = { councillorId: 'a.councillor_id' };

const selected = `a.id, a.seq, a.councillor_id as "councillorId",
  (select c.name from councillors c where c.id = a.councillor_id) as "councillorName",
  case when a.released_at is null then 'open' else 'released' end as status,
  a.received_on as "receivedOn", a.asked_by as "askedBy", a.opened_at as "openedAt", ${nameOf('a.opened_by')} as "openedBy",
  a.extended_at as "extendedAt", a.extended_reasons as "extendedReasons",
  case when a.released_at is not null then jsonb_build_object('at', a.released_at, 'by', ${nameOf('a.released_by')}) end as released,
  array(select distinct m.marked_by::text from access_marks m where m.access_request_id = a.id) as markers`;

const shape = {
  id: z.string(),
  seq: whole,
  councillorId: z.string(),
  councillorName: z.string(),
  status: z.enum(['open', 'released']),
  receivedOn: day,
  askedBy: z.string(),
  openedAt: moment,
  openedBy: z.string(),
  extendedAt: moment.nullable(),
  extendedReasons: z.string().nullable(),
  released: z.strictObject({ at: instant, by: z.string() }).nullable(),
  markers: z.array(z.string()),
};
const storedAccess: z.ZodType<Omit<AccessRow, 'kind'>> = z.strictObject(shape);
const asAccess = (row: Omit<AccessRow, 'kind'>): AccessRow => ({ kind: 'AccessRequest', ...row });

/** The access requests that this person may read, newest first, of before the one of `before`. */
export const listAccess = async (
  db: Knex,
  ability: AppAbility,
  {
    limit,
    before,
    status,
  }: {
    readonly limit: number;
    readonly before?: number | undefined;
    readonly status?: AccessStatus | undefined;
  },
  ask: Ask = plainly,
): Promise<AccessRow[]> => {
  const query = db('access_requests as a').select(db.raw(selected)).orderBy('a.seq', 'desc').limit(limit);
  if (before !== undefined) void query.where('a.seq', '<', before);
  if (status === 'open') void query.whereNull('a.released_at');
  if (status === 'released') void query.whereNotNull('a.released_at');
  return (await ask(storedAccess, visible(query, ability, 'read', 'AccessRequest', columns))).map(asAccess);
};

/** One access request, if this person may read it. @throws NotFound */
export const findAccess = async (
  db: Knex,
  ability: AppAbility,
  id: string,
  ask: Ask = plainly,
): Promise<AccessRow> => {
  const query = db('access_requests as a').select(db.raw(selected)).where('a.id', id);
  const [found] = await ask(storedAccess, visible(query, ability, 'read', 'AccessRequest', columns));
  if (!found) throw new NotFound();
  return asAccess(found);
};

/** The access requests that are not released, the oldest first. */
export const unansweredAccess = (db: Knex): Promise<Unanswered[]> =>
  rowsOf(
    z.strictObject({ id: z.string(), receivedOn: day, extendedAt: moment.nullable(), openedAt: moment }),
    db('access_requests as a').whereNull('a.released_at').orderBy('a.seq').select({
      id: 'a.id',
      receivedOn: 'a.received_on',
      extendedAt: 'a.extended_at',
      openedAt: 'a.opened_at',
    }),
  );

/** Locks it, so that marks and the release wait for one another. @throws NotFound */
export const lockAccess = async (
  trx: Knex.Transaction,
  ability: AppAbility,
  id: string,
): Promise<AccessRow> => {
  await trx('access_requests').where({ id }).forNoKeyUpdate().select('id');
  return findAccess(trx, ability, id);
};

/** An access request with all that is held, and with the marks that stand. */
export interface WeighedAccess {
  readonly access: AccessRow;
  readonly passages: readonly (Passage & { readonly marked: StoredMark | null })[];
  /** Of all of that: what somebody has read, or something else. 32 hexadecimal digits. */
  readonly fingerprint: string;
}

const storedMark: z.ZodType<StoredMark> = z.strictObject({
  passage: z.string(),
  fingerprint: z.string(),
  mark: z.enum(marks),
  exemption: z.enum(exemptions).nullable(),
  instead: z.string().nullable(),
  markedBy: z.string(),
  markedAt: instant,
});

const weighed = z.strictObject({ ...shape, held: z.string(), marks: z.array(storedMark) });

const fingerprintOf = (passages: WeighedAccess['passages']): string =>
  digest(
    ...passages
      .map(({ id, fingerprint, marked }) => [
        id,
        fingerprint,
        marked && [
          marked.mark,
          marked.exemption,
          marked.instead,
          marked.markedBy,
          marked.markedAt.toISOString(),
        ],
      ])
      .toSorted(([one], [other]) => String(one).localeCompare(String(other))),
  );

/** With what is held now. A mark of a passage that has changed since does not stand. @throws NotFound */
export const findWeighed = async (
  db: Knex,
  ability: AppAbility,
  id: string,
  ask: Ask = plainly,
): Promise<WeighedAccess> => {
  const query = db('access_requests as a')
    .select(
      db.raw(`${selected}, ${everythingHeld} as held,
        coalesce((select jsonb_agg(jsonb_build_object('passage', m.passage, 'fingerprint', m.fingerprint,
          'mark', m.mark, 'exemption', m.exemption, 'instead', m.instead, 'markedBy', m.marked_by, 'markedAt', m.marked_at))
          from access_marks m where m.access_request_id = a.id), '[]') as marks`),
    )
    .where('a.id', id);
  const [found] = await ask(weighed, visible(query, ability, 'read_passages', 'AccessRequest', columns));
  if (!found) throw new NotFound();
  const { held, marks: given, ...access } = found;
  const known = new Map(given.map((mark) => [mark.passage, mark]));
  const passages = passagesOf(held).map((passage) => {
    const mark = known.get(passage.id);
    return { ...passage, marked: mark?.fingerprint === passage.fingerprint ? mark : null };
  });
  const markers = [...new Set(passages.flatMap(({ marked }) => (marked ? [marked.markedBy] : [])))];
  return { access: asAccess({ ...access, markers }), passages, fingerprint: fingerprintOf(passages) };
};

interface Done {
  readonly by: string;
  readonly at: Date;
}

/** @returns its id */
export const insertAccess = async (
  trx: Knex.Transaction,
  given: Done & { readonly councillorId: string; readonly receivedOn: string; readonly askedBy: string },
): Promise<string> => {
  const rows = await rowsOf(
    idOnly,
    trx('access_requests')
      .insert({
        councillor_id: given.councillorId,
        received_on: given.receivedOn,
        asked_by: given.askedBy,
        opened_at: given.at,
        opened_by: given.by,
      })
      .returning('id'),
  );
  return firstOf(rows).id;
};

export const extendAccess = async (
  trx: Knex.Transaction,
  id: string,
  { by: person, at, reasons }: Done & { readonly reasons: string },
): Promise<void> => {
  await trx('access_requests')
    .where({ id })
    .update({ extended_at: at, extended_by: person, extended_reasons: reasons });
};

/** What is said of a passage. */
export type Marking = Pick<StoredMark, 'passage' | 'fingerprint' | 'mark' | 'exemption' | 'instead'>;

/** Marks passages, each in the place of its mark from before. */
export const markPassages = async (
  trx: Knex.Transaction,
  id: string,
  { by: person, at, marked }: Done & { readonly marked: readonly Marking[] },
): Promise<void> => {
  await trx('access_marks')
    .insert(
      marked.map(({ passage, fingerprint, mark, exemption, instead }) => ({
        access_request_id: id,
        passage,
        fingerprint,
        mark,
        exemption,
        instead,
        marked_by: person,
        marked_at: at,
      })),
    )
    .onConflict(['access_request_id', 'passage'])
    .merge(['fingerprint', 'mark', 'exemption', 'instead', 'marked_by', 'marked_at']);
};

/**
 * Keeps the file as it was marked, and releases it. A passage without a mark is refused by the database, as is who
 * marked one of them.
 */
export const releaseAccess = async (
  trx: Knex.Transaction,
  { access, passages }: WeighedAccess,
  { by: person, acting, at }: Done & { readonly acting: Acting },
): Promise<void> => {
  const kept = passages.map(({ marked, kind, field, requestId, said, facts }, place) => ({
    place,
    request_id: requestId,
    kind,
    field,
    said: marked?.mark === 'disclose' ? said : null,
    facts: marked?.mark === 'disclose' && field === null ? facts : null,
    mark: marked?.mark ?? null,
    exemption: marked?.exemption ?? null,
    instead: marked?.instead ?? null,
    marked_by: marked?.markedBy ?? null,
    marked_at: marked?.markedAt ?? null,
  }));
  await trx.raw(
    `insert into access_passages (access_request_id, councillor_id, place, request_id, kind, field, said, facts, mark,
        exemption, instead, marked_by, marked_at)
      select ?, ?, k.* from jsonb_to_recordset(?::jsonb) as k (place int, request_id bigint, kind text, field text, said text,
        facts jsonb, mark text, exemption text, instead text, marked_by uuid, marked_at timestamptz)`,
    [access.id, access.councillorId, JSON.stringify(kept)],
  );
  await trx('access_requests')
    .where({ id: access.id })
    .update({ released_at: at, released_by: person, released_capacity: acting.capacity });
  await trx('access_marks').where({ access_request_id: access.id }).delete();
};

/** A passage of a file that was released. */
export interface ReleasedPassage {
  readonly kind: string;
  readonly field: string | null;
  readonly reference: string | null;
  readonly mark: Mark;
  readonly exemption: Exemption | null;
  readonly said: string | null;
  readonly facts: Readonly<Record<string, unknown>> | null;
}

const released = z.strictObject({
  ...shape,
  passages: z.array(
    z.strictObject({
      kind: z.string(),
      field: z.string().nullable(),
      reference: z.string().nullable(),
      mark: z.enum(marks),
      exemption: z.enum(exemptions).nullable(),
      said: z.string().nullable(),
      facts: z.record(z.string(), z.unknown()).nullable(),
    }),
  ),
});

/** The released file; null where it is not released, or this person may not read it. */
export const findFile = async (
  db: Knex,
  ability: AppAbility,
  id: string,
  ask: Ask = plainly,
): Promise<{ readonly access: AccessRow; readonly passages: readonly ReleasedPassage[] } | null> => {
  const query = db('access_requests as a')
    .select(
      db.raw(`${selected}, coalesce((select jsonb_agg(jsonb_build_object('kind', p.kind, 'field', p.field,
          'reference', (select r.reference from requests r where r.id = p.request_id), 'mark', p.mark,
          'exemption', p.exemption, 'said', coalesce(p.said, p.instead), 'facts', p.facts) order by p.place)
        from access_passages p where p.access_request_id = a.id), '[]') as passages`),
    )
    .where('a.id', id)
    .whereNotNull('a.released_at');
  const [found] = await ask(released, visible(query, ability, 'read_passages', 'AccessRequest', columns));
  if (!found) return null;
  const { passages, ...access } = found;
  return { access: asAccess(access), passages };
};
