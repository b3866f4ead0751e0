/** How people meet the commands that lead to a decision. */
import { decide, discuss, signOff, withdrawSignOff } from '../../policies/decision/commands.js';
import { offered } from '../case/offered.js';
import { whileOpen as told } from '../case/while-open.js';
import { paths } from '../web/paths.js';

export const discussHere = offered(discuss, {
  says: 'Speak in the discussion',
  at: ({ row }) => paths.discussion(row.reference),
  told,
});

type TwoOffices = 'childrens_services' | 'democratic_services';
const officeText: Readonly<Record<TwoOffices, string>> = {
  childrens_services: 'Children’s Services',
  democratic_services: 'Democratic Services',
};

/** Signing for one of the two offices, and taking it back. */
export const signHere = (office: TwoOffices) => [
  offered(signOff, {
    says: `Sign for ${officeText[office]}`,
    at: ({ row }) => paths.sign(row.reference, office),
    each: (_file, given) => [{ ...given, office }],
    told,
  }),
  offered(withdrawSignOff, {
    says: `Withdraw the sign-off of ${officeText[office]}`,
    at: ({ row }) => paths.withdrawSignOff(row.reference, office),
    each: ({ row }, given) =>
      row.seats.some((seat) => seat.office === office) ? [{ ...given, office }] : [],
    told,
  }),
];

export const decideHere = offered(decide, {
  says: 'Decide for Legal',
  at: ({ row }) => paths.decide(row.reference),
  each: (_file, given) => [{ ...given, office: 'legal' }],
  told,
});
