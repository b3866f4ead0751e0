import type { Knex } from 'knex';
import * as journeys from '../../../db/request/journeys.js';
import * as programmes from '../../../db/programme/programmes.js';
import { journeyFaults } from '../../../policies/request/journey.js';
import { programmeFaults } from '../../../policies/programme/programme.js';
import { invalid } from '../../../policies/core/rules.js';
import type { Links } from '../../../policies/request/links.js';
import type { Settings } from '../../../policies/settings/settings.js';
import type { ObservationRequest, RequestContent } from '../../../policies/request/request.js';

/**
 * Whatever else a request names must exist and fit: the stage of a child's journey that it continues
 * (need-to-know.md, section 3), and a programme (section 6).
 * @param reference of the request itself; null for a new one
 * @throws Invalid, naming the field. Hidden and missing records give the same error.
 */
export const assertLinks = async (
  trx: Knex.Transaction,
  settings: Settings,
  { councillorId, reference }: { readonly councillorId: string; readonly reference: string | null },
  content: RequestContent,
): Promise<void> => {
  const { continues, programme, window } = content;
  if (continues !== undefined) {
    const continued = await journeys.lockContinued(trx, continues, {
      councillorId,
      except: reference,
      to: 'submission',
    });
    const faults = journeyFaults(settings, { councillorId, window }, continued);
    if (faults.length > 0) throw invalid('journey', faults);
  }
  if (programme !== undefined) {
    const faults = programmeFaults(content, await programmes.find(trx, programme));
    if (faults.length > 0) throw invalid('programme', faults);
  }
};

/**
 * The same once more before an approval, of what may have moved on since: the stage before may have ended,
 * or its window be another; and the places of the programme may be taken. Both are locked, and the command of the
 * decision says what stands in the way.
 */
export const lockLinks = async (
  trx: Knex.Transaction,
  settings: Settings,
  { reference, councillorId, content: { continues, programme, window } }: ObservationRequest,
): Promise<Links> => {
  const continued =
    continues === undefined
      ? null
      : await journeys.lockContinued(trx, continues, { councillorId, except: reference, to: 'approval' });
  const [fault] = continued === null ? [] : journeyFaults(settings, { councillorId, window }, continued);
  const opened = programme === undefined ? null : await programmes.lock(trx, programme);
  return {
    journey: fault?.message ?? null,
    hasPlace: programme === undefined || (opened !== null && opened.taken < opened.places),
  };
};
