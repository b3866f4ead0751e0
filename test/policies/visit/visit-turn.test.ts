/** What a visit waits for (need-to-know.md, sections 6 and 7). */
import { describe, expect, test } from '@jest/globals';
import type { Attendance } from '../../../policies/visit/attended.js';
import type { Visit } from '../../../policies/visit/visit.js';
import { visitTurn } from '../../../policies/visit/visit-turn.js';
import { defaultSettings } from '../../../policies/settings/settings.js';

/** Thursday before Easter 2026: two working days later is Wednesday 8 April. */
const visit = {
  date: '2026-04-02',
  from: '10:00',
  to: '12:00',
  endedAt: null,
  attendance: null,
} as Visit;
const at = (time: string) => new Date(`2026-04-02T${time}:00+01:00`);
const attendance = { outcome: 'attended', confirmation: null } as Attendance;
const confirmed = { ...attendance, confirmation: { agrees: true, comment: null, at: at('14:00') } };
const question = { dueOn: '2026-04-20', answeredAt: null };
const turn = (given: Partial<Visit>, questions: Parameters<typeof visitTurn>[1] = [], now = at('14:00')) =>
  visitTurn({ ...visit, ...given }, questions, now, defaultSettings);

describe('a visit waits', () => {
  test('for its day until it is over, then for the record, within two working days', () => {
    expect(turn({}, [], at('11:59'))).toMatchObject({ what: 'take_place', office: null });
    expect(turn({}, [], at('12:00'))).toEqual({ what: 'record', office: 'host', due: '2026-04-08' });
  });

  test('for nothing once it has ended without a record', () => {
    expect(turn({ endedAt: at('09:00') })).toBeNull();
  });

  test('for the earliest answer that is due, then for the confirmation, then for nothing', () => {
    const later = { ...question, dueOn: '2026-05-01' };
    expect(turn({ attendance }, [later, question])).toEqual({
      what: 'answer',
      office: 'childrens_services',
      due: '2026-04-20',
    });
    const answered = { ...question, answeredAt: at('13:00') };
    expect(turn({ attendance }, [answered])).toMatchObject({ what: 'confirm', office: 'councillor' });
    expect(turn({ attendance: confirmed, endedAt: at('12:00') }, [answered])).toBeNull();
  });
});
