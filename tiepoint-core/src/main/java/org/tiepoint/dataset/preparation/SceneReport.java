package org.tiepoint.dataset.preparation;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.tiepoint.dataset.DropReason;

/**
 * What became of one scene.
 *
 * @param scene           name of the scene and of its folder
 * @param photos          photos written
 * @param photosLeftOut   photos that could not be read
 * @param pairsKept       pairs written
 * @param pairsConsidered pairs there were; kept and dropped add up to it
 * @param dropped         pairs dropped, by reason; reasons that did not occur are absent
 * @param verified        pairs checked by their own matches; 0 where that was not asked for
 * @param undecided       those of them with too few matches to tell, which are kept
 */
public record SceneReport(String scene, int photos, int photosLeftOut, int pairsKept, long pairsConsidered,
        Map<DropReason, Long> dropped, int verified, int undecided) {
    public SceneReport {
        EnumMap<DropReason, Long> ordered = new EnumMap<>(DropReason.class);
        ordered.putAll(dropped);
        dropped = Collections.unmodifiableMap(ordered);
    }

    /** The share of the verified pairs whose matches contradict the given poses; 0 where none was verified. */
    public double shareContradicted() {
        return verified == 0 ? 0 : (double) dropped.getOrDefault(DropReason.CONTRADICTED, 0L) / verified;
    }
}
