import { addDays, addMonths } from '../../policies/core/time/london.js';
import type { DateSpan } from '../../policies/core/time/spans.js';
import type { AppointmentKind, Standing } from '../../policies/register/member.js';
import type { Login } from './accounts.js';

/** One member as the register of the demonstration has them. */
export interface Member {
  readonly login: Login;
  readonly ward: string | null;
  readonly standing: Standing;
  readonly term: DateSpan;
  readonly appointment?: { readonly title: string; readonly kind: AppointmentKind } & DateSpan;
  readonly training: readonly {
    readonly kind: string;
    readonly completed: string;
    readonly expires: string;
  }[];
  /** Whether the protocol was accepted. */
  readonly undertaking: boolean;
}

/**
 * The day on which the term began: in May, and long enough ago that the oldest request of the
 * demonstration was made in it.
 */
export const termBegan = (today: string): string => {
  const thisYear = `${today.slice(0, 4)}-05-05`;
  return thisYear <= addDays(today, -90) ? thisYear : addMonths(thisYear, -12);
};

/** The six members; chair and member in good order for more than two years. */
export const members = (today: string): readonly Member[] => {
  const began = termBegan(today);
  // A term of four years that began at most fifteen months ago has more than two years left.
  const term = { from: began, to: addDays(addMonths(began, 48), -1) };
  const appointed = { from: addDays(began, 14), to: addMonths(today, 25) };
  const committee = {
    title: 'Children and Families Scrutiny Committee',
    kind: 'relevant_committee',
    ...appointed,
  } as const;
  const completed = addDays(today, -70);
  const trained = (kind: string) => ({ kind, completed, expires: addMonths(completed, 36) });
  const training = [trained('safeguarding'), trained('data_protection')];
  const inOrder = { standing: 'sitting', term, training, undertaking: true } as const;
  return [
    { login: 'scrutiny.chair', ward: 'Market', ...inOrder, appointment: committee },
    { login: 'scrutiny.member', ward: 'Riverside', ...inOrder, appointment: committee },
    {
      login: 'lead.member',
      ward: 'Northgate',
      ...inOrder,
      appointment: { title: 'Lead Member for Children’s Services', kind: 'lead_member', ...appointed },
    },
    {
      login: 'ward.member',
      ward: 'Hillside',
      ...inOrder,
      training: [trained('data_protection')],
      undertaking: false,
    },
    { login: 'coopted.member', ward: null, ...inOrder, standing: 'coopted', appointment: committee },
    {
      login: 'former.member',
      ward: 'Old Quay',
      standing: 'former',
      term: { from: addMonths(began, -48), to: addDays(began, 3) },
      training: [],
      undertaking: false,
    },
  ];
};

/** The protocol that every observer accepts: the working rules of report 10.39 in plain words. */
export const protocolText = `Protocol for councillors who observe work with children (demonstration)

By accepting this version I undertake that:

1. I observe only what was approved, within its dates, and with the host who was named.
2. I am accompanied throughout. I am never alone with a child.
3. I watch and listen. I take no part in the discussion; a word aside with my host is allowed.
4. I bring no devices. I take no notes and make no recording, and I take no papers away.
5. I leave at once when the host, the chair, the family or the child asks me to. Nobody has to say why.
6. I leave any closed part, and anything that turns out to concern somebody I know.
7. What I see and hear about a child or a family stays with me. I do not speak or write of it to anybody:
   not to other councillors, not to my group, not to the press, and not in any case of a constituent.
8. My questions and challenges come afterwards, to Children’s Services, in the agreed way, and speak of the
   service and not of a family.
9. I confirm the record of my visit, and say at once when something went otherwise than approved.
10. Permission may end at any time. It ends by itself with my term, my appointment or my training.
`;
