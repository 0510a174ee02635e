// How many comments there are, for every island that shows it.
import { useEffect, useState } from 'preact/hooks';

const shown = new Set();
let current;

/** The number that the page was rendered with, until it is told anew. */
export function useCommentCount(rendered) {
  const [count, show] = useState(rendered);
  useEffect(() => {
    if (current !== undefined) show(current);
    shown.add(show);
    return () => shown.delete(show);
  }, []);
  return count;
}

export function tellCommentCount(count) {
  current = count;
  for (const show of shown) show(count);
}
