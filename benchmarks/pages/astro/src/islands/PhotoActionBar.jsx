// What one may do with a picture: like it, hand it on, see what is said of it.
import { useRef, useState } from 'preact/hooks';
import { ACTION, ACTION_NAME } from '../classes.js';
import { COMMENT, HEART, SHARE } from '../glyphs.js';
import { counted, short } from '../numbers.js';
import { Icon } from './Icon.jsx';
import { ask } from './ask.js';
import { useCommentCount } from './comment_count.js';

export default function PhotoActionBar({ id, likes, liked, comments, signedIn, path }) {
  const [said, setSaid] = useState('');
  const total = useCommentCount(comments);

  async function share() {
    if (navigator.share) return navigator.share({ url: location.href }).catch(() => {});
    const copied = await navigator.clipboard?.writeText(location.href).then(() => true, () => false);
    setSaid(copied ? 'Link copied.' : 'Copy the address from the address bar.');
  }

  return (
    <div class="contents">
      <LikeButton id={id} rendered={{ likes, liked }} signedIn={signedIn} path={path} say={setSaid} />
      <a href="#comments" class={ACTION}>
        <Icon path={COMMENT} />
        <span aria-hidden="true">{short(total)}</span>
        <span class="sr-only">{counted(total, 'comment')}</span>
      </a>
      <button type="button" class={ACTION} onClick={share}>
        <Icon path={SHARE} />
        <span class={ACTION_NAME}>Share</span>
      </button>
      <p role="status" class="order-last w-full px-3 text-sm text-muted">
        {said}
      </p>
    </div>
  );
}

/** The heart: the number changes at once and goes back if the server says no. */
function LikeButton({ id, rendered, signedIn, path, say }) {
  const [state, setState] = useState(rendered);
  const busy = useRef(false);

  async function toggle() {
    if (busy.current) return;
    busy.current = true;
    const liked = !state.liked;
    setState({ liked, likes: state.likes + (liked ? 1 : -1) });
    try {
      setState(await ask('/api/like', { id, liked }));
      say('');
    } catch (error) {
      setState(state);
      say(error.message);
    }
    busy.current = false;
  }

  return (
    <div class="flex items-center">
      {signedIn ? (
        <button type="button" aria-label="Like" aria-pressed={state.liked ? 'true' : 'false'} class={ACTION} onClick={toggle}>
          <Icon path={HEART} />
        </button>
      ) : (
        <a href={`/login?next=${path}`} aria-label="Sign in to like" data-sign-in class={ACTION}>
          <Icon path={HEART} />
        </a>
      )}
      <span aria-hidden="true" class="pr-3">
        {short(state.likes)}
      </span>
      <span class="sr-only">{counted(state.likes, 'like')}</span>
    </div>
  );
}
