import type { RequestContent } from '../../../../../policies/request/request.js';
import { paths } from '../../../../web/paths.js';
import { wardOf } from '../../../../../policies/settings/settings.js';
import { inWords } from '../../../../web/pages/words.js';
import { inDays } from '../../../../../policies/core/words/in-days.js';
import { submissionFaults, type Before } from '../../../../../policies/request/submission.js';
import { authoritySays, declarationSays } from './guidance.js';
import type { Step, StepKey } from './step.js';
import { declared, isBegun, owns, stepsFor } from './steps.js';

export type PartState = 'not_started' | 'problem' | 'completed';

/** One part of a request as the list of parts and the check of the answers show it. */
export interface Part {
  readonly key: StepKey;
  readonly title: string;
  readonly optional: boolean;
  readonly state: PartState;
  /** Its faults, if it was begun. */
  readonly faults: readonly string[];
  /** Its answers, line by line; empty if there are none. */
  readonly lines: readonly string[];
  readonly href: string;
}

const spanInWords = ({ from, to }: { readonly from: string; readonly to: string }) =>
  `${inDays(from)} to ${inDays(to)}`;

const roleInWords = (
  { role }: RequestContent,
  { settings, councillor: { appointments, ward } }: Pick<Before, 'settings' | 'councillor'>,
): string[] => {
  if (!role) return [];
  const held = appointments.find(({ id }) => id === role.appointmentId);
  if (held) return [held.title];
  return [
    role.kind === 'ward' && ward !== null ? `Councillor for ${ward} ${wardOf(settings)}` : inWords(role.kind),
  ];
};

/** The answers in one part, line by line, in words. */
export const linesOf = (
  key: StepKey,
  content: RequestContent,
  { settings, councillor }: Pick<Before, 'settings' | 'councillor'>,
): string[] => {
  const { observationType, authority, window, events, declarations, papers, claimedRight } = content;
  switch (key) {
    case 'type':
      return observationType ? [settings.type(observationType).label] : [];
    case 'role':
      return roleInWords(content, { settings, councillor });
    case 'authority':
      return authority
        ? [authoritySays(authority.kind), ...(authority.citation ? [authority.citation] : [])]
        : [];
    case 'necessity':
    case 'alternatives':
      return content[key] ? [content[key]] : [];
    case 'window':
      return [
        ...(window ? [spanInWords(window)] : []),
        ...(events === undefined ? [] : [events === 1 ? 'Once' : `${events} times`]),
      ];
    case 'declarations':
      return declared.flatMap((name) => {
        const answer = declarations?.[name];
        const said = answer === undefined ? [] : [declarationSays(name, answer)];
        return name === 'collateralPurpose' && declarations?.onBehalfOf
          ? [...said, declarations.onBehalfOf]
          : said;
      });
    case 'papers':
      return [
        ...(papers ?? []).map((paper) => `${paper.category}, ${spanInWords(paper)}`),
        ...(claimedRight === undefined || claimedRight === 'none'
          ? []
          : [`You claim this: ${inWords(claimedRight)}`]),
      ];
  }
};

/** Whether the page of a part is opened to change it or for the first time: then it leads back here or on. */
const hrefOf = (reference: string, step: Step, begun: boolean): string =>
  `${paths.ask(reference, step.key)}${begun || step.optional ? '?next=check' : ''}`;

/** The parts of a request, each with its state and its faults as of today. */
export const partsOf = (reference: string, content: RequestContent, before: Before): Part[] => {
  const faults = submissionFaults(content, before);
  return stepsFor(content).map((step) => {
    const begun = isBegun(step, content);
    const own = begun ? faults.filter(({ field }) => owns(step, field)).map(({ message }) => message) : [];
    return {
      key: step.key,
      title: step.title,
      optional: step.optional ?? false,
      state: !begun ? 'not_started' : own.length > 0 ? 'problem' : 'completed',
      faults: own,
      lines: linesOf(step.key, content, before),
      href: hrefOf(reference, step, begun),
    };
  });
};
