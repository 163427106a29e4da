package org.tiepoint.interop.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tiepoint.dataset.DatasetException;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.match.Matches;

class MatchesCsvTest {
    private static final Keypoints POINTS = Keypoints.ofPositions(new float[] {0, 1, 2.5f, 3, 1e-9f, 5});
    private static final Matches MATCHES = new Matches(new int[] {0, 2, 1, 0}, new float[] {0.5f, 1});

    @TempDir
    Path folder;

    @Test
    void writesARowAMatch() throws IOException {
        Path file = folder.resolve("m.csv");
        try (MatchesCsvWriter writer = MatchesCsvWriter.open(file)) {
            writer.write("a.jpg", "d,\"1\".jpg", POINTS, POINTS, MATCHES);
            writer.write("a.jpg", "none.jpg", POINTS, POINTS, new Matches(new int[0], new float[0]));
            assertTrue(writer.contains("d,\"1\".jpg", "a.jpg"));
            assertFalse(writer.contains("a.jpg", "none.jpg"));
            writer.finish();
        }
        assertEquals(List.of("image1,image2,index1,index2,x1,y1,x2,y2,score",
                "a.jpg,\"d,\"\"1\"\".jpg\",0,2,0.0,1.0,1.0E-9,5.0,0.5",
                "a.jpg,\"d,\"\"1\"\".jpg\",1,0,2.5,3.0,0.0,1.0,1.0"), Files.readAllLines(file));
        List<MatchRow> rows = rows(file);
        assertEquals(new MatchRow("a.jpg", "d,\"1\".jpg", 0, 2, 0, 1, 1e-9f, 5, 0.5f), rows.get(0));
        assertEquals(2, rows.size());
    }

    @Test
    void resumesAfterAKillAtAnyByte() throws IOException {
        Path file = folder.resolve("m.csv");
        List<String> names = List.of("a", "b", "c");
        write(file, names, true);
        byte[] whole = Files.readAllBytes(file);
        Files.delete(file);
        for (int length = 0; length <= whole.length; length += 3) {
            Files.write(folder.resolve(".m.csv.part"), Arrays.copyOf(whole, length));
            write(file, names, true);
            assertEquals(new String(whole), Files.readString(file), "cut at " + length);
            Files.delete(file);
        }
    }

    @Test
    void extendsATable() throws IOException {
        Path file = folder.resolve("m.csv");
        write(file, List.of("a"), true);
        write(file, List.of("a", "b"), false);
        assertEquals(2, rows(file).size());
        write(file, List.of("a", "b", "c"), true);
        assertEquals(List.of("a", "a", "b", "b", "c", "c"), rows(file).stream().map(MatchRow::first).toList());
    }

    @Test
    void namesTheLineThatIsWrong() throws IOException {
        String good = "a,b,0,1,2,3,4,5,6\n";
        refuses("m.csv, line 1: the first line is not image1", "image1,image2\n");
        for (String bad : List.of("a,b,0", "a,b,x,1,2,3,4,5,6", "a,b,-1,1,2,3,4,5,6", "a,b,0,1,2,3,4,5,",
                "\"a,b,0,1,2,3,4,5,6", "\"a\"x,b,0,1,2,3,4,5,6", "a,b,0,1,2,3,4,5,6,7")) {
            refuses("m.csv, line 3: ", MatchRow.HEADER + "\n" + good + bad + "\n");
        }
        refuses("longer than 10000", MatchRow.HEADER + "\n" + "a".repeat(20_000));
        Files.write(folder.resolve("m.csv"), new byte[] {(byte) 0xff, 'a'});
        assertTrue(assertThrows(DatasetException.class, () -> rows(folder.resolve("m.csv"))).getMessage()
                .contains("is no text in UTF-8"));
        assertTrue(assertThrows(DatasetException.class, () -> rows(folder.resolve("none.csv"))).getMessage()
                .contains("there is no such file"));
    }

    private void refuses(String message, String text) throws IOException {
        Path file = Files.writeString(folder.resolve("m.csv"), text);
        String said = assertThrows(DatasetException.class, () -> rows(file)).getMessage();
        assertTrue(said.contains(message), said);
    }

    private static void write(Path file, List<String> names, boolean finish) throws IOException {
        try (MatchesCsvWriter writer = MatchesCsvWriter.open(file)) {
            for (String name : names) {
                if (!writer.contains(name, "z")) {
                    writer.write(name, "z", POINTS, POINTS, MATCHES);
                }
            }
            if (finish) {
                writer.finish();
            }
        }
    }

    private static List<MatchRow> rows(Path file) throws DatasetException {
        List<MatchRow> rows = new ArrayList<>();
        MatchesCsvReader.read(file, rows::add);
        return rows;
    }
}
