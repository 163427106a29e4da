package org.tiepoint.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tiepoint.evaluation.HomographySequences;

class HpatchesSequencesTest {
    @Test
    void hasTheReleasedSequences() throws IOException {
        HpatchesSequences hpatches = HpatchesSequences.load();
        assertEquals(116, hpatches.count());
        assertTrue(hpatches.containAll(HomographySequences.OVERSIZED));
        assertTrue(hpatches.containAll(Set.of("i_leuven", "v_boat")));
    }

    @Test
    void oneOtherSequenceMakesItAnotherSet() throws IOException {
        assertFalse(HpatchesSequences.load().containAll(List.of("i_leuven", "v_evd_adam")));
        assertFalse(HpatchesSequences.load().containAll(List.of()));
    }
}
