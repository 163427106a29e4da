/** Image retrieval on Revisited Oxford and Paris: a short list by global descriptor, ordered again by local matches. */
package org.tiepoint.evaluation.retrieval;
