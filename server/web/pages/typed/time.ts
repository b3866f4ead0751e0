/** A time of the day as people write it: `9:30`, `9.30am`, `0930`, `2pm`, `14:00`, `12 noon`, `midnight`. */
import { entered, type Form } from '../form.js';

const named: Readonly<Record<string, string>> = {
  noon: '12:00',
  midday: '12:00',
  '12noon': '12:00',
  '12midday': '12:00',
  midnight: '00:00',
  '12midnight': '00:00',
};

/** Hours and minutes, apart or as four digits, and the half of the day. */
const written = /^(?:(\d{1,2})(?:[:.](\d{2}))?|(\d{2})(\d{2}))(am|pm)?$/;

const onClock = (hour: number, minutes: string): string | undefined =>
  hour < 24 && Number(minutes) < 60 ? `${String(hour).padStart(2, '0')}:${minutes}` : undefined;

/** `12am` is midnight to some and noon to others, so that neither half of the day is taken for it, nor for `13pm`. */
const ofHalf = (hour: number, half: string): number | undefined => {
  if (half === 'am') return hour < 12 ? hour : undefined;
  return hour >= 1 && hour <= 12 ? (hour % 12) + 12 : undefined;
};

/** `HH:MM`; undefined where the text is no time, or could be two: `9` may be in the morning or the evening. */
export const timeIn = (text: string): string | undefined => {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\s/g, '')
    .replace(/([ap])\.m\.?$/, '$1m');
  const name = Object.hasOwn(named, plain) ? named[plain] : undefined;
  if (name !== undefined) return name;
  const found = written.exec(plain);
  if (!found) return undefined;
  const [, apart, after, together, last, half] = found;
  const hour = Number(apart ?? together);
  const minutes = after ?? last;
  if (half !== undefined) {
    const ofDay = ofHalf(hour, half);
    return ofDay === undefined ? undefined : onClock(ofDay, minutes ?? '00');
  }
  // Without minutes only an hour of the afternoon is sure: 14 is no hour of the morning.
  return minutes === undefined && hour < 13 ? undefined : onClock(hour, minutes ?? '00');
};

/** A time of a field as `HH:MM`; the text itself if it is not one, so that the schema can say so. */
export const timeOf = (form: Form, field: string): string | undefined => {
  const text = entered(form, field)?.trim();
  return text === undefined ? undefined : (timeIn(text) ?? text);
};
