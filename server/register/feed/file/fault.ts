import { Invalid } from '../../../../policies/core/refusals.js';

/** More than any council has; a file with more is not a register of members. */
export const mostMembers = 2000;

/**
 * A file that cannot be read at all. The words name the fault and its place, and never quote the file: it may hold a
 * home address.
 */
export const unreadable = (message: string): Invalid => new Invalid([{ field: 'file', message }]);

export const tooManyMembers = (): Invalid => unreadable(`The file lists more than ${mostMembers} members.`);
