/** The tree of eight leaves that implementations of Certificate Transparency are tested with. */

const sum = {
  leaf0: '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  leaf1: '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
  leaf4: 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
  first2: 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  second2: '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
  third2: '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
  fourth2: 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
  first4: 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  second4: '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
};

export const leaves: readonly Buffer[] = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => Buffer.from(hex, 'hex'));

/** By size, from none to all eight. */
export const roots: readonly string[] = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  sum.leaf0,
  sum.first2,
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  sum.first4,
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

export const inclusionVectors: readonly {
  readonly index: number;
  readonly size: number;
  readonly proof: readonly string[];
}[] = [
  { index: 0, size: 1, proof: [] },
  { index: 0, size: 8, proof: [sum.leaf1, sum.second2, sum.second4] },
  { index: 5, size: 8, proof: [sum.leaf4, sum.fourth2, sum.first4] },
  { index: 2, size: 3, proof: [sum.first2] },
  { index: 1, size: 5, proof: [sum.leaf0, sum.second2, sum.leaf4] },
];

export const consistencyVectors: readonly {
  readonly old: number;
  readonly size: number;
  readonly proof: readonly string[];
}[] = [
  { old: 1, size: 1, proof: [] },
  { old: 1, size: 8, proof: [sum.leaf1, sum.second2, sum.second4] },
  { old: 6, size: 8, proof: [sum.third2, sum.fourth2, sum.first4] },
  { old: 2, size: 5, proof: [sum.second2, sum.leaf4] },
];
