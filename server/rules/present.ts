import type { AuthorityKind } from '../../policies/core/authorities.js';

/** What stands over the authorities of each kind. */
export const headings: Readonly<
  Record<AuthorityKind, { readonly id: string; readonly heading: string; readonly lead: string }>
> = {
  law: {
    id: 'the-law',
    heading: 'The law',
    lead: 'Acts, regulations and judgments. The council cannot set them aside.',
  },
  guidance: {
    id: 'guidance',
    heading: 'Guidance and partners’ procedures',
    lead: 'Guidance that the council follows, and procedures that it has agreed with its partners.',
  },
  council: {
    id: 'council-rules',
    heading: 'The council’s own rules',
    lead: 'Rules that the council made for itself. They are not the law. Where a council rule alone blocks a request, Children’s Services, Democratic Services and Legal may lift it for one version, each with exceptional reasons.',
  },
};
