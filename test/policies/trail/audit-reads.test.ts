import { describe, expect, test } from '@jest/globals';
import { entryTypes } from '../../../db/audit/entry-types.js';
import { asAuditReads, auditReadsReasons, auditReadsValue } from '../../../policies/trail/audit-reads.js';

describe('of an entry, Internal Audit', () => {
  test('reads the reasons of decisions and refusals, and of nothing else', () => {
    expect(entryTypes.filter(auditReadsReasons)).toEqual(['request.decided', 'review.decided']);
  });

  test('reads what was confirmed about the words of a text where it reads the text, and nowhere else', () => {
    expect(entryTypes.filter((type) => auditReadsValue(type, 'considered'))).toEqual(
      entryTypes.filter(auditReadsReasons),
    );
  });

  test.each([
    [
      'request.answered',
      { version: 2, question: 'scope', answer: 'open_ended' },
      { version: 2, question: 'scope' },
    ],
    [
      'request.answered',
      { version: 2, question: 'lawful_basis', answer: 'confirmed', basis: { article6: '6.1.e' } },
      { version: 2, question: 'lawful_basis' },
    ],
    [
      'request.signed',
      { version: 1, outcome: 'object', grounds: ['personal'], conditions: 0 },
      { version: 1 },
    ],
    [
      'visit.checked',
      { question: 'agreements', result: 'blocks', considered: ['name'] },
      { question: 'agreements' },
    ],
    [
      'request.lift_said',
      { question: 'legal_bars', outcome: 'lift', blocks: ['lado:barNeverObserved'], considered: ['name'] },
      { question: 'legal_bars' },
    ],
    ['request.commented', { version: 1, considered: ['name'] }, { version: 1 }],
    [
      'request.decided',
      { outcome: 'refuse', grounds: ['personal'], considered: ['party'] },
      { outcome: 'refuse', grounds: ['personal'], considered: ['party'] },
    ],
  ])('reads of %s when it was, and not how an office answered or signed', (type, decision, read) => {
    expect(asAuditReads({ type, decision, reasons: null })).toEqual({ type, decision: read, reasons: null });
  });
});
