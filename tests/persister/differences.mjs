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
};
