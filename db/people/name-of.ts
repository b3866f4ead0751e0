/** SQL for the name of the person with that id. */
export const nameOf = (id: string): string => `(select who.name from people who where who.id = ${id})`;
