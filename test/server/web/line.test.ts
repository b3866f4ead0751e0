import { describe, expect, test } from '@jest/globals';
import { observationTypeKeys } from '../../../policies/core/observation-types.js';
import { useCouncil } from '../../support/council.js';
import { Line } from '../../support/line.js';

const council = useCouncil();

describe('the whole line', () => {
  test.each(observationTypeKeys)(
    'a request for %s goes from draft to grant, with every step on the trail',
    async (type) => {
      const line = await Line.approved(council, { observationType: type });
      const { body } = await line.read('scrutiny.chair');
      expect(body).toMatchObject({
        status: 'approved',
        version: 1,
        decision: { outcome: 'approve' },
        can: [],
      });

      const { body: grant } = await (await council.as('scrutiny.chair')).get(`/api/grants/${body.grant.id}`);
      expect(grant).toMatchObject({
        reference: line.reference,
        status: 'waiting',
        eventsLeft: 1,
        categories: ['process'],
      });
      expect(grant.access).toEqual({
        allowed: false,
        because: [expect.objectContaining({ limit: 'window_not_open' })],
      });

      const { body: trail } = await (
        await council.as('auditor')
      ).get(`/api/audit?subject=${line.reference}&limit=100`);
      const steps = (trail.items as { type: string }[]).map((entry) => entry.type).toReversed();
      expect(steps.filter((step) => !step.endsWith('.read'))).toEqual([
        'request.drafted',
        'request.submitted',
        'request.host_named',
        ...Array.from({ length: 14 }, () => 'request.answered'),
        ...(line.type === 'document_inspection' ? ['right.recorded'] : []),
        ...Array.from({ length: 3 }, () => 'request.discussed'),
        'request.signed',
        'request.signed',
        'request.decided',
        'grant.made',
      ]);
      expect(trail.items.find((entry: { type: string }) => entry.type === 'request.decided')).toMatchObject({
        actorName: expect.stringContaining('Legal'),
        office: 'legal',
        capacity: 'principal',
        reasons: expect.stringContaining('duty'),
        decision: { outcome: 'approve', version: 1 },
      });
    },
  );
});
