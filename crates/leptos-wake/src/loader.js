// Wakes the islands of a page, each when its <Wake> says so. What it promises, and why, stands in README.md.
const { js, wasm } = document.querySelector('[data-wasm]').dataset;
const page = document.body;
const PRESSED = 'button, [type=button], [data-wake-hold]';
const FIELDS = 'input, select, textarea, details';

// Places whose time has come. A place is a <Wake>; for islands outside of any it is the page.
const due = new Set();
// Buttons and forms, each with the event to repeat.
const held = new Map();
// Fields that were used, and their names.
const used = new Set();
let module, loading, busy, repeating, hover, tries = 0;

const load = () => loading ??= (async () => {
	// Browsers may remember an address that gave no module. With another fragment it is another one to them.
	module ??= await import(`${js}#${tries++}`);
	await module.default({ module_or_path: wasm });
	module.hydrate();
	return module;
})().catch((error) => {
	loading = undefined;
	console.warn('Islands sleep on:', error);
});

const owned = (owner, what, by) => [...owner.querySelectorAll(what)].filter((node) => (node.closest(by) ?? page) === owner);
const islandsOf = (place) => owned(place, 'leptos-island', '[data-wake]');

// One at a time: Leptos keeps one current owner. What becomes due meanwhile is taken along.
async function wake(place) {
	due.add(place);
	if (busy) return;
	busy = true;
	if (await load()) for (const place of due) {
		due.delete(place);
		for (const template of place.querySelectorAll(':scope > [data-wake-only]')) {
			place.replaceChildren(template.content);
			arrange(place);
		}
		// What was pressed is answered before the others wake.
		const holds = (island) => pressed().some(island.contains, island);
		for (const island of islandsOf(place).sort((a, b) => holds(b) - holds(a))) {
			await hydrate(island);
			if (pressed().every(isOwn)) repeat();
		}
	}
	busy = false;
	repeat();
}

const pressed = () => [...held.keys()];
// Another island may answer what was marked to be held.
const isOwn = (node) => !node.closest('leptos-island:not([data-hydrated]), [data-wake-hold]');

// Islands answer if they are alive by now, and the browser if not.
function repeat() {
	repeating = true;
	for (const [pressed, event] of held) {
		if (event.type === 'submit') pressed.requestSubmit(event.submitter);
		else event.target.dispatchEvent(new MouseEvent('click', event));
	}
	held.clear();
	repeating = false;
}

async function hydrate(island) {
	if ('hydrated' in island.dataset) return;
	const outer = island.parentElement?.closest('leptos-island');
	if (outer) await hydrate(outer);
	const fields = owned(island, FIELDS, 'leptos-island').map(keep);
	try {
		// Makes the island around it, or the root, the current owner.
		(island.closest('leptos-children')?.$$on_hydrate ?? module.leptos_wake_root)?.();
		await module[island.dataset.component](island);
		island.dataset.hydrated = '';
	} catch (error) {
		console.warn(island, error);
	}
	for (const tell of fields) tell();
}

// What was typed, chosen or opened stays: what hydration would put in its place is caught, and the island is told.
function keep(field) {
	const [key, ...types] = 'open' in field ? ['open'] : /box|radio/.test(field.type) ? ['checked', 'click', 'input', 'change'] : ['value', 'input', 'change'];
	let caught;
	if (field.type !== 'file') Object.defineProperty(field, key, {
		configurable: true,
		get: () => Reflect.get(Object.getPrototypeOf(field), key, field),
		set: (value) => caught = { [key]: value },
	});
	return () => {
		delete field[key];
		// A copy in a form that is reset is as the server sent it. Its name could hide the form's own methods.
		const form = document.createElement('form');
		const copy = field.cloneNode(key === 'value');
		copy.id = copy.name = '';
		form.append(copy);
		form.reset();
		// A radio button that is not chosen is judged by its group, and tells nothing.
		const passed = field.type === 'radio' && !field.checked;
		if (copy[key] === field[key] && !used.has(passed ? field.name : field)) Object.assign(field, caught);
		// Browsers tell of it themselves.
		else if (key === 'open') field.open = !(field.open = !field.open);
		else if (!passed) for (const type of types) field.dispatchEvent(new Event(type, { bubbles: true }));
	};
}

function heed(event) {
	clearTimeout(hover);
	// What is repeated passes.
	if (repeating) return;
	const { type, target } = event;
	const place = target.closest?.('leptos-island:not([data-hydrated])')?.closest('[data-wake]');
	// Any touch tries again what failed.
	if (place?.dataset.wake !== 'interaction') return type !== 'mouseover' && due.forEach(wake);
	const pressed = target.closest(type === 'submit' ? 'form' : PRESSED);
	// A moment, so that nothing is loaded for a page that is scrolled past under the pointer.
	if (type === 'mouseover') return pressed && (hover = setTimeout(load, 65));
	if (pressed && type !== 'focusin' && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
		event.preventDefault();
		event.stopPropagation();
		held.set(pressed, event);
	}
	wake(place);
}

const strategies = {
	load: wake,
	idle: (place, timeout) => (window.requestIdleCallback ?? setTimeout)(() => wake(place), { timeout }),
	visible(place, rootMargin) {
		const watcher = new IntersectionObserver((seen) => {
			if (!seen.some((entry) => entry.isIntersecting)) return;
			watcher.disconnect();
			wake(place);
		}, { rootMargin });
		// All of it: what is laid out as `display: contents` has no box and is never seen.
		place.querySelectorAll('*').forEach((node) => watcher.observe(node));
	},
	media(place, query) {
		const list = matchMedia(query);
		(list.onchange = () => list.matches && wake(place))();
	},
};

function arrange(root) {
	for (const place of [root, ...root.querySelectorAll('[data-wake]')]) {
		const { wake: when = 'idle', wakeWith = 2000 } = place.dataset;
		if (place !== page || islandsOf(page)[0]) strategies[when]?.(place, wakeWith);
	}
}

for (const type of ['click', 'submit', 'focusin', 'mouseover']) addEventListener(type, heed, true);
for (const type of ['input', 'toggle']) addEventListener(type, ({ target }) => used.add(target).add(target.name), true);
// Who leaves takes back what is held: browsers stop the download then, and may show the page again as it was.
for (const type of ['beforeunload', 'pagehide']) addEventListener(type, () => held.clear(), true);
arrange(page);
// Asked so, and not by `activeElement`, no style or layout is needed yet.
heed({ type: 'focusin', target: document.querySelector(':focus') ?? page });
