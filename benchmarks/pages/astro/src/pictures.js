// Addresses and shapes of pictures, by the rules that Tuku's pages have.
const WIDTHS = [160, 320, 480, 640, 800, 960, 1280, 1920, 2560];

export const at = ({ id, version }, width) => `/images/view/${id}/width=${width},v=${version}`;

export function srcset(picture) {
  const covering = WIDTHS.findIndex((width) => width >= picture.width);
  const widths = covering < 0 ? WIDTHS : WIDTHS.slice(0, covering + 1);
  return widths.map((width) => `${at(picture, width)} ${Math.min(width, picture.width)}w`).join(', ');
}

/** Width divided by height in hundredths, in the steps of the style sheet's `ar-…` classes. */
export function ratio({ width, height }) {
  const hundredths = Math.floor((width * 100) / height);
  return Math.floor((Math.min(Math.max(hundredths, 30), 400) + 2) / 5) * 5;
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
