/**
 * Imports the feed of the committee system in two steps: the page compares a file with the register and shows the
 * differences; then the person imports them. Between the two steps only the parsed members are kept, nothing else of
 * the file.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { authoriseTo } from '../../../policies/permission/permit.js';
import { keepRegister } from '../../../policies/register/commands.js';
import { Conflict, Invalid, type FieldError } from '../../../policies/core/refusals.js';
import type { FeedMember } from '../../../policies/register/register-feed.js';
import { ruleOf } from '../../../policies/core/rules.js';
import { largestFeed } from '../keeping-api.js';
import { feedMediaTypes } from '../feed/file/read-feed.js';
import { readUpload } from '../feed/read-upload.js';
import { paths } from '../../web/paths.js';
import { presentDifferences } from '../present/differences.js';
import { compareRegister } from '../compare-register.js';
import { importRegister } from '../import-register.js';
import { listGone } from '../list-gone.js';
import { chosen, entered, type Form } from '../../web/pages/form.js';
import { page, type Kept, type SentFile } from '../../web/pages/page.js';

/** For how long a file that was looked at waits to be taken over: half an hour. */
const waits = 30 * 60 * 1000;

const member = z.strictObject({
  externalId: z.string(),
  name: z.string(),
  ward: z.string(),
  email: z.string().nullable(),
  posts: z.array(z.string()),
  term: z.strictObject({ from: z.string().nullable(), to: z.string().nullable() }),
});
const waiting = z.strictObject({ digest: z.string(), at: z.number(), members: z.array(member) });
const taken = z.strictObject({ added: z.int(), changed: z.int(), gone: z.array(z.string()) });

const waitingIn = (kept: Kept, now: Date): { digest: string; members: readonly FeedMember[] } | null => {
  const read = waiting.safeParse(kept.get('feed'));
  return read.success && now.getTime() - read.data.at < waits ? read.data : null;
};

/** By the ending of its name, because browsers give a CSV file many types; otherwise by the browser's type. */
const mediaTypeOf = ({ name, type }: SentFile): string => {
  if (/\.xml$/i.test(name)) return 'application/xml';
  if (/\.csv$/i.test(name)) return 'text/csv';
  const [essence = ''] = type.split(';');
  return feedMediaTypes.find((each) => each === essence.trim().toLowerCase()) ?? '';
};

const parts: Readonly<Record<string, string>> = {
  externalId: 'number',
  email: 'e-mail address',
  'term.from': 'first day of the term',
  'term.to': 'last day of the term',
};

/** `member.12.term.from` as a person reads it: which member of the file, and what of them. */
const inWords = ({ field, message }: FieldError): FieldError => {
  const [, number, what = ''] = /^member\.(\d+)\.(.+)$/.exec(field) ?? [];
  const [, column] = /^column\.(.+)$/.exec(field) ?? [];
  const prefix = number ? `Member ${number}, ${parts[what] ?? what}: ` : column ? `Column ${column}: ` : '';
  return { field: 'file', message: `${prefix}${message}` };
};

const membersIn = (file: SentFile): FeedMember[] => {
  try {
    return readUpload({ mediaType: mediaTypeOf(file), charset: null, bytes: file.bytes });
  } catch (error) {
    throw error instanceof Invalid ? new Invalid(error.errors.map(inWords), ruleOf('feed')) : error;
  }
};

const importPage = page({
  path: '/councillors/import',
  params: z.strictObject({}),
  view: 'register/views/import',
  async load(ctx) {
    authoriseTo(keepRegister, ctx, { kind: 'Register' });
    return {};
  },
  form: {
    upload: largestFeed,
    body: z.strictObject({}),
    read(_form, { file }) {
      if (!file) throw new Invalid([{ field: 'file', message: 'Select a file' }]);
      return {};
    },
    changes: false,
    async act(ctx, { file, kept }) {
      if (!file) throw new Error('A form without a file went through.');
      const members = membersIn(file);
      authoriseTo(keepRegister, ctx, { kind: 'Register' });
      const digest = createHash('sha256').update(file.bytes).digest('hex');
      kept.set('feed', { digest, at: ctx.now().getTime(), members });
      kept.set('taken', undefined);
      return paths.checkImport;
    },
  },
});

/** What is said of each member in doubt, whose number stands in the field's name: `number-17`. */
const inDoubt = (form: Form) => {
  const said = Object.keys(form).flatMap((field) => {
    const [, number] = /^number-(.+)$/u.exec(field) ?? [];
    return number === undefined ? [] : [{ number, says: entered(form, field) }];
  });
  const those = (wanted: string) => said.filter(({ says }) => says === wanted).map(({ number }) => number);
  return { same: those('same'), another: those('another') };
};

const checkPage = page({
  path: '/councillors/import/check',
  params: z.strictObject({}),
  view: 'register/views/check',
  async load(ctx, { kept }) {
    authoriseTo(keepRegister, ctx, { kind: 'Register' });
    const feed = waitingIn(kept, ctx.now());
    if (!feed) return { digest: null };
    const found = await compareRegister(ctx, feed.members);
    return {
      digest: feed.digest,
      members: feed.members.length,
      shown: found.digest,
      differences: presentDifferences(found),
    };
  },
  form: {
    body: z.strictObject({
      digest: z.string().max(64),
      shown: z.string().max(64),
      leaveOut: z.array(z.string()),
      same: z.array(z.string()),
      another: z.array(z.string()),
    }),
    read: (form) => ({
      digest: entered(form, 'digest') ?? '',
      shown: entered(form, 'shown') ?? '',
      leaveOut: chosen(form, 'leaveOut'),
      ...inDoubt(form),
    }),
    async act(ctx, { body, kept }) {
      const feed = waitingIn(kept, ctx.now());
      if (feed?.digest !== body.digest) {
        throw new Conflict(
          'Another file was chosen since, or it was too long ago. Look at the differences again.',
        );
      }
      const { digest: _digest, shown, ...choices } = body;
      const { added, changed, gone } = await importRegister(ctx, feed.members, { shown, choices });
      kept.set('feed', undefined);
      kept.set('taken', { added: added.length, changed: changed.length, gone: gone.map(({ id }) => id) });
      return paths.importDone;
    },
  },
});

const donePage = page({
  path: '/councillors/import/done',
  params: z.strictObject({}),
  view: 'register/views/done',
  async load(ctx, { kept }) {
    authoriseTo(keepRegister, ctx, { kind: 'Register' });
    const read = taken.safeParse(kept.get('taken'));
    if (!read.success) return { taken: null };
    const { gone, ...counts } = read.data;
    const listed = await listGone(ctx, gone);
    return {
      taken: counts,
      gone: listed.map(({ id, name, ward, standing }) => ({ id, name, ward, isGone: standing === 'former' })),
    };
  },
});

export const importPages = [importPage, checkPage, donePage];
