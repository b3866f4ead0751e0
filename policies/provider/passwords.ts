/**
 * For whom a password works where the council has its own sign-in: for one account, with which the service is kept when the
 * provider is away. Source: People, accounts and sign-in, “Ways in”.
 */
export const passwordWorks = (
  provider: { readonly besidePasswords: boolean } | undefined,
  account: { readonly breakGlass: boolean },
): boolean => provider === undefined || provider.besidePasswords || account.breakGlass;
