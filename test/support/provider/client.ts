/** What a provider knows the service by. */
import type { ProviderSettings } from '../../../server/provider/provider.js';

export const clientId = 'need-to-know';
export const clientSecret = 'a shared one of the test';

/** The service’s settings for a provider that is somewhere on this machine. */
export const settingsFor = ({ issuer }: { readonly issuer: string }): ProviderSettings => ({
  issuer,
  clientId,
  clientSecret,
  acr: [],
  amr: [],
  name: 'your council account',
  pauseMs: 0,
  timeoutMs: 15_000,
});
