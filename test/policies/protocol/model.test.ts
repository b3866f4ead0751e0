/** The model text of the protocol: whole, fit to publish, and with its exceptions. */
import { expect, test } from '@jest/globals';
import { screen } from '../../../policies/core/words/screening.js';
import { leafletKinds, longestLeaflet } from '../../../policies/leaflet/leaflet.js';
import { modelLeaflets } from '../../../policies/leaflet/models.js';
import { modelProtocol } from '../../../policies/protocol/model.js';
import { longestProtocol } from '../../../policies/protocol/protocol.js';

test('the clause on confidence does not bind against each of what the rules name', () => {
  const [, clause = ''] = /3\.3([\s\S]*?)3\.4/.exec(modelProtocol) ?? [];
  for (const exception of [
    /protect a child/,
    /Act of Parliament or a court requires/,
    /advice in confidence/,
    /Monitoring Officer/,
    /agreed to/,
    /public interest, in good faith/,
  ])
    expect(clause).toMatch(exception);
});

test('what the law forbids to publish stands in it, each with its Act', () => {
  const [, clause = ''] = /4\. What the law forbids([\s\S]*?)5\. Afterwards/.exec(modelProtocol) ?? [];
  for (const act of [
    'Children Act 1989, section 97',
    'Administration of Justice Act 1960, section 12',
    'Education Act 2002, section 141F',
    'Contempt of Court Act 1981',
    'Data Protection Act 2018, section 170',
  ])
    expect(clause).toContain(act);
});

test('no model text holds what screening refuses, and each is short enough to publish', () => {
  const texts = [modelProtocol, ...leafletKinds.map((leaflet) => modelLeaflets[leaflet])];
  for (const text of texts) expect(screen(text, { field: 'text', today: '2026-11-30' })).toEqual([]);
  expect(modelProtocol.length).toBeLessThan(longestProtocol);
  for (const leaflet of leafletKinds) expect(modelLeaflets[leaflet].length).toBeLessThan(longestLeaflet);
});

test('families are told that they decide, that no reason is kept, and that a child may say no', () => {
  for (const words of [
    'say yes or no',
    'we write no reason down',
    'Your child can say no as well, at any age',
  ])
    expect(modelLeaflets.families).toContain(words);
});
