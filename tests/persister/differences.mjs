// Where Cellarium's persisters differ from TinyBase's on purpose: the whole list, by scenario.
//
// `lines`: what Cellarium logs instead. `order`: the same lines, of which a few change places.
export const differences = {
  'save, load and schedule after destroy': {
    reason: 'TinyBase rejects with an internal TypeError, counts the attempt and leaves an unhandled rejection.',
    lines: [
      'save rejected Error(the persister has been destroyed)',
      'state 0 {"loads":0,"saves":0} false false [{},{}]',
      'load rejected Error(the persister has been destroyed)',
      'state 0 {"loads":0,"saves":0} false false [{},{}]',
      'schedule rejected Error(the persister has been destroyed)',
      'state 0 {"loads":0,"saves":0} false false [{},{}]',
    ],
  },
  'destroy drops what is queued and waits for what runs': {
    reason: 'A dropped save is idle a microtask before the listener is deleted, in TinyBase a microtask after.',
    order: true,
  },
  'content during the load of a stopped auto-load': {
    reason: 'The first of two queued updates is idle a microtask before the second begins, in TinyBase after.',
    order: true,
  },
  'auto-persisting started twice at once': {
    reason: 'TinyBase saves the empty store over what is stored before it has loaded: data is lost.',
    lines: [
      'add',
      'status 1',
      'get',
      'status 0',
      'status 2',
      'set "<undefined>"',
      'status 0',
      'one resolved',
      'two resolved',
      'state 0 {"loads":1,"saves":1} true true [{"pets":{"fido":{"species":"dog"}}},{}]',
      'status 2',
      'set [{},{"v":1},1]',
      'status 0',
      'state 0 {"loads":1,"saves":2} true true [{"pets":{"fido":{"species":"dog"}}},{"v":1}]',
    ],
  },
  'auto-persisting stopped while it starts': {
    reason: 'TinyBase starts to save automatically although it has been told to stop.',
    lines: [
      'add',
      'status 1',
      'get',
      'del "handle"',
      'stop resolved',
      'state 1 {"loads":1,"saves":0} false false [{},{}]',
      'status 0',
      'start resolved',
      'state 0 {"loads":1,"saves":0} false false [{"pets":{"fido":{"species":"dog"}}},{}]',
      'state 0 {"loads":1,"saves":0} false false [{"pets":{"fido":{"species":"dog"}}},{"v":1}]',
    ],
  },
};
