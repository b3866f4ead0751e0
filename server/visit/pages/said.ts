/** The answers of the test in the words of a visit: there is nothing to approve any more, and somebody to let in. */
import { inPrinciple } from '../../../policies/need-to-know/questions.js';

export const forVisit = (says: string): string => says.replace(inPrinciple, 'so nobody may attend yet');
