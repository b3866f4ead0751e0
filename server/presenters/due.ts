import { dueOf } from '../../policies/clock.js';
import type { ObservationRequest } from '../../policies/subjects.js';
import { englandAndWales } from '../../policies/working-days.js';

/** The deadline that runs now, with its working; null where none does. */
export const presentDue = (row: ObservationRequest) => dueOf(englandAndWales, row);
