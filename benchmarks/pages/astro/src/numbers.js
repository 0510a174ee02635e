/** A number with what it counts. */
export const counted = (number, thing) => `${number.toLocaleString('en')} ${thing}${number === 1 ? '' : 's'}`;

/** A number in few characters: `999`, `1.2k`. */
export function short(number) {
  if (number < 1_000) return String(number);
  const [unit, letter] = number < 1_000_000 ? [1_000, 'k'] : [1_000_000, 'M'];
  const tenths = Math.floor(number / (unit / 10));
  return `${tenths < 100 ? tenths / 10 : Math.floor(tenths / 10)}${letter}`;
}
