// The little that the views need of the DOM.

/** The element with an id. */
export const byId = (id) => document.getElementById(id);

/**
 * Makes an element.
 * @param {string} name
 * @param {Record<string, unknown>} [properties] of the object; `role`, `aria-…` and `data-…` are set as attributes
 * @param {...(Node | string)} children
 */
export const element = (name, properties = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === 'role' || key.includes('-')) made.setAttribute(key, value);
    else made[key] = value;
  }
  made.append(...children);
  return made;
};

/** Says something to screen readers. */
export const announce = (text) => {
  byId('announcement').textContent = text;
};
