// Classes that stand in several places, of Tuku's own style sheet.
export const LINK =
  'inline-flex min-h-11 min-w-11 cursor-pointer items-center justify-center rounded-control px-3 text-sm whitespace-nowrap transition-colors hover:bg-tint';
export const ACTION =
  'inline-flex min-h-11 min-w-11 cursor-pointer items-center justify-center gap-2 rounded-control px-3 transition-colors hover:bg-tint aria-pressed:text-accent aria-pressed:hover:text-accent-deep aria-pressed:[&_svg]:fill-current';
export const ACTION_NAME = 'max-sm:sr-only';
const BUTTON =
  'inline-flex min-h-11 cursor-pointer items-center justify-center gap-2 rounded-control border px-4 transition-colors disabled:cursor-default disabled:opacity-60';
export const PRIMARY = `${BUTTON} border-transparent bg-accent font-medium text-on-accent hover:bg-accent-deep`;
export const QUIET = `${BUTTON} border-edge text-ink hover:bg-tint`;
export const CARD = 'rounded-control border border-float-edge bg-float lifted';
export const ITEM =
  'flex min-h-11 w-full cursor-pointer items-center rounded-control px-3 text-left text-sm transition-colors hover:bg-tint';
export const TEXT_LINK = 'inline-flex min-h-11 items-center text-ink underline underline-offset-4';
