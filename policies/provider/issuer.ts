/**
 * Which issuer may say who somebody is: one that knows this council's people and nobody else. Source: People, accounts and
 * sign-in, “Ways in”: multi-tenant issuers are refused.
 */

const microsoft =
  /(?:^|\.)(?:microsoftonline\.(?:com|us|de)|microsoftonline\.cn|chinacloudapi\.cn|windows\.net|login\.microsoft\.com)$/;

/** Names that stand for every directory there is; the number is the directory of all personal accounts. */
const everybody = /^(?:common|organizations|consumers|\{tenantid\}|9188040d-6c67-4c5b-b112-36a304b66dad)$/i;

/** Whether that issuer signs people of any organisation in. @param issuer an address that can be read */
export const isForMany = (issuer: string): boolean => {
  const { hostname, pathname } = new URL(issuer);
  return (
    microsoft.test(hostname) && pathname.split('/').some((part) => everybody.test(decodeURIComponent(part)))
  );
};
