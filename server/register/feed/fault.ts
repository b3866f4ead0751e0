import { Invalid } from '../../../policies/core/refusals.js';

/** More than any council has; what holds more is no register of members. */
export const mostMembers = 2000;

/**
 * A file that cannot be read at all. The words name what is wrong and where, and never what stood there: it may be
 * somebody's home address.
 */
export const unreadable = (message: string): Invalid => new Invalid([{ field: 'file', message }]);

export const tooManyMembers = (): Invalid => unreadable(`The file lists more than ${mostMembers} members.`);
