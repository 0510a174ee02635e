// Moments as people read them, from Unix seconds, in UTC.
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

export const date = (at) => day.format(at * 1000);
export const moment = (at) => `${date(at)}, ${clock.format(at * 1000)} UTC`;
export const machine = (at) => new Date(at * 1000).toISOString().replace('.000', '');

const UNITS = [
  [60, 3_600, 'minute'],
  [3_600, 86_400, 'hour'],
  [86_400, 31 * 86_400, 'day'],
];

/** How long ago, in words; the day itself after a month. */
export function relative(at, now) {
  const seconds = now - at;
  if (seconds < 60) return 'just now';
  const [unit, , name] = UNITS.find(([, most]) => seconds < most) ?? [];
  if (!unit) return date(at);
  const number = Math.floor(seconds / unit);
  return `${number} ${name}${number === 1 ? '' : 's'} ago`;
}
