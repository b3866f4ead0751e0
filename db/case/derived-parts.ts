/**
 * What follows from the lists of a case, as `requestSelected` and `grantSelected` work it out in SQL where there is no
 * case: each table is then read once, and PostgreSQL sets up a third of the plan.
 */
import type { ObservationRequest } from '../../policies/request/request.js';
import { liveLiftNames } from '../../policies/need-to-know/lift.js';
import { liveNames } from '../../policies/request/live-seat.js';
import { endedAt, pauseOf } from '../../policies/decision/hearing.js';
import { pick } from '../../policies/core/fields/pick.js';
import type { StoredGrant } from '../grant/stored-grant.js';
import { toRequest } from '../request/stored-request.js';
import type { StoredCase } from './stored-case.js';

/** Those named in the review or the remittal that goes on: in no later one (`separatedColumns`). */
const namedNow = ({ named, reviews, remitted_at: remittedAt }: StoredCase) => {
  const asked = reviews.map(({ askedAt }) => askedAt.getTime());
  const ofReview = asked.length === 0 ? null : Math.max(...asked);
  const ofRemittal = remittedAt === null ? null : remittedAt.getTime();
  return named.filter(({ office, at }) => {
    const from = office === 'monitoring_officer' ? ofReview : ofRemittal;
    return from !== null && at.getTime() >= from;
  });
};

const signedBefore = ({
  sign_offs: signOffs,
  reviews,
  remittals,
  remitted_from: until,
  decided_before: before,
}: StoredCase): string[] => {
  if (until === null) return before;
  const signed = signOffs.filter(({ version }) => version <= until).map(({ personId }) => personId);
  const remitted = reviews.flatMap(({ version, outcome, decidedBy }) =>
    version <= until && outcome === 'remitted' && decidedBy !== null ? [decidedBy] : [],
  );
  const unasked = remittals.flatMap(({ version, remittedBy }) => (version <= until ? [remittedBy] : []));
  return [...new Set([...signed, ...remitted, ...unasked, ...before])];
};

const separationIn = (row: StoredCase) => ({
  councillor_id: row.councillor_id,
  councillor_name: row.councillor.name,
  host_id: row.host_id,
  host_name: row.host_name,
  manager_id: row.manager_id,
  acted_by: row.acted_by,
  conflicts: row.conflicts,
  signed_before: signedBefore(row),
  signers: [
    ...new Set([
      ...row.sign_offs.map(({ personId }) => personId),
      ...(row.grant?.ended_by ? [row.grant.ended_by] : []),
    ]),
  ],
  named: namedNow(row).map(({ office, personId }) => ({ office, personId })),
});

/** When the council ended what was granted (`endedByCouncil` of `requestSelected`). */
const endedByCouncil = ({ grant, observation_type: type }: StoredCase): Date | null => {
  if (grant === null || grant.ended_at === null) return null;
  const { ended_at: at, ended_because: because, journey_ends: others, visits } = grant;
  const ends = [...others, ...visits.flatMap(({ journeyEndedAt }) => journeyEndedAt ?? [])];
  const isJourneys = because === 'lapsed' && type === 'childs_journey' && ends.some((each) => each <= at);
  return because === 'revoked' || isJourneys ? at : null;
};

const statutoryRightIn = ({ version, rights, releases, content }: StoredCase) => {
  const last = rights.findLast((right) => right.version === version);
  if (last === undefined || last.review?.outcome === 'remitted') return null;
  const released = new Set(
    releases.filter((release) => release.version === version).map(({ category }) => category),
  );
  const asked = (content.papers ?? []).map(({ category }) => category);
  const due = last.covers ?? asked;
  const allReleased =
    (last.covers !== null || released.size > 0) && due.every((category) => released.has(category));
  return {
    ...pick(last, ['right', 'due', 'counts', 'claimed', 'cites', 'recordedBy']),
    reasoned: last.reasons !== null,
    allReleased,
  };
};

const reviewIn = ({ reviews }: StoredCase) => {
  const last = reviews.at(-1);
  return last === undefined
    ? null
    : {
        ...pick(last, ['version', 'askedAt', 'outcome', 'decidedAt']),
        late: last.late && pick(last.late, ['acceptedAt']),
      };
};

const orderIn = ({ directions, version }: StoredCase) => {
  const last = directions.findLast((each) => each.version + 1 === version && each.effect === 'order');
  return last === undefined ? null : pick(last, ['recordedBy', 'givenBy']);
};

const hearingIn = ({ hearings }: StoredCase) => {
  const last = hearings.at(-1);
  return last === undefined
    ? null
    : pick(last, ['version', 'matters', 'toldAt', 'dueOn', 'answeredAt', 'endedAt']);
};

/** The pause of a hearing ends at the latest with the next version: nobody is heard on the one before it any more. */
const pausesIn = ({ hearings, versions }: StoredCase) =>
  hearings.flatMap((hearing) => {
    const next = versions.find(({ version }) => version === hearing.version + 1);
    const pause = [pauseOf(hearing)];
    return next === undefined ? pause : endedAt(pause, next.at);
  });

/** The request of the case. */
export const requestIn = (row: StoredCase): ObservationRequest =>
  toRequest({
    ...separationIn(row),
    ...pick(row, ['id', 'reference', 'status', 'version', 'submitted', 'submitted_at', 'created_at']),
    ...pick(row, [
      'decided_at',
      'withdrawn_at',
      'time_passed_at',
      'manager_name',
      'observation_type',
      'content',
    ]),
    ...pick(row, ['remitted_at', 'named_ids']),
    review: reviewIn(row),
    statutory_right: statutoryRightIn(row),
    seats: row.sign_offs
      .filter(({ version, voidedAt }) => version === row.version && voidedAt === null)
      .map((signOff) => pick(signOff, liveNames)),
    lifts: row.lifts
      .filter(({ version, voidedAt }) => version === row.version && voidedAt === null)
      .map((lift) => pick(lift, liveLiftNames)),
    ordered: orderIn(row),
    hearing: hearingIn(row),
    returns: row.returns.map(({ returnedAt, resubmittedAt }) => ({ from: returnedAt, to: resubmittedAt })),
    pauses: pausesIn(row),
    grant_id: row.grant?.id ?? null,
    stage_before: row.stage_before,
    ended_at: endedByCouncil(row),
  });

/** The last undertaking of the councillor; null before the first. */
export const undertakingIn = ({ acceptances }: StoredCase) => {
  const last = acceptances.at(-1);
  return last === undefined ? null : { version: last.value, acceptedAt: last.at };
};

/** The register of the councillor, as `registerHistoryOf` has it: as it was each time, or as it is if it never changed. */
const registerIn = (
  { councillor }: StoredCase,
  { register }: NonNullable<StoredCase['grant']>,
): StoredGrant['register'] => {
  if (register.length > 0) return register;
  const { ward, standing, appointments, term_from: from, term_to: to } = councillor;
  // As the history keeps it: without what names one.
  const training = councillor.training.map(({ kind, completed, expires }) => ({ kind, completed, expires }));
  const { defeat_poll: poll, defeat_declared_at: declaredAt } = councillor;
  const defeat = poll !== null && declaredAt !== null ? { poll, declaredAt } : null;
  const value = { ward, standing, term: { from, to }, defeat, appointments, training };
  return [{ at: councillor.created_at, value }];
};

/** The grant of the case, with what it shares with its request. */
export const grantIn = (row: StoredCase, grant: NonNullable<StoredCase['grant']>): StoredGrant => ({
  ...grant,
  ...separationIn(row),
  finding: row.councillor.finding,
  register: registerIn(row, grant),
  acceptances: row.acceptances,
  protocols: row.protocols,
});
