// Wakes islands. Each waits for what its nearest `data-wake` names: `load`, `idle` (the default) or `visible`; a touch
// of it wakes it at once. The WebAssembly is fetched with the first of them.
//
// Keeps Leptos's contract: parents before the islands inside them, and the `$$on_hydrate` of the nearest
// <leptos-children> before each of those. Marks an island `data-hydrated` when it is alive. What was typed or chosen
// before is kept. When the download fails the plain forms go on working, and the next touch tries again.
const { js, wasm } = document.querySelector('script[data-wasm]').dataset;
const woken = new Map();
let loading;

function load() {
	loading ??= (async () => {
		const module = await import(js);
		await module.default({ module_or_path: wasm });
		module.hydrate();
		return module;
	})();
	return loading;
}

async function hydrate(island, module, adopt) {
	adopt?.();
	const typed = [...island.querySelectorAll('input, textarea, select')].map((field) => [field, field.value, field.checked]);
	await module[island.dataset.component]?.(island);
	for (const [field, value, checked] of typed) keep(field, value, checked);
	island.dataset.hydrated = '';
	await hydrateInside(island, module);
}

async function hydrateInside(node, module, adopt) {
	for (const child of [...node.children]) {
		if (child.localName === 'leptos-island') await hydrate(child, module, adopt);
		else await hydrateInside(child, module, child.localName === 'leptos-children' ? child.$$on_hydrate : adopt);
	}
}

function keep(field, value, checked) {
	if (field.type === 'file' || (field.value === value && field.checked === checked)) return;
	field.value = value;
	field.checked = checked;
	field.dispatchEvent(new Event('input', { bubbles: true }));
}

function wake(island) {
	if (woken.has(island)) return;
	woken.set(island, load().then((module) => hydrate(island, module)).catch((error) => {
		woken.delete(island);
		loading = undefined;
		console.warn('This part of the page goes on without its script:', error);
	}));
}

const soon = globalThis.requestIdleCallback ?? setTimeout;
const watcher = new IntersectionObserver((seen) => {
	for (const { isIntersecting, target } of seen) {
		if (!isIntersecting) continue;
		watcher.unobserve(target);
		target.querySelectorAll('leptos-island').forEach(wake);
	}
}, { rootMargin: '200px' });

for (const island of document.querySelectorAll('leptos-island:not(leptos-island leptos-island)')) {
	const place = island.closest('[data-wake]');
	const when = place?.dataset.wake ?? 'idle';
	for (const touch of ['pointerdown', 'keydown', 'focusin']) {
		island.addEventListener(touch, () => wake(island), { once: true, passive: true });
	}
	if (when === 'load') wake(island);
	else if (when === 'visible') watcher.observe(place);
	else soon(() => wake(island), { timeout: 2000 });
}
