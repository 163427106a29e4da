package org.tiepoint.evaluation.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;

/** The names of the 116 sequences of HPatches (Balntas et al., CVPR 2017), by which the set is recognised. */
final class HpatchesSequences {
    private final Set<String> names;

    private HpatchesSequences(Set<String> names) {
        this.names = names;
    }

    static HpatchesSequences load() throws IOException {
        try (InputStream in = HpatchesSequences.class.getResourceAsStream("hpatches-sequences.txt")) {
            if (in == null) {
                throw new IOException("hpatches-sequences.txt is missing from the build: build again with ./mvnw"
                        + " package");
            }
            return new HpatchesSequences(Set.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip()
                    .split("\\s+")));
        }
    }

    /** How many sequences HPatches has. */
    int count() {
        return names.size();
    }

    /** Whether these sequences are all from HPatches. */
    boolean containAll(Collection<String> sequences) {
        return !sequences.isEmpty() && names.containsAll(sequences);
    }
}
