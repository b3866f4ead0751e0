import type { Knex } from 'knex';
import type { Logger } from 'pino';
import type { AppAbility } from '../../policies/permission/ability.js';
import type { SessionLimits } from '../../policies/people/session-limits.js';
import type { Settings } from '../../policies/settings/settings.js';
import type { Actor } from '../../policies/people/actor.js';
import type { Proof } from '../../policies/proof/proof.js';
import type { TokenScope } from '../../policies/token/token.js';
import type { CautionKind } from '../../policies/core/words/cautions.js';
import type { Claim } from '../../db/core/idempotency.js';
import type { Links } from './links.js';
import type { Proving } from './proving/proving.js';
import type { SignerState } from '../signing/state.js';

/** Who does something, when and under which settings: all that an entry on the trail and a notice are made of. */
export type Doing = Pick<Ctx, 'actor' | 'now' | 'settings' | 'token' | 'weighed'>;

/** What was said to the cautions about a text. */
export interface Weighed {
  /** The kinds that were found, and that the person confirmed. */
  readonly confirmed: readonly CautionKind[];
  /** Names that need no caution: of the register, or of an officer of this request. */
  readonly known: readonly string[];
}

/** What every use case gets: the database, the person who asks, what they may do, and the time. */
export interface Ctx {
  readonly db: Knex;
  readonly actor: Actor;
  /**
   * The session that asks, by its number, from where, and how long sessions last here; missing where nobody asks by one.
   */
  readonly session?:
    | {
        readonly id: string;
        readonly ip: string;
        readonly limits: SessionLimits;
        /** When the person signed in; null where the session does not say. */
        readonly began: Date | null;
      }
    | undefined;
  /** The token with which a program asks in the person’s place; missing where they ask themselves. */
  readonly token?: { readonly id: string; readonly scope: TokenScope } | undefined;
  /** The fresh proof that the person is who they say, of a kind that counts for them; null where there is none. */
  readonly proof: Proof | null;
  readonly proving: Proving;
  /** Whether they must set an app for codes up before anything else. */
  readonly codesFirst: boolean;
  readonly ability: AppAbility;
  readonly now: () => Date;
  readonly log: Logger;
  /** Who signs the checkpoints of the trail. */
  readonly signer: SignerState;
  /** Makes links to set a password. */
  readonly links: Links;
  /** This council's settings. */
  readonly settings: Settings;
  /** Present where somebody sends text themselves: missing in jobs, which write none. */
  readonly weighed?: Weighed;
  /** Present where the caller sent an `Idempotency-Key`. */
  readonly claim?: Claim;
}
