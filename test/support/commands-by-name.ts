/**
 * The commands on a request by their names, checked step by step: authority, version, status and separation of duties
 * alone, or the hindrances with the check of the input.
 */
import type { CommandName } from '../../policies/permission/every-command.js';
import { requestCommands } from '../../policies/permission/every-command.js';
import type { Command, GivenOf } from '../../policies/command/command.js';
import {
  assertUnhindered,
  available as availableOf,
  permitOn,
  type Who,
} from '../../policies/permission/permit.js';
import type { Acting } from '../../policies/people/actor.js';
import type { Seat } from '../../policies/core/office.js';
import { defaultSettings } from '../../policies/settings/settings.js';
import type { StageBefore } from '../../policies/core/time/stage-before.js';
import type { ObservationRequest } from '../../policies/request/request.js';
import { decide, signOff } from '../../policies/decision/commands.js';
import { assertGroundsOfDecision, assertGroundsOfSignOff } from '../../policies/decision/sign-off.js';
import type { TestResult } from '../../policies/need-to-know/test.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import type { Coded } from '../../policies/decision/signed.js';

type RequestCommand = Command<CommandName, 'Request'>;

export const commandOf = (name: CommandName): RequestCommand => {
  const found = (requestCommands as readonly RequestCommand[]).find((each) => each.name === name);
  if (!found) throw new Error(`There is no command ${name}.`);
  return found;
};

/** @throws Forbidden, Conflict */
export const permit = (
  name: CommandName,
  who: Who,
  row: ObservationRequest,
  given: GivenOf<'Request'> = {},
): Acting => {
  // What the rules say of who has proved lately who they are.
  const proof = { by: 'passphrase', at: new Date(0) } as const;
  const { proof: _proof, ...acting } = permitOn(
    { ...commandOf(name), closedBy: [] },
    { proof, ...who },
    row,
    given,
  );
  return acting;
};

/** The `can` of a request. */
export const available = (who: Who, row: ObservationRequest): CommandName[] =>
  availableOf(requestCommands, who, row, {});

/** What stands on the version to be signed or decided. */
export interface OnRecord {
  readonly row: ObservationRequest;
  readonly test: TestResult;
  readonly discussed: boolean;
  readonly upheldFinding: boolean;
  /** Left out, it continues no stage of a child's journey. */
  readonly stageBefore?: StageBefore;
}

/** As much of a file as what hinders these two is read from. */
const fileOf = ({ row, test, ...known }: OnRecord): CaseFile =>
  ({
    row,
    stageBefore: null,
    meetings: [],
    ...known,
    assessment: { given: [], test, proposed: {} },
    settings: defaultSettings,
    at: new Date(0),
  }) as unknown as CaseFile;

/** @throws Conflict, Invalid */
export const checkSignOff = (office: Seat, given: Coded, on: OnRecord): void => {
  assertUnhindered(signOff, fileOf(on), { office, grounds: given.grounds });
  assertGroundsOfSignOff(given);
};

/** @throws Conflict, Invalid */
export const checkDecision = (given: Coded, on: OnRecord): void => {
  assertUnhindered(decide, fileOf(on), { office: 'legal', ...given });
  assertGroundsOfDecision(given, on.test);
};
