import type { SignOff } from '../../../policies/decision/signed.js';
import type { Lift } from '../../../policies/need-to-know/lift.js';
import type { View } from '../../../policies/permission/offices/view.js';

const isDecided = (signOffs: readonly SignOff[], { version }: Lift): boolean =>
  signOffs.some((each) => each.office === 'legal' && each.version === version && each.voidedAt === null);

/**
 * What each office said of lifting a council rule, on every version. The offices read all of it. An auditor reads who
 * spoke and when, and what they said once Legal has decided; never the text. Source: need-to-know.md, section 5.
 */
export const presentLifts = (view: View, lifts: readonly Lift[], signOffs: readonly SignOff[]) =>
  lifts.map((lift) => ({
    question: lift.question,
    office: lift.office,
    by: {
      name: lift.name,
      capacity: lift.capacity,
      ...(lift.deputyFor === null ? {} : { deputyFor: lift.deputyFor }),
    },
    at: lift.at,
    version: lift.version,
    ...(lift.voidedAt === null ? {} : { voidedAt: lift.voidedAt }),
    ...(view !== 'auditor' || isDecided(signOffs, lift) ? { outcome: lift.outcome } : {}),
    ...(view === 'auditor' ? {} : { reasons: lift.reasons }),
  }));
