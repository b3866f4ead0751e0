/** Everything the trail records. Never rename a type: old entries keep it. */
export const entryTypes = [
  // The door.
  'session.signed_in', // a person signed in
  'session.code_asked', // a password was right, and a code was asked for
  'session.signed_out', // a person signed out
  'session.ended', // a person ended one of their sessions
  'session.failed', // a sign-in failed
  'session.slowed', // so many failed in one account that the next has to wait
  'calendar.opened', // a person made a private address for their calendar program
  'calendar.closed', // they withdrew it
  'calendar.read', // a calendar program read it, for the first time that day
  'provider.bound', // an account was bound to its owner in the council’s own sign-in
  'provider.signed_out', // the council’s own sign-in ended sessions of a person
  'proof.given', // a person who was signed in proved themselves once more
  'proof.failed', // and a try to do so failed
  'codes.begun', // a person began to set up an app for codes
  'codes.confirmed', // its first code was right: it is in use
  'codes.recovery_made', // recovery codes were made, in place of those before
  'codes.removal_asked', // an administrator asked to remove somebody’s app for codes, with reasons
  'codes.removal_withdrawn', // and took that back
  'codes.removed', // a second person confirmed it: the key and the recovery codes are gone
  'passkey.added', // a person added a passkey to their account
  'passkey.removed', // they removed it
  'passkey.copied', // one was refused, since its counter had gone back
  'token.made', // a person made a token for a program
  'token.revoked', // its owner or an administrator ended it
  'token.listed', // the tokens were shown
  'token.failed', // a call came with a token that is none, or has ended
  'address.change_asked', // an administrator asked to change the address with which somebody signs in, with reasons
  'address.change_withdrawn', // and took that back
  'address.changed', // a second person confirmed it: the address is the one that was asked for
  'password.forgotten', // somebody asked for a link to set a password
  'password.set', // a person set their password with a link
  'password.changed', // a person changed their own with the one from before
  'account.created', // an account was made at the machine itself, or a link to its password
  // People and their offices.
  'person.listed', // a list of people was shown
  'person.read', // one person was opened
  'person.added', // an administrator added a person
  'person.changed', // an administrator changed a name or an address
  'person.invited', // a link to set a password was sent
  'person.suspended', // an account was suspended, with reasons
  'request.host_left', // the host, or the host's line manager, leaves, and others take over
  'leavers.read', // the list of people who leave, and of what waits for them, was shown
  'person.restored', // a suspension was lifted, with reasons
  'person.signed_out', // a person was signed out everywhere by somebody else
  'office.given', // an administrator gave an office
  'office.confirmed', // a second person confirmed it
  'office.ended', // it ends on a day, or was taken back before it counted
  // A request on its way.
  'request.drafted', // a councillor began a request
  'request.edited', // its author changed it, before or after handing it in
  'request.submitted', // it was submitted
  'request.resubmitted', // it was submitted again after a return
  'request.returned', // an office sent it back with questions
  'request.withdrawn', // the councillor took it back
  'request.time_passed', // its window was over before a decision, and it closed by itself
  'request.host_named', // the host of the visit was named or changed
  'request.answered', // an office answered the need-to-know questions
  'request.lift_said', // an office said whether it lifts a council rule for a version, with reasons
  'request.lifts_voided', // a change to the request voided what the offices said of council rules
  'meeting.confirmed', // an office said whether it was at a meeting that is recorded
  'request.discussed', // something was added to the discussion; never its text
  'request.signed', // an office signed off, for or against
  'request.seat_withdrawn', // an office took its sign-off back
  'request.seats_voided', // a change to the request voided the sign-offs on it
  'request.decided', // the request was approved or refused, with reasons
  'grant.made', // an approval became permission to attend
  // A refusal looked at again.
  'hearing.told', // Legal told the councillor the gist before a refusal
  'hearing.answered', // the councillor answered it
  'review.requested', // the councillor asked for a review
  'review.reviewer_named', // somebody was named to act where nobody of an office was free
  'review.late_weighed', // a review that was asked for late was accepted or not, with reasons
  'review.decided', // the review was decided, with reasons
  'request.carried_out', // Legal carried an order out
  'request.directed', // a committee or a court gave a direction
  'request.remitted_unasked', // a refusal that nobody asked to be looked at again is decided afresh, with reasons
  'request.remitted', // the same text is decided afresh, as a new version
  // Papers.
  'request.opened', // a wish for papers opened a draft of its own
  'right.recorded', // Legal recorded whether there is a statutory right
  'right.confirmed', // another person confirmed it, so that it counts
  'right.review_requested', // the councillor asked for a review of a denied right
  'right.review_decided', // it was decided, with reasons
  'papers.released', // papers were released, or came back
  // What follows from a grant.
  'grant.condition_marked', // a condition was met, breached, or is open again
  'grant.revoked', // somebody entitled ended it, with reasons
  'grant.lapsed', // a limit was over
  'grant.frozen', // an incident stopped it, or the loss of the seat
  'grant.freeze_confirmed', // Data Protection confirmed that it stays frozen, with reasons
  'grant.resumed', // a correction of the register lifted its freeze, or took its lapse back
  'grant.lapse_stands', // a correction of the register did not: another limit is over
  'grant.released', // Data Protection let it go on, with reasons
  'visit.planned', // a visit was planned
  'visit.moved', // its day, time, case or chaperone was changed
  'visit.cancelled', // it was called off
  'visit.checked', // one of the three checks was answered for it
  'visit.ended', // it ended before anybody attended
  'attendance.recorded', // what happened was recorded and judged
  'attendance.confirmed', // the councillor agreed, or did not
  'question.asked', // a question or a challenge was put
  'question.answered', // it was answered
  'incident.reported', // something lay outside of what was approved
  'incident.assessed', // Data Protection assessed it as a personal data breach, with reasons
  'incident.told', // Data Protection told the councillor what is alleged
  'incident.answered', // the councillor answered it
  'incident.case_added', // a case that nobody had planned was added; never which
  'incident.closed', // Data Protection closed it, with reasons
  // The register, the protocol, the programmes.
  'councillor.added', // a member was entered
  'councillor.changed', // a member's entry was changed
  'councillor.departed', // a member was confirmed as gone
  'appointment.recorded', // an appointment was entered or ended
  'training.recorded', // training was entered
  'register.imported', // a feed of the committee system was taken over
  'protocol.published', // a new version of the protocol
  'protocol.accepted', // a councillor gave the undertaking
  'leaflet.published', // a new version of what families are given
  'finding.recorded', // a finding of a breach of confidentiality
  'finding.listed', // the findings were shown
  'programme.opened', // members were invited
  // Retention and disposal.
  'hold.placed', // a legal hold was placed, with reasons
  'hold.lifted', // it was lifted, with reasons
  'hold.listed', // the legal holds were shown
  'correction.proposed', // somebody proposed to correct a slip, with reasons
  'correction.made', // a correction counts, with reasons
  'correction.refused', // a second person refused it, with reasons
  'correction.withdrawn', // who proposed it took it back
  'correction.read', // corrections were shown
  'redaction.reported', // somebody reported a text, with reasons, and it was hidden at once
  'redaction.confirmed', // the first of two people confirmed that it is erased
  'redaction.erased', // a second person confirmed it, and it was erased
  'redaction.put_back', // Data Protection put it back, with reasons
  'redaction.read', // reported texts were shown
  'retention.read', // it was looked at what is due for disposal
  'retention.proposed', // somebody proposed to dispose of what is due
  'retention.withdrawn', // the proposal was taken back
  'retention.disposed', // a second person confirmed it, and it was done, with values of the trail erased
  'retention.certificate_read', // a proposal or a certificate was opened
  'subject_access.recorded', // a subject access request was recorded
  'subject_access.extended', // it has two further months, with reasons
  'subject_access.marked', // passages of it were marked to be disclosed, redacted or withheld
  'subject_access.released', // a second person released the file
  'subject_access.read', // access requests, or the passages of one, were shown
  'subject_access.given', // a released file was shown
  'audit_requirement.recorded', // Internal Audit require named records for a named auditor, with reasons
  'audit_requirement.confirmed', // a second person confirmed it
  'audit_requirement.ended', // it was ended, with reasons
  'audit_requirement.read', // requirements of Internal Audit were shown
  // Readings of something confidential.
  'request.read', // one request was opened
  'request.listed', // a list of requests was shown
  'assessment.read', // an office's assessment was opened
  'discussion.read', // a discussion was opened
  'grant.read', // a grant was opened
  'visit.read', // a visit was opened
  'visit.listed', // a list of visits was shown
  'incident.read', // an incident was opened
  'incident.listed', // a list of incidents was shown
  'disclosures.searched', // it was asked what was disclosed, by case or by councillor
  'register.compared', // a feed was held against the register, and changed nothing
  'councillor.read', // one councillor's record was opened
  'councillor.listed', // a list of councillors was shown
  'audit.searched', // the trail itself was searched or read
  'audit.verified', // the whole trail was checked
  'audit.checkpoint_read', // its signed checkpoint was asked for
  'audit.proof_read', // one entry was shown, with the proof that it is in the tree
  'audit.growth_read', // it was shown how one tree grew into another
  'audit.exported', // part of it was handed out as a bundle
  'audit.heartbeat', // a day began: that nothing else happened shows as well
  'audit.continued', // signed as a new origin from here on, after the last checkpoint of the old one
  // The offices and their people.
  'deputy.registered', // a deputy was named for a principal
  'strategy.delegated', // the Director delegated strategy discussions to somebody
  'standby.read', // the deputies and absences were looked at
  'absence.recorded', // a principal was recorded as absent, or as back
  'conflict.recorded', // a conflict of interest was recorded
  'conflict.listed', // recorded conflicts were shown
  'conflict.contested', // the person contested it, with reasons
  'conflict.settled', // it was settled whether it stands, with reasons
  'conflict.ended', // it was ended, with reasons
  'authority.refused', // somebody tried what they may not do
  // Time.
  'deadline.reminded', // somebody was told that something is due soon
  'deadline.missed', // the head of an office, or the Monitoring Officer, was told that something was not done
  'deadline.moved', // a change of the calendar or the settings moved a deadline that was running
  'checkpoint.mailed', // the last signed checkpoint went to the auditors
  'reminders.gathered', // what people are to be told was put into one message each
  'settings.changed', // the council set something for itself
  'operations.read', // the jobs and the mail that waits were shown
  'wish.recorded', // somebody said how they wish to be reminded
  'message.sent_again', // a message that was given up was put back to be sent
  // The service itself.
  'message.sent', // a message was handed to the mail server
  'message.given_up', // a message was given up: never accepted, or nobody left to send it to
  'council.seeded', // the council's people and offices were loaded
] as const;
export type EntryType = (typeof entryTypes)[number];
