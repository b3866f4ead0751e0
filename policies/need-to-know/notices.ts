/** Who gets which notice about the test: need-to-know.md, section 8. */
import type { Notice } from '../core/notices.js';

/** The Monitoring Officer learns that the three offices lifted a council rule for a version. */
export const ruleLifted = (reference: string): Notice => ({
  kind: 'rule_lifted',
  reference,
  to: [{ office: 'monitoring_officer' }],
  action: 'read',
  due: null,
});
