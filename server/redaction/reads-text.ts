import { findRequirement } from '../../db/audit-requirement/requirements.js';
import { findCorrection } from '../../db/correction/corrections.js';
import { findDiscussion } from '../../db/decision/discussion.js';
import { findHold } from '../../db/legal-hold/holds.js';
import type { Reading } from '../../db/redaction/redactions.js';
import { findAccess } from '../../db/subject-access/access-requests.js';
import type { Office } from '../../policies/core/office.js';
import { NotFound } from '../../policies/core/refusals.js';
import { holdsOffice } from '../../policies/people/actor.js';
import { viewOf } from '../../policies/permission/offices/view.js';
import { caseFileAfter } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { presentGrant } from '../grant/present/grant.js';
import { presentConflict } from '../conflict/present.js';
import { readConflict } from '../conflict/read-conflict.js';
import { presentIncident } from '../incident/present.js';
import { readIncident } from '../incident/read-incident.js';
import { presentRequest } from '../request/present/request.js';
import { presentVisit } from '../visit/present/visit.js';
import { readVisit } from '../visit/read-visit.js';

/** The longest discussion that is looked through. */
const mostEntries = 1000;

const holdsAny = ({ actor }: Ctx, ...offices: readonly Office[]): boolean =>
  offices.some((office) => holdsOffice(actor, office));

const says = (shown: unknown, text: string): boolean => JSON.stringify(shown).includes(JSON.stringify(text));

const ways: Readonly<Record<Reading['readWith'], (ctx: Ctx, at: string, text: string) => Promise<boolean>>> =
  {
    request: async (ctx, at, text) => {
      const file = await caseFileAfter(ctx, at);
      // The offices read every version of it, and what was signed before.
      return (
        viewOf(ctx, file.row) === 'office' ||
        says(presentRequest(ctx, file), text) ||
        (file.grant !== null && says(presentGrant(ctx, file.grant, ctx.now()), text))
      );
    },
    discussion: async (ctx, at, text) =>
      (await findDiscussion(ctx.db, ctx.ability, at, { limit: mostEntries })).some(
        (each) => each.text === text,
      ),
    visit: async (ctx, at, text) => says(presentVisit(ctx, await readVisit(ctx, at), ctx.now()), text),
    incident: async (ctx, at, text) => says(presentIncident(ctx, await readIncident(ctx, at)), text),
    hold: async (ctx, at) => (await findHold(ctx.db, ctx.ability, at)) !== null,
    programme: (ctx) => Promise.resolve(!holdsAny(ctx, 'administrator')),
    keeping: (ctx) =>
      Promise.resolve(holdsAny(ctx, 'democratic_services', 'monitoring_officer', 'data_protection')),
    conflict: async (ctx, at, text) => says(presentConflict(ctx, await readConflict(ctx, at)), text),
    access: async (ctx, at, text) => {
      const access = await findAccess(ctx.db, ctx.ability, at);
      return (
        [access.askedBy, access.extendedReasons].includes(text) || ctx.ability.can('read_passages', access)
      );
    },
    audit_requirement: async (ctx, at) => (await findRequirement(ctx.db, ctx.ability, at)) !== null,
    correction: async (ctx, at) => (await findCorrection(ctx.db, ctx.ability, at)) !== null,
    people: (ctx) => Promise.resolve(holdsAny(ctx, 'administrator', 'monitoring_officer')),
  };

/**
 * Whether the service shows this text to the person: asked of what they are shown, so that no second list of who reads
 * what can differ from the first.
 * @param text as it stands now: the mark, while it is hidden
 */
export const readsText = async (ctx: Ctx, { readWith, readAt }: Reading, text: string): Promise<boolean> => {
  try {
    return await ways[readWith](ctx, readAt ?? '', text);
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
};
