import { addComment, comments } from '../../library.js';

export const prerender = false;

export const GET = ({ url }) =>
  Response.json({ comments: comments(url.searchParams.get('id'), url.searchParams.get('after')) });

export async function POST({ request }) {
  const { id, content } = await request.json();
  if (!content.trim()) return Response.json({ message: 'Write something first.' }, { status: 422 });
  return Response.json({ comment: addComment(id, content) });
}
