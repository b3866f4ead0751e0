import type { Knex } from 'knex';
import * as audit from './0001_audit.js';
import * as register from './0002_register.js';
import * as people from './0003_people.js';
import * as requests from './0004_requests.js';
import * as assessments from './0005_assessments.js';
import * as signOffs from './0006_sign_offs.js';
import * as grants from './0007_grants.js';
import * as messages from './0009_messages.js';
import * as deliveries from './0010_deliveries.js';
import * as registerHistory from './0011_register_history.js';
import * as grantHistory from './0012_grant_history.js';
import * as visits from './0013_visits.js';
import * as reviews from './0014_reviews.js';
import * as documents from './0015_documents.js';
import * as programmes from './0016_programmes.js';
import * as papers from './0017_papers.js';
import * as log from './0018_log.js';
import * as retention from './0019_retention.js';
import * as settings from './0020_settings.js';
import * as time from './0021_time.js';
import * as dueDays from './0022_due_days.js';
import * as editions from './0023_editions.js';
import * as trainingByExpiry from './0025_training_by_expiry.js';
import * as unsentForms from './0031_unsent_forms.js';
import * as officesGiven from './0032_offices_given.js';
import * as passwordLinks from './0033_password_links.js';
import * as cheaperEntries from './0034_cheaper_entries.js';
import * as entriesCompared from './0035_entries_compared.js';
import * as signInTries from './0037_sign_in_tries.js';
import * as sessionOwners from './0038_session_owners.js';
import * as lastKeepers from './0039_last_keepers.js';
import * as proofs from './0040_proofs.js';
import * as codesChanged from './0041_codes_changed.js';
import * as codesRemoved from './0042_codes_removed.js';
import * as columnsChanged from './0046_columns_changed.js';
import * as calendarAddresses from './0049_calendar_addresses.js';
import * as addressesChanged from './0050_addresses_changed.js';
import * as sessionKept from './0051_session_kept.js';
import * as provider from './0054_provider.js';
import * as boundAddresses from './0055_bound_addresses.js';
import * as passkeys from './0057_passkeys.js';
import * as passkeysRemoved from './0058_passkeys_removed.js';
import * as tokens from './0060_tokens.js';
import * as countsInMessages from './0061_counts_in_messages.js';
import * as rightsConfirmed from './0062_rights_confirmed.js';
import * as rightRunsWhileReturned from './0063_right_runs_while_returned.js';
import * as lifts from './0067_lifts.js';
import * as barsAtVisits from './0072_bars_at_visits.js';
import * as lawfulBasis from './0073_lawful_basis.js';
import * as hearings from './0074_hearings.js';
import * as considered from './0078_considered.js';
import * as findings from './0080_findings.js';
import * as redactions from './0081_redactions.js';
import * as bindingsByIssuer from './0085_bindings_by_issuer.js';
import * as leaflets from './0086_leaflets.js';
import * as corrections from './0087_corrections.js';
import * as hostsCorrected from './0088_hosts_corrected.js';
import * as ends from './0089_ends.js';
import * as endsReviewed from './0090_ends_reviewed.js';
import * as breaches from './0091_breaches.js';
import * as incidentHearings from './0092_incident_hearings.js';
import * as timePassed from './0093_time_passed.js';
import * as orders from './0094_orders.js';
import * as strategyDelegations from './0096_strategy_delegations.js';
import * as conflicts from './0095_conflicts.js';
import * as accessRequests from './0097_access_requests.js';
import * as liftBlocks from './0099_lift_blocks.js';
import * as stagesWatched from './0103_stages_watched.js';
import * as endsHeard from './0104_ends_heard.js';
import * as keptAndAware from './0105_kept_and_aware.js';
import * as reviewsOfEndsDue from './0106_reviews_of_ends_due.js';
import * as attendancesCorrected from './0107_attendances_corrected.js';
import * as recordsCorrected from './0108_records_corrected.js';
import * as registerCorrected from './0109_register_corrected.js';
import * as reviewsLateAndUnasked from './0111_reviews_late_and_unasked.js';
import * as meetingsConfirmed from './0112_meetings_confirmed.js';
import * as directionsAndEnds from './0113_directions_and_ends.js';
import * as auditRequirements from './0114_audit_requirements.js';
import * as onceOnly from './0115_once_only.js';
import * as addressesConsidered from './0116_addresses_considered.js';
import * as nothingUndoneFromBelow from './0117_nothing_undone_from_below.js';

/** One step of the schema, there and back. Each runs in a transaction of its own, as the owner. */
export interface Migration {
  /** Number and subject, no extension: the same name from source and from the build. */
  readonly name: string;
  readonly up: (knex: Knex) => Promise<void>;
  readonly down: (knex: Knex) => Promise<void>;
}

/** In the order of their numbers; never reordered or renamed once released. */
export const migrations: readonly Migration[] = [
  { name: '0001_audit', ...audit },
  { name: '0002_register', ...register },
  { name: '0003_people', ...people },
  { name: '0004_requests', ...requests },
  { name: '0005_assessments', ...assessments },
  { name: '0006_sign_offs', ...signOffs },
  { name: '0007_grants', ...grants },
  { name: '0009_messages', ...messages },
  { name: '0010_deliveries', ...deliveries },
  { name: '0011_register_history', ...registerHistory },
  { name: '0012_grant_history', ...grantHistory },
  { name: '0013_visits', ...visits },
  { name: '0014_reviews', ...reviews },
  { name: '0015_documents', ...documents },
  { name: '0016_programmes', ...programmes },
  { name: '0017_papers', ...papers },
  { name: '0018_log', ...log },
  { name: '0019_retention', ...retention },
  { name: '0020_settings', ...settings },
  { name: '0021_time', ...time },
  { name: '0022_due_days', ...dueDays },
  { name: '0023_editions', ...editions },
  { name: '0025_training_by_expiry', ...trainingByExpiry },
  { name: '0031_unsent_forms', ...unsentForms },
  { name: '0032_offices_given', ...officesGiven },
  { name: '0033_password_links', ...passwordLinks },
  { name: '0034_cheaper_entries', ...cheaperEntries },
  { name: '0035_entries_compared', ...entriesCompared },
  { name: '0037_sign_in_tries', ...signInTries },
  { name: '0038_session_owners', ...sessionOwners },
  { name: '0039_last_keepers', ...lastKeepers },
  { name: '0040_proofs', ...proofs },
  { name: '0041_codes_changed', ...codesChanged },
  { name: '0042_codes_removed', ...codesRemoved },
  { name: '0046_columns_changed', ...columnsChanged },
  { name: '0049_calendar_addresses', ...calendarAddresses },
  { name: '0050_addresses_changed', ...addressesChanged },
  { name: '0051_session_kept', ...sessionKept },
  { name: '0054_provider', ...provider },
  { name: '0055_bound_addresses', ...boundAddresses },
  { name: '0057_passkeys', ...passkeys },
  { name: '0058_passkeys_removed', ...passkeysRemoved },
  { name: '0060_tokens', ...tokens },
  { name: '0061_counts_in_messages', ...countsInMessages },
  { name: '0062_rights_confirmed', ...rightsConfirmed },
  { name: '0063_right_runs_while_returned', ...rightRunsWhileReturned },
  { name: '0067_lifts', ...lifts },
  { name: '0072_bars_at_visits', ...barsAtVisits },
  { name: '0073_lawful_basis', ...lawfulBasis },
  { name: '0074_hearings', ...hearings },
  { name: '0078_considered', ...considered },
  { name: '0080_findings', ...findings },
  { name: '0081_redactions', ...redactions },
  { name: '0085_bindings_by_issuer', ...bindingsByIssuer },
  { name: '0086_leaflets', ...leaflets },
  { name: '0087_corrections', ...corrections },
  { name: '0088_hosts_corrected', ...hostsCorrected },
  { name: '0089_ends', ...ends },
  { name: '0090_ends_reviewed', ...endsReviewed },
  { name: '0091_breaches', ...breaches },
  { name: '0092_incident_hearings', ...incidentHearings },
  { name: '0093_time_passed', ...timePassed },
  { name: '0094_orders', ...orders },
  { name: '0095_conflicts', ...conflicts },
  { name: '0096_strategy_delegations', ...strategyDelegations },
  { name: '0097_access_requests', ...accessRequests },
  { name: '0099_lift_blocks', ...liftBlocks },
  { name: '0103_stages_watched', ...stagesWatched },
  { name: '0104_ends_heard', ...endsHeard },
  { name: '0105_kept_and_aware', ...keptAndAware },
  { name: '0106_reviews_of_ends_due', ...reviewsOfEndsDue },
  { name: '0107_attendances_corrected', ...attendancesCorrected },
  { name: '0108_records_corrected', ...recordsCorrected },
  { name: '0109_register_corrected', ...registerCorrected },
  { name: '0111_reviews_late_and_unasked', ...reviewsLateAndUnasked },
  { name: '0112_meetings_confirmed', ...meetingsConfirmed },
  { name: '0113_directions_and_ends', ...directionsAndEnds },
  { name: '0114_audit_requirements', ...auditRequirements },
  { name: '0115_once_only', ...onceOnly },
  { name: '0116_addresses_considered', ...addressesConsidered },
  { name: '0117_nothing_undone_from_below', ...nothingUndoneFromBelow },
];

export const migrationSource: Knex.MigrationSource<Migration> = {
  getMigrations: () => Promise.resolve([...migrations]),
  getMigrationName: ({ name }) => name,
  getMigration: ({ up, down }) => Promise.resolve({ up, down }),
};
