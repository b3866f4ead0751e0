import type { AppAbility } from '../../../policies/permission/ability.js';
import { accessOf } from '../../../policies/subject-access/access-request.js';
import { reportBy } from '../../../policies/redaction/redaction.js';
import { paths } from '../paths.js';

/** The pages of retention that a person may read, the first of them where they begin. */
export const retentionPlaces = (ability: AppAbility) => [
  ...(ability.can('read', { kind: 'Retention' }) ? [{ text: 'What is due', href: paths.retention }] : []),
  ...(ability.can('read', { kind: 'Hold', councillorId: '' })
    ? [{ text: 'Legal holds', href: paths.holds }]
    : []),
  ...(ability.can('read', { kind: 'Disposal', councillorId: null })
    ? [{ text: 'Disposals', href: paths.disposals }]
    : []),
  ...(ability.can('read', reportBy('')) ? [{ text: 'Reported texts', href: paths.redactions }] : []),
  ...(ability.can('read', accessOf('')) ? [{ text: 'Subject access', href: paths.accessRequests }] : []),
];
