import type { CaseFile } from '../../policies/case/case-file.js';
import { openStatuses } from '../../policies/request/commands.js';

/** Once a request has ended, its page does not repeat the reason for each command: the status says it once. */
export const whileOpen = ({ row }: CaseFile): boolean => openStatuses.some((status) => status === row.status);
