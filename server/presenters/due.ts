import { dueOf } from '../../policies/clock.js';
import type { Settings } from '../../policies/settings.js';
import type { ObservationRequest } from '../../policies/subjects.js';

/** The deadline that runs now, with its working; null where none does. */
export const presentDue = (settings: Settings, row: ObservationRequest) => dueOf(settings, row);
