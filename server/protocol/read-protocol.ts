import * as protocols from '../../db/protocol/protocol.js';
import { NotFound } from '../../policies/core/refusals.js';
import { protocolInForce } from '../../db/register/councillors.js';
import type { ProtocolVersion } from '../../policies/protocol/protocol.js';
import type { Ctx } from '../case/ctx.js';

/** A version of the protocol, and whether the councillor who reads it has accepted it. */
export interface ReadProtocol extends ProtocolVersion {
  readonly accepted: { readonly at: Date } | null;
}

const withAcceptance = async ({ db, actor }: Ctx, found: ProtocolVersion | null): Promise<ReadProtocol> => {
  if (!found) throw new NotFound();
  const { councillorId } = actor;
  const at = councillorId === null ? null : await protocols.acceptedAt(db, councillorId, found.version);
  return { ...found, accepted: at && { at } };
};

/** The protocol in force, which anybody signed in may read. @throws NotFound where none was published */
export const readProtocol = async (ctx: Ctx): Promise<ReadProtocol> =>
  withAcceptance(ctx, await protocols.protocolOf(ctx.db, ctx.now()));

/** The number of the version in force; null where none was published. */
export const readProtocolNumber = async (ctx: Ctx): Promise<number | null> =>
  (await protocolInForce(ctx.db, ctx.now())) || null;

/** One version, in force or not, such as one just published. @throws NotFound */
export const readProtocolVersion = async (ctx: Ctx, version: number): Promise<ReadProtocol> =>
  withAcceptance(ctx, await protocols.protocolVersion(ctx.db, version));
