package org.tiepoint.dataset;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** Checks of error messages: one line that holds everything a user needs. */
final class DatasetErrors {
    private DatasetErrors() {}

    static void assertRefused(Executable action, String... parts) {
        String message = assertThrows(DatasetException.class, action).getMessage();
        assertFalse(message.contains("\n"), message);
        for (String part : parts) {
            assertTrue(message.contains(part), "'" + part + "' is not in: " + message);
        }
    }
}
