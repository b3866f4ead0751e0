import type { Councillor } from '../../policies/subjects.js';

/** A councillor as the register has them; a finding of a breach is for the decision, not for the page. */
export const presentCouncillor = ({
  kind: _kind,
  breachUpheldOn: _breach,
  defeat,
  ...councillor
}: Councillor) => ({
  ...councillor,
  ...(defeat === null ? {} : { defeat }),
  can: [],
});
