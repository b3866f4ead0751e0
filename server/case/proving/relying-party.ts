import { isIP } from 'node:net';

/** Whom passkeys are for: a passkey signs for one name, and its answers say at which origin they were asked for. */
export interface RelyingParty {
  /** The name of the host. */
  readonly id: string;
  readonly origin: string;
}

/** The same, where the rules have said that passkeys are offered. @throws Error where they are not: a fault of ours */
export const offering = (party: RelyingParty | null): RelyingParty => {
  if (party === null) throw new Error('No passkey is offered at this address.');
  return party;
};

/** As browsers find the service; null at a bare address of a network, for which no browser makes a passkey. */
export const relyingPartyOf = ({ hostname, origin }: URL): RelyingParty | null =>
  isIP(hostname.replace(/^\[|\]$/g, '')) === 0 ? { id: hostname, origin } : null;
