import { NoProof } from '../../db/audit/tree/proofs.js';
import { Invalid } from '../../policies/core/refusals.js';

const sentences: Readonly<Record<NoProof['because'], string>> = {
  beyond_the_tree: 'The trail is not as large as that. Enter a smaller number.',
  not_in_that_tree: 'A trail of that size does not have this entry. Enter a larger number.',
  older_is_newer: 'Enter a number that is not below the first.',
};

/** The fault of a size that a person asked for. */
export const wrongSize = (field: string, because: NoProof['because']): Invalid =>
  new Invalid([{ field, message: sentences[because] }]);

/** Does work that needs a proof; without a proof, the size in that field is at fault. @throws Invalid */
export const provable = async <T>(field: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw error instanceof NoProof ? wrongSize(field, error.because) : error;
  }
};
