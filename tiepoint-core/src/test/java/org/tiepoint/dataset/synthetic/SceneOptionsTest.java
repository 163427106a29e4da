package org.tiepoint.dataset.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SceneOptionsTest {
    @Test
    void namesTheOptionItsValueAndItsRange() {
        SceneOptions defaults = SceneOptions.defaults();
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> defaults.withViews(0));
        assertEquals("views is 0: it must lie in 1 to 1000", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> defaults.withSize(8, 480));
        assertThrows(IllegalArgumentException.class, () -> defaults.withSize(640, 5000));
        assertThrows(IllegalArgumentException.class, () -> defaults.withLightChange(Double.NaN));
    }
}
