/** How a slip is corrected: proposed, confirmed by a second person, refused or withdrawn. Source: need-to-know.md, section 6a. */
import { command } from '../command/command.js';
import type { Acting, Actor } from '../people/actor.js';
import type { Correction } from './correction.js';
import type { RuleKey } from '../core/rules.js';
import { confirmingOffices, correctingOffices } from './correction.js';

/** Somebody who may not take the place of the host, or of the host’s line manager. */
const barred = <K extends RuleKey>(rule: K) => ({
  rule,
  keepsApart: true as const,
  when: (_slip: Correction, { barredBy }: { readonly barredBy?: RuleKey | null | undefined }) =>
    barredBy === rule,
});

/** For an office, nobody corrects what was said of themselves; what a councillor recorded, they alone correct. */
const asTheirs = (actor: Actor, { office }: Acting, { councillorId }: Correction) => {
  const isOwn = actor.councillorId === councillorId;
  if (office === 'councillor') return isOwn ? null : 'correction_recorder';
  return isOwn ? 'requester' : null;
};

/** Who recorded it; another person of the office only where that person acts for it no more. */
export const correct = command({
  name: 'correct',
  on: 'Correction',
  by: correctingOffices,
  signs: asTheirs,
  hinders: [
    {
      rule: 'correction_recorder',
      keepsApart: true,
      when: (_slip, { by, recordedBy, recorderActs }) => recordedBy !== by && recorderActs === true,
    },
    barred('host_is_councillor'),
    barred('administrator_alone'),
    barred('host_conflicted'),
    barred('host_signed'),
    barred('conflict_chief_executive'),
    { rule: 'correction_waits', when: (_slip, { waits }) => waits === true },
  ],
});

const byAnother = (actor: Actor, _acting: unknown, { personId }: Correction) =>
  actor.id === personId ? 'correction_two_people' : null;

/** Given for the office of which a second person confirms. */
const ofConfirmer = ({ confirmedBy }: Correction) => (confirmedBy === null ? [] : [{ office: confirmedBy }]);

/** Nobody settles what is said of a conflict of their own. */
const ofOneself = {
  rule: 'conflict_of_oneself',
  keepsApart: true,
  when: (
    _slip: Correction,
    {
      by,
      conflicted,
    }: { readonly by?: string | undefined; readonly conflicted?: readonly string[] | undefined },
  ) => by !== undefined && conflicted?.includes(by) === true,
} as const;

export const confirmCorrection = command({
  name: 'confirm',
  on: 'Correction',
  by: confirmingOffices,
  asksProof: true,
  from: ['waiting'],
  to: ['counts'],
  elsewhere: 'correction_over',
  cases: ofConfirmer,
  signs: byAnother,
  hinders: [ofOneself, { rule: 'stale_version', when: (_correction, { isStale }) => isStale === true }],
});

export const refuseCorrection = command({
  name: 'refuse',
  on: 'Correction',
  by: confirmingOffices,
  from: ['waiting'],
  to: ['refused'],
  elsewhere: 'correction_over',
  cases: ofConfirmer,
  signs: byAnother,
  hinders: [ofOneself],
});

export const withdrawCorrection = command({
  name: 'withdraw',
  on: 'Correction',
  by: correctingOffices,
  from: ['waiting'],
  to: ['withdrawn'],
  elsewhere: 'correction_over',
  cases: ({ office }) => [{ office }],
  signs: (actor, _acting, { personId }) => (actor.id === personId ? null : 'correction_proposer'),
});
