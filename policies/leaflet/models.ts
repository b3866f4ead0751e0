/**
 * The model texts, for a council that writes its own. Source: need-to-know.md, sections 3, 6 and 8; UK GDPR, Articles 13
 * to 22; the Information Commissioner’s guidance on the right to be informed.
 */
import type { LeafletKind } from './leaflet.js';

const families = `A councillor would like to watch: what this means for you

Councillors are elected to look after how the council works. Some of them want to see for themselves how we work with children and families, so that they can ask us good questions and make the service better. A councillor would like to watch a meeting that is about you or your child.

You decide

You can say yes or no. You do not have to say why. Nobody will ask you why, and we write no reason down.
Whatever you say makes no difference to how we help you, or to what we decide about your child.
You can change your mind at any time, before the meeting or in the middle of it. The councillor then leaves at once.
Your child can say no as well, at any age. If your child says no, the councillor does not come.

What the councillor does

One councillor comes, and no more.
A member of our staff stays with the councillor all the time. The councillor is never alone with your child.
The councillor watches and listens. They do not speak in the meeting, and they take no part in what is decided.
They take no notes, no pictures and no recordings, and they take no papers away.
They do not come if they know you. Tell us if you know them, or if you do not want somebody you know to hear about you.

What they may tell others

Nothing about you. Councillors promise in writing to keep what they hear to themselves. The law punishes people who publish who you are.
They may only break this promise to keep somebody safe, or where the law says that they must.

How the council decided

Three different officers looked at why this councillor needs to be there, and each wrote down their reasons. A lawyer for the council decided. It is on record who came, when and why.

If you have questions, or are unhappy

Speak with the person who gave you this leaflet. You can also complain to the council, and you can ask us what we hold about you.
`;

const privacy = `How we use information about you when a councillor observes our work

Who is responsible

The council is responsible for the information that it holds about you. You can write to the council’s Data Protection Officer at the council’s address.

What we record

We record that a councillor watched a meeting, the date, who was with them, and a reference to your file that means nothing to anybody outside Children’s Services. We record whether you agreed. We do not record why you said no.
We record no name, date of birth, address or school of you or your child in the service that keeps this record.

What the councillor learns

The councillor hears what is said in the part of the meeting that they watch. That may include information about health, education or the police, if the council has approved it. They see no more of your file.

Why we may do this

The council has a duty to look after and promote the welfare of children, and councillors have a duty to oversee how it does so. We rely on our public task (UK GDPR, Article 6(1)(e)) and, for information such as health, on reasons of substantial public interest (Article 9(2)(g) with Schedule 1 to the Data Protection Act 2018). We do not rely on your consent to hold the information. We ask for your agreement to the councillor being there because it is right to ask.

Who else sees it

The officers who decided, the council’s lawyers and auditors, and an inspector who asks for it. We sell nothing and send nothing abroad.

How long we keep it

As long as the council’s retention schedule says. Ask us, and we tell you.

What you can ask for

You can ask to see what we hold about you, to have a mistake put right, and to object to what we do with it.
If you are unhappy with how we use information about you, you can complain to the Information Commissioner at ico.org.uk.
`;

export const modelLeaflets: Readonly<Record<LeafletKind, string>> = { families, privacy };
