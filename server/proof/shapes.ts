/** The shapes of answers about proving oneself. */
import { z } from 'zod';
import { proofKinds } from '../../policies/proof/proof.js';

export const provedShape = z
  .strictObject({
    proof: z.enum(proofKinds),
    /** Until when it counts in this session. */
    until: z.string(),
  })
  .meta({ id: 'Proved' });

export const codesShape = z
  .strictObject({
    /** Since when an app is in use; null where none is. */
    since: z.string().nullable(),
    recoveryCodesLeft: z.int(),
  })
  .meta({ id: 'Codes' });

export const newKeyShape = z
  .strictObject({
    /** The `otpauth:` address with which an app takes the key over. */
    address: z.string(),
    /** The same key as people type it. */
    key: z.string(),
  })
  .meta({ id: 'NewCodeKey' });

export const recoveryCodesShape = z
  .strictObject({ recoveryCodes: z.array(z.string()) })
  .meta({ id: 'RecoveryCodes' });
