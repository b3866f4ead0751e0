/**
 * Nothing typed is lost: a form that arrives after the session has ended, or with the token of an older one, is kept for
 * an hour and comes back on its page once the same person has signed in. So is one whose sender is asked to prove first that
 * it is they.
 *
 * After the end of a session the service no longer knows who it was. So each form carries a note that only the service can
 * make: for whom, on which page, since when. Without it nothing is kept, and nobody can plant a text with somebody else.
 */
import { z } from 'zod';
import type { Knex } from 'knex';
import { findUnsent, keepUnsent } from '../../../../db/people/unsent-forms.js';
import { londonDate } from '../../../../policies/core/time/london.js';
import { keysOf } from '../../../../policies/core/fields/keys-of.js';
import { screenAll } from '../../../../policies/core/words/screening.js';
import type { Ctx } from '../../../case/ctx.js';
import { sealOf } from '../../../case/proving/seal.js';
import { unsentSince } from '../../../../policies/people/session-limits.js';
import { formSchema, type Form } from '../form.js';

const hour = 60 * 60 * 1000;
/** For how many hours the note of a form counts. */
const noteHours = 24;

/** Bytes of what is kept of one form, as the database holds it. */
const mostSealed = 1_000_000;

const noteField = '_unsent';
const backField = '_back';
/** In the address of a page that shows what was typed again: what it waited for. */
const backAgain = 'unsent';
const values = { signed_in: 'back', proved: 'proved' } as const;
/** Until when it waits: its sender was signed out, or was asked to prove once more who they are. */
type Until = keyof typeof values;

/** What the form of a page waited for; null where it is not asked for. */
export const keptUntil = (query: Readonly<Record<string, string>>): Until | null =>
  keysOf(values).find((each) => values[each] === query[backAgain]) ?? null;

const storedNote = z.strictObject({ person: z.string(), address: z.string(), at: z.number() });
const storedForm = z.strictObject({ fields: formSchema, leftOut: z.boolean() });

/** What was typed, as it comes back. */
export interface Back {
  readonly fields: Form;
  /** Whether something that looks like personal data was not kept. */
  readonly leftOut: boolean;
}

export interface Unsent {
  /** For a form that is about to be shown. @param address the path and query of its page */
  noteFor(person: string, address: string, now: Date): string;
  /**
   * Keeps what was typed into a form that could not be sent.
   * @param page the path that it was sent to
   * @param who is signed in, if anybody is: of another person nothing is kept
   * @returns the address at which it comes back; null where nothing is kept
   */
  keep(
    db: Knex,
    sent: {
      readonly form: Form;
      readonly page: string;
      readonly who: string | null;
      readonly now: Date;
      readonly until: Until;
    },
  ): Promise<string | null>;
  /** What was typed into the form of that page; null where nothing is kept. */
  back(ctx: Ctx, page: string): Promise<Back | null>;
}

/** Whether a form was filled with what had come back. */
export const wasBack = (form: Form): boolean => form[backField] !== undefined;

const pathOf = (address: string): string => address.split('?')[0] ?? address;

const backAt = (address: string, until: Until): string => {
  const [path = '', search = ''] = address.split('?');
  const query = new URLSearchParams(search);
  query.set(backAgain, values[until]);
  return `${path}?${query.toString()}`;
};

/**
 * What of a form is kept: without what frames it, and without what the screening would refuse to store. What was confirmed
 * of the words that the cautions marked is kept with them.
 */
const keptOf = (form: Form, today: string): Back => {
  const typed = Object.entries(form).filter(([name]) => !name.startsWith('_'));
  const isClean = ([name, value]: (typeof typed)[number]): boolean =>
    screenAll({ [name]: typeof value === 'string' ? value : value.join('\n') }, { today }).length === 0;
  const clean = typed.filter(isClean);
  const leftOut = clean.length < typed.length;
  // What was confirmed of the words goes with the words: of what is written anew people are asked anew.
  return { fields: Object.fromEntries(clean.filter(([name]) => !leftOut || name !== 'considered')), leftOut };
};

export const unsentForms = (sessionSecret: string): Unsent => {
  const notes = sealOf(sessionSecret, 'notes of forms');
  const forms = sealOf(sessionSecret, 'unsent forms');
  const about = (person: string, page: string): string => `${person} ${page}`;

  const noteIn = (form: Form) => {
    const note = form[noteField];
    const opened = typeof note === 'string' ? notes.open(Buffer.from(note, 'base64url'), 'note') : null;
    return opened === null ? null : storedNote.parse(JSON.parse(opened));
  };

  return {
    noteFor: (person, address, now) =>
      notes.close(JSON.stringify({ person, address, at: now.getTime() }), 'note').toString('base64url'),

    async keep(db, { form, page, who, now, until }) {
      const note = noteIn(form);
      if (note === null || pathOf(note.address) !== page || (who !== null && who !== note.person))
        return null;
      const age = now.getTime() - note.at;
      if (age < 0 || age > noteHours * hour) return null;
      const text = JSON.stringify(keptOf(form, londonDate(now)));
      const sealed = forms.close(text, about(note.person, page));
      if (sealed.length > mostSealed) return null;
      return (await keepUnsent(db, { person: note.person, page, sealed, at: now }))
        ? backAt(note.address, until)
        : null;
    },

    async back({ db, actor, now }, page) {
      const sealed = await findUnsent(db, { person: actor.id, page }, unsentSince(now()));
      const text = sealed && forms.open(sealed, about(actor.id, page));
      return text === null ? null : storedForm.parse(JSON.parse(text));
    },
  };
};
