package org.tiepoint.objective.photo;

import java.util.Optional;
import org.tiepoint.augment.Crop;
import org.tiepoint.augment.CropPair;

/**
 * Two crops of one photo.
 *
 * @param name     of the photo, for messages
 * @param pair     with their common key points
 * @param negative a crop of a photo of another scene that looks alike as a whole
 */
public record CropSample(String name, CropPair pair, Optional<Crop> negative) {}
