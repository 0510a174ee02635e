// Addresses and shapes of pictures, by the rules that Tuku's pages have.
const WIDTHS = [160, 320, 480, 640, 800, 960, 1280, 1920, 2560];

export const at = ({ id, version }, width) => `/images/view/${id}/width=${width},v=${version}`;

/** For a place that shows at most so many pixels of its width. */
export function srcset(picture, most = Infinity) {
  const covering = WIDTHS.findIndex((width) => width >= Math.min(picture.width, most));
  const widths = covering < 0 ? WIDTHS : WIDTHS.slice(0, covering + 1);
  return widths.map((width) => `${at(picture, width)} ${Math.min(width, picture.width)}w`).join(', ');
}

/** Width divided by height in hundredths, in the steps of the style sheet's `ar-…` classes. */
export function ratio({ width, height }) {
  const hundredths = Math.floor((width * 100) / height);
  return Math.floor((Math.min(Math.max(hundredths, 30), 400) + 2) / 5) * 5;
}

/** How wide a picture of the wall is, for `sizes`, and the most pixels of a screen that this is. */
export function place(ratio, share) {
  const wide = Math.floor((ratio * 280) / 100);
  const widest = 3 * Math.max(wide, Math.floor((480 * share) / 100));
  return { sizes: `(min-width: 40rem) ${wide}px, ${share}vw`, widest };
}

/** The width of a copy to download, and both sides of it. */
export function copies({ width, height }) {
  const names = { Small: 640, Medium: 1280, Large: 1920 };
  return Object.entries(names)
    .filter(([, wide]) => wide < width)
    .map(([name, wide]) => ({ name, wide, sides: `${wide} × ${Math.round((wide * height) / width)}` }));
}

/** What each picture takes of its row on a phone, in percent: two share one. */
export function shares(pictures) {
  return pictures.map((picture, at) => {
    const isLeft = at % 2 === 0;
    const other = pictures[isLeft ? at + 1 : at - 1];
    if (!other) return ratio(picture) < 120 ? 50 : 100;
    const [left, right] = isLeft ? [ratio(picture), ratio(other)] : [ratio(other), ratio(picture)];
    const share = Math.min(Math.max(Math.floor((left * 100) / (left + right)), 20), 80);
    return isLeft ? share : 100 - share;
  });
}
