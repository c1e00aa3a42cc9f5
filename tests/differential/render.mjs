// Turns a program into the JavaScript that is run, and that a report prints.
import {quote} from './generate.mjs';

const renderSteps = (steps, indent) => steps.map((step) => `${indent}${renderStep(step, indent)}\n`).join('');

const renderStep = ({name, args, rescue}, indent) => {
  if (name === 'throw') return `throw planned(${args[0].code});`;
  const call = `store.${name}(${renderArguments(args, indent)})`;
  // At the top every error is recorded; inside a callback the program says whether it is caught.
  const how = indent === '' ? 'step' : rescue ? 'attempt' : 'call';
  return `${how}(() => ${call});`;
};

/** Trailing undefined arguments are left out. */
const renderArguments = (args, indent) => {
  let length = args.length;
  while (length > 0 && args[length - 1].code === 'undefined') length--;
  return args
    .slice(0, length)
    .map((argument) => renderArgument(argument, indent))
    .join(', ');
};

const renderArgument = (argument, indent) => {
  if ('code' in argument) return argument.code;
  if ('text' in argument) {
    const spaces = argument.indent ? ', null, 2' : '';
    const text = `JSON.stringify(${renderArgument(argument.text, indent)}${spaces})`;
    return argument.damage ? `damaged(${text} ?? '', ${argument.damage.join(', ')})` : text;
  }
  if ('items' in argument) return `[${argument.items.map((item) => renderArgument(item, indent)).join(', ')}]`;
  if ('entries' in argument) {
    const entries = argument.entries.map(([id, item]) => `[${quote(id)}]: ${renderArgument(item, indent)}`).join(', ');
    return argument.frozen ? `Object.freeze({${entries}})` : `{${entries}}`;
  }
  const {callback, label, limit, steps, returns} = argument;
  const inner = `${indent}  `;
  const lines = renderSteps(steps, inner);
  const end = returns ? `${inner}return ${renderArgument(returns, inner)};\n` : '';
  const body = lines + end === '' ? '() => {}' : `() => {\n${lines}${end}${indent}}`;
  return `callback(${quote(callback)}, ${quote(label)}, ${limit}, ${body})`;
};

/**
 * The program's source: the body of a function whose names come from a recorder (record.mjs).
 * @param {ReturnType<typeof import('./generate.mjs').generate>} program
 */
export const render = ({probes, steps}) => {
  const cells = probes.cells.map((path) => renderArgument(path, '')).join(', ');
  const values = probes.values.map((id) => renderArgument(id, '')).join(', ');
  return `probe([${cells}], [${values}]);\n${renderSteps(steps, '')}`;
};

/**
 * A file that runs the program alone and prints what happens, to be saved in this folder.
 * @param {string} source what `render` gave
 */
export const standalone = (source) =>
  `import {createStore} from 'tinybase'; // or from '../../pkg/index.js'
import {damaged, gone, many, wide} from './bulk.mjs';
import {createRecorder} from './record.mjs';
const {store, probe, step, call, attempt, callback, planned, trace} = createRecorder(createStore);

${source}
console.log(trace.join('\\n'));
`;
