package org.tiepoint.dataset.pairs;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers pairs by the places of their images: each once, the lower place first. Not thread-safe. */
final class DistinctPairs {
    private final List<String> names;
    private final Set<NamePair> pairs = new LinkedHashSet<>();

    DistinctPairs(List<String> names) {
        this.names = names;
        places(names);
    }

    /** Where each name stands. */
    static Map<String, Integer> places(List<String> names) {
        Map<String, Integer> places = new HashMap<>();
        for (String name : names) {
            if (places.put(name, places.size()) != null) {
                throw new IllegalArgumentException("image " + name + " is listed twice: give every image once");
            }
        }
        return places;
    }

    /** Adds a pair of different places that is not there yet. */
    void add(int first, int second) {
        pairs.add(new NamePair(names.get(Math.min(first, second)), names.get(Math.max(first, second))));
    }

    boolean contains(int first, int second) {
        return pairs.contains(new NamePair(names.get(Math.min(first, second)), names.get(Math.max(first, second))));
    }

    List<NamePair> toList() {
        return List.copyOf(pairs);
    }
}
