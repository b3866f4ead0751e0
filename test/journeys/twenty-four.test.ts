/**
 * The twenty-four journeys that the second edition was thought through with, each with the tests that walk it through HTTP.
 * It fails when a test that it names is gone.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';

const tests = path.resolve(import.meta.dirname, '..');

/** A file below `test`, and the title that its source has in quotes. */
type Shown = readonly [file: string, title: string];

const journeys: Readonly<Record<string, readonly Shown[]>> = {
  'a lead member and a live strategy discussion': [
    [
      'server/need-to-know/bars',
      'for a strategy discussion is approved with the written agreement of the police, and not without',
    ],
  ],
  'a request two hours ahead': [
    [
      'server/request/too-soon',
      'is warned of while asking, with what can be had at once, and is taken all the same',
    ],
    ['server/request/too-soon', 'is not decided faster: no seat is skipped, and Legal decide last'],
  ],
  'a request for last week': [
    [
      'server/request/too-soon',
      'a request for last week is refused as it is handed in, naming the field: nothing is approved after the event',
    ],
  ],
  'one person for two offices': [
    [
      'journeys/who-signs',
      'signs for one and is refused for the second, whichever comes first; another of that office signs',
    ],
  ],
  'a deputy whose principal is present': [
    ['journeys/who-signs', 'reads and signs nothing, and is told the rule and whose it is'],
    [
      'journeys/who-signs',
      'signs where the principal has a recorded conflict on this reference, as deputy for them, and on no other',
    ],
  ],
  'a party reason in a refusal, considered, upheld and shown to the reviewer': [
    ['journeys/considered', 'is asked about, considered, upheld and shown to the reviewer'],
  ],
  'ward casework with and without the constituent’s authority': [
    [
      'server/request/ward-casework',
      'with the authority of the constituent is approved as an inspection of documents',
    ],
    ['server/request/ward-casework', 'without it is not handed in, and the field is named'],
  ],
  'a wrong conflict': [
    [
      'journeys/who-signs',
      'is told, contested and settled: meanwhile it stands, afterwards the person signs, and what was refused stays',
    ],
  ],
  'a child’s name in the discussion': [
    ['journeys/redaction', 'is hidden at once wherever it stands, and Data Protection are told'],
    ['journeys/redaction', 'is then in no table, message, log line, page or bundle, and every proof holds'],
  ],
  'the Director away with and without a delegation': [
    [
      'server/standby/delegations',
      'the deputy without a delegation does not sign a strategy discussion, and the answer says who does',
    ],
    [
      'server/standby/delegations',
      'whoever holds the delegation signs it, so that nobody’s absence delays the meeting',
    ],
  ],
  'a court’s order to admit a member, and a committee’s recommendation': [
    [
      'server/review/orders',
      'lifts no bar of law by itself: a court’s order to admit opens proceedings in the words that Legal record',
    ],
    [
      'server/review/orders',
      'has the same text decided afresh by others, as what was sent before orders were told apart',
    ],
  ],
  'an officer leaving between two signatures': [
    [
      'server/leaving/leavers',
      'an officer leaves between two signatures: the sign-off stands, and the others decide',
    ],
  ],
  'a council-rule block lifted by three and refused by two': [
    [
      'server/need-to-know/lifts',
      'is lifted by three and approved: the Monitoring Officer is told, and all of it is on the trail',
    ],
    [
      'server/need-to-know/lifts',
      'stays where two decline, is refused on the ground of a council rule, and never called the law',
    ],
  ],
  'proceedings in month four of a journey': [
    [
      'server/request/stages',
      'proceedings in month four end the journey: the councillor is told “to protect others” and no more, and no third stage follows',
    ],
  ],
  'a second stage before the first was attended': [
    [
      'server/request/stages',
      'a second stage before the first was attended is not approved, by the council’s own rule; an attendance opens it',
    ],
    ['server/request/stages', 'a second stage before the first was attended may be refused'],
    ['server/request/stages', 'a second stage waits for no attendance once the first has ended'],
  ],
  'a wrong host named after the grant': [
    [
      'server/correction/host',
      'a wrong host named after the grant is corrected at once, and the one before reads it no more',
    ],
  ],
  'a redaction asked for under a legal hold': [
    ['journeys/redaction', 'hides the text, and erases it only once the hold is lifted'],
  ],
  'a home visit during desk shadowing': [
    [
      'server/incident/home-visit',
      'it is an incident for Data Protection the same day, which the host caused: nothing freezes',
    ],
    [
      'server/incident/home-visit',
      'what was learned beyond the approval stands among the disclosures, as not authorised',
    ],
    [
      'server/incident/home-visit',
      'it closes once the breach was reported and the family told, and not before',
    ],
    [
      'server/incident/home-visit',
      'where the councillor went along of their own accord, what they were granted freezes until they were heard',
    ],
  ],
  'a slip in a decision’s reasons': [
    [
      'server/correction/decision',
      'is refused where it would change what was decided, with the law and the right way',
    ],
    ['server/correction/decision', 'counts from then on: both texts stand, and those concerned are told'],
    ['server/correction/decision', 'stands on the notice as corrected on its day, to the councillor as well'],
  ],
  'a seat lost on Thursday before a Friday visit, and a by-election won before the lapse': [
    [
      'journeys/seat-lost',
      'pauses the grant at the declared result, by the council’s own rule, and tells the member and the host',
    ],
    [
      'journeys/seat-lost',
      'lets nobody attend on the Friday: who comes all the same is recorded as unauthorised, with an incident',
    ],
    ['journeys/seat-lost', 'ends the grant and the visit on the fourth day after the poll, and not before'],
    [
      'journeys/seat-lost',
      'clears no lost seat before the fourth day, and what was granted stays paused until then',
    ],
    ['journeys/seat-lost', 'revives nothing, and lets the member be granted something new, where %s'],
  ],
  'a review on the tenth day after Easter when the Monitoring Officer had signed': [
    ['journeys/after-easter', 'is asked for until its end, as Good Friday and Easter Monday do not count'],
    [
      'journeys/after-easter',
      'is asked for no more one day later: the answer names the rule and the last day',
    ],
    [
      'journeys/after-easter',
      'of what the Monitoring Officer had signed is decided by the deputy, and not by them',
    ],
  ],
  'an upheld leak': [
    [
      'journeys/upheld-leak',
      'is recorded, told, shown beside proportionality, heard and then cited in the refusal',
    ],
    [
      'journeys/upheld-leak',
      'is cited no longer once its last day is over, even where the councillor was heard on it',
    ],
  ],
  'a wrong attendance': [
    [
      'journeys/wrong-attendance',
      'a wrong attendance is proposed by who recorded it, confirmed by a second person, and both records stand',
    ],
    [
      'journeys/wrong-attendance',
      'tells the councillor, who confirms the record again where they had confirmed it',
    ],
    [
      'journeys/wrong-attendance',
      'that shows something outside is an incident for Data Protection, as a first record is',
    ],
    ['journeys/wrong-attendance', 'that shows it was inside closes no incident, and stands beside it'],
    [
      'journeys/wrong-attendance',
      'of somebody who did not attend at all gives the event back, and is no disclosure any more',
    ],
    [
      'journeys/wrong-attendance',
      'of somebody who attended after all uses an event, and is judged as if it had been recorded so',
    ],
  ],
  'a subject-access request while a refusal is under review': [
    [
      'journeys/access-under-review',
      'leaves nothing of the review out, and proposes what is the councillor’s and what the offices keep',
    ],
    ['journeys/access-under-review', 'is marked by one person and not released by the same'],
    [
      'journeys/access-under-review',
      'waits for new marks where the review is decided meanwhile, and undecided seats start as withheld',
    ],
    [
      'journeys/access-under-review',
      'gives the file that was marked, which stays as it is while the request is decided afresh',
    ],
  ],
};

describe('the twenty-four journeys', () => {
  test('are all named, each with a test that walks it', () => {
    expect(Object.keys(journeys)).toHaveLength(24);
    expect(Object.values(journeys).filter((those) => those.length === 0)).toEqual([]);
  });

  const shown = Object.entries(journeys).flatMap(([journey, those]) =>
    those.map(([file, title]) => [journey, file, title] as const),
  );
  test.each(shown)('%s is walked by a test that is there: %s › %s', (_journey, file, title) => {
    const place = path.join(tests, `${file}.test.ts`);
    expect([file, existsSync(place)]).toEqual([file, true]);
    const source = readFileSync(place, 'utf8');
    const quoted = ["'", '`', '"'].some((mark) => source.includes(`${mark}${title}${mark}`));
    expect([title, quoted]).toEqual([title, true]);
  });
});
