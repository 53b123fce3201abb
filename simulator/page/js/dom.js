/** Builds elements. A child that is a string becomes text and never markup: all that people write is hostile. */

export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) assign(node, name, value);
  node.append(...children.flat().filter(isPresent));
  return node;
}

/** Changes the text only when it differs, so that nothing is announced or redrawn twice. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Makes the children of `parent` exactly `wanted`, moving and touching as few of them as possible. */
export function arrange(parent, wanted) {
  const keep = new Set(wanted);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  let next = parent.firstElementChild;
  for (const child of wanted) {
    if (child === next) next = next.nextElementSibling;
    else parent.insertBefore(child, next);
  }
}

function assign(node, name, value) {
  if (!isPresent(value)) return;
  if (typeof value === "function") node.addEventListener(name.slice(2), value);
  else node.setAttribute(name, value === true ? "" : value);
}

function isPresent(value) {
  return value !== null && value !== undefined && value !== false;
}
