/** What COLMAP makes of a collection of photos from its own features and from others: models and their numbers. */
package org.tiepoint.evaluation.reconstruction;
