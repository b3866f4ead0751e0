/** `README.txt` of a bundle: how to check it without our software. Plain text, lines of at most 80 characters. */
const howToCheck = `AN EXTRACT OF AN AUDIT TRAIL, AND THE PROOF THAT NOTHING IN IT WAS CHANGED

The trail is a list that only ever grows. This folder has one stretch of it, and
what you need to see for yourself that no entry of it was changed, put in or
left out: not by the service, nor by whoever runs its database. You need no
software of ours, and nobody's word but this: the key, and the checkpoint that
you kept.


WHAT IS HERE

log.vkey                    the public key of the trail
old.checkpoint              what the trail signed when you last looked
new.checkpoint              what it signed when this was made
consistency.txt             proof that the new trail begins with the old one
leaves/<index>.json         the entries, byte for byte as they were hashed
proofs/<index>.tlog-proof   proof, for each, that it is in the new trail
disclosures/<index>.json    the values of an entry that may be opened to you
manifest.json               what there is, and which values are not opened

Entries are counted from 0. The bundle has those from "from" up to "to" of the
manifest, "to" itself not included.

An entry says in clear when something happened, of what kind it was, and what
was decided. Names, subjects and reasons are personal: for them it has only a
commitment, which shows nothing, and fits one value. The value, with the random
salt that belongs to it, is under disclosures/. Where the law required a value
to be erased, value and salt are gone, the manifest says so, and everything else
can be checked as before.


TWO THINGS TO HAVE FROM ELSEWHERE

1. The key. Compare log.vkey with the key that you were given in person or that
   was published. A forger can put a key of their own in a folder.
2. Your old checkpoint. Compare the first three lines of old.checkpoint with the
   ones you kept, for instance from the minutes of a committee. Whoever holds
   the secret key could make up another past and sign it. They cannot make it
   fit a checkpoint that is out of their hands.


HOW TO CHECK

SHA-256 and Ed25519 are all it takes. || joins bytes, 0x00 is one byte.

1. Key. log.vkey is name+id+data. data is base64: the byte 0x01, then the 32
   bytes of an Ed25519 public key. id is the first 4 bytes, in hexadecimal
   digits, of SHA-256(name || newline || the 33 bytes of data).

2. Checkpoints. A checkpoint ends with an empty line and lines of the form
   "\u2014 name signature". signature is base64: the 4 bytes of a key's id, then
   64 bytes of Ed25519 over all the text above the empty line, with its last
   newline. Find the line with the name and id of log.vkey and verify it. The
   text has the name of the log (the key's name), the number of entries, and the
   root hash of the tree in base64.

3. Hashes of the tree (RFC 6962, section 2.1).
      of a leaf     SHA-256(0x00 || the bytes of leaves/<index>.json)
      of two nodes  SHA-256(0x01 || left || right)
   On Linux:  (printf '\\000'; cat leaves/0.json) | sha256sum

4. Each entry. proofs/<index>.tlog-proof is a line with the name of the format,
   "index <index>", one hash a line, an empty line, and new.checkpoint again.
   Begin with the hash of the leaf, and with n = index, m = entries - 1. While m
   is more than 0: if n is odd, hash the next hash of the proof, on the left,
   with yours; if n is even and less than m, yours with the next hash, on the
   right; if n is even and equal to m, leave yours as it is. Then halve n and m,
   rounding down. At the end no hash may be left over, and yours must be the
   root of new.checkpoint. Do this for every index from "from" to "to" - 1, so
   that none is left out. "to" must be the number of entries of new.checkpoint,
   and "from" no more than that of old.checkpoint.

5. Old and new. consistency.txt is "old <entries of old.checkpoint>", one hash a
   line, an empty line, and new.checkpoint again. Begin with n = old entries - 1
   and m = new entries - 1; while n is odd, halve both, rounding down. If n is
   then 0, begin with two copies of the old root, else with two copies of the
   first hash. Go up as in step 4: a hash that comes on the left is hashed with
   both copies, one that comes on the right with the second alone. At the end
   the first must be the old root and the second the new one. Where the old
   trail had as many entries as the new, the roots are the same and there are no
   hashes; where it had none, there are none either, and its root is SHA-256 of
   nothing.

6. Opened values. disclosures/<index>.json is a list of field, salt (base64 for
   URLs, without padding: 32 bytes) and value. For each, commitments.<field> of
   the entry must be, in the same base64,
      HMAC-SHA256(key: salt, message: field || 0x00 || value)
   with the value written as canonical JSON (RFC 8785).

7. Nothing missing. Every field under "commitments" of an entry is opened, or
   named by the manifest as erased or as withheld from you. There is no file
   besides those above. The manifest has the SHA-256 of the files that stand
   here once, and as "digest" that of itself without "digest", to show damage.


WITH GO

The packages golang.org/x/mod/sumdb/note and golang.org/x/mod/sumdb/tlog, which
the Go project wrote for its own log, do steps 1 to 5:
   note.NewVerifier    the line of log.vkey
   note.Open           a checkpoint
   tlog.ParseHash      a hash in base64
   tlog.RecordHash     the hash of a leaf
   tlog.CheckRecord    an entry's proof
   tlog.CheckTree      consistency.txt


WHAT THIS DOES NOT SHOW

That what was recorded is true: only that it is what was recorded. Anything that
was never recorded. What a value was that is erased or withheld. When the bundle
was made: "generatedAt" is our word.
`;

/** Stands first where the bundle has no entries, so that nobody looks for files that are not there. */
const noEntries = (size: number): string => `THIS EXTRACT HAS NO ENTRIES

It was asked for from ${size} up to ${size}, and no entry lies between. That is no fault:
there is no file under leaves/, proofs/ or disclosures/, and none is missing.
What it shows is what the trail signed when it had ${size} entries. The key, the
checkpoints and consistency.txt are checked as below; steps 4 and 6 fall away.


`;

/** `README.txt` of the bundle with the leaves from `from` up to `to`. */
export const bundleReadme = (from: number, to: number): string =>
  from < to ? howToCheck : `${noEntries(to)}${howToCheck}`;
