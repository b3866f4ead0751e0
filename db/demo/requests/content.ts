import type { RequestContent } from '../../../policies/request/request.js';
import type { Login } from '../accounts.js';
import type { Council } from '../council.js';

const noDeclarations = { collateralPurpose: 'no', connection: 'none', documents: 'no' } as const;

type Asked = Pick<RequestContent, 'observationType' | 'necessity' | 'window' | 'events' | 'alternatives'> & {
  readonly citation: string;
};

/** A request of a committee member, based on the committee's work programme. */
export const asCommitteeMember =
  (login: Login, { citation, ...asked }: Asked) =>
  (council: Council): RequestContent => ({
    ...asked,
    role: { kind: 'relevant_committee', appointmentId: council.appointmentId(login) },
    authority: { kind: 'work_programme', citation },
    declarations: noDeclarations,
  });

/** A request of the lead member, based on the appointment. */
export const asLeadMember =
  ({ citation, ...asked }: Asked) =>
  (council: Council): RequestContent => ({
    ...asked,
    role: { kind: 'lead_member', appointmentId: council.appointmentId('lead.member') },
    authority: { kind: 'appointment', citation },
    declarations: noDeclarations,
  });
