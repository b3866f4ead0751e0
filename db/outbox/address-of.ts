/**
 * SQL: the address that the message `m` to the person `p` goes to: the one of today, but for the notice that it was
 * changed, which goes to the one from before.
 */
export const addressOf = `coalesce(case when m.kind = 'address_left' then
    (select c.left_email from address_changes c where c.person_id = p.id) end, p.email)`;
