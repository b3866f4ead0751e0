import type { Knex } from 'knex';
import { approvedForLeadMember, approvedForScrutinyMember } from './approved.js';
import type { Council } from '../council.js';
import { begun, begunByLeadMember, returned, withdrawn } from './councillors-turn.js';
import { refused } from './refused.js';
import { timetable, type Story } from './timetable.js';
import { fresh, objected, readyForLegal, resubmitted } from './under-way.js';

/**
 * Writes the invented requests, each by the steps that people would have taken, one after the other in the
 * order of their times, so that the trail reads as it would have grown.
 * @returns how many there are
 */
export const loadRequests = async (trx: Knex.Transaction, council: Council, now: Date): Promise<number> => {
  const times = timetable(now);
  const stories: readonly Story[] = [
    approvedForScrutinyMember(times),
    approvedForLeadMember(times),
    refused(times),
    withdrawn(times),
    returned(times),
    resubmitted(times),
    readyForLegal(times),
    objected(times),
    fresh(times),
    begun(times),
    begunByLeadMember(times),
  ];
  const references = new Map<Story, string>();
  const steps = stories.flatMap((story) => story.map((step) => ({ ...step, story })));
  for (const { at, act, story } of steps.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    references.set(story, await act({ trx, council, at, reference: references.get(story) ?? null }));
  }
  return references.size;
};
