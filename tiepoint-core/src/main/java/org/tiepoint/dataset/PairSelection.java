package org.tiepoint.dataset;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which pairs were taken, and why the rest were not.
 *
 * @param kept       in ascending order of their places, or as the source lists them
 * @param considered pairs there were; kept and dropped add up to it
 * @param dropped    pairs dropped by reason; reasons that did not occur are absent
 */
public record PairSelection(List<ImagePair> kept, long considered, Map<DropReason, Long> dropped) {
    public PairSelection {
        kept = List.copyOf(kept);
        EnumMap<DropReason, Long> ordered = new EnumMap<>(DropReason.class);
        ordered.putAll(dropped);
        dropped = Collections.unmodifiableMap(ordered);
    }
}
