/** Where a photo was taken: a map of triangulated features from posed photos, and the pose of a query within it. */
package org.tiepoint.localisation;
