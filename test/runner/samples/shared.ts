/** How often a sample has come by: once read, it is shared by the files of one worker. */
export const visits = { count: 0 };
