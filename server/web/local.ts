import { paths } from './paths.js';

/** An address of ours and of no other site: `//elsewhere` and a backslash would lead away. */
export const local = (address: unknown): string =>
  typeof address === 'string' && /^\/(?![/\\])[\w\-./?=&%]*$/.test(address) ? address : paths.home;
