import type { CaseFile } from '../../policies/case/case-file.js';
import { openStatuses } from '../../policies/request/commands.js';

/** What has ended is not offered again with a reason each time: the status says it once. */
export const whileOpen = ({ row }: CaseFile): boolean => openStatuses.some((status) => status === row.status);
