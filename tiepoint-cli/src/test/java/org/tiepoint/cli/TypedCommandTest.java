package org.tiepoint.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TypedCommandTest {
    @Test
    void aShellTakesItAgain() {
        assertEquals("evaluate pose a/b.txt --features 'rootsift ratio=rootsift:ratio=0.8' -f=x '' 'it'\\''s' '$x'",
                TypedCommand.of(List.of("evaluate", "pose", "a/b.txt", "--features",
                        "rootsift ratio=rootsift:ratio=0.8", "-f=x", "", "it's", "$x")));
    }
}
