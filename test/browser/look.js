/* SPDX-License-Identifier: MIT */
/* What the test asks of a page.  Answers a list of faults, in words.  The page
 * itself holds no script: the browser runs this for the test alone. */
(() => {
	const faults = [];
	const all = [...document.querySelectorAll("*")];
	const page = document.documentElement;

	const say = (element, words) => {
		const name = element.tagName.toLowerCase();
		const look = element.getAttribute("class");

		faults.push(`${words}: <${name}${look ? ` class=${look}` : ""}> ` +
			JSON.stringify(element.textContent.slice(0, 60)));
	};

	/* ---- what may be there at all ---- */
	const elements = new Set(("html head meta title style body a div header " +
		"p b i nav ul ol li main h1 h2 h3 section article span figure " +
		"figcaption details summary table caption thead tbody tr th td " +
		"code pre bdi footer svg desc rect line circle text").split(" "));
	const attributes = new Set(("lang charset http-equiv content name class " +
		"id href role tabindex aria-label aria-labelledby aria-hidden " +
		"aria-describedby scope colspan data-of style open viewbox x y " +
		"width height x1 y1 x2 y2 cx cy r").split(" "));

	for (const element of all) {
		if (!elements.has(element.tagName.toLowerCase()))
			say(element, "a foreign element");
		for (const { name, value } of element.attributes) {
			if (!attributes.has(name.toLowerCase()))
				say(element, `a foreign attribute ${name}`);
			if (name === "style" && !/^width:\d+%$/.test(value))
				say(element, `a style ${value}`);
			if (name === "href" && !(value[0] === "#" &&
			    document.getElementById(value.slice(1))))
				say(element, `a link to ${value}`);
			if (name === "id" && !/^[a-z0-9-]+$/.test(value))
				say(element, `an id ${value}`);
		}
	}
	for (const name of document.querySelectorAll("bdi, text, title, desc")) {
		for (const child of name.children) {
			if (child.tagName !== "BDI" && child.tagName !== "I" &&
			    child.tagName !== "bdi" && child.tagName !== "i")
				say(name, "an element within a name");
		}
	}
	if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/
	    .test(page.textContent))
		faults.push("a control character");

	/* ---- for those who do not see it ---- */
	const ids = all.map((e) => e.id).filter((id) => id);
	if (new Set(ids).size !== ids.length)
		faults.push("an id twice");
	for (const element of all) {
		for (const name of ["aria-labelledby", "aria-describedby"]) {
			const id = element.getAttribute(name);

			if (id && !document.getElementById(id))
				say(element, `${name} leads nowhere`);
		}
	}
	if (!page.lang || !document.title.trim())
		faults.push("no language or no title");
	for (const name of ["header", "main", "footer", "h1"]) {
		if (document.querySelectorAll(name).length !== 1)
			faults.push(`not one ${name}`);
	}
	if (document.querySelector("section") &&
	    document.querySelectorAll("nav").length !== 1)
		faults.push("not one nav");
	let level = 0;
	for (const heading of document.querySelectorAll("h1,h2,h3,h4,h5,h6")) {
		const now = Number(heading.tagName[1]);

		if (now > level + 1)
			say(heading, "a heading out of order");
		level = now;
	}
	for (const svg of document.querySelectorAll("svg")) {
		if (svg.getAttribute("role") !== "img" ||
		    !svg.querySelector(":scope > title")?.textContent.trim() ||
		    !svg.querySelector(":scope > desc")?.textContent.trim() ||
		    !svg.closest("figure")?.querySelector("table"))
			say(svg, "a picture without title, words or table");
	}
	for (const table of document.querySelectorAll("table")) {
		const columns = table.querySelectorAll("thead th").length;

		if (!table.caption?.textContent.trim())
			say(table, "a table without a caption");
		if (table.querySelector("th:not([scope])"))
			say(table, "a head without a scope");
		for (const row of table.querySelectorAll("tbody tr")) {
			const wide = [...row.children].reduce(
				(sum, cell) => sum + cell.colSpan, 0);

			if (wide !== columns ||
			    !row.querySelector("th[scope=row]"))
				say(row, "a row unlike its head");
		}
		for (const cell of table.querySelectorAll("thead th")) {
			if (!cell.textContent.trim())
				say(table, "a column without a name");
		}
	}

	/* ---- room ---- */
	const is_seen = (element) => element.checkVisibility() &&
		!element.closest(".skip") &&
		!(element.closest(".stack thead") &&
		  getComputedStyle(element.closest("thead")).position ===
			"absolute");
	const seen = all.filter((e) => e.closest("body") && is_seen(e));
	const wide = page.clientWidth;

	if (page.scrollWidth > wide)
		faults.push(`the page is ${page.scrollWidth} wide, not ${wide}`);
	for (const element of seen) {
		const box = element.getBoundingClientRect();
		const scroll = element.parentElement?.closest(".scroll");
		const drawing = element.closest("svg");

		if (!scroll && (box.right > wide + 0.5 || box.left < -0.5))
			say(element, `beyond the page (${box.left}..${box.right})`);
		if (drawing && drawing !== element && box.width) {
			const frame = drawing.getBoundingClientRect();

			if (box.right > frame.right + 1 ||
			    box.left < frame.left - 1 ||
			    box.bottom > frame.bottom + 1 ||
			    box.top < frame.top - 1)
				say(element, "beyond its picture");
		}
		if (!drawing && !element.matches(".scroll") &&
		    getComputedStyle(element).display !== "inline" &&
		    element.scrollWidth > element.clientWidth + 1 &&
		    !scroll)
			say(element, "its content is too wide");
	}
	/* Words in a picture do not lie upon one another. */
	for (const svg of document.querySelectorAll("svg")) {
		const boxes = svg.checkVisibility()
			? [...svg.querySelectorAll("text")].map((text) =>
				[text, text.getBoundingClientRect()]) : [];

		boxes.forEach(([text, a], i) => {
			for (const [, b] of boxes.slice(i + 1)) {
				if (a.left < b.right - 1 && b.left < a.right - 1 &&
				    a.top < b.bottom - 4 && b.top < a.bottom - 4)
					return say(text, "words upon words");
			}
		});
	}

	/* ---- legible ---- */
	const numbers = (color) => {
		const got = color.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];

		return got.length > 3 ? got : [...got, 1];
	};
	const light = (color) => {
		const [r, g, b] = color.map((part) => {
			part /= 255;
			return part <= 0.04045 ? part / 12.92
				: ((part + 0.055) / 1.055) ** 2.4;
		});

		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const contrast = (one, other) => {
		const [a, b] = [light(one), light(other)].sort((x, y) => y - x);

		return (a + 0.05) / (b + 0.05);
	};
	const ground = (element) => {
		for (; element; element = element.parentElement) {
			const color = numbers(
				getComputedStyle(element).backgroundColor);

			if (color[3] === 1)
				return color;
			if (color[3] !== 0)
				say(element, "a ground that is half seen");
		}
		return [255, 255, 255, 1];
	};
	const behind = (text) => {
		const box = text.getBoundingClientRect();
		const shape = document.elementsFromPoint(
			(box.left + box.right) / 2, (box.top + box.bottom) / 2)
			.find((e) => e.tagName === "rect");

		return shape ? numbers(getComputedStyle(shape).fill)
			: ground(text.closest("svg"));
	};
	let texts = 0;
	for (const element of seen) {
		const style = getComputedStyle(element);
		const own = [...element.childNodes].some((node) =>
			node.nodeType === Node.TEXT_NODE && node.data.trim());
		const drawn = element.tagName === "text";
		const frame = element.closest("svg");
		const scale = frame ? frame.getBoundingClientRect().width /
			frame.viewBox.baseVal.width : 1;

		if (frame && !drawn)
			continue;
		if (own) {
			const color = numbers(drawn ? style.fill : style.color);
			const under = drawn ? behind(element) : ground(element);
			const ratio = contrast(color, under);

			texts++;
			if (ratio < 4.5)
				say(element, `contrast ${ratio.toFixed(2)}`);
			if (parseFloat(style.fontSize) * scale < 9.4)
				say(element, "too small to read");
		}
		for (const place of ["::before", "::after"]) {
			const made = getComputedStyle(element, place);
			const back = numbers(made.backgroundColor);
			const ratio = contrast(numbers(made.color),
				back[3] ? back : ground(element));

			if (!["none", "normal"].includes(made.content) &&
			    ratio < 4.5)
				say(element, `contrast ${ratio.toFixed(2)} of ` +
					place);
		}
	}
	if (texts < 5)
		faults.push("hardly any text is seen");
	/* Shapes that stand on a card need less, but some. */
	const probe = document.createElement("span");
	document.body.append(probe);
	const value = (name) => {
		probe.style.color = `var(--${name})`;
		return numbers(getComputedStyle(probe).color);
	};
	for (const name of ["b0", "b1", "b2", "b3", "b4", "b5", "b6", "failed",
			    "link"]) {
		if (contrast(value(name), value("card")) < 3)
			faults.push(`--${name} is hardly seen on a card`);
	}
	probe.remove();
	return { faults: faults.slice(0, 20), texts };
})()
