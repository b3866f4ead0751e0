/** A text that has more than blanks. */
export const something = /\S/;
