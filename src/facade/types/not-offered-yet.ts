// The methods that the type of a store has and its object has not yet. It goes when the last one is there.

/** Names of methods of a store that are typed and not offered yet. */
export type NotOfferedYet = 'addSortedRowIdsListener';
