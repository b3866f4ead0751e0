/** A type's own conditions for a visit beside the grant's limits (need-to-know.md, section 3), each by itself. */
import { describe, expect, test } from '@jest/globals';
import { grantAt, visitAt } from '../../../policies/grant/grant-record.js';
import { observationType, type ObservationTypeKey } from '../../../policies/core/observation-types.js';
import type { Visit } from '../../../policies/visit/visit.js';
import { visitAccess } from '../../../policies/visit/visit-access.js';
import { englandAndWales } from '../../support/calendar.js';
import { madeAt, recordOf } from '../../support/histories.js';

const date = '2027-03-24';
const morning = new Date(`${date}T10:30:00Z`);
const at = new Date(madeAt.getTime() + 60_000);

/** A visit of that type with everything in order except the changes, and the limits that do not hold. */
const brokenOf = (type: ObservationTypeKey, changes: Partial<Visit>): string[] => {
  const { record } = recordOf([
    { what: 'plan', date, chaperone: true, caseNamed: 'CP-1', at },
    { what: 'check', question: 'connection', answer: 'none', reason: false, at },
    { what: 'check', question: 'legal_bars', answer: [], reason: false, at },
    { what: 'condition', before: 'attendance', state: 'met', at },
  ]);
  const { parties } = observationType(type);
  const visits = record.visits.map((each) => ({ ...each, observationType: type }));
  const visit = visits[0] && visitAt(visits[0], morning);
  if (!visit) throw new Error('It was planned.');
  const agreements = { answer: Object.fromEntries(parties.map((party) => [party, 'agreed'])) };
  const grant = grantAt({ ...record, observationType: type, visits }, morning);
  const changed = { ...visit, checks: { ...visit.checks, agreements }, ...changes };
  return visitAccess(grant, changed, morning, englandAndWales).because.map(({ limit }) => limit);
};

describe('a visit of', () => {
  test('a child’s journey waits for its conference', () => {
    expect(brokenOf('childs_journey', { conferenceOn: null })).toEqual(['conference']);
    expect(brokenOf('childs_journey', { conferenceOn: '2027-03-24' })).toEqual([]);
    expect(brokenOf('core_group', { conferenceOn: null })).toEqual([]);
  });

  test('one case waits for it to be named; one of several cases or none does not', () => {
    expect(brokenOf('core_group', { caseReference: null })).toEqual(['case']);
    expect(brokenOf('assessment_team', { caseReference: null })).toEqual([]);
    expect(brokenOf('safeguarding_board', { caseReference: null })).toEqual([]);
  });

  test('papers asks for nobody’s agreement', () => {
    const { connection, legal_bars: bars } = { connection: { answer: 'none' }, legal_bars: { answer: [] } };
    expect(brokenOf('document_inspection', { checks: { connection, legal_bars: bars } })).toEqual([]);
    expect(brokenOf('core_group', { checks: { connection, legal_bars: bars } })).toEqual(['checks']);
  });
});
