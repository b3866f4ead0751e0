import { wishOf } from '../../db/deadline/reminders.js';
import type { Wish } from '../../policies/deadline/reminding.js';
import type { Ctx } from '../case/ctx.js';

/** How the person who asks wishes to be reminded. */
export const readWish = ({ db, actor }: Ctx): Promise<Wish> => wishOf(db, actor.id);
