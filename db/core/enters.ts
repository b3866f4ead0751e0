/** SQL: whether the person `p` has a way in: a password, or the council's own sign-in. */
export const hasWayIn = `(p.password_hash is not null
  or exists (select from provider_bindings bound where bound.person_id = p.id))`;
