/**
 * What a host gives a family before anybody asks whether a councillor may observe: a leaflet, and how the council uses what it
 * holds on them. Versioned as the protocol is. Families see no page of the service: both are printed.
 * Source: need-to-know.md, section 3 (the family and the child are asked) and section 8; UK GDPR, Articles 13 and 14.
 */
import { invalid } from '../core/rules.js';

export const leafletKinds = ['families', 'privacy'] as const;
export type LeafletKind = (typeof leafletKinds)[number];

/** How each is called on pages. */
export const leafletSays: Readonly<Record<LeafletKind, string>> = {
  families: 'Leaflet for families',
  privacy: 'How we use information about you',
};

export interface LeafletVersion {
  readonly leaflet: LeafletKind;
  readonly version: number;
  readonly text: string;
  /** The e-mail address to which families write; null where none is given. */
  readonly contact: string | null;
  readonly inForceFrom: Date;
}

/** The longest text of a leaflet, in characters. */
export const longestLeaflet = 20_000;

/**
 * Nobody was given a text before it was written, and a version says something new.
 * @param inForce the version in force; null before the first
 * @throws Invalid by the rule `leaflet`, naming the field
 */
export const assertLeafletPublishable = (
  { text, contact, inForceFrom }: Pick<LeafletVersion, 'text' | 'contact' | 'inForceFrom'>,
  inForce: Pick<LeafletVersion, 'text' | 'contact'> | null,
  now: Date,
): void => {
  if (inForceFrom < now) {
    throw invalid('leaflet', [
      { field: 'inForceFrom', message: 'A leaflet comes into force when it is published, or later.' },
    ]);
  }
  if (text.trim() === inForce?.text.trim() && contact === inForce.contact) {
    throw invalid('leaflet', [{ field: 'text', message: 'This text is in force already. Change it first.' }]);
  }
};
