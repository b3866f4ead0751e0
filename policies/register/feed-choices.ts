/**
 * What a person says of single members of a file before it is taken over: each is left out, and each in doubt is decided.
 * Source: need-to-know.md, section 6, "The register of members": differences are shown before they are taken.
 */
import { Invalid, type FieldError } from '../core/refusals.js';
import type { RegisterChanges } from './register-feed.js';

/** Each names members of the file by their number in the committee system. */
export interface FeedChoices {
  /** Not taken over, and not gone either. */
  readonly leaveOut: readonly string[];
  /** Of those in doubt: the same person, under a new name. */
  readonly same: readonly string[];
  /** Of those in doubt: somebody new, who has the number now. */
  readonly another: readonly string[];
}

export const noChoices: FeedChoices = { leaveOut: [], same: [], another: [] };

const unknown = (
  field: keyof FeedChoices,
  chosen: readonly string[],
  of: ReadonlySet<string>,
): FieldError[] =>
  chosen.every((number) => of.has(number))
    ? []
    : [
        {
          field,
          message:
            field === 'leaveOut'
              ? 'A number here is none of a new, changed or doubtful member of the file.'
              : 'A number here is none of a member in doubt.',
        },
      ];

const assertKnown = ({ added, changed, doubtful }: RegisterChanges, choices: FeedChoices): void => {
  const inDoubt = new Set(doubtful.map(({ member }) => member.externalId));
  const any = new Set([...added, ...changed.map(({ member }) => member)].map(({ externalId }) => externalId));
  const both = choices.same.some((number) => choices.another.includes(number));
  const errors = [
    ...unknown('leaveOut', choices.leaveOut, new Set([...any, ...inDoubt])),
    ...unknown('same', choices.same, inDoubt),
    ...unknown('another', choices.another, inDoubt),
    ...(both ? [{ field: 'another', message: 'A number here is said to be the same person as well.' }] : []),
  ];
  if (errors.length > 0) throw new Invalid(errors);
};

/**
 * What is taken over.
 * @throws Invalid for a number that is not among those that the field is about
 */
export const asChosen = (found: RegisterChanges, choices: FeedChoices): RegisterChanges => {
  assertKnown(found, choices);
  const says = (chosen: readonly string[]) => (number: string) =>
    chosen.includes(number) && !choices.leaveOut.includes(number);
  const [isSame, isAnother] = [says(choices.same), says(choices.another)];
  const stays = ({ externalId }: { readonly externalId: string }) => !choices.leaveOut.includes(externalId);
  const replaced = found.doubtful.filter(({ member }) => isAnother(member.externalId));
  return {
    added: [
      ...found.added.filter(stays),
      ...replaced.map(({ id, member }) => ({ ...member, insteadOf: id })),
    ],
    changed: [
      ...found.changed.filter(({ member }) => stays(member)),
      ...found.doubtful
        .filter(({ member }) => isSame(member.externalId))
        .map(({ ward: _ward, ...each }) => each),
    ],
    doubtful: found.doubtful.filter(
      ({ member: { externalId: number } }) => !isSame(number) && !isAnother(number),
    ),
    gone: [...found.gone, ...replaced.map(({ id, name, ward }) => ({ id, name, ward }))],
  };
};
