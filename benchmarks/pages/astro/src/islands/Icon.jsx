/** An icon of the islands. */
export function Icon({ path }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      class="size-5 shrink-0"
    >
      <path d={path} />
    </svg>
  );
}
