// What is said of a picture, and a box to say something.
import { useEffect, useState } from 'preact/hooks';
import { PRIMARY, QUIET, TEXT_LINK } from '../classes.js';
import { short } from '../numbers.js';
import { date, machine, moment, relative } from '../times.js';
import { ask } from './ask.js';
import { tellCommentCount, useCommentCount } from './comment_count.js';

export default function Comments({ id, initial, total, signedIn, path }) {
  const [listed, setListed] = useState(initial);
  const [now, setNow] = useState(null);
  const [problem, setProblem] = useState('');
  const count = useCommentCount(total);
  useEffect(() => setNow(Date.now() / 1000), []);

  async function more(event) {
    event.preventDefault();
    try {
      const { comments } = await ask(`/api/comments?id=${id}&after=${listed.at(-1).id}`);
      setListed([...listed, ...comments]);
    } catch (error) {
      setProblem(error.message);
    }
  }

  function added(comment) {
    setListed([...listed, comment]);
    setNow(Date.now() / 1000);
    tellCommentCount(count + 1);
  }

  return (
    <section id="comments" class="grid scroll-mt-6 content-start gap-6">
      <h2 class="flex min-h-11 items-center text-lg font-medium">Comments</h2>
      <p class="sr-only">{count} in all</p>
      <ol role="list" class="grid gap-6 empty:hidden">
        {listed.map((comment) => (
          <Words key={comment.id} comment={comment} now={now} />
        ))}
      </ol>
      <div hidden={listed.length >= count}>
        <a href={`${path}?comments=${listed.at(-1)?.id}#comments`} class={QUIET} onClick={more}>
          Load more ({short(count - listed.length)})
        </a>
        <p role="alert" class="text-sm text-bad">
          {problem}
        </p>
      </div>
      {signedIn ? (
        <Say id={id} added={added} />
      ) : (
        <p class="text-muted">
          <a href={`/login?next=${path}`} data-sign-in class={TEXT_LINK}>
            Sign in
          </a>{' '}
          to say something.
        </p>
      )}
    </section>
  );
}

function Words({ comment: { author, content, createdAt }, now }) {
  return (
    <li class="grid gap-1">
      <p class="flex flex-wrap gap-x-3 text-sm text-muted">
        <span class="font-medium text-ink">{author}</span>
        <time dateTime={machine(createdAt)} title={moment(createdAt)}>
          {now === null ? date(createdAt) : relative(createdAt, now)}
        </time>
      </p>
      <p class="max-w-text whitespace-pre-line">{content}</p>
    </li>
  );
}

/** What was typed stays until the server has taken it. */
function Say({ id, added }) {
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);

  async function say(event) {
    event.preventDefault();
    setBusy(true);
    try {
      const { comment } = await ask('/api/comments', { id, content: typed });
      added(comment);
      setTyped('');
      setProblem('');
    } catch (error) {
      setProblem(error.message);
    }
    setBusy(false);
  }

  return (
    <form onSubmit={say} class="grid max-w-text justify-items-start gap-3">
      <div class="grid w-full gap-1">
        <label for="comment" class="block font-medium">
          Your comment
        </label>
        <textarea
          id="comment"
          rows={3}
          required
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
          aria-describedby="comment-problem"
          aria-invalid={problem ? 'true' : undefined}
          class="block min-h-11 w-full rounded-control border border-edge bg-paper px-3 py-2 text-ink placeholder:text-muted aria-invalid:border-bad"
        />
        <p id="comment-problem" role="alert" class="text-sm text-bad">
          {problem}
        </p>
      </div>
      <button type="submit" class={PRIMARY} disabled={busy}>
        Post comment
      </button>
    </form>
  );
}
