// While someone edits (`make dev`): cargo-leptos says by WebSocket when something was built again.
const { port } = document.querySelector('script[data-port]').dataset;

function listen() {
	const socket = new WebSocket(`ws://${location.hostname}:${port}/live_reload`);
	socket.onmessage = ({ data }) => {
		const built = JSON.parse(data);
		const sheet = document.querySelector('link[rel=stylesheet]');
		if (built.all) location.reload();
		else if (built.css) sheet.href = `/${built.css}?${Date.now()}`;
	};
	socket.onclose = () => setTimeout(listen, 1000);
}

listen();
