/**
 * For whom a password works where the council has its own sign-in, and a passkey to sign in with: for one account, with which
 * the service is kept when the provider is away. Who has left the council is let in nowhere, and only the provider knows of
 * it at once. Source: People, accounts and sign-in, “Ways in”.
 */
export const passwordWorks = (
  provider: { readonly besidePasswords: boolean } | undefined,
  account: { readonly breakGlass: boolean },
): boolean => provider === undefined || provider.besidePasswords || account.breakGlass;
