/** Which images of a collection to match with each other: generators of pairs by name, and hloc's pairs file. */
package org.tiepoint.dataset.pairs;
