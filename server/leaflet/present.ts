import { leafletSays, type LeafletVersion } from '../../policies/leaflet/leaflet.js';

/** A version of what families are given, with its title. */
export const presentLeaflet = (version: LeafletVersion) => ({
  ...version,
  title: leafletSays[version.leaflet],
});
