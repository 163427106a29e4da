package org.tiepoint.dataset;

import java.util.List;
import java.util.stream.IntStream;

/** Some of many, the same at every run. */
public final class EvenSelection {
    private EvenSelection() {}

    /** At most so many elements, at least 0, at equal distances in the list from its first on. */
    public static <T> List<T> of(List<T> all, int most) {
        int count = Math.min(most, all.size());
        return IntStream.range(0, count).mapToObj(i -> all.get((int) ((long) i * all.size() / count))).toList();
    }
}
