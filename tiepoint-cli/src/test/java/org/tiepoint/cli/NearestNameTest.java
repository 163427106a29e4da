package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    private final List<String> names = List.of("match", "train", "render");

    @Test
    void countsEditsAndSwaps() {
        assertEquals(0, NearestName.distance("train", "train"));
        assertEquals(1, NearestName.distance("trian", "train"));
        assertEquals(2, NearestName.distance("rain", "trains"));
        assertEquals(5, NearestName.distance("", "train"));
    }

    @Test
    void findsWhatWasMeant() {
        assertEquals(Optional.of("match"), NearestName.of("mathc", names));
        assertEquals(Optional.of("render"), NearestName.of("rendr", names));
    }

    @Test
    void findsNothingNearAStrangeWord() {
        assertEquals(Optional.empty(), NearestName.of("export", names));
        assertEquals(Optional.empty(), NearestName.of("export", List.of()));
    }
}
