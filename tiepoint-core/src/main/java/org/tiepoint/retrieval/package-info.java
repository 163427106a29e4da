/** Finding images by a global descriptor: what describes a whole image, and an index by cosine. */
package org.tiepoint.retrieval;
