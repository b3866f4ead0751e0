/**
 * The model text of the protocol, for a council that writes its own. The clause on confidence has the exceptions of the
 * Local Government Association’s Model Councillor Code of Conduct 2020, paragraph 4.1, and does not bind against the
 * protection of a child. The clause on publication names what Acts of Parliament forbid whatever the council says.
 * Source: need-to-know.md, sections 3 and 6; Children Act 1989, section 97; Administration of Justice Act 1960, section
 * 12; Education Act 2002, section 141F; Sexual Offences (Amendment) Act 1992, section 1; Contempt of Court Act 1981,
 * sections 2 and 4; Data Protection Act 2018, section 170.
 */
export const modelProtocol = `Protocol for councillors who observe work with children

By accepting this protocol I undertake to keep it.

1. Before I observe

1.1 I observe only what the council has approved for me: the type of work, the dates, the host and the conditions.
1.2 I tell the host before the visit if I know, or may know, anybody who will be there or the family.
1.3 A child and a family may say no, before the visit or at any time during it. Nobody asks them why, and nor do I.

2. While I observe

2.1 The host, or a chaperone whom the host names, stays with me throughout. I am never alone with a child.
2.2 I watch and listen. I take no part in the discussion. I may have a word aside with the host.
2.3 I bring no device into the room. I take no notes, make no recording and take no papers away.
2.4 I leave at once when the host, the chair, the family or the child asks me to.
2.5 I leave any part that is closed to observers, and anything that turns out to concern somebody I know.
2.6 I put questions and challenges to the host, never across the meeting.

3. In confidence

3.1 I keep to myself what I see, hear and read about a child, a family, a member of staff or anybody else. I do not tell other councillors, my political group, the press, my family or a constituent, and I use it for no other purpose.
3.2 This goes on after the visit, after my term and after I cease to be a councillor.
3.3 This clause does not keep me from:
(a) acting or speaking up to protect a child or anybody else from harm. I then tell the host, Children’s Services or the police at once;
(b) doing what an Act of Parliament or a court requires of me;
(c) taking advice in confidence from a lawyer or another professional who undertakes not to disclose it;
(d) speaking with the council’s Monitoring Officer;
(e) making a disclosure that somebody with authority has agreed to;
(f) making a disclosure that is reasonable and in the public interest, in good faith and in line with what the council reasonably requires. I consult the Monitoring Officer before I make it.
3.4 Where I am not sure, I ask the Monitoring Officer first.

4. What the law forbids, whatever this protocol says

4.1 It is an offence to publish anything that is likely to identify a child as somebody whom proceedings under the Children Act 1989 or the Adoption and Children Act 2002 are about, or that child’s address or school (Children Act 1989, section 97).
4.2 It may be contempt of court to publish what happened in a hearing about a child that was held in private (Administration of Justice Act 1960, section 12), or anything that puts a serious risk of prejudice on proceedings that are active (Contempt of Court Act 1981, sections 2 and 4).
4.3 It is an offence to publish anything that is likely to identify a teacher whom a pupil of the same school accuses of an offence, before a charge (Education Act 2002, section 141F), or a person who says that a sexual offence was committed against them (Sexual Offences (Amendment) Act 1992, section 1).
4.4 It is an offence to disclose personal data knowingly or recklessly without the council’s consent (Data Protection Act 2018, section 170).
4.5 To publish is to tell the public or any part of it, and includes social media and messages to a group.

5. Afterwards

5.1 I confirm the record of my attendance, or say what is wrong in it.
5.2 My questions and challenges go to Children’s Services through this service. They name no child and no family.
5.3 What I report to a committee is in general terms. It names no child, family, place or member of staff.

6. If something goes wrong

6.1 I tell the host or the council’s Data Protection Officer on the same day if I have learned more than was approved, or if something may have reached somebody whom it should not.
6.2 The council may end what it approved. A breach of this protocol may also be a breach of the members’ code of conduct.
`;
