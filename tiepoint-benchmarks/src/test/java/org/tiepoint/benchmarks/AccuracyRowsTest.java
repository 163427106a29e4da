package org.tiepoint.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccuracyRowsTest {
    @TempDir
    private Path folder;

    @Test
    void meansOfPairsAndCountsOfExtremeOnes() throws IOException {
        Files.writeString(folder.resolve("pairs.csv"), """
                set,features,pair,group,mma3,matches
                s,rootsift,i_a/1-2,i_a,0.5,10
                s,rootsift,v_b/1-2,v_b,0.3,10
                s,rootsift,v_evd_c/1-2,v_evd_c,0.25,60
                s,rootsift,v_evd_d/1-2,v_evd_d,0.1,20
                s,compact-s,i_a/1-2,i_a,0.7,10
                s,compact-s,v_b/1-2,v_b,0.5,10
                s,compact-s,v_evd_c/1-2,v_evd_c,0.5,29
                s,compact-s,v_evd_d/1-2,v_evd_d,0.5,28
                """);
        assertEquals(List.of(
                new Row("compact-s, MMA@3, mean of i_a, v_b (more is better)", "0.600", "rootsift: 0.400", "1.50"),
                new Row("compact-s, EVD, pairs of 2 with 15 right matches (more is better)", "0", "rootsift: 1",
                        "0.00")), AccuracyRows.ofHomographies(folder));
    }

    @Test
    void meansOfSets() throws IOException {
        Files.writeString(folder.resolve("summary.json"), """
                {"sets": [{"features": [{"name": "rootsift", "auc": {"5": 0.2, "10": 0.3, "20": 0.4}},
                                        {"name": "compact-s", "auc": {"5": 0.3, "10": 0.4, "20": 0.5}}]},
                          {"features": [{"name": "rootsift", "auc": {"5": 0.4, "10": 0.5, "20": 0.6}},
                                        {"name": "compact-s", "auc": {"5": 0.6, "10": 0.7, "20": 0.8}}]}]}
                """);
        List<Row> rows = AccuracyRows.ofPoses(folder);
        assertEquals(3, rows.size());
        assertEquals(new Row("compact-s, pose AUC@5, mean of 2 sets (more is better)", "0.450", "rootsift: 0.300",
                "1.50"), rows.get(0));
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Files.writeString(folder.resolve("pairs.csv"), "a,b\n");
        assertTrue(assertThrows(IOException.class, () -> AccuracyRows.ofHomographies(folder)).getMessage()
                .contains("pairs.csv: is no list of pairs"));
        Files.writeString(folder.resolve("summary.json"), "{");
        assertTrue(assertThrows(IOException.class, () -> AccuracyRows.ofPoses(folder)).getMessage()
                .contains("summary.json: is damaged"));
    }
}
