import { visitAt, type VisitRecord } from '../grant/grant-record.js';
import { NotFound } from '../core/refusals.js';
import type { Visit } from './visit.js';

/** A visit as it stands now. @throws NotFound if, by the clock, it was not planned yet */
export const standing = (record: VisitRecord, now: Date): Visit => {
  const visit = visitAt(record, now);
  if (visit === null) throw new NotFound();
  return visit;
};
