/**
 * The rule book: every rule that can say no, by its key, in words that the person refused can read, with
 * the authority it rests on. Refusals quote it; nothing else invents a rule.
 */
import { authorities, kindOfAuthority } from './authorities.js';
import { quotedGrounds } from './grounds.js';
import { Conflict, Forbidden, Invalid, type FieldError, type Rule } from './refusals.js';
import { keysOf } from './fields/keys-of.js';

interface Entry {
  readonly says: string;
  readonly authority: string;
}

const book = {
  // Who may
  office: { says: 'Your office does not do this.', authority: authorities.capacity },
  standing: {
    says: 'Only a councillor in office may do this. A former councillor reads and confirms, and nothing else.',
    authority: authorities.membership,
  },
  principal_present: {
    says: 'You are registered as deputy, and the principal is neither absent nor conflicted on this request.',
    authority: authorities.capacity,
  },
  head_signs: {
    says: 'For a strategy discussion the Children’s Services sign-off is given by the Director, or by somebody to whom the Director has delegated it in writing.',
    authority: authorities.observationTypes,
  },
  own_record: { says: 'You may record this for yourself alone.', authority: authorities.capacity },

  // Separation of duties
  requester: {
    says: 'The councillor who asks takes no part in deciding.',
    authority: authorities.separation,
  },
  any_councillor: { says: 'No councillor signs for an office.', authority: authorities.separation },
  host_signs: { says: 'The host of what is observed does not sign.', authority: authorities.separation },
  line_manager_signs: { says: 'The host’s line manager does not sign.', authority: authorities.separation },
  declared_relation: { says: 'A declared relation does not sign.', authority: authorities.separation },
  complaint: {
    says: 'A party to a complaint with the requester does not sign.',
    authority: authorities.separation,
  },
  recorded_conflict: {
    says: 'Someone with a recorded conflict does not sign.',
    authority: authorities.separation,
  },
  one_person_one_office: {
    says: 'You have signed this version for another office, or given reasons on a council rule for it: one person signs for one office only.',
    authority: authorities.separation,
  },
  host_is_councillor: {
    says: 'Neither the host nor the host’s line manager may be a councillor.',
    authority: authorities.separation,
  },
  host_conflicted: {
    says: 'Somebody with a relation to the councillor, or a complaint with them, is neither host nor line manager.',
    authority: authorities.separation,
  },
  host_signed: {
    says: 'Somebody who signed this request, or decided it before, neither hosts it nor manages who does.',
    authority: authorities.separation,
  },

  // The stage it is at
  stale_version: {
    says: 'The request has been changed since you read it. Read it again first.',
    authority: authorities.versions,
  },
  status: { says: 'This cannot be done at this stage of the request.', authority: authorities.lifecycle },
  time_passed: {
    says: 'The dates asked for were over before a decision, so this request is closed: nobody signs or changes it any more.',
    authority: authorities.time,
  },
  order_stands: {
    says: 'This is ordered by a court, the council or a committee with power. It is carried out, and nobody judges it again.',
    authority: authorities.ordersObeyed,
  },
  no_order: {
    says: 'No order of a court, the council or a committee with power is on record for this version.',
    authority: authorities.orders,
  },
  order_two_people: {
    says: 'You recorded the order: somebody else of Legal carries it out.',
    authority: authorities.separation,
  },
  order_bars: {
    says: 'What the law bars stands unless the order itself lifts it. Legal must say first what the order allows.',
    authority: authorities.bars,
  },
  seat_taken: { says: 'Your office has signed this version already.', authority: authorities.separation },
  no_seat: {
    says: 'Your office has no sign-off on this version to withdraw.',
    authority: authorities.separation,
  },
  seat_signed: {
    says: 'A sign-off stands already: the host and the line manager are named before any.',
    authority: authorities.separation,
  },

  // What a sign-off or a decision needs
  host_not_named: {
    says: 'Children’s Services must name the host and the host’s line manager before anyone signs.',
    authority: authorities.separation,
  },
  test_incomplete: {
    says: 'All fourteen questions must be answered, with their reasons, before anyone signs.',
    authority: authorities.wholeTest,
  },
  need_to_know: {
    says: 'The need to know is not established, so the request cannot be approved, whoever asks.',
    authority: authorities.documentsAndAttendance,
  },
  discussion: {
    says: 'Children’s Services, Legal and Democratic Services have not yet discussed this version.',
    authority: authorities.discussion,
  },
  meeting_unconfirmed: {
    says: 'A meeting counts as the discussion once each office that was there has confirmed it.',
    authority: authorities.discussion,
  },
  meeting_settled: {
    says: 'Your office is not named as present at this meeting, or it is on record already whether it was there.',
    authority: authorities.discussion,
  },
  meeting_other_person: {
    says: 'You spoke for another office at this meeting: one person speaks for one office.',
    authority: authorities.separation,
  },
  three_sign_offs: {
    says: 'Children’s Services and Democratic Services must both agree on this version before Legal approves it.',
    authority: authorities.separation,
  },
  legal_last: {
    says: 'Legal decides last: it may refuse before the other two have signed only where an answer blocks or an office objects.',
    authority: authorities.separation,
  },
  conflict: {
    says: 'The record of this conflict is not complete.',
    authority: authorities.conflicts,
  },
  conflict_over: {
    says: 'This conflict has ended, or was contested or settled already.',
    authority: authorities.conflicts,
  },
  conflict_own: {
    says: 'You declared this conflict yourself: end it instead of contesting it.',
    authority: authorities.conflicts,
  },
  conflict_of_oneself: {
    says: 'Nobody ends or settles a conflict that somebody else recorded about them: they contest it.',
    authority: authorities.conflicts,
  },
  conflict_chief_executive: {
    says: 'A conflict of the Monitoring Officer is for the Chief Executive: Democratic Services record it with the authority.',
    authority: authorities.conflicts,
  },
  conflict_recorder: {
    says: 'Only who recorded this conflict, or the Monitoring Officer, ends it.',
    authority: authorities.conflicts,
  },
  conflict_settler: {
    says: 'The Monitoring Officer settles a conflict that is contested.',
    authority: authorities.conflicts,
  },
  conflict_settled_by_another: {
    says: 'You recorded this conflict: somebody else settles it.',
    authority: authorities.conflicts,
  },
  conflicted_seat: {
    says: 'Somebody who signed has since been recorded as conflicted. Their office must withdraw that sign-off first.',
    authority: authorities.separation,
  },
  window_over: {
    says: 'The window asked for is over: nothing is approved after the event.',
    authority: authorities.grants,
  },
  privilege: {
    says: 'Only Legal and the Monitoring Officer mark an entry as privileged advice.',
    authority: authorities.visibility,
  },
  register: {
    says: 'The register says otherwise. Correct the register first.',
    authority: authorities.caseByCase,
  },
  upheld_finding: {
    says: `The ground ${quotedGrounds(['confidentiality_breach'])} needs an upheld finding on the register.`,
    authority: authorities.findings,
  },

  // Lifting a council rule
  council_rules_alone: {
    says: 'Only a rule of the council’s own can be lifted. The law, guidance and a need that is not established never are.',
    authority: authorities.lifts,
  },
  nothing_to_lift: {
    says: 'This answer blocks nothing, so there is nothing to lift.',
    authority: authorities.lifts,
  },
  lift_blocks: {
    says: 'The council rules that block here have changed. Read the test again before your office says whether it lifts them.',
    authority: authorities.lifts,
  },
  lift_given: {
    says: 'Your office has said this of the rule on this version already.',
    authority: authorities.lifts,
  },

  // The input
  grounds_of_blocks: {
    says: 'A refusal cites at least the grounds of every answer that blocks.',
    authority: authorities.caseByCase,
  },
  coded_ground: {
    says: 'An objection or a refusal cites at least one ground.',
    authority: authorities.caseByCase,
  },
  no_ground: { says: 'Agreeing and approving cite no ground.', authority: authorities.caseByCase },
  complete: { says: 'The request is not complete.', authority: authorities.caseByCase },
  window: { says: 'The window passes what the rules allow.', authority: authorities.window },
  grant_window: {
    says: 'The window approved lies within the window asked for.',
    authority: authorities.grants,
  },
  nothing_backdated: { says: 'Nothing is backdated.', authority: authorities.discussion },
  personal_data: {
    says: 'Personal data of children, families and others is never stored in free text.',
    authority: authorities.neverStored,
  },
  type_items: {
    says: 'The answer speaks of something that this type of observation does not call for.',
    authority: authorities.observationTypes,
  },
  lawful_basis: {
    says: 'The lawful basis does not name all that these categories call for.',
    authority: authorities.lawfulBasis,
  },
  route_by_legal: {
    says: 'Whether there is a lawful route is for Legal to say.',
    authority: authorities.bars,
  },
  hearing: {
    says: 'A refusal on purpose, a personal link or conduct, or an end because of an incident, comes after the councillor was told what is held against them and could answer.',
    authority: authorities.hearing,
  },
  hearing_told: {
    says: 'The councillor has been told the gist of this version.',
    authority: authorities.hearing,
  },
  hearing_needless: {
    says: 'Nothing in the test is held against the councillor that they must be heard on.',
    authority: authorities.hearing,
  },
  nothing_to_answer: {
    says: 'There is nothing to answer, or it is answered.',
    authority: authorities.hearing,
  },
  // Review, remittal, direction
  signed_before: {
    says: 'You signed or reviewed this request before it was remitted: it is decided afresh by others.',
    authority: authorities.review,
  },
  reviewer_signed: {
    says: 'Nobody reviews a decision who signed it, or who ended what was granted.',
    authority: authorities.review,
  },
  review_time: {
    says: 'The time to ask for a review of this is over.',
    authority: authorities.review,
  },
  review_in_time: {
    says: 'You are in time: leave out why it is late.',
    authority: authorities.review,
  },
  late_first: {
    says: 'This review was asked for late. Say first whether it is heard.',
    authority: authorities.review,
  },
  no_late_review: {
    says: 'No review that was asked for late is waiting to be accepted.',
    authority: authorities.review,
  },
  review_waits: {
    says: 'A review of this waits: the person who decides it may have the request decided afresh.',
    authority: authorities.review,
  },
  review_upheld: {
    says: 'A review upheld this refusal. The Monitoring Officer alone has it decided afresh.',
    authority: authorities.review,
  },
  remits_own: {
    says: 'You signed this request. Say why it is you who has it decided afresh.',
    authority: authorities.review,
  },
  review_asked: { says: 'A review of this was asked for already.', authority: authorities.review },
  no_review: { says: 'No review of this is waiting to be decided.', authority: authorities.review },
  nothing_to_review: {
    says: 'Only a refusal, an end that the council made of what was granted, or a closing by time after the decision was due is reviewed.',
    authority: authorities.review,
  },
  direction: {
    says: 'A direction is recorded once it is given, and is given after the refusal.',
    authority: authorities.review,
  },
  somebody_is_free: {
    says: 'The Chief Executive names somebody only where nobody of the office is free to act.',
    authority: authorities.review,
  },

  // Papers
  documents_only: {
    says: 'This belongs to an inspection of documents.',
    authority: authorities.papers,
  },
  right_first: {
    says: 'Legal must first record whether the councillor has a statutory right to these papers.',
    authority: authorities.papers,
  },
  right_stands: {
    says: 'The councillor has a statutory right to these papers: they are released under it, outside the test.',
    authority: authorities.statutoryRights,
  },
  statutory_right: {
    says: 'There is no such statutory right, or it does not release these papers.',
    authority: authorities.statutoryRights,
  },
  right_waits: {
    says: 'The right to these papers counts only once another person has confirmed it.',
    authority: authorities.statutoryRights,
  },
  no_right_waits: {
    says: 'No right to these papers waits to be confirmed.',
    authority: authorities.statutoryRights,
  },
  right_two_people: {
    says: 'You have recorded this right: another person confirms it.',
    authority: authorities.separation,
  },
  right_bars: {
    says: 'Legal must first answer what the law bars about these papers, and no bar may stand: a right lifts none.',
    authority: authorities.bars,
  },
  right_reasons: {
    says: 'The record of a right is not complete.',
    authority: authorities.statutoryRights,
  },
  right_denied: {
    says: 'Only the finding that a claimed right does not exist, once it is confirmed, is reviewed here, and once.',
    authority: authorities.review,
  },
  release: {
    says: 'Papers are released under a statutory right, or under a grant that allows it.',
    authority: authorities.papers,
  },
  journey: { says: 'A stage of a child’s journey follows the one before.', authority: authorities.journey },
  journey_early: {
    says: 'A further stage of a child’s journey is approved once the first attendance at the stage before is recorded, or that stage has ended.',
    authority: authorities.journey,
  },
  one_case: {
    says: 'A child’s journey is of one case through all its stages, and a councillor follows a case in one journey.',
    authority: authorities.journey,
  },

  // After approval
  grant_ended: { says: 'What was granted has ended.', authority: authorities.grants },
  grant_frozen: { says: 'What was granted is frozen.', authority: authorities.grants },
  seat_lost: {
    says: 'The seat was lost at an election: from the declared result nobody attends under what was granted.',
    authority: authorities.grants,
  },
  not_frozen: { says: 'Nothing freezes this grant.', authority: authorities.incidents },
  no_event_left: {
    says: 'Every event is used, or has its visit already.',
    authority: authorities.grants,
  },
  plan: { says: 'This visit plan breaks a rule.', authority: authorities.visits },
  one_observer: {
    says: 'Somebody else observes this conference: there is one observer at most.',
    authority: authorities.observationTypes,
  },
  visit_over: { says: 'The visit has ended, or what happened is on record.', authority: authorities.visits },
  refusal_reason: {
    says: 'Why somebody did not agree is never asked and never kept.',
    authority: authorities.neverStored,
  },
  attendance: { says: 'The record of what happened is not complete.', authority: authorities.attendance },
  attendance_recorded: {
    says: 'What happened at this visit is on record already.',
    authority: authorities.attendance,
  },
  not_yet: { says: 'The visit has not taken place yet.', authority: authorities.attendance },
  nothing_to_confirm: {
    says: 'There is no record of this visit that waits for your confirmation.',
    authority: authorities.attendance,
  },
  questions_after: {
    says: 'Questions and challenges come after the visit, through the agreed protocol.',
    authority: authorities.protocol,
  },
  question_answered: { says: 'This was answered already.', authority: authorities.protocol },
  freeze_confirmed: {
    says: 'The freeze of this grant is confirmed already.',
    authority: authorities.incidents,
  },
  case_added: { says: 'This case stands with the incident already.', authority: authorities.incidents },
  incident_closed: { says: 'This incident was closed already.', authority: authorities.incidents },
  incident_freezes: {
    says: 'A grant is still frozen by this incident: release or end each first.',
    authority: authorities.incidents,
  },
  breach_unsettled: {
    says: 'An incident that exposed personal data of others is closed once the breach was assessed, and reported where it must be.',
    authority: authorities.personalDataBreach,
  },
  breach: {
    says: 'The assessment of this breach is not complete, or contradicts itself.',
    authority: authorities.personalDataBreach,
  },
  incident: { says: 'The incident is not described completely.', authority: authorities.incidents },
  names_case: {
    says: 'A case is named by Children’s Services, Data Protection or the host, and by nobody else.',
    authority: authorities.visibility,
  },

  // The register, the protocol, programmes
  protocol_in_force: {
    says: 'Only the protocol that is in force is accepted.',
    authority: authorities.protocol,
  },
  protocol: { says: 'This protocol breaks a rule of publishing.', authority: authorities.protocol },
  finding: { says: 'This finding breaks a rule of the record.', authority: authorities.findings },
  leaflet: { says: 'This leaflet breaks a rule of publishing.', authority: authorities.leaflet },
  programme: { says: 'This programme does not fit.', authority: authorities.programmes },
  places: { says: 'Every place of the programme is taken.', authority: authorities.programmes },
  member: { says: 'This change of the register breaks a rule.', authority: authorities.registerOfMembers },
  feed: { says: 'This file cannot be read. Nothing was changed.', authority: authorities.registerOfMembers },

  answer_time: {
    says: 'The time to answer is over: the request counts as withdrawn. Ask again with a new request.',
    authority: authorities.time,
  },

  // The council's settings
  settings: { says: 'A setting is outside what a council may choose.', authority: authorities.defaults },
  settings_changed: {
    says: 'The settings have been changed since you read them. Read them again first.',
    authority: authorities.defaults,
  },
  holidays: {
    says: 'This list of bank holidays cannot be right. Nothing was changed.',
    authority: authorities.time,
  },

  // Retention and disposal
  two_people: {
    says: 'A second person confirms a disposal, whatever office you act for: you have proposed it yourself.',
    authority: authorities.twoPeople,
  },
  own_data: {
    says: 'Nobody takes part in keeping, giving out or disposing of what is held on themselves.',
    authority: authorities.twoPeople,
  },
  held: {
    says: 'A legal hold stands on this, or a subject access request that is not released: nothing of it is disposed of.',
    authority: authorities.twoPeople,
  },
  hold: {
    says: 'A hold is placed on a request that you may see, or on a councillor of the register.',
    authority: authorities.twoPeople,
  },
  hold_lifted: { says: 'This hold was lifted already.', authority: authorities.twoPeople },
  redaction_text: {
    says: 'There is no such text, or you cannot read it.',
    authority: authorities.redaction,
  },
  redaction_reported: {
    says: 'This text is hidden or erased already.',
    authority: authorities.redaction,
  },
  redaction_two_people: {
    says: 'Two people erase a text: you have confirmed it yourself.',
    authority: authorities.redaction,
  },
  redaction_data_protection: {
    says: 'One of the two people who erase a text acts for Data Protection.',
    authority: authorities.redaction,
  },
  redaction_held: {
    says: 'This text stays hidden, and cannot be erased yet: something that must be answered first covers it.',
    authority: authorities.keptForOthers,
  },
  redaction_over: {
    says: 'This text was erased or put back already.',
    authority: authorities.redaction,
  },
  access_request: {
    says: 'A subject access request is recorded once it came, with who asked and that their identity was checked.',
    authority: authorities.access,
  },
  access_over: { says: 'This file is released: nothing of it changes.', authority: authorities.accessFile },
  access_mark: {
    says: 'A passage is disclosed, or it names the exemption by which it is held back or reworded.',
    authority: authorities.accessExempt,
  },
  access_privilege: {
    says: 'Privileged advice is withheld here: it is for Legal and the council to give it up.',
    authority: authorities.exemptPrivilege,
  },
  access_passage: {
    says: 'This passage has changed since you read it. Read it again before you mark it.',
    authority: authorities.accessFile,
  },
  access_marks_changed: {
    says: 'A mark, or what is held, has changed since you read it. Read it again before you release the file.',
    authority: authorities.accessFile,
  },
  access_unmarked: {
    says: 'Each passage needs a mark before the file is released.',
    authority: authorities.accessFile,
  },
  access_two_people: {
    says: 'A second person of Data Protection releases the file: you have marked passages of it yourself.',
    authority: authorities.accessFile,
  },
  access_extended: {
    says: 'This request was extended already, and the law allows that once.',
    authority: authorities.accessMonth,
  },
  access_extension_late: {
    says: 'The person must be told of an extension while the first time to answer runs, and it is over.',
    authority: authorities.accessMonth,
  },
  audit_requirement: {
    says: 'A requirement names somebody of Internal Audit, requests that were submitted, and days that are not over.',
    authority: authorities.internalAudit,
  },
  requirement_two_people: {
    says: 'You recorded this requirement: a second person confirms it.',
    authority: authorities.openedToAudit,
  },
  requirement_own: {
    says: 'Nobody records or confirms a requirement that opens records to themselves.',
    authority: authorities.openedToAudit,
  },
  requirement_over: {
    says: 'This requirement has ended, or was confirmed already.',
    authority: authorities.openedToAudit,
  },
  redaction_privilege: {
    says: 'Privileged advice is erased by Data Protection together with Legal or the Monitoring Officer, and by no other office.',
    authority: authorities.redactionPrivilege,
  },
  correction_unknown: {
    says: 'There is nothing there to correct, or you cannot read it.',
    authority: authorities.corrections,
  },
  correction_settled: {
    says: 'A correction changes no outcome, grounds, conditions, categories or dates. Another outcome needs a review or a direction; an end, a revocation; other conditions, categories or dates, a new request.',
    authority: authorities.decisionStands,
  },
  correction_recorder: {
    says: 'The person who recorded this corrects it. Another person of the office does so once that person acts for it no more.',
    authority: authorities.corrections,
  },
  correction_same: {
    says: 'This is what stands on record already.',
    authority: authorities.corrections,
  },
  correction_two_people: {
    says: 'You proposed this correction: a second person of the office confirms or refuses it.',
    authority: authorities.corrections,
  },
  correction_proposer: {
    says: 'The person who proposed a correction withdraws it. A second person of the office refuses it.',
    authority: authorities.corrections,
  },
  correction_waits: {
    says: 'A correction of this waits to be confirmed already.',
    authority: authorities.corrections,
  },
  correction_over: {
    says: 'This correction was confirmed, refused or withdrawn already.',
    authority: authorities.corrections,
  },
  nothing_due: { says: 'Nothing of this is due for disposal.', authority: authorities.retention },
  disposal_proposed: {
    says: 'A disposal of this is proposed already.',
    authority: authorities.twoPeople,
  },
  disposal_over: {
    says: 'This proposal was confirmed or withdrawn already.',
    authority: authorities.twoPeople,
  },
  disposal_changed: {
    says: 'Something has changed since this was proposed. Nothing was disposed of: withdraw it and propose it again.',
    authority: authorities.twoPeople,
  },

  // Offices
  office_waits: {
    says: 'Nobody confirms an office that they gave or one of their own, and no deputy does: a second person confirms it.',
    authority: authorities.givingOffices,
  },
  office_confirmed: { says: 'This office was confirmed already.', authority: authorities.givingOffices },
  office_ended: { says: 'This office has ended.', authority: authorities.givingOffices },
  last_keeper: {
    says: 'This is the last administrator, or the last Monitoring Officer, who can sign in: somebody else must hold the office first.',
    authority: authorities.givingOffices,
  },
  own_office: {
    says: 'Nobody gives or ends an office of their own, or suspends themselves.',
    authority: authorities.givingOffices,
  },
  office_held: {
    says: 'They hold this office on these days already.',
    authority: authorities.givingOffices,
  },
  one_head: {
    says: 'The office has another head on these days. End that office first.',
    authority: authorities.givingOffices,
  },
  councillor_office: {
    says: 'The councillor’s office comes with the register, and is neither given nor ended here.',
    authority: authorities.givingOffices,
  },
  member_account: {
    says: 'This is the account of a councillor: the register has their name and their address.',
    authority: authorities.registerOfMembers,
  },
  person: { says: 'This account breaks a rule.', authority: authorities.accounts },
  not_suspended: { says: 'This account is not suspended.', authority: authorities.accounts },
  sign_in_address: {
    says: 'The address of an account that is in use, or has an office, is not changed by one person: links to its password go there. Ask for the change, and a second person confirms it.',
    authority: authorities.accounts,
  },

  // Accounts
  link: {
    says: 'This link does not work any more. It works once, and for a time. Ask for another.',
    authority: authorities.accounts,
  },
  passphrase: { says: 'This password cannot be used.', authority: authorities.accounts },
  not_bound: {
    says: 'The council’s sign-in knows you, but no account here that is in use is yours. Ask an administrator of this service for an invitation.',
    authority: authorities.accounts,
  },
  bound_to_another: {
    says: 'This account opens for somebody else in the council’s sign-in. It opens for you once two others have removed that.',
    authority: authorities.accounts,
  },
  bound_address: {
    says: 'This account is in use already, and your account in the council’s sign-in has another address. Ask an administrator: two people change the address here.',
    authority: authorities.accounts,
  },
  bound_elsewhere: {
    says: 'In the council’s sign-in you are somebody who has another account here already.',
    authority: authorities.accounts,
  },
  break_glass: {
    says: 'The account for emergencies is bound to nobody in the council’s sign-in: it has a password.',
    authority: authorities.accounts,
  },
  break_glass_administers: {
    says: 'The account for emergencies is an administrator’s.',
    authority: authorities.accounts,
  },
  passwords_off: {
    says: 'People sign in with the council’s own sign-in here. Only the account for emergencies has a password.',
    authority: authorities.accounts,
  },
  step_up: {
    says: 'You have not proved lately that it is you. Enter your password, or a code if you have an app for codes, or use your passkey if you have one, once more.',
    authority: authorities.stepUp,
  },
  codes_first: {
    says: 'Your office needs a passkey or an app for codes. Set one up under “Your account” first.',
    authority: authorities.stepUp,
  },
  proof: { says: 'This does not prove that it is you.', authority: authorities.stepUp },
  codes: {
    says: 'An app for codes is in use once its first code was right. Begin to set one up.',
    authority: authorities.accounts,
  },
  passkey: {
    says: 'This passkey cannot be added: its answer came too late, or is none that this service asked for.',
    authority: authorities.stepUp,
  },
  passkeys_here: {
    says: 'Passkeys work only where the service has an address with a name, such as https://observe.council.example: ask who runs it to set BASE_URL.',
    authority: authorities.accounts,
  },
  no_passkey: {
    says: 'You have no passkey that could prove that it is you. Add one under “Your account”.',
    authority: authorities.accounts,
  },
  passkeys_enough: {
    says: 'You have as many passkeys as one person may have. Remove one that you do not use.',
    authority: authorities.accounts,
  },
  no_codes: {
    says: 'They have no app for codes, no passkey and no link to the council’s own sign-in that could be removed.',
    authority: authorities.accounts,
  },
  codes_two_people: {
    says: 'Two people remove what a third proves themselves by: nobody asks for it or confirms it for themselves, nobody confirms what they asked for, and no deputy confirms it.',
    authority: authorities.stepUp,
  },
  removal_asked: {
    says: 'Their removal has been asked for already. It waits for a second person.',
    authority: authorities.stepUp,
  },
  removal_of_another: {
    says: 'The person who asked for this removal withdraws it, and nobody else does.',
    authority: authorities.stepUp,
  },
  removal_over: {
    says: 'No such removal waits: nobody has asked for it, it was withdrawn, or the time to confirm it is over. An administrator may ask for it again.',
    authority: authorities.stepUp,
  },
  token_scope: {
    says: 'This token does not open this. A token opens what its scope says, and nothing else.',
    authority: authorities.accounts,
  },
  token_deputy: {
    says: 'A deputy makes no token: it would outlast the absence that they stand in for.',
    authority: authorities.accounts,
  },
  token_over: { says: 'This token has ended already.', authority: authorities.accounts },
  token_named: {
    says: 'You have a token of this name already. Its secret was shown when it was made, and nobody can show it again. Use another name, or revoke that one first.',
    authority: authorities.accounts,
  },
  token: { says: 'A token cannot be made like this.', authority: authorities.accounts },
  address_free: {
    says: 'Nothing hangs on this address yet: change it without a second person.',
    authority: authorities.accounts,
  },
  address_two_people: {
    says: 'Two people change the address of a third: nobody asks for it or confirms it for themselves, nobody confirms what they asked for, and no deputy confirms it.',
    authority: authorities.accounts,
  },
  address_asked: {
    says: 'A change of this address has been asked for already. It waits for a second person.',
    authority: authorities.accounts,
  },
  address_of_another: {
    says: 'The person who asked for the change of this address withdraws it, and nobody else does.',
    authority: authorities.accounts,
  },
  address_over: {
    says: 'No change of this address waits: nobody has asked for it, it was withdrawn, or the time to confirm it is over. An administrator may ask for it again.',
    authority: authorities.accounts,
  },
  administrated: {
    says: 'An administrator, or who holds this office, can sign in already. An administrator makes accounts on the pages. To recover the service, say so with --recover, --by and --reason.',
    authority: authorities.accounts,
  },
  members_shown: {
    says: 'The number of members who can be invited has changed since you looked. Look again first.',
    authority: authorities.accounts,
  },
  account_suspended: { says: 'This account is suspended.', authority: authorities.accounts },
  administrator_alone: {
    says: 'An administrator holds no other office, and takes no part in any request.',
    authority: authorities.givingOffices,
  },

  people: { says: 'The people named are not suitable.', authority: authorities.separation },

  // Before anything is read
  same_origin: {
    says: 'A change must come from a page of this service.',
    authority: authorities.integrity,
  },
} as const satisfies Record<string, Entry>;

export type RuleKey = keyof typeof book;

export const ruleKeys: readonly RuleKey[] = keysOf(book);

/** A rule's key, its authority and whose that is, as a refusal carries them. */
export const ruleOf = (key: RuleKey): Rule => {
  const { authority } = book[key];
  return { rule: key, authority, kind: kindOfAuthority(authority) };
};

/** A rule in words. */
export const ruleSays = (key: RuleKey): string => book[key].says;

/** 403 by a rule. */
export const forbid = (key: RuleKey): Forbidden => new Forbidden(ruleSays(key), ruleOf(key));

/** 409 by a rule; `detail` where more can be said than the rule itself. */
export const conflict = (key: RuleKey, detail?: string): Conflict =>
  new Conflict(detail ?? ruleSays(key), ruleOf(key));

/** 422 by a rule, with the fields at fault. */
export const invalid = (key: RuleKey, errors: readonly FieldError[]): Invalid =>
  new Invalid(errors, ruleOf(key), ruleSays(key));
