// A worker of any kind that does what its page asks for.
import {describe} from '/page/channel.js';
import {evaluate} from '/page/evaluate.js';

const answer = async ({source, args}, port) => {
  try {
    port.postMessage({value: JSON.stringify(await evaluate(source, args))});
  } catch (error) {
    port.postMessage({error: describe(error)});
  }
};

const listen = (target) =>
  target.addEventListener('message', (event) => {
    const done = answer(event.data, event.ports[0]);
    event.waitUntil?.(done);
  });

if ('onconnect' in self) {
  self.addEventListener('connect', ({ports: [port]}) => {
    listen(port);
    port.start();
  });
} else {
  listen(self);
}
