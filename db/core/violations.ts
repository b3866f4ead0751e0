import { emailTaken } from '../../policies/register/register-keeping.js';
import { conflict, forbid } from '../../policies/core/rules.js';
import type { Refusal } from '../../policies/core/refusals.js';

/**
 * The rules behind the database's own guards. The code checks the rules first, under the request's lock, so a guard
 * speaks only if something got past them.
 */
export const violations: Readonly<Record<string, () => Refusal>> = {
  sign_offs_one_an_office: () => conflict('seat_taken'),
  sign_offs_one_a_person: () => forbid('one_person_one_office'),
  sign_offs_current_version: () => conflict('stale_version'),
  sign_offs_kept: () => conflict('status'),
  answers_frozen: () => conflict('status'),
  requests_settled: () => conflict('status'),
  grants_kept: () => conflict('status'),
  visits_one_observer: () => conflict('one_observer'),
  visits_kept: () => conflict('visit_over'),
  attendances_pkey: () => conflict('attendance_recorded'),
  attendance_without_authority: () => conflict('grant_ended'),
  attendance_confirmations_pkey: () => conflict('nothing_to_confirm'),
  grant_freezes_kept: () => conflict('not_frozen'),
  incidents_kept: () => conflict('incident_closed'),
  releases_kept: () => conflict('release', 'That these papers came back is on record already.'),
  releases_unique: () => conflict('release', 'This release is on record already.'),
  release_without_authority: () => conflict('release'),
  visit_questions_kept: () => conflict('question_answered'),
  reviews_one_a_refusal: () => conflict('review_asked'),
  reviews_kept: () => conflict('no_review'),
  requests_remitted: () => conflict('status'),
  reviews_by_another: () => forbid('reviewer_signed'),
  sign_offs_afresh: () => forbid('signed_before'),
  people_email_unique: () => emailTaken(),
  people_address_two_people: () => conflict('sign_in_address'),
  address_changes_two_people: () => forbid('address_two_people'),
  offices_held_once: () => conflict('office_held'),
  offices_held_one_head: () => conflict('one_head'),
  offices_held_kept: () => conflict('office_confirmed'),
  offices_held_confirmer: () => forbid('office'),
  offices_held_two_people: () => forbid('office_waits'),
  last_keeper_stays: () => conflict('last_keeper'),
  administrator_alone: () => conflict('administrator_alone'),
  sign_offs_confirmed: () => forbid('office'),
  password_links_once: () => conflict('link'),
  legal_holds_kept: () => conflict('hold_lifted'),
  disposals_two_people: () => forbid('two_people'),
  disposals_one_open: () => conflict('disposal_proposed'),
  disposals_kept: () => conflict('disposal_over'),
  disposal_held: () => conflict('held'),
  disposal_not_due: () => conflict('disposal_changed'),
  disposal_changed: () => conflict('disposal_changed'),
  grants_lawful_basis: () => conflict('lawful_basis'),
  approval_needs_three_sign_offs: () => conflict('three_sign_offs'),
};
