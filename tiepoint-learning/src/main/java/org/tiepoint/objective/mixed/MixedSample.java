package org.tiepoint.objective.mixed;

import java.util.Optional;
import org.tiepoint.objective.photo.CropSample;
import org.tiepoint.objective.posed.PosedSample;

/**
 * A posed pair or two crops of one photo; one of both.
 *
 * @param pair  with its epipolar geometry
 * @param crops with their common key points
 */
public record MixedSample(Optional<PosedSample> pair, Optional<CropSample> crops) {
    static MixedSample of(PosedSample pair) {
        return new MixedSample(Optional.of(pair), Optional.empty());
    }

    static MixedSample of(CropSample crops) {
        return new MixedSample(Optional.empty(), Optional.of(crops));
    }

    /** What messages call it. */
    public String name() {
        return pair.map(PosedSample::name).or(() -> crops.map(CropSample::name)).orElseThrow();
    }
}
