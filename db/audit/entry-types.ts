/** Everything the trail records. A type is never renamed: what is written stays written. */
export const entryTypes = [
  // The door.
  'session.signed_in', // a person signed in
  'session.signed_out', // a person signed out
  'session.failed', // a sign-in failed
  // A request on its way.
  'request.drafted', // a councillor began a request
  'request.edited', // its author changed it, before or after handing it in
  'request.submitted', // it was handed in
  'request.resubmitted', // it was handed in again after a return
  'request.returned', // an office sent it back with questions
  'request.withdrawn', // the councillor took it back
  'request.host_named', // the host of the visit was named or changed
  'request.answered', // an office answered the need-to-know questions
  'request.discussed', // something was added to the discussion; never its text
  'request.signed', // an office signed off, for or against
  'request.seat_withdrawn', // an office took its sign-off back
  'request.seats_voided', // a change to the request voided the sign-offs on it
  'request.decided', // the request was approved or refused, with reasons
  'grant.made', // an approval became permission to attend
  // Reading what is confidential.
  'request.read', // one request was opened
  'request.listed', // a list of requests was shown
  'assessment.read', // an office's assessment was opened
  'discussion.read', // a discussion was opened
  'grant.read', // a grant was opened
  'councillor.read', // one councillor's record was opened
  'councillor.listed', // a list of councillors was shown
  'audit.searched', // the trail itself was searched or read
  // The offices and their people.
  'deputy.registered', // a deputy was named for a principal
  'standby.read', // the deputies and absences were looked at
  'absence.recorded', // a principal was recorded as absent, or as back
  'conflict.recorded', // a conflict of interest was recorded
  'authority.refused', // somebody tried what they may not do
  // The service itself.
  'message.sent', // a message was handed to the mail server
  'message.given_up', // a message was given up: never accepted, or nobody left to send it to
  'council.seeded', // the council's people and offices were loaded
  'policy.previewed', // a rule was tried out on a made-up case
] as const;
export type EntryType = (typeof entryTypes)[number];
