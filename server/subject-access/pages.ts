/** Subject access requests: the list, recording one, weighing it passage by passage, releasing it, and its file. */
import { z } from 'zod';
import { NotFound } from '../../policies/core/refusals.js';
import { authoriseAny, authoriseTo, givesAny, verdict } from '../../policies/permission/permit.js';
import {
  extendAccess as extend,
  markPassage as mark,
  recordAccess as command,
  releaseAccess as release,
} from '../../policies/subject-access/commands.js';
import { isTooLateToExtend } from '../../policies/subject-access/access-request.js';
import { exemptionOf, exemptions } from '../../policies/subject-access/exemptions.js';
import { isWhole, proposalOf } from '../../policies/subject-access/passages.js';
import { listNames } from '../register/list-names.js';
import { happened } from '../trail/present/words.js';
import { encodeCursor, seqIn } from '../web/api/cursor.js';
import { barOf } from '../web/pages/bar.js';
import { asFormErrors, validate } from '../web/pages/faults.js';
import { entered, given } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';
import { retentionPlaces } from '../web/pages/retention-places.js';
import { dateOf } from '../web/pages/typed/day.js';
import { paths } from '../web/paths.js';
import { accessParams, kindParams } from './bodies.js';
import { extendAccessHere, markPassageHere, recordAccessHere, releaseAccessHere } from './commands.js';
import { extendAccess } from './extend-access.js';
import { partsOf } from './in-parts.js';
import { kindSays } from './kinds.js';
import { listAccess } from './list-access.js';
import { markPassage, takeOverProposals } from './mark-passage.js';
import { presentAccess, presentFile, presentPassage, presentWeighed } from './present.js';
import { readAccess, readFile, readWeighed } from './read-access.js';
import { recordAccess } from './record-access.js';
import { releaseAccess } from './release-access.js';

const perPage = 25;
/** As many as a list of choices can hold. */
const mostCouncillors = 500;

/** Facts as people read them; of the trail each entry in words. */
const inParts = (facts: Readonly<Record<string, unknown>> | null) =>
  partsOf(facts ?? {}, (key, value) =>
    key === 'type' && Object.hasOwn(happened, value) ? happened[value as keyof typeof happened] : value,
  );

const listPage = page({
  path: paths.accessRequests,
  params: z.strictObject({}),
  view: 'subject-access/views/list',
  async load(ctx, { query }) {
    const { cursor } = query;
    const before = seqIn(cursor);
    const { items, last } = await listAccess(ctx, { limit: perPage, before });
    return {
      requests: items.map((access) => presentAccess(ctx, access)),
      places: retentionPlaces(ctx.ability),
      mayRecord: givesAny(command, ctx),
      next: last && `${paths.accessRequests}?cursor=${encodeCursor([last.seq])}`,
      first: cursor === undefined ? null : paths.accessRequests,
      done: { recorded: 'recorded', extended: 'extended', released: 'released' }[query['done'] ?? ''] ?? null,
    };
  },
});

const newPage = page({
  ...recordAccessHere.page,
  view: 'subject-access/views/new',
  async load(ctx) {
    authoriseAny(command, ctx);
    return { councillors: await listNames(ctx, mostCouncillors) };
  },
  form: {
    body: recordAccessHere.body,
    anchor: (field) => (field === 'receivedOn' ? 'receivedOn-day' : field),
    read: (form) =>
      validate(
        recordAccessHere.body,
        given({
          councillor: entered(form, 'councillor'),
          receivedOn: dateOf(form, 'receivedOn'),
          by: entered(form, 'by'),
          identityChecked: entered(form, 'identityChecked') === 'true' ? true : undefined,
        }),
      ),
    async act(ctx, { body }) {
      await asFormErrors(() => recordAccess(ctx, body));
      return `${paths.accessRequests}?done=recorded`;
    },
  },
});

const showPage = page({
  path: paths.access(':id') as `/${string}`,
  params: accessParams,
  view: 'subject-access/views/show',
  async load(ctx, { params, query }) {
    const weighed = await readWeighed(ctx, params.id.toLowerCase());
    const { passages, ...access } = presentWeighed(ctx, weighed);
    const kinds = [...new Set(passages.map(({ kind }) => kind))];
    return {
      access,
      kinds: kinds.map((kind) => {
        const those = passages.filter((each) => each.kind === kind);
        return {
          kind,
          title: kindSays(kind),
          unmarked: those.filter(({ marked }) => marked === null).length,
          proposed: those.some(
            ({ marked, proposal }) => marked === null && proposal.mark !== 'weigh' && isWhole(proposal),
          ),
          passages: those.map((each) => ({ ...each, parts: inParts(each.facts) })),
        };
      }),
      done: query['done'] === 'marked',
    };
  },
});

const markPage = page({
  ...markPassageHere.page,
  view: 'subject-access/views/mark',
  async load(ctx, { params }) {
    const { access, passages } = await readWeighed(ctx, params.id.toLowerCase());
    authoriseTo(mark, ctx, access);
    const found = passages.find(({ id }) => id === params.passage);
    if (!found) throw new NotFound();
    const passage = presentPassage(found);
    return {
      access: presentAccess(ctx, access),
      passage: { ...passage, parts: inParts(passage.facts) },
      exemptions: exemptions.map((key) => ({ key, ...exemptionOf(key) })),
      bar: barOf(verdict(mark, ctx, access, {})),
      values: {
        mark: passage.marked?.mark ?? (passage.proposal.mark === 'weigh' ? '' : passage.proposal.mark),
        exemption: passage.marked?.exemption ?? passage.proposal.exemption ?? '',
        instead: passage.marked?.instead ?? '',
        fingerprint: passage.fingerprint,
      },
    };
  },
  form: {
    body: markPassageHere.body,
    read: (form) => {
      const chosen = entered(form, 'mark');
      // The page shows both fields without scripts: what does not belong to the mark is left out.
      return validate(
        markPassageHere.body,
        given({
          mark: chosen,
          exemption: chosen === 'disclose' ? undefined : entered(form, 'exemption'),
          instead: chosen === 'redact' ? entered(form, 'instead') : undefined,
          fingerprint: entered(form, 'fingerprint'),
        }),
      );
    },
    async act(ctx, { params, body }) {
      const id = params.id.toLowerCase();
      await asFormErrors(() => markPassage(ctx, { ...params, id }, body));
      return `${paths.access(id)}?done=marked`;
    },
  },
});

const nothing = z.strictObject({});

const takeOverPage = page({
  path: paths.takeOver(':id', ':kind') as `/${string}`,
  params: kindParams,
  view: 'subject-access/views/take-over',
  async load(ctx, { params }) {
    const { access, passages } = await readWeighed(ctx, params.id.toLowerCase());
    authoriseTo(mark, ctx, access);
    const those = passages.filter(({ kind, marked }) => kind === params.kind && marked === null);
    const proposals = those.map(proposalOf);
    return {
      access: presentAccess(ctx, access),
      title: kindSays(params.kind),
      disclosed: proposals.filter((each) => each.mark === 'disclose').length,
      withheld: proposals.filter((each) => each.mark === 'withhold' && isWhole(each)).length,
      left: proposals.filter((each) => each.mark === 'weigh' || !isWhole(each)).length,
      bar: barOf(verdict(mark, ctx, access, {})),
    };
  },
  form: {
    body: nothing,
    read: () => ({}),
    async act(ctx, { params }) {
      const id = params.id.toLowerCase();
      await asFormErrors(() => takeOverProposals(ctx, id, params.kind));
      return `${paths.access(id)}?done=marked`;
    },
  },
});

const extendPage = page({
  ...extendAccessHere.page,
  view: 'subject-access/views/extend',
  async load(ctx, { params }) {
    const access = await readAccess(ctx, params.id.toLowerCase());
    authoriseTo(extend, ctx, access);
    const tooLate = isTooLateToExtend(ctx.settings, access.receivedOn, ctx.now());
    return { access: presentAccess(ctx, access), bar: barOf(verdict(extend, ctx, access, { tooLate })) };
  },
  form: {
    body: extendAccessHere.body,
    read: (form) => validate(extendAccessHere.body, given({ reasons: entered(form, 'reasons') })),
    async act(ctx, { params, body }) {
      await asFormErrors(() => extendAccess(ctx, params.id.toLowerCase(), body.reasons));
      return `${paths.accessRequests}?done=extended`;
    },
  },
});

const releasePage = page({
  ...releaseAccessHere.page,
  view: 'subject-access/views/release',
  async load(ctx, { params, query }) {
    const weighed = await readWeighed(ctx, params.id.toLowerCase());
    authoriseTo(release, ctx, weighed.access);
    const { unmarked, passages, fingerprint, ...access } = presentWeighed(ctx, weighed);
    const counted = (which: string) => passages.filter(({ marked }) => marked?.mark === which).length;
    return {
      access,
      disclosed: counted('disclose'),
      redacted: counted('redact'),
      withheld: counted('withhold'),
      // Of what the person has read before they come here, or of what they read now.
      values: { fingerprint: query['read'] ?? fingerprint },
      bar: barOf(
        verdict(release, ctx, weighed.access, { unmarked, shown: query['read'], found: fingerprint }),
      ),
    };
  },
  form: {
    body: releaseAccessHere.body,
    read: (form) => validate(releaseAccessHere.body, given({ fingerprint: entered(form, 'fingerprint') })),
    async act(ctx, { params, body }) {
      await asFormErrors(() => releaseAccess(ctx, params.id.toLowerCase(), body));
      return `${paths.accessRequests}?done=released`;
    },
  },
});

const filePage = page({
  path: paths.accessFile(':id') as `/${string}`,
  params: accessParams,
  view: 'subject-access/views/file',
  async load(ctx, { params }) {
    const { access, passages } = await readFile(ctx, params.id.toLowerCase());
    const file = presentFile(access, passages);
    return {
      file: { ...file, passages: file.passages.map((each) => ({ ...each, parts: inParts(each.facts) })) },
    };
  },
});

export const accessPages = [
  listPage,
  newPage,
  showPage,
  markPage,
  takeOverPage,
  extendPage,
  releasePage,
  filePage,
];
